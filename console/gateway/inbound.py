"""Inbound: bodies that were kept are read and become commands, each fact on its own.

A body may be worked through any number of times: messages are known by their provider's id, and
effects do not mind being told again. A fact that fails leaves its neighbours alone; its body is
tried again later, and after five tries a person is asked.
"""

from __future__ import annotations

import logging
from typing import Final

from console.domain import ids
from console.domain.ids import Instant
from console.gateway.linked import Linked, Links
from console.gateway.translate import Result, act_on
from console.store import raw
from console.store.raw import Claimed, Read
from console.store.work import Connection, Store

_TOGETHER: Final = 100
_log: Final = logging.getLogger(__name__)


class Inbound:
    """Works through what the webhooks have kept; several processes may."""

    def __init__(self, store: Store, links: Links) -> None:
        self._store = store
        self._links = links

    def step(self) -> bool:
        """Work through the oldest bodies; whether there were any."""
        now = ids.now()
        with self._store.read() as connection:
            if not raw.has_due(connection, now):
                return False
        claimed = self._store.write(lambda connection: raw.claim(connection, now, _TOGETHER))
        if claimed:
            self._store.write(lambda connection: self._work(connection, claimed))
        return bool(claimed)

    def _work(self, connection: Connection, claimed: list[Claimed]) -> None:
        for body in claimed:
            now = ids.now()
            linked = self._links.by_id(body.instance_id)
            if linked is None:
                raw.fail(connection, body, "The instance is not linked.", now)
                continue
            read, problem = work_through(connection, linked, body, now)
            if problem is None:
                raw.finish(connection, body.id, read, now)
            else:
                raw.fail(connection, body, problem, now)


def work_through(
    connection: Connection, linked: Linked, body: Claimed, now: Instant
) -> tuple[Read, str | None]:
    """Act on every fact of a body; what became of them, and what went wrong with the last bad one.

    What has been done stays done when a later fact fails.
    """
    facts = linked.channel.parse_webhook(body.body, body.received_at)
    results: list[Result] = []
    problem = None
    for fact in facts:
        try:
            with connection.begin_nested():
                results.append(act_on(connection, linked, fact, now))
        except Exception as error:  # noqa: BLE001 - whatever it was, the other facts go on
            _log.warning("body %s: %s", body.id, type(error).__name__)
            problem = f"{type(fact).__name__}: {type(error).__name__}"
    known, unhandled = results.count(Result.KNOWN), results.count(Result.UNHANDLED)
    return Read(len(facts), known, unhandled), problem
