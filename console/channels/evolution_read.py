"""What an Evolution instance tells, in our words: webhook bodies and records of its store.

Pure, and total: whatever is in a body, it becomes facts, one for each item at least. Written from
what Evolution API 2.3.6 sends for a number that is linked by its phone (Baileys).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from console.channels.evolution_content import Content, read_content, unwrap
from console.channels.evolution_item import LONGEST_NAME, Item
from console.channels.evolution_link import connection, qrcode
from console.channels.evolution_shapes import (
    Json,
    Key,
    mapping,
    number,
    read_key,
    text,
    told_at,
    word,
    words,
)
from console.channels.inbound import (
    Inbound,
    MediaRef,
    MessageEdited,
    MessageIn,
    MessageRevoked,
    ProviderError,
    ReactionIn,
    Status,
    StatusIn,
    Unhandled,
)
from console.domain.ids import Instant

_NO_REASON: Final = ProviderError(None, "não informada pelo provedor")

_STATUSES: Final[Mapping[str, Status]] = {
    "PENDING": Status.ACCEPTED,
    "SERVER_ACK": Status.SENT,
    "SENT": Status.SENT,
    "DELIVERY_ACK": Status.DELIVERED,
    "DELIVERED": Status.DELIVERED,
    "READ": Status.READ,
    "PLAYED": Status.PLAYED,
    "ERROR": Status.FAILED,
    "FAILED": Status.FAILED,
}
_REVOKE: Final = ("0", "REVOKE")
_EDIT: Final = ("14", "MESSAGE_EDIT")


def read_webhook(body: bytes, received_at: Instant) -> list[Inbound]:
    """The facts of a body, in its order; `apikey` is not among them."""
    try:
        envelope = mapping(json.loads(body))
    except (ValueError, RecursionError):
        return [Unhandled(instance="", at=received_at, what="malformed")]
    event = text(envelope.get("event")).lower().replace("_", ".").replace("-", ".")
    instance, told = word(envelope.get("instance")), envelope.get("data")
    read = EVENTS.get(event, Item.unhandled)
    bodies = told if isinstance(told, list) and told else [told]
    items = (Item(event, instance, received_at, mapping(one)) for one in bodies)
    return [fact for item in items for fact in read(item)]


def read_records(records: Iterable[Any], instance: str, received_at: Instant) -> list[Inbound]:
    """The facts of messages that the server has kept, with what became of each."""
    facts: list[Inbound] = []
    for record in records:
        item = Item("messages.record", instance, received_at, mapping(record))
        facts += _message(item)
        facts += _became(item)
    return facts


def _became(item: Item) -> list[Inbound]:
    """The states that the server has kept beside a message.

    An edited one has its new words and the instant of the edit; the others are told without any.
    """
    updates, key = item.body.get("MessageUpdate"), read_key(mapping(item.body.get("key")))
    if key is None or not isinstance(updates, list):
        return []
    said = dict.fromkeys(text(mapping(update).get("status")) for update in updates)
    if "DELETED" in said:
        return [_revoked(item, key.id, key)]
    if "EDITED" in said:
        edited = replace(item, at=told_at(item.body.get("messageTimestamp"), item.at))
        return _edited(edited, key.id, key, mapping(item.body.get("message")))
    states = [_STATUSES[status] for status in said if status in _STATUSES and key.from_me]
    return [_status(item, key, status) for status in states]


def _message(item: Item) -> list[Inbound]:
    key = read_key(mapping(item.body.get("key")), item.body.get("pushName"))
    if key is None:
        remote = text(mapping(item.body.get("key")).get("remoteJid"))
        return item.unhandled("status@broadcast" if remote == "status@broadcast" else "without key")
    item = replace(item, at=told_at(item.body.get("messageTimestamp"), item.at))
    outer = mapping(item.body.get("message"))
    message = unwrap(outer)
    protocol, reaction = message.get("protocolMessage"), message.get("reactionMessage")
    if isinstance(protocol, dict):
        return _protocol(item, protocol, key)
    if isinstance(reaction, dict):
        return _reaction(item, reaction, key)
    content = read_content(message)
    if content is None:
        return item.unhandled("without content", key)
    return [_written(item, key, content, outer)]


def _written(item: Item, key: Key, content: Content, outer: Json) -> MessageIn:
    top, inner = mapping(item.body.get("contextInfo")), mapping(content.context)
    return MessageIn(
        instance=item.instance,
        at=item.at,
        id=key.id,
        peer=key.peer,
        kind=content.kind,
        from_me=key.from_me,
        author=key.author,
        text=content.text,
        media=_reachable(content.media, item, key, outer),
        reply_to=word(top.get("stanzaId")) or word(inner.get("stanzaId")) or None,
        is_forwarded=_is_forwarded(top) or _is_forwarded(inner),
        data=_with_referral(content.data, top, inner),
    )


def _is_forwarded(context: Json) -> bool:
    return context.get("isForwarded") is True or bool(number(context.get("forwardingScore")))


def _reachable(media: MediaRef | None, item: Item, key: Key, outer: Json) -> MediaRef | None:
    """The server gives the bytes by the id of the message; WhatsApp's own URL is encrypted."""
    if media is None:
        return None
    inline = text(outer.get("base64")) or text(item.body.get("base64"))
    url = words(outer.get("mediaUrl")) or words(item.body.get("mediaUrl"))
    return replace(media, provider_id=key.id, inline_b64=inline or None, url=url or None)


