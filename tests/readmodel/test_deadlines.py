"""Deadlines of open turns: as the domain says, and anew when hours or targets change."""

from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import MONDAY_9H, Centre
from console import actions
from console.domain.conversation import Conversation
from console.domain.hours import Block, BusinessHours
from console.domain.ids import DAY, HOUR, MINUTE
from console.domain.sla import CENTRE, Owner, Rules, SlaPolicy, Timetable, deadline
from console.readmodel import ask, expression
from console.readmodel.deadlines import with_deadlines
from console.readmodel.tree import Everything
from console.store.holidays import BrazilianHolidays

WEEKDAY = (Block(540, 720), Block(780, 1080))
ZONES = ("America/Sao_Paulo", "Europe/Lisbon")
OWNERS = (CENTRE, Owner("instance", 1), Owner("instance", 2), Owner("team", 5))

days = st.sampled_from(((), WEEKDAY, (Block(0, 1440),), (Block(30, 45), Block(1400, 1440))))
hours = st.builds(
    BusinessHours,
    st.tuples(*[days] * 7),
    st.sampled_from(ZONES),
    st.just(frozenset()),
    st.sampled_from((None, BrazilianHolidays("BR-SP"))),
)
targets = st.sampled_from((None, 60, 3_600, 86_400, 90 * 86_400))
policies = st.builds(SlaPolicy, targets, targets, is_business=st.booleans())
rules = st.builds(
    Rules,
    st.dictionaries(st.sampled_from(OWNERS), hours),
    st.dictionaries(st.sampled_from(OWNERS), policies),
)
instants = st.integers(MONDAY_9H - 3_000 * DAY, MONDAY_9H)
states = st.builds(
    Conversation,
    st.integers(0, 9),
    st.sampled_from((1, 2)),
    st.just(0),
    team_id=st.sampled_from((None, 5, 6)),
    waiting_since_at=st.none() | instants,
    first_response_at=st.none() | instants,
)


@given(rules, st.lists(states, max_size=8))
def test_many_rows_are_due_when_each_of_them_is(known, rows):
    names = ("instance_id", "team_id", "waiting_since_at", "first_response_at")
    given_rows = pa.table(
        {name: pa.array([getattr(row, name) for row in rows], pa.int64()) for name in names}
    )
    found = with_deadlines(known, given_rows)
    wanted = [deadline(known, row) or (None, None) for row in rows]
    assert found["sla_warn_at"].to_pylist() == [near for near, _ in wanted]
    assert found["sla_due_at"].to_pylist() == [last for _, last in wanted]


TABLE = Timetable((WEEKDAY,) * 7, "America/Sao_Paulo")
POLICY = SlaPolicy(3_600)


def due_of(model, who, talk):
    model.sync()
    (row,) = ask.rows(model, Everything(), who, [talk], MONDAY_9H)
    return row.sla_due_at


def found(model, who, text, now):
    return ask.ids(model, expression.parse(text), who, now)


def test_saving_hours_and_targets_changes_the_deadlines_of_those_who_wait(store, opened):
    centre = Centre(store)
    talk = centre.receive()
    since = centre.state(talk).waiting_since_at
    model = opened(store)
    on_holidays = replace(TABLE, holidays="BR")
    all_souls_later = MONDAY_9H + DAY + 5 * HOUR  # Tuesday 14:00, behind the lunch break
    steps = (
        (actions.SaveSla(CENTRE, POLICY), None),
        (actions.SaveHours(CENTRE, TABLE), since + HOUR),
        (actions.SaveSla(CENTRE, SlaPolicy(4 * 3_600)), since + 5 * HOUR),
        (actions.SaveHours(Owner("instance", centre.loja), on_holidays), all_souls_later),
        (actions.SaveSla(CENTRE, replace(POLICY, is_business=False)), since + HOUR),
        (actions.SaveSla(CENTRE, None), None),
    )
    for n, (wish, wanted) in enumerate(steps, 1):
        centre.run(wish)
        assert due_of(model, centre.ana, talk) == wanted
        assert n % 3 or model.check() == []  # a load takes most of a second


def test_a_reply_takes_the_deadline_away_and_the_next_turn_has_its_own(store, opened):
    centre = Centre(store)
    centre.run(actions.SaveHours(CENTRE, TABLE))
    centre.run(actions.SaveSla(CENTRE, SlaPolicy(3_600, 600)))
    talk = centre.receive()
    model = opened(store)
    assert due_of(model, centre.ana, talk) == centre.state(talk).waiting_since_at + HOUR
    centre.run(actions.Reply("Oi"), talk)
    assert due_of(model, centre.ana, talk) is None
    centre.receive("E agora?")
    again = centre.state(talk).waiting_since_at
    assert due_of(model, centre.ana, talk) == again + 10 * MINUTE
    assert model.check() == []


@pytest.mark.parametrize(
    ("passed", "state"),
    [
        (0, "ok"),
        (45 * MINUTE - 1, "ok"),
        (45 * MINUTE, "due"),
        (HOUR - 1, "due"),
        (HOUR, "breached"),
    ],
)
def test_the_state_of_a_turn_moves_with_the_clock(sqlite_store, opened, passed, state):
    centre = Centre(sqlite_store)
    centre.run(actions.SaveHours(CENTRE, TABLE))
    centre.run(actions.SaveSla(CENTRE, POLICY))
    talk = centre.receive()
    model = opened(sqlite_store)
    now = centre.state(talk).waiting_since_at + passed
    states = ("ok", "due", "breached", "none")
    assert [s for s in states if found(model, centre.ana, f"sla:{s}", now)] == [state]


def test_no_hours_set_is_no_deadline(sqlite_store, opened):
    centre = Centre(sqlite_store)
    centre.run(actions.SaveSla(CENTRE, POLICY))
    talk = centre.receive()
    model = opened(sqlite_store)
    assert found(model, centre.ana, "sla:none", MONDAY_9H + 900 * DAY) == [talk]


def test_priority_and_snooze_are_found_and_sorted_by(sqlite_store, opened):
    centre = Centre(sqlite_store)
    first, second, third = centre.conversations(3)
    centre.run(actions.SetPriority("low"), first)
    centre.run(actions.SetPriority("urgent"), second)
    centre.run(actions.Snooze(MONDAY_9H + DAY), third)
    model = opened(sqlite_store)
    now = centre.at
    assert found(model, centre.ana, "prioridade:urgente,alta", now) == [second]
    assert found(model, centre.ana, "priority:none", now) == [third]
    assert found(model, centre.ana, "snoozed pending", now) == [third]
    assert found(model, centre.ana, "snoozed_until:2026-11-03", now) == [third]
    assert found(model, centre.ana, "snoozed_until:2026-11-02", now) == []
    page = ask.page(model, Everything(), centre.ana, now=now, sort="priority")
    assert [row.id for row in page.rows] == [second, first, third]
