"""Files of messages: where their bytes are, and whether they are here yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from console.domain.ids import Instant, new_id
from console.domain.message import Message
from console.store import tables
from console.store.bulk_write import insert_rows

WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that a provider keeps; `ref` is JSON of what it takes to fetch it."""

    kind: str
    mime: str
    ref: str
    filename: str = ""
    size_n: int | None = None
    seconds_n: int | None = None


def expect_files(
    connection: Connection, files: Sequence[tuple[Message, Incoming]], at: Instant
) -> None:
    """Write down that these messages have files to be fetched."""
    rows = [
        {
            "id": new_id(),
            "instance_id": message.instance_id,
            "conversation_id": message.conversation_id,
            "message_id": message.id,
            "kind": file.kind,
            "mime": file.mime,
            "filename": file.filename,
            "size_n": file.size_n,
            "seconds_n": file.seconds_n,
            "ref": file.ref,
            "state": WAITING,
            "next_at": at,
            "created_at": at,
        }
        for message, file in files
    ]
    insert_rows(connection, tables.media, rows)