_REFERRAL: Final[Mapping[str, str]] = {
    "source_url": "sourceUrl",
    "source_id": "sourceId",
    "source_type": "sourceType",
    "headline": "title",
    "body": "body",
    "ctwa_clid": "ctwaClid",
}


def _with_referral(data: Json | None, *contexts: Json) -> Json | None:
    """What led a person to write: the advertisement they came from."""
    advert = next(filter(None, (mapping(one.get("externalAdReply")) for one in contexts)), {})
    told = {ours: words(advert.get(theirs)) for ours, theirs in _REFERRAL.items()}
    referral = {name: value for name, value in told.items() if value}
    return {**(data or {}), "referral": referral} if referral else data


def _reaction(item: Item, reaction: Json, key: Key) -> list[Inbound]:
    target = word(mapping(reaction.get("key")).get("id"))
    if not target:
        return item.unhandled("reaction without target", key)
    return [
        ReactionIn(
            instance=item.instance,
            at=item.at,
            id=key.id,
            peer=key.peer,
            target=target,
            emoji=word(reaction.get("text")) or None,
            from_me=key.from_me,
            author=key.author,
        )
    ]


def _protocol(item: Item, protocol: Json, key: Key | None) -> list[Inbound]:
    target = word(mapping(protocol.get("key")).get("id"))
    form = str(protocol.get("type"))[:LONGEST_NAME]
    if target and form in _REVOKE:
        return [_revoked(item, target, key)]
    if target and form in _EDIT:
        return _edited(item, target, key, mapping(protocol.get("editedMessage")))
    return item.unhandled(f"protocolMessage {form}", key)


def _revoked(item: Item, target: str, key: Key | None) -> MessageRevoked:
    peer, from_me = (key.peer, key.from_me) if key else (None, False)
    return MessageRevoked(
        instance=item.instance, at=item.at, target=target, peer=peer, from_me=from_me
    )


def _edited(item: Item, target: str, key: Key | None, message: Json) -> list[Inbound]:
    content = read_content(unwrap(message))
    if content is None:
        return item.unhandled("without new content", key)
    peer, from_me = (key.peer, key.from_me) if key else (None, False)
    return [
        MessageEdited(
            instance=item.instance,
            at=item.at,
            target=target,
            text=content.text,
            peer=peer,
            from_me=from_me,
        )
    ]


def _edit(item: Item) -> list[Inbound]:
    """An edit or a revoke: the protocol message alone, or a whole message around it.

    Baileys leaves the key of a protocol message as its author wrote it, so that a customer's names
    our own number: alone it tells which message is meant, and not who wrote it to whom.
    """
    if "message" in item.body:
        return _message(item)
    at = told_at((number(item.body.get("timestampMs")) or 0) // 1000, item.at)
    return _protocol(replace(item, at=at), item.body, None)


def _delete(item: Item) -> list[Inbound]:
    key = read_key(mapping(item.body.get("key")) or item.body)
    return [_revoked(item, key.id, key)] if key else item.unhandled("without key")


def _update(item: Item) -> list[Inbound]:
    """What became of a message; the server tells no time for it."""
    named = mapping(item.body.get("key")) or {**item.body, "id": item.body.get("keyId")}
    key, said = read_key(named), text(item.body.get("status"))
    if key is None:
        return item.unhandled("without key")
    if said == "DELETED":
        return [_revoked(item, key.id, key)]
    if said not in _STATUSES or not key.from_me:  # of a message of theirs: read by our phone
        return item.unhandled(said, key)
    return [_status(item, key, _STATUSES[said])]


def _status(item: Item, key: Key, status: Status) -> StatusIn:
    errors = (_NO_REASON,) if status is Status.FAILED else ()
    return StatusIn(
        instance=item.instance, at=item.at, id=key.id, status=status, errors=errors, peer=key.peer
    )


EVENTS: Final[Mapping[str, Callable[[Item], list[Inbound]]]] = {
    "messages.upsert": _message,
    "send.message": _message,
    "messages.update": _update,
    "messages.edited": _edit,
    "messages.delete": _delete,
    "connection.update": connection,
    "qrcode.updated": qrcode,
}
