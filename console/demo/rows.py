"""From drawn arrays to rows of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from console.demo.centre import Centre
from console.demo.delivery import delivered, last_delivered
from console.demo.fold import States, fold_items
from console.demo.measures import Random
from console.demo.phrasebook import Phrasebook, Stage
from console.demo.story import NOBODY, Cast, Code, Items
from console.demo.texts import Spoken, write_texts
from console.demo.turns import Ints, Turns
from console.demo.words import Words
from console.domain.conversation import Status
from console.domain.events import EventKind
from console.domain.ids import id_floor
from console.domain.message import ActorKind, Direction
from console.domain.text import preview
from console.store import tables
from console.store.bulk_load import BulkLoad

_ID_BITS: Final = 22  # below the milliseconds of an id
_COUNTER: Final = (1 << _ID_BITS) - 1
_OFFSET: Final = id_floor(2**52) - ((2**52 // 1_000) << _ID_BITS)
_BOT_NAME: Final = "Assistente virtual"
_PHONES: Final = 100_000  # per area code, in the block 9000x-xxxx
_SPOKEN: Final = (Code.IN, Code.OUT, Code.BOT, Code.NOTE)
_EVENTS: Final = {
    Code.OPENED: EventKind.OPENED,
    Code.TEAM: EventKind.TEAM_ASSIGNED,
    Code.READ: EventKind.MARKED_READ,
    Code.RESOLVED: EventKind.RESOLVED,
    Code.REOPENED: EventKind.REOPENED,
    Code.ASSIGNED: EventKind.ASSIGNED,
    Code.LABELLED: EventKind.LABELLED,
}
_THANKS_SHARE: Final = 0.6
_WAIT_SHARE: Final = 0.5
_GREETING_SHARE: Final = 0.45
_SECOND_ANSWER: Final = 3  # the run after the customer's second turn


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch of conversations; `place` and `item_n` count what came before it."""

    words: Words
    book: Phrasebook
    centre: Centre
    random: Random
    turns: Turns
    cast: Cast
    topic: Ints
    items: Items
    place: int
    item_n: int


@dataclass(frozen=True, slots=True)
class _Ids:
    """Ids of the batch; those of conversations and contacts are per conversation."""

    item: Ints
    conversation: Ints
    contact: Ints
    instance: Ints
    person: Ints  # by the number of an agent
    team: Ints
    label: Ints


def write_batch(load: BulkLoad, batch: Batch) -> int:
    """Write every row of the batch; gives the number of messages."""
    first = np.flatnonzero(np.diff(batch.items.conversation, prepend=NOBODY))
    ids = _ids(batch, first)
    names = _names(batch)
    _write_contacts(load, batch, ids, names)
    is_spoken = np.isin(batch.items.code, _SPOKEN)
    spoken = np.flatnonzero(is_spoken)
    texts = _texts(batch, spoken, names)
    states = fold_items(batch.items, first)
    place = np.cumsum(is_spoken) - 1
    last_texts = [texts[i] for i in place[states.last_message].tolist()]
    _write_conversations(load, batch, ids, states, last_texts)
    _write_messages(load, batch, ids, spoken, texts, names)
    _write_events(load, batch, ids)
    return spoken.size


def ids_at(at_ms: NDArray[np.int64], number: NDArray[np.int64]) -> Ints:
    """Ids as if made at these milliseconds: unique while fewer than four million share one."""
    return np.asarray((at_ms << _ID_BITS) + _OFFSET + (number & _COUNTER))


def _ids(batch: Batch, first: Ints) -> _Ids:
    centre, items, n = batch.centre, batch.items, batch.turns.n
    item = ids_at(items.at_ms, batch.item_n + np.arange(items.code.size))
    shares = np.array([entry["share"] for entry in batch.words.shop["instances"]])
    chosen = batch.random.choice(shares.size, n, p=shares / shares.sum())
    return _Ids(
        item=item,
        conversation=item[first],
        contact=ids_at(batch.cast.start_ms - 1, batch.place + np.arange(n)),
        instance=np.array(centre.instance_ids)[chosen],
        person=np.array([person.id for person in centre.people]),
        team=np.array(centre.team_ids),
        label=np.array(centre.label_ids),
    )


