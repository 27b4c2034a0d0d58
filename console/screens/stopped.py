"""The banner of the inbox: which instances send nothing now, why, and what waits for them."""

from __future__ import annotations

from typing import Any, Final

from console.domain.agent import Acting, Right
from console.domain.ids import SECOND, Instant
from console.store import holds
from console.store.holds import Stop
from console.store.waiting import Waiting, waiting
from console.store.work import Connection

PAGE: Final = "/instances"
_BEAR: Final = 10 * SECOND  # a provider that asks to wait for less is nobody's business


def stopped_json(connection: Connection, who: Acting, now: Instant) -> list[dict[str, Any]]:
    """One entry for each instance, for people who answer; instants in milliseconds."""
    found = holds.stopped(connection, now) if who.may(Right.ANSWER) else []
    queued = waiting(connection) if found else {}
    link = PAGE if who.may(Right.SETTINGS) else None
    told = ((one, queued.get(one.instance_id)) for one in found)
    return [_entry(one, waits, link) for one, waits in told if _matters(one, waits, now)]


def _entry(one: Stop, waits: Waiting | None, link: str | None) -> dict[str, Any]:
    return {
        "id": str(one.instance_id),
        "name": one.name,
        "why": _why(one),
        "since": _ms(one.since_at),
        "until": None if one.is_paused else _ms(one.until_at),
        "waiting": waits.n if waits else 0,
        "oldest": _ms(waits.since_at) if waits else None,
        "link": link,
    }


def _matters(one: Stop, waits: Waiting | None, now: Instant) -> bool:
    """A short wait that the provider asked for comes and goes: only what stays is told."""
    if _why(one) != "held":
        return True
    return waits is not None and waits.since_at <= now - _BEAR


def _why(one: Stop) -> str:
    if one.is_paused:
        return "paused"
    return one.why if one.why in {"auth", "disconnected"} else "held"


def _ms(at: Instant | None) -> int | None:
    return None if at is None else at // 1000
