"""What a conversation has come to once everything was told, in whatever order that was."""

from sqlalchemy import select

from console.gateway.replay import FAILED, Replay
from console.store import tables
from wired import Wires


def end_of(store, instance_id):
    """What people see of the one conversation of an instance, without ids and our own clock."""
    message, talk, reaction = tables.message, tables.conversation, tables.reaction
    seen = (
        "provider_id direction kind author_kind author_name text original at edited_at revoked_at"
        " quoted is_forwarded content delivery sent_at delivered_at read_at"
    ).split()
    with store.read() as connection:
        (state,) = connection.execute(select(talk).where(talk.c.instance_id == instance_id))
        rows = connection.execute(
            select(message).where(message.c.instance_id == instance_id).order_by(message.c.id)
        ).mappings()
        thread = [tuple(row[name] for name in seen) for row in rows]
        emojis = connection.execute(
            select(message.c.provider_id, reaction.c.author, reaction.c.emoji, reaction.c.at)
            .join(message, message.c.id == reaction.c.message_id)
            .where(message.c.instance_id == instance_id)
        )
        media = connection.execute(
            select(tables.media.c.kind, tables.media.c.mime, tables.media.c.state).where(
                tables.media.c.instance_id == instance_id
            )
        )
        counted = "status inbound_n outbound_n message_n inbound_at contact_activity_at".split()
        return (
            [state._mapping[name] for name in counted],
            state._mapping["last_preview"],
            thread,
            sorted(map(tuple, emojis)),
            sorted(map(tuple, media)),
        )


def told(centre, name, lines):
    """Tell an instance of its own these lines; what it has come to."""
    instance = centre.instance(name)
    became = {one.became for one in Replay(centre.store, Wires(), instance).lines(lines)}
    assert FAILED not in became
    return end_of(centre.store, instance)
