"""The rows of messages' files: claimed to be fetched, marked when they are here, read by ids."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, and_, select, update

from console.domain.attachment import Attachment, FileState, SentFile
from console.domain.ids import MINUTE, SECOND, Instant, new_id
from console.domain.message import Message
from console.domain.scope import Scope
from console.i18n import Text
from console.store import tables
from console.store.bulk_write import id_set, insert_rows
from console.store.feed import write_feed
from console.store.rows import condition, message_of

_MEDIA: Final = tables.media
LEASE: Final = 10 * MINUTE
"""How long whoever fetches a file has for it; then another may try."""
_PAUSES: Final = (2 * SECOND, 8 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE)
MOST_ATTEMPTS: Final = len(_PAUSES) + 1


def find_file(connection: Connection, file_id: int, scope: Scope) -> Attachment | None:
    """A file of a conversation in this scope; None for absent and not yours."""
    conversation = tables.conversation
    wanted = (
        select(_MEDIA)
        .join(conversation, conversation.c.id == _MEDIA.c.conversation_id)
        .where(_MEDIA.c.id == file_id, condition(scope))
    )
    row = connection.execute(wanted).mappings().first()
    return _file_of(row) if row else None


def files_of(connection: Connection, message_ids: Sequence[int]) -> dict[int, Attachment]:
    """The files of these messages, by message; most have none."""
    wanted = select(_MEDIA).where(_MEDIA.c.message_id.in_(id_set(connection, message_ids)))
    return {row["message_id"]: _file_of(row) for row in connection.execute(wanted).mappings()}


def files_of_contact(
    connection: Connection, contact_id: int, scope: Scope, *, limit: int
) -> list[tuple[Attachment, Message]]:
    """The latest files of a contact's conversations in the scope that are here, newest first."""
    conversation, message = tables.conversation, tables.message
    wanted = (
        select(message.c.id)
        .join(conversation, conversation.c.id == message.c.conversation_id)
        .join(_MEDIA, _MEDIA.c.message_id == message.c.id)
        .where(
            conversation.c.contact_id == contact_id,
            condition(scope),
            _MEDIA.c.state == FileState.HERE,
        )
        .order_by(message.c.id.desc())
        .limit(limit)
    )
    ids = list(connection.scalars(wanted))
    files = files_of(connection, ids)
    among = message.c.id.in_(id_set(connection, ids))
    rows = connection.execute(select(message).where(among).order_by(message.c.id.desc()))
    return [(files[row["id"]], message_of(row)) for row in rows.mappings()]


def has_due(connection: Connection, at: Instant) -> bool:
    """Whether a file is to be fetched by now; asked every second, so it takes no turn to write."""
    due = select(_MEDIA.c.id).where(_MEDIA.c.next_at <= at).limit(1)
    return connection.scalar(due) is not None


def claim_file(connection: Connection, at: Instant) -> Attachment | None:
    """The file that has been due longest, taken for `LEASE`; its attempt is counted."""
    due = _MEDIA.c.next_at <= at
    first = select(_MEDIA).where(due).order_by(_MEDIA.c.next_at, _MEDIA.c.id).limit(1)
    row = connection.execute(first.with_for_update(skip_locked=True)).mappings().first()
    if row is None:
        return None
    taken = {"attempts_n": row["attempts_n"] + 1, "next_at": at + LEASE}
    _change(connection, row["id"], taken)
    return _file_of({**row, **taken})


def keep_file(
    connection: Connection, file: Attachment, sha256: str, size_n: int, mime: str, at: Instant
) -> bool:
    """The bytes are here; false when somebody else has settled it meanwhile."""
    here = {"sha256": sha256, "size_n": size_n, "mime": mime}
    return _settle(connection, file, at, {**here, "state": FileState.HERE, "problem": None})


def postpone(connection: Connection, file: Attachment, why: Text, at: Instant) -> bool:
    """Try again later, or give up after the last attempt."""
    if file.attempts_n >= MOST_ATTEMPTS:
        return give_up(connection, file, FileState.FAILED, why, at)
    due_at = at + _PAUSES[file.attempts_n - 1]
    return _change(connection, file.id, {"next_at": due_at}, file.next_at)


def hold(connection: Connection, file: Attachment, until: Instant) -> bool:
    """Wait for the instance to be linked again; no attempt was made."""
    waiting = {"next_at": until, "attempts_n": file.attempts_n - 1}
    return _change(connection, file.id, waiting, file.next_at)


def give_up(
    connection: Connection, file: Attachment, state: FileState, why: Text, at: Instant
) -> bool:
    """It does not come, for this reason."""
    told = json.dumps([why.pt, why.en, why.es], ensure_ascii=False)
    return _settle(connection, file, at, {"state": state, "problem": told})


def keep_sent(
    connection: Connection, files: Sequence[tuple[Message, SentFile]], at: Instant
) -> None:
    """Write down the files that people send with these messages; their bytes are here."""
    rows = [
        {
            "id": new_id(),
            "instance_id": message.instance_id,
            "conversation_id": message.conversation_id,
            "message_id": message.id,
            "kind": file.kind,
            "mime": file.mime,
            "filename": file.name,
            "sha256": file.sha256,
            "size_n": file.size,
            "ref": "{}",
            "state": FileState.HERE,
            "created_at": at,
        }
        for message, file in files
    ]
    insert_rows(connection, _MEDIA, rows)


def ask_again(connection: Connection, file: Attachment, at: Instant) -> bool:
    """Somebody wants a file that had failed."""
    again = {"state": FileState.WAITING, "attempts_n": 0, "next_at": at, "problem": None}
    failed = and_(_MEDIA.c.id == file.id, _MEDIA.c.state == FileState.FAILED)
    if not connection.execute(update(_MEDIA).where(failed).values(**again)).rowcount:
        return False
    _tell(connection, file, at)
    return True


def _settle(
    connection: Connection, file: Attachment, at: Instant, values: Mapping[str, Any]
) -> bool:
    is_ours = _change(connection, file.id, {**values, "next_at": None}, file.next_at)
    if is_ours:
        _tell(connection, file, at)
    return is_ours


def _change(
    connection: Connection, file_id: int, values: Mapping[str, Any], claimed: Instant | None = None
) -> bool:
    """Set columns; of a file that was claimed only while the claim is still ours."""
    wanted = update(_MEDIA).where(_MEDIA.c.id == file_id)
    if claimed is not None:
        wanted = wanted.where(_MEDIA.c.next_at == claimed)
    return connection.execute(wanted.values(**values)).rowcount > 0


def _tell(connection: Connection, file: Attachment, at: Instant) -> None:
    """Have open browsers draw the message anew."""
    message = tables.message
    mine = message.c.id == file.message_id
    connection.execute(update(message).where(mine).values(changed_at=at))
    write_feed(connection, "message", [file.message_id], at, [file.instance_id])
    write_feed(connection, "conversation", [file.conversation_id], at, [file.instance_id])


def _file_of(row: RowMapping | Mapping[str, Any]) -> Attachment:
    problem = row["problem"]
    read = {
        "state": FileState(row["state"]),
        "problem": Text(*json.loads(problem)) if problem else None,
    }
    return Attachment(**{**row, **read})
