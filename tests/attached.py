"""Files of messages, written as a channel's words would write them."""

import json
from dataclasses import asdict

from sqlalchemy import insert, select, update

from console.channels.inbound import Kind, MediaRef
from console.domain.ids import new_id
from console.store import tables


def last_message(store, conversation_id):
    """The id of the message that a conversation got last."""
    table = tables.message
    wanted = select(table.c.id).where(table.c.conversation_id == conversation_id)
    with store.read() as connection:
        return connection.scalar(wanted.order_by(table.c.id.desc()).limit(1))


def expect(store, conversation_id, at, kind="image", message_id=None, ref=None, **values):
    """The last message has a file, which waits to be fetched; gives the file's id."""
    file_id = new_id()
    written = json.dumps(asdict(ref or MediaRef(Kind(kind), provider_id="1")))
    message_id = message_id or last_message(store, conversation_id)
    row = {
        "id": file_id,
        "instance_id": 1,
        "conversation_id": conversation_id,
        "message_id": message_id,
        "kind": kind,
        "mime": "image/jpeg",
        "filename": "",
        "ref": written,
        "state": "waiting",
        "next_at": at,
        "created_at": at,
        **values,
    }
    store.write(lambda connection: connection.execute(insert(tables.media).values(row)))
    change_message(store, message_id, kind=kind)
    return file_id


def have(store, files, conversation_id, at, body, mime, kind="image", **values):
    """The last message has a file, and its bytes are here; gives the file's id."""
    kept = files.put([body], len(body))
    here = {"state": "here", "next_at": None, "sha256": kept.sha256, "size_n": kept.size}
    return expect(store, conversation_id, at, kind, mime=mime, **(here | values))


def change_message(store, message_id, **values):
    """Set columns of a message, as a channel's later word does."""
    wanted = tables.message.c.id == message_id
    change = update(tables.message).where(wanted).values(**values)
    store.write(lambda connection: connection.execute(change))
