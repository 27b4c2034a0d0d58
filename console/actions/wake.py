"""Waking: what was snoozed comes back by itself when its time has come."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from console.actions.run import run
from console.actions.snooze import Unsnooze
from console.domain.agent import system
from console.domain.ids import Instant
from console.store.snoozed import Snoozed, due_snoozes
from console.store.work import Store

CHUNK: Final = 2_000


def wake(store: Store, at: Instant) -> int:
    """Bring back every conversation whose snooze is over; how many came back.

    Safe to repeat, and in several processes at once: a row that somebody touched meanwhile is
    left to the next time.
    """
    woken = 0
    while found := _due(store, at):
        done = _unsnoozed(store, found, at)
        woken += done
        if done < CHUNK:
            break
    return woken


def _due(store: Store, at: Instant) -> list[Snoozed]:
    with store.read() as connection:
        return due_snoozes(connection, at, CHUNK)


def _unsnoozed(store: Store, found: Sequence[Snoozed], at: Instant) -> int:
    outcome = run(
        store,
        Unsnooze(),
        [row.id for row in found],
        actor=system(),
        at=at,
        key=_key(found),
        expected={row.id: row.version for row in found},
    )
    return len(outcome.done)


def _key(found: Sequence[Snoozed]) -> str:
    """One key for the same rows with the same instants: they come back once."""
    told = ",".join(f"{row.id}:{row.version}:{row.until_at}" for row in found)
    return f"wake:{hashlib.sha256(told.encode()).hexdigest()}"