def _names(batch: Batch) -> tuple[list[str], list[str]]:
    """First and full name of each conversation's customer."""
    n, random, words = batch.turns.n, batch.random, batch.words

    def pick(values: Sequence[str]) -> list[str]:
        return [values[i] for i in random.integers(0, len(values), n).tolist()]

    first = pick(words.first_names)
    particles = [*words.particles, *[""] * (5 * len(words.particles))]
    full = [
        " ".join(part for part in parts if part)
        for parts in zip(
            first,
            pick([*words.surnames, *[""] * len(words.surnames)]),
            pick(particles),
            pick(words.surnames),
            strict=True,
        )
    ]
    return first, full


def _write_contacts(
    load: BulkLoad, batch: Batch, ids: _Ids, names: tuple[list[str], list[str]]
) -> None:
    at = (batch.cast.start_ms * 1_000).tolist()
    contacts = ids.contact.tolist()
    load.rows(tables.contact, {"id": contacts, "name": names[1], "created_at": at})
    ddds = batch.words.shop["ddds"]
    numbers = (batch.place + np.arange(batch.turns.n)).tolist()
    phones = [
        f"55{ddds[i % len(ddds)]}9000{(i // len(ddds) * 7_919) % _PHONES:05d}" for i in numbers
    ]
    addresses = {
        "id": contacts,
        "contact_id": contacts,
        "value": phones,
        "send_value": phones,
        "first_seen_at": at,
        "last_seen_at": at,
    }
    load.rows(tables.address, addresses, {"kind": "phone", "scope": "", "source": "demo"})


def _texts(batch: Batch, spoken: Ints, names: tuple[list[str], list[str]]) -> list[str]:
    items = batch.items
    people = batch.centre.people
    return write_texts(
        batch.random,
        batch.words,
        batch.book,
        Spoken(
            conversation=items.conversation[spoken],
            stage=_stages(batch, spoken),
            topic=batch.topic,
            opened_at=batch.cast.start_ms * 1_000,
            first_name=names[0],
            agent_name=[people[i].name.split()[0] for i in batch.cast.agent.tolist()],
        ),
    )


def _stages(batch: Batch, spoken: Ints) -> Ints:
    """Where in the conversation each message stands."""
    code = batch.items.code[spoken]
    stage = np.where(code == Code.IN, *_sides(batch, spoken))
    stage = np.where(code == Code.BOT, Stage.BOT, stage)
    return np.where(code == Code.NOTE, Stage.NOTE, stage)


def _sides(batch: Batch, spoken: Ints) -> tuple[Ints, Ints]:
    """The stage of each message if the customer writes it, and if an agent does.

    Half of the customers only greet at first, and say what it is about in their next message.
    """
    turns, message = batch.turns, batch.items.message[spoken]
    of, run = turns.conversation[message], turns.run[message]
    last_run = turns.run[turns.last][of]
    begins_run, luck = turns.is_new_run[message], batch.random.random(spoken.size)
    only_greets = batch.random.random(turns.n) < _GREETING_SHARE
    incoming = (~turns.is_agent).astype(np.int64)
    number = np.cumsum(incoming)
    number -= (number - incoming)[turns.first][turns.conversation]
    nth: Ints = number[message] - only_greets[of]  # 0: greets, 1: says what it is about
    waits = (last_run == 0) & (luck < _WAIT_SHARE)
    thanks = (run == last_run) & (run > 0) & (luck < _THANKS_SHARE)
    customer = np.select(
        [nth == 0, (nth == 1) | turns.is_return[message], waits, run == 0, thanks],
        [Stage.HELLO, Stage.OPEN, Stage.WAIT, Stage.TELL, Stage.THANKS],
        Stage.DETAIL,
    )
    is_unasked = only_greets & (
        np.add.reduceat((turns.run == 0).astype(np.int64), turns.first) == 1
    )
    agent = np.select(
        [
            (run <= 1) & begins_run & is_unasked[of],
            (run <= 1) & begins_run,
            (run == _SECOND_ANSWER) & begins_run & is_unasked[of],
            (run > 1) & (run >= last_run - 1),
        ],
        [Stage.GREET, Stage.FIRST, Stage.ANSWER, Stage.DONE],
        Stage.STEP,
    )
    return customer, agent


