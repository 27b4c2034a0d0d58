"""What webhooks tell of a message of the shop: when, in which order, what goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Final

from console.channels.simulator.faults import Fault, Telling
from console.channels.simulator.graph import in_status
from console.channels.simulator.people import Number
from console.channels.simulator.wire import Item, peer_of, timestamp
from console.channels.simulator.world import WINDOW, Bubble, Talk
from console.domain.ids import SECOND, Instant

RANKS: Final = {"": 0, "accepted": 1, "sent": 2, "delivered": 3, "read": 4, "played": 5}


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take, in seconds from the one before; a share of messages is never read."""

    sent: tuple[float, float] = (0.1, 0.6)
    delivered: tuple[float, float] = (0.3, 2.0)
    read: tuple[float, float] = (1.5, 15.0)
    read_share: float = 0.9


AT_ONCE: Final = Pace((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that becomes of a message: its state, when, and the code of a failure."""

    status: str
    at: Instant
    code: int | None = None


Body = tuple[Instant, tuple[Step, ...]]  # when it is posted, and what it tells


def steps_of(bubble: Bubble, pace: Pace, chance: Random) -> list[Step]:
    """What becomes of a message when nothing goes wrong: sent, delivered, often read."""
    sent = bubble.at + _draw(pace.sent, chance)
    delivered = sent + _draw(pace.delivered, chance)
    read = delivered + _draw(pace.read, chance)
    steps = [Step("sent", sent), Step("delivered", delivered)]
    return [*steps, Step("read", read)] if chance.random() < pace.read_share else steps


def bodies_of(steps: list[Step], fault: Fault) -> list[Body]:
    """The bodies that tell of these steps."""
    return _TELLINGS[fault.telling](steps, fault)


def status_item(number: Number, talk: Talk, bubble: Bubble, step: Step) -> Item:
    """One entry of `statuses`."""
    item: Item = {"id": bubble.id, "status": step.status, "timestamp": timestamp(step.at)}
    item |= peer_of(number, talk.customer, "recipient_id", "recipient_user_id")
    if bubble.correlation is not None:
        item["biz_opaque_callback_data"] = bubble.correlation
    if step.code is not None:
        return item | {"errors": [in_status(step.code)]}
    return item | _paid(number, talk, bubble, step)


def _paid(number: Number, talk: Talk, bubble: Bubble, step: Step) -> Item:
    category = bubble.category
    drawn = sha256(f"{number.id}:{talk.key}:{category}".encode()).hexdigest()[:32]
    conversation: Item = {"id": drawn, "origin": {"type": category}}
    if step.status == "sent":
        conversation["expiration_timestamp"] = timestamp((talk.wrote_at or bubble.at) + WINDOW)
    is_free = category == "service"
    kind = "free_customer_service" if is_free else "regular"
    pricing = {"billable": not is_free, "pricing_model": "PMP", "type": kind, "category": category}
    return {"conversation": conversation, "pricing": pricing}


def _draw(bounds: tuple[float, float], chance: Random) -> int:
    return round(chance.uniform(*bounds) * SECOND)


def _each(steps: list[Step], _: Fault) -> list[Body]:
    return [(step.at, (step,)) for step in steps]


def _lost(_: list[Step], __: Fault) -> list[Body]:
    return []


def _doubled(steps: list[Step], fault: Fault) -> list[Body]:
    return [body for body in _each(steps, fault) for _ in range(2)]


def _reversed(steps: list[Step], _: Fault) -> list[Body]:
    return [(steps[-1].at, (step,)) for step in reversed(steps)]


def _batched(steps: list[Step], _: Fault) -> list[Body]:
    """Seven of them; what is too few is told again, as Meta does."""
    seven = (steps * 7)[:7]
    return [(steps[-1].at, tuple(seven))]


def _fails(steps: list[Step], fault: Fault) -> list[Body]:
    sent, then = steps[0], steps[1]
    return _each([sent, Step("failed", then.at, fault.code)], fault)


def _only_read(steps: list[Step], _: Fault) -> list[Body]:
    sent, last = steps[0], steps[-1]
    return [(sent.at, (sent,)), (last.at, (Step("read", last.at),))]


_TELLINGS: Final[Mapping[Telling, Callable[[list[Step], Fault], list[Body]]]] = {
    Telling.NORMAL: _each,
    Telling.LOST: _lost,
    Telling.DOUBLED: _doubled,
    Telling.REVERSED: _reversed,
    Telling.BATCHED: _batched,
    Telling.FAILS: _fails,
    Telling.ONLY_READ: _only_read,
    Telling.MISSIGNED: _each,
}
