"""From the facts of a provider to commands and effects, one fact at a time."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from functools import singledispatch
from typing import Final

from console.actions.effects import Edited, Effect, Reacted, Revoked, Told, settle, tell
from console.actions.receive import Echo, Receive
from console.actions.run import run_inside
from console.channels import inbound
from console.channels.base import HealthState
from console.channels.inbound import MessageIn, PeerId, StatusIn
from console.domain.agent import Acting, a_contact, a_phone
from console.domain.contact import Address
from console.domain.ids import Instant
from console.domain.message import Delivery
from console.domain.phone import canonical_phone
from console.gateway.linked import Linked
from console.store import accounts, effects, holds, identity, outbox
from console.store.incoming import Incoming
from console.store.work import Connection


class Result(StrEnum):
    """What became of one fact."""

    DONE = "done"
    KNOWN = "known"
    PARKED = "parked"  # until the message comes that it is about
    UNHANDLED = "unhandled"


class TooEarlyError(Exception):
    """An echo that may be of a message whose sending has not been answered yet."""


def act_on(connection: Connection, linked: Linked, fact: inbound.Inbound, now: Instant) -> Result:
    """Do what a fact asks for; facts of another instance than the address is for are none."""
    if fact.instance and linked.provider_name not in {"", fact.instance}:
        return Result.UNHANDLED
    return _act(fact, connection, linked, now)


@singledispatch
def _act(fact: object, connection: Connection, linked: Linked, now: Instant) -> Result:
    del fact, connection, linked, now
    return Result.UNHANDLED


@_act.register
def _(fact: MessageIn, connection: Connection, linked: Linked, now: Instant) -> Result:
    instance_id = linked.instance_id
    if effects.target_of(connection, instance_id, fact.id):
        return Result.KNOWN
    if fact.from_me and _is_ours(connection, linked, fact, now):
        return Result.KNOWN
    wish = _wish(linked, fact)
    if wish is None:
        return Result.UNHANDLED
    actor: Acting = a_phone() if fact.from_me else a_contact()
    run_inside(connection, wish, actor=actor, at=now)
    if not fact.from_me:
        accounts.note_inbound(connection, instance_id, now)
    settle(connection, instance_id, fact.id, now)
    return Result.DONE


def _is_ours(connection: Connection, linked: Linked, fact: MessageIn, now: Instant) -> bool:
    """Whether an echo is of a message that the outbox has sent; then the id is kept with it."""
    message_id = outbox.by_correlation(connection, linked.instance_id, fact.correlation)
    if message_id is None and outbox.is_being_sent(connection, linked.instance_id, fact.text, now):
        raise TooEarlyError
    if message_id is None:
        return False
    outbox.name_message(connection, linked.instance_id, message_id, fact.id)
    accepted = Told(Delivery.ACCEPTED, fact.at)
    tell(connection, linked.instance_id, fact.id, accepted, now)
    return True


def _wish(linked: Linked, fact: MessageIn) -> Receive | None:
    addresses = addresses_of(fact.peer, linked.channel.scope)
    if not addresses:
        return None
    content = json.dumps(fact.data, sort_keys=True) if fact.data else None
    first, *also = addresses
    kind = Echo if fact.from_me else Receive
    return kind(
        linked.instance_id,
        first,
        "" if fact.from_me else label_of(fact.peer),
        fact.text,
        fact.id,
        fact.kind.value,
        also=tuple(also),
        written_at=fact.at,
        author=label_of(fact.author) if fact.author else None,
        quoted=fact.reply_to,
        is_forwarded=fact.is_forwarded,
        content=content,
        file=_file(fact),
    )


def _file(fact: MessageIn) -> Incoming | None:
    media = fact.media
    if media is None:
        return None
    ref = json.dumps(asdict(media))
    name = media.filename or ""
    return Incoming(media.kind.value, media.mime, ref, name, media.size, media.seconds)


@_act.register
def _(fact: StatusIn, connection: Connection, linked: Linked, now: Instant) -> Result:
    instance_id = linked.instance_id
    if effects.target_of(connection, instance_id, fact.id) is None:
        message_id = outbox.by_correlation(connection, instance_id, fact.correlation)
        if message_id is not None:
            outbox.name_message(connection, instance_id, message_id, fact.id)
            settle(connection, instance_id, fact.id, now)
    error = fact.errors[0] if fact.errors else inbound.ProviderError(None)
    told = Told(fact.status.value, fact.at, error.code, error.title, error.details)
    return _told(connection, linked, fact.id, told, now)


@_act.register
def _(fact: inbound.ReactionIn, connection: Connection, linked: Linked, now: Instant) -> Result:
    author = "" if fact.from_me else key_of(fact.author or fact.peer)
    given = Reacted(author, fact.emoji or "", fact.at, fact.from_me)
    return _told(connection, linked, fact.target, given, now)


@_act.register
def _(fact: inbound.MessageEdited, connection: Connection, linked: Linked, now: Instant) -> Result:
    return _told(connection, linked, fact.target, Edited(fact.text, fact.at), now)


@_act.register
def _(fact: inbound.MessageRevoked, connection: Connection, linked: Linked, now: Instant) -> Result:
    return _told(connection, linked, fact.target, Revoked(fact.at), now)


@_act.register
def _(fact: inbound.PeerChanged, connection: Connection, linked: Linked, now: Instant) -> Result:
    scope = linked.channel.scope
    old, new = addresses_of(fact.old, scope), addresses_of(fact.new, scope)
    is_known = identity.change(connection, old, new, now)
    return Result.DONE if is_known else Result.UNHANDLED


@_act.register
def _(
    fact: inbound.ConnectionChanged, connection: Connection, linked: Linked, now: Instant
) -> Result:
    """The link of the number to its phone; a code to scan is of use until it is open."""
    state = _STATES.get(fact.state, HealthState.DEGRADED)
    accounts.note_state(connection, linked.instance_id, state, fact.reason or "", now)
    if state is HealthState.OK:
        fresh = {"pairing": None, "caught_up_at": None}  # what came in meanwhile is asked for
        accounts.update_link(connection, linked.instance_id, fresh)
        holds.release(connection, linked.instance_id)
    return Result.DONE


_STATES: Final = {"open": HealthState.OK, "close": HealthState.DOWN}


def _told(
    connection: Connection, linked: Linked, provider_id: str, effect: Effect, now: Instant
) -> Result:
    is_here = tell(connection, linked.instance_id, provider_id, effect, now)
    return Result.DONE if is_here else Result.PARKED


def addresses_of(peer: PeerId, scope: str) -> list[Address]:
    """The addresses of a person or group, strong ones first; none when nothing identifies."""
    if peer.group:
        return [Address("group", peer.group, peer.group, scope)]
    strong = [*_phone(peer), *_scoped(peer, scope)]
    if not strong:
        return []
    weak = (("parent_bsuid", peer.parent_bsuid, scope), ("username", peer.username, ""))
    return strong + [Address(kind, value, value, of) for kind, value, of in weak if value]


def _phone(peer: PeerId) -> list[Address]:
    if not peer.phone:
        return []
    return [Address("phone", canonical_phone(peer.phone), peer.phone)]


def _scoped(peer: PeerId, scope: str) -> list[Address]:
    given = (("bsuid", peer.bsuid), ("lid", peer.lid))
    return [Address(kind, value, value, scope) for kind, value in given if value]


def label_of(peer: PeerId | None) -> str:
    """What to call somebody: the name they gave, else the user name; nothing otherwise."""
    return (peer.name or peer.username or "") if peer else ""


def key_of(peer: PeerId) -> str:
    """One word for one person, the same one every time."""
    phone: Final = canonical_phone(peer.phone) if peer.phone else None
    return phone or peer.bsuid or peer.lid or peer.group or ""