def _write_conversations(
    load: BulkLoad, batch: Batch, ids: _Ids, states: States, last_texts: list[str]
) -> None:
    """One row each; absent values are NULL and present in most rows, so they stay columns."""
    status = np.where(states.is_resolved, Status.RESOLVED.value, Status.PENDING.value)
    code = batch.items.code[states.last_message]
    last_ms = batch.items.at_ms[states.last_message]
    direction = np.where(code == Code.IN, Direction.IN.value, Direction.OUT.value)
    values: dict[str, list[Any]] = {
        "id": ids.conversation.tolist(),
        "instance_id": ids.instance.tolist(),
        "contact_id": ids.contact.tolist(),
        "status": status.tolist(),
        "assignee_id": _or_none(states.assignee, ids.person),
        "team_id": _or_none(states.team, ids.team),
        "opened_at": _instants(states.opened_ms),
        "last_activity_at": _instants(states.last_activity_ms),
        "contact_activity_at": _instants(states.contact_activity_ms),
        "waiting_since_at": _instants(states.waiting_since_ms),
        "first_response_at": _instants(states.first_response_ms),
        "resolved_at": _instants(states.resolved_ms),
        "resolved_by_id": _or_none(states.resolved_by, ids.person),
        "reopened_n": states.reopened_n.tolist(),
        "reopened_at": _instants(states.reopened_ms),
        "unread_n": states.unread_n.tolist(),
        "message_n": (states.inbound_n + states.outbound_n + states.note_n).tolist(),
        "inbound_n": states.inbound_n.tolist(),
        "outbound_n": states.outbound_n.tolist(),
        "note_n": states.note_n.tolist(),
        "last_message_id": ids.item[states.last_message].tolist(),
        "last_preview": [preview(text) for text in last_texts],
        "last_direction": direction.tolist(),
        "inbound_at": _instants(states.contact_activity_ms),
        "last_delivery": last_delivered(_instants(last_ms), (code != Code.IN).tolist()),
        "version": states.item_n.tolist(),
    }
    load.rows(tables.conversation, values, {"last_kind": "text"})


def _instants(at_ms: Ints) -> list[int | None]:
    return [None if at == NOBODY else at * 1_000 for at in at_ms.tolist()]


def _or_none(number: Ints, ids: Ints) -> list[int | None]:
    given = ids[number].tolist()
    return [None if n == NOBODY else i for n, i in zip(number.tolist(), given, strict=True)]


def _write_messages(
    load: BulkLoad,
    batch: Batch,
    ids: _Ids,
    spoken: Ints,
    texts: list[str],
    names: tuple[list[str], list[str]],
) -> None:
    code = batch.items.code[spoken]
    text = np.array(texts, dtype=np.object_)
    incoming = code == Code.IN
    customer = batch.items.conversation[spoken[incoming]]
    full_name = np.array(names[1], dtype=np.object_)
    said = (ids.contact[customer], full_name[customer])
    _write_said(load, batch, ids, spoken[incoming], text[incoming], said, "in", ActorKind.CONTACT)
    agent_name = np.array([person.name for person in batch.centre.people], dtype=np.object_)
    for kind, direction in ((Code.OUT, "out"), (Code.NOTE, "note")):
        chosen = code == kind
        agent = batch.items.actor[spoken[chosen]]
        said = (ids.person[agent], agent_name[agent])
        _write_said(
            load, batch, ids, spoken[chosen], text[chosen], said, direction, ActorKind.AGENT
        )
    bot = code == Code.BOT
    _write_said(load, batch, ids, spoken[bot], text[bot], None, "out", ActorKind.BOT)


