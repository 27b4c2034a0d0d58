"""Arrivals and resolves in spans of time, in both stores."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from build import FIRST_PHONE, MONDAY_9H, Centre, Role
from console import actions
from console.actions.advance import advance
from console.domain.agent import system
from console.domain.bulk import RunStatus
from console.domain.ids import DAY, HOUR, MINUTE, SECOND
from console.store.bulk import Planned
from console.store.flow import Flow, Window, began_at, flows, last_hours

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
NEW_YORK = ZoneInfo("America/New_York")
EVERYTHING = system().scope
EVER = Window(0, MONDAY_9H + DAY)


def counted(store, *windows, scope=EVERYTHING):
    with store.read() as connection:
        return flows(connection, windows or (EVER,), scope)


def test_what_customers_open_and_reopen_arrives(store):
    centre = Centre(store)
    talk = centre.receive()
    centre.receive("De novo")
    assert counted(store) == [Flow(1, 0)]
    centre.run(actions.Resolve(), talk)
    centre.receive("Ainda não")
    assert counted(store) == [Flow(2, 1)]


def test_what_people_of_the_centre_reopen_does_not_arrive(store):
    centre = Centre(store)
    talk = centre.receive()
    centre.run(actions.Resolve(), talk)
    centre.run(actions.Reopen(), talk)
    assert counted(store) == [Flow(1, 1)]


def test_a_window_holds_its_beginning_and_not_its_end(store):
    centre = Centre(store)
    centre.receive()
    at = centre.at
    windows = [Window(at, at + 1), Window(at - MINUTE, at), Window(at + 1, at + MINUTE)]
    assert counted(store, *windows) == [Flow(1, 0), Flow(0, 0), Flow(0, 0)]


def bulk_resolve(centre, talks):
    """A run over these conversations, carried out to its end; gives its id."""
    rows = tuple(Planned(talk, centre.state(talk).version) for talk in talks)
    run = centre.run(actions.PlanBulk(actions.Resolve(), "", rows)).done[0]
    carry(centre, centre.run(actions.StartBulk(run)).done[0])
    return run


def carry(centre, run):
    centre.at += MINUTE
    while advance(centre.store, run, at=centre.at).status is RunStatus.RUNNING:
        pass


def test_a_resolving_that_was_taken_back_does_not_count(store):
    centre = Centre(store)
    kept, *talks = centre.conversations(4)
    centre.run(actions.Resolve(), kept)
    run = bulk_resolve(centre, talks)
    assert counted(store) == [Flow(4, 4)]
    centre.receive("Espere", FIRST_PHONE + 1)  # reopens the first: its resolving stays
    carry(centre, centre.run(actions.UndoBulk(run)).done[0])
    assert counted(store) == [Flow(5, 2)]
    centre.run(actions.Resolve(), talks[-1])
    assert counted(store) == [Flow(5, 3)]


def test_a_lead_counts_what_the_own_teams_have_now(store):
    centre = Centre(store)
    sales, support = centre.team("Vendas"), centre.team("Suporte")
    lead = centre.agent("Lia", Role.TEAM_LEAD, sales)
    mine, other, nobodys = centre.conversations(3)
    centre.run(actions.AssignTeam(sales), mine)
    centre.run(actions.AssignTeam(support), other)
    for talk in (mine, other, nobodys):
        centre.run(actions.Resolve(), talk)
    assert counted(store) == [Flow(3, 3)]
    assert counted(store, scope=lead.scope) == [Flow(1, 1)]
    centre.run(actions.AssignTeam(sales), other)
    assert counted(store, scope=lead.scope) == [Flow(2, 2)]


def test_the_first_fact_is_known(store):
    with store.read() as connection:
        assert began_at(connection) is None
    centre = Centre(store)
    centre.receive()
    first = centre.at
    centre.receive(phone=FIRST_PHONE + 1)
    with store.read() as connection:
        assert began_at(connection) == first


def test_all_windows_cost_one_statement(store):
    """However many facts there are, and each window reads its own part of the index."""
    centre = Centre(store)
    centre.conversations(3)
    told = []
    listen = lambda *given: told.append((given[2], given[3]))  # noqa: E731 - one line
    with store.read() as connection:
        event.listen(connection, "before_cursor_execute", listen)
        flows(connection, last_hours(centre.at, SAO_PAULO), EVERYTHING)
        event.remove(connection, "before_cursor_execute", listen)
        ((statement, values),) = [asked for asked in told if asked[0] != "BEGIN"]
        if store.dialect == "postgresql":  # a few rows are read whole unless that is forbidden
            connection.exec_driver_sql("set local enable_seqscan = off")
            connection.exec_driver_sql("set local enable_bitmapscan = off")
        explain = "explain query plan" if store.dialect == "sqlite" else "explain"
        plan = connection.exec_driver_sql(f"{explain} {statement}", values).all()
    assert sum("event_flow" in str(row) for row in plan) == 5


def local(zone, *parts, fold=0):
    moment = datetime(*parts, tzinfo=zone, fold=fold)
    return int(moment.timestamp()) * SECOND


def ends(zone, *now, **options):
    windows = last_hours(local(zone, *now, **options), zone)
    assert {window.ends - window.begins for window in windows} == {HOUR}
    return [window.ends for window in windows]


def test_the_hours_before_end_at_the_same_time_of_day():
    assert ends(SAO_PAULO, 2026, 11, 2, 9, 30) == [
        local(SAO_PAULO, 2026, 11, 2, 9, 30),
        local(SAO_PAULO, 2026, 10, 26, 9, 30),
        local(SAO_PAULO, 2026, 10, 19, 9, 30),
        local(SAO_PAULO, 2026, 10, 12, 9, 30),
        local(SAO_PAULO, 2026, 10, 5, 9, 30),
    ]


@pytest.mark.parametrize(
    ("now", "first_week_h"),
    [
        ((2026, 11, 3, 9, 30), 169),  # the clocks went back on the first of November
        ((2026, 3, 10, 9, 30), 167),  # and forth on the eighth of March
        ((2026, 10, 20, 9, 30), 168),
    ],
)
def test_a_change_of_the_clocks_lengthens_or_shortens_the_week_between(now, first_week_h):
    last, before, *_ = ends(NEW_YORK, *now)
    assert last - before == first_week_h * HOUR


@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_comes_twice_or_never_has_a_week_before(fold):
    twice = ends(NEW_YORK, 2026, 11, 1, 1, 30, fold=fold)
    assert twice[1] == local(NEW_YORK, 2026, 10, 25, 1, 30)
    never = ends(NEW_YORK, 2026, 3, 15, 2, 30)  # a week before, 2:30 did not exist
    assert never[1] == local(NEW_YORK, 2026, 3, 8, 3, 30)


def test_parts_of_a_second_are_kept():
    windows = last_hours(MONDAY_9H + 123_456, SAO_PAULO)
    assert {window.ends % SECOND for window in windows} == {123_456}
