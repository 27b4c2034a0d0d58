"""What it takes to send one message: its words, its file, and whom it goes to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from console.domain.contact import Address, Contact
from console.domain.ids import Instant
from console.domain.message import ActorKind, Message
from console.store import tables
from console.store.bulk_write import insert_rows
from console.store.rows import load_contacts
from console.store.thread import message_by_id


@dataclass(frozen=True, slots=True)
class FileToSend:
    """The file of a message; `sha256` names its bytes under CENTRAL_HOME."""

    kind: str
    mime: str
    filename: str
    sha256: str
    size_n: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message with everything that goes with it."""

    message: Message
    contact: Contact
    inbound_at: Instant | None
    file: FileToSend | None
    quoted_is_ours: bool = False

    @property
    def is_blocked(self) -> bool:
        """Whether it is automated and its contact wants nothing of the kind, from now on."""
        return self.contact.is_blocked and self.message.author_kind == ActorKind.BOT

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The ways to the contact."""
        return self.contact.addresses


def parcel(connection: Connection, message_id: int) -> Parcel | None:
    """All of a message, None when it is gone."""
    message = message_by_id(connection, message_id)
    if message is None:
        return None
    table = tables.conversation
    wanted = select(table.c.contact_id, table.c.inbound_at)
    row = connection.execute(wanted.where(table.c.id == message.conversation_id)).one()
    contacts = load_contacts(connection, [row.contact_id])
    file = _file(connection, message_id)
    return Parcel(message, contacts[0], row.inbound_at, file, _is_ours(connection, message))


def _file(connection: Connection, message_id: int) -> FileToSend | None:
    table = tables.media
    wanted = select(
        table.c.kind, table.c.mime, table.c.filename, table.c.sha256, table.c.size_n
    ).where(table.c.message_id == message_id, table.c.sha256.is_not(None))
    row = connection.execute(wanted).first()
    return FileToSend(*row) if row else None


def _is_ours(connection: Connection, message: Message) -> bool:
    if message.quoted is None:
        return False
    table = tables.message
    wanted = select(table.c.direction).where(
        table.c.instance_id == message.instance_id, table.c.provider_id == message.quoted
    )
    return connection.scalar(wanted) == "out"


def uploaded(
    connection: Connection, instance_id: int, file: FileToSend, now: Instant
) -> str | None:
    """What the provider calls these bytes, while it keeps them."""
    table = tables.media_upload
    return connection.scalar(
        select(table.c.provider_id).where(
            table.c.instance_id == instance_id,
            table.c.sha256 == file.sha256,
            table.c.mime == file.mime,
            table.c.expires_at > now,
        )
    )


def note_upload(
    connection: Connection, instance_id: int, file: FileToSend, provider_id: str, until: Instant
) -> None:
    """Remember what the provider calls these bytes."""
    table = tables.media_upload
    key = {"instance_id": instance_id, "sha256": file.sha256, "mime": file.mime}
    same = [table.c[name] == value for name, value in key.items()]
    connection.execute(table.delete().where(*same))
    insert_rows(connection, table, [{**key, "provider_id": provider_id, "expires_at": until}])
