"""The queue at past instants: what a store had that stopped there, and what the figures say."""

import random
from collections import Counter
from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from build import a_bot
from console import actions
from console.domain.errors import RuleError
from console.domain.ids import HOUR, MINUTE, SECOND
from console.readmodel import ask, figures
from console.readmodel.measure import AGES, Question
from console.readmodel.metrics import METRICS_BY_KEY
from console.readmodel.past import held
from console.readmodel.period import Period, days
from console.store import tables
from office import Office
from readmodel.busy import UNTIL

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
ALL = days(date(2026, 10, 1), date(2026, 11, 30), SAO_PAULO)
STATES = ("backlog", "unassigned", "unread", "waiting", "age_bands")
INSTANTS = sorted({UNTIL + n * 9 * HOUR + n * n * SECOND for n in range(-60, 5)})


def asked(key, period=ALL):
    return Question(METRICS_BY_KEY[key], period)


def until(at):
    return Period(0, at + 1, SAO_PAULO)


# A store that stopped


class Shift(Office):
    """People work, customers write, and now and then somebody writes down how things stand."""

    def __init__(self, store, seed):
        super().__init__(store)
        self.random = random.Random(seed)
        self.stood = {}
        pool = self.conversations(12)
        for _ in range(150):
            self.at += self.random.choice((SECOND, 3 * MINUTE, 20 * MINUTE, 5 * HOUR))
            self._happen(pool)
            self.stood[self.at] = self._stands()
            self.at += SECOND

    def _happen(self, pool):
        pick = self.random.choice
        kind, talk = pick(("customer", "bot", "one", "one", "one", "bulk")), pick(pool)
        if kind == "customer":
            self.receive("E agora?", 5511900000001 + pool.index(talk))
        elif kind == "bot":
            self.run(actions.Reply("Já vamos"), talk, by=a_bot())
        elif kind == "one":
            self.run(self._wish(), talk, by=pick((self.ana, self.bia, self.caio)))
        else:
            with suppress(RuleError):  # nothing to do is refused as a whole
                self.bulk(actions.MarkRead(), *self.random.sample(pool, 3))

    def _wish(self):
        pick = self.random.choice
        return pick(
            (
                actions.Reply("Pronto"),
                actions.Note("Ver estoque"),
                actions.Assign(self.bia.agent_id),
                actions.Assign(self.caio.agent_id),
                actions.Assign(None),
                actions.Resolve(),
                actions.Resolve(),
                actions.Reopen(),
                actions.MarkRead(),
                actions.MarkUnread(),
            )
        )

    def _stands(self):
        """What the state rows say at this moment, which nobody can ask of them later."""
        table = tables.conversation
        with self.store.read() as connection:
            rows = connection.execute(select(table)).all()
        pending = [row for row in rows if row.status == "pending"]
        waits = [row for row in rows if row.waiting_since_at is not None]
        ages = [(self.at - row.waiting_since_at) / SECOND for row in waits]
        return {
            "backlog": Counter(row.assignee_id for row in pending),
            "unassigned": Counter(row.assignee_id for row in pending if row.assignee_id is None),
            "unread": Counter(row.assignee_id for row in pending if row.unread_n),
            "waiting": Counter(row.assignee_id for row in waits),
            "age_bands": Counter(row.assignee_id for row in waits),
            "bands": tuple(
                Counter(sum(age > edge for edge in AGES) for age in ages)[n]
                for n in range(len(AGES) + 1)
            ),
            "oldest": max(ages, default=None),
        }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_queue_at_an_instant_is_that_of_a_store_that_stopped_there(sqlite_store, opened, seed):
    shift = Shift(sqlite_store, seed)
    model = opened(sqlite_store)
    model.count_all()
    instants = sorted(shift.stood)
    for key in STATES:
        found = held(model, asked(key, until(shift.at)), instants, shift.bia, shift.at)
        for n, at in enumerate(instants):
            then = {agent: line[n] for agent, line in found.by_agent.items() if line[n]}
            assert then == shift.stood[at][key], (key, at)
        if key == "age_bands":
            told = [shift.stood[at] for at in instants]
            assert list(zip(*found.bands, strict=True)) == [one["bands"] for one in told]
            assert list(found.oldest_s) == [one["oldest"] for one in told]
    assert len({stood["oldest"] for stood in shift.stood.values()}) > len(AGES)


