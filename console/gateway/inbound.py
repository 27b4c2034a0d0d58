"""Inbound: bodies that were kept are read and become commands, each fact on its own.

A body may be worked through any number of times: messages are known by their provider's id, and
effects do not mind being told again. A fact that fails leaves its neighbours alone; its body is
tried again later, and after five tries a person is asked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from console.channels.base import ChannelError
from console.channels.inbound import Inbound as Told
from console.domain import ids
from console.domain.ids import MINUTE, Instant
from console.gateway.linked import Linked, Links
from console.gateway.translate import Result, act_on
from console.store import accounts, raw
from console.store.accounts import Link
from console.store.raw import Claimed, Read
from console.store.work import Connection, Store

_CLAIMED: Final = 100
_TOGETHER: Final = 10  # bodies in one transaction, and fewer when somebody waits to write
OVERLAP: Final = 10 * MINUTE  # of catching up: clocks differ, and known messages do no harm
_NOT_LINKED: Final = "The instance is not linked to a provider."
_log: Final = logging.getLogger(__name__)


class Inbound:
    """Works through what the webhooks have kept; several processes may."""

    def __init__(
        self, store: Store, links: Links, written: Callable[[], None] = lambda: None
    ) -> None:
        self._store = store
        self._links = links
        self._written = written  # called after each transaction

    def step(self) -> bool:
        """Work through the oldest bodies; whether there were any."""
        now = ids.now()
        with self._store.read() as connection:
            if not raw.has_due(connection, now):
                return False
        claimed = self._store.write(lambda connection: raw.claim(connection, now, _CLAIMED))
        linked = {i: self._links.by_id(i) for i in {body.instance_id for body in claimed}}
        rest = claimed
        while rest:
            done_n = self._store.write(partial(self._work_some, linked=linked, bodies=rest))
            rest = rest[done_n:]
            self._written()
        return bool(claimed)

    def _work_some(
        self,
        connection: Connection,
        *,
        linked: Mapping[int, Linked | None],
        bodies: Sequence[Claimed],
    ) -> int:
        """Work through the first of the bodies; how many, at least one."""
        for done_n, body in enumerate(bodies[:_TOGETHER], 1):
            _work(connection, linked[body.instance_id], body)
            if self._store.is_wanted:
                return done_n
        return len(bodies[:_TOGETHER])

    def catch_up(self) -> bool:
        """Fetch what webhooks may have lost, where a provider can be asked; one number a step."""
        now = ids.now()
        with self._store.read() as connection:
            due = accounts.to_catch_up(connection, now)
        if due is None:
            return False
        linked = self._links.by_id(due.instance_id)
        facts: list[Told] = []
        if linked:
            since = (due.inbound_at or due.created_at) - OVERLAP
            try:
                facts = linked.channel.catch_up(since, now)
            except ChannelError:
                _log.warning("instance %s could not be asked what came in", due.instance_id)
        self._store.write(lambda connection: _caught_up(connection, linked, due, facts))
        return True

    def work(self, linked: Linked | None, body: Claimed) -> tuple[list[Result], str | None]:
        """Work through one body that was claimed: what became of its facts, and what went wrong."""
        return self._store.write(lambda connection: _work(connection, linked, body))


def _caught_up(
    connection: Connection, linked: Linked | None, due: Link, facts: Sequence[Told]
) -> None:
    now = ids.now()
    accounts.update_link(connection, due.instance_id, {"caught_up_at": now})
    if linked:
        _act_on_each(connection, linked, facts, due.instance_id, now)


def _work(
    connection: Connection, linked: Linked | None, body: Claimed
) -> tuple[list[Result], str | None]:
    now = ids.now()
    if linked is None:
        raw.fail(connection, body, _NOT_LINKED, now)
        return [], _NOT_LINKED
    facts = linked.channel.parse_webhook(body.body, body.received_at)
    results, problem = _act_on_each(connection, linked, facts, body.id, now)
    if problem is None:
        known, unhandled = results.count(Result.KNOWN), results.count(Result.UNHANDLED)
        raw.finish(connection, body.id, Read(len(facts), known, unhandled), now)
    else:
        raw.fail(connection, body, problem, now)
    return results, problem


def _act_on_each(
    connection: Connection, linked: Linked, facts: Sequence[Told], body_id: int, now: Instant
) -> tuple[list[Result], str | None]:
    """What has been done stays done when a later fact fails; the last problem is told."""
    results: list[Result] = []
    problem = None
    for fact in facts:
        try:
            with connection.begin_nested():
                results.append(act_on(connection, linked, fact, now))
        except Exception as error:  # noqa: BLE001 - whatever it was, the other facts go on
            _log.warning("body %s: %s", body_id, type(error).__name__)
            problem = f"{type(fact).__name__}: {type(error).__name__}"
    return results, problem