def _write_said(
    load: BulkLoad,
    batch: Batch,
    ids: _Ids,
    place: Ints,
    text: NDArray[np.object_],
    authors: tuple[Ints, NDArray[np.object_]] | None,
    direction: str,
    author_kind: ActorKind,
) -> None:
    """Messages of one direction and one kind of author; most of history was delivered and read."""
    order = np.argsort(ids.item[place])  # appended to the primary key, not spread over it
    place, text = place[order], text[order]
    of = batch.items.conversation[place]
    at = (batch.items.at_ms[place] * 1_000).tolist()
    values: dict[str, list[Any]] = {
        "id": ids.item[place].tolist(),
        "conversation_id": ids.conversation[of].tolist(),
        "instance_id": ids.instance[of].tolist(),
        "text": text.tolist(),
        "at": at,
        "created_at": at,
    }
    if authors:
        values |= {
            "author_id": authors[0][order].tolist(),
            "author_name": authors[1][order].tolist(),
        }
    same = {"direction": direction, "kind": "text", "author_kind": author_kind.value}
    if not authors:
        same["author_name"] = _BOT_NAME
    if direction == Direction.OUT:
        values |= delivered(at)
    load.rows(tables.message, values, same)


def _write_events(load: BulkLoad, batch: Batch, ids: _Ids) -> None:
    """The facts that are no messages; those follow from the messages themselves."""
    items = batch.items
    for code, kind in _EVENTS.items():
        among = items.code == code
        for has_actor in (True, False):
            for has_source in (True, False):
                chosen = among & ((items.actor != NOBODY) == has_actor)
                chosen &= (items.source != NOBODY) == has_source
                _write_facts(load, batch, ids, np.flatnonzero(chosen), kind)
    labelled = np.flatnonzero(items.code == Code.LABELLED)
    pairs = np.unique(
        np.stack(
            [ids.conversation[items.conversation[labelled]], ids.label[items.target[labelled]]]
        ),
        axis=1,
    )
    columns = {"conversation_id": pairs[0].tolist(), "label_id": pairs[1].tolist()}
    load.rows(tables.conversation_label, columns)


def _write_facts(load: BulkLoad, batch: Batch, ids: _Ids, place: Ints, kind: EventKind) -> None:
    """Facts of one kind that all have, or all lack, an agent as actor and a source."""
    if not place.size:
        return
    items = batch.items
    of = items.conversation[place]
    values: dict[str, list[Any]] = {
        "id": ids.item[place].tolist(),
        "conversation_id": ids.conversation[of].tolist(),
        "contact_id": ids.contact[of].tolist(),
        "instance_id": ids.instance[of].tolist(),
        "at": (items.at_ms[place] * 1_000).tolist(),
    }
    actor_kind = ActorKind.AGENT
    if items.actor[place[0]] != NOBODY:
        values["actor_id"] = ids.person[items.actor[place]].tolist()
    elif kind is EventKind.TEAM_ASSIGNED:
        actor_kind = ActorKind.SYSTEM
    else:
        actor_kind = ActorKind.CONTACT
        values["actor_id"] = ids.contact[of].tolist()
    if items.source[place[0]] != NOBODY:
        values["from_id"] = ids.person[items.source[place]].tolist()
    target = _targets(batch, ids, place, kind)
    if target is not None:
        values["to_id"] = target.tolist()
    same = {"kind": kind.value, "actor_kind": actor_kind.value}
    load.rows(tables.event, values, same)


def _targets(batch: Batch, ids: _Ids, place: Ints, kind: EventKind) -> Ints | None:
    target = batch.items.target[place]
    match kind:
        case EventKind.OPENED:
            return ids.contact[batch.items.conversation[place]]
        case EventKind.TEAM_ASSIGNED:
            return ids.team[target]
        case EventKind.ASSIGNED:
            return ids.person[target]
        case EventKind.LABELLED:
            return ids.label[target]
        case _:
            return None