# The composer and the oracle


@pytest.mark.parametrize("key", STATES)
def test_every_instant_says_what_its_figure_and_its_parts_say(busy, oracle, key):
    found = held(busy.model, asked(key), INSTANTS, busy.bia, busy.now)
    for n in (0, 30, 60, 64):
        there = asked(key, until(INSTANTS[n]))
        assert figures.figure(busy.model, there, busy.bia, busy.now).n == found.totals[n]
        parts = figures.parts(busy.model, there, ["agent"], busy.bia, busy.now)
        lines = {agent: line[n] for agent, line in found.by_agent.items() if line[n]}
        assert {part.keys[0]: part.figure.n for part in parts} == lines
    for n in range(0, len(INSTANTS), 10):
        folded = oracle.parts(asked(key, until(INSTANTS[n])), "agent", busy.bia)
        lines = {agent: line[n] for agent, line in found.by_agent.items() if line[n]}
        assert {agent: figure.n for agent, figure in folded.items()} == lines


def test_ages_and_the_oldest_wait_are_those_of_their_figures(busy, oracle):
    found = held(busy.model, asked("age_bands"), INSTANTS, busy.bia, busy.now)
    for n in (0, 30, 60, 64):
        at = until(INSTANTS[n])
        parts = figures.parts(busy.model, asked("age_bands", at), ["age"], busy.bia, busy.now)
        bands = {band: line[n] for band, line in enumerate(found.bands) if line[n]}
        assert {part.keys[0]: part.figure.n for part in parts} == bands
        oldest = oracle.figure(asked("oldest_wait", at), busy.bia)
        assert found.oldest_s[n] == oldest.value


def test_the_last_instant_is_the_board_now(busy):
    board = ask.board(busy.model, busy.bia, busy.now)
    backlog, unread, waits = (
        held(busy.model, asked(key), [busy.now], busy.bia, busy.now)
        for key in ("backlog", "unread", "age_bands")
    )
    assert (backlog.totals, unread.totals) == ((board.whole.open_n,), (board.whole.unread_n,))
    assert backlog.of(None) == (board.by_assignee[None].open_n,)
    assert {agent: (part.open_n,) for agent, part in board.by_assignee.items()} == backlog.by_agent
    assert tuple(n for (n,) in waits.bands) == board.bands
    assert waits.oldest_s == ((busy.now - board.whole.oldest_at) / SECOND,)


def test_nobody_is_told_of_conversations_of_others(busy):
    mine = held(busy.model, asked("backlog"), INSTANTS, busy.lead, busy.now)
    whole = held(busy.model, asked("backlog"), INSTANTS, busy.bia, busy.now)
    assert 0 < sum(mine.totals) < sum(whole.totals)
    assert all(a <= b for a, b in zip(mine.totals, whole.totals, strict=True))


def test_an_empty_queue_has_instants_too(busy):
    found = held(busy.model, asked("age_bands"), [1, 2, 3], busy.bia, busy.now)
    assert (found.totals, found.by_agent) == ((0, 0, 0), {})
    assert (found.bands, found.oldest_s) == (((0, 0, 0),) * 6, (None,) * 3)
    assert found.of(7) == (0, 0, 0)


@pytest.mark.parametrize("key", ["opened", "oldest_wait"])
def test_what_is_no_state_has_no_past(busy, key):
    with pytest.raises(RuleError):
        held(busy.model, asked(key), [UNTIL], busy.bia, busy.now)
