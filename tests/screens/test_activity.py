"""Last activity: waits, hours, agents and contacts are the figures that they open."""

import re

import pytest

from build import MONDAY_9H, Acting, Role
from console import actions
from console.domain.ids import MINUTE, SECOND
from console.readmodel import ask
from console.readmodel.expression import parse
from console.readmodel.rows import pseudonym
from console.screens import activity
from console.screens.figures import asked as asking
from console.screens.figures.wanted import Wanted
from console.store import people

SUPERVISOR = Acting(1, "Carla", Role.SUPERVISOR)
ANALYST = Acting(1, "Dora", Role.ANALYST)


def understood(traffic, who=SUPERVISOR, **wanted):
    period = wanted.pop("period", "90d")
    return asking.understand(traffic[1], who, Wanted(period=period, **wanted), MONDAY_9H)


def test_the_bands_are_those_who_wait_now(traffic):
    asked = understood(traffic)
    bands = activity.bands(asked)
    assert sum(bands) == ask.count(traffic[1], parse("waiting"), SUPERVISOR, asked.at) > 0
    for n, height in enumerate(bands):
        part = asked.part(activity.question(asked, "age_bands"), "age", n)
        assert asked.figure(part).n == height


def test_the_oldest_waits_come_first_and_open_as_they_are(traffic):
    asked = understood(traffic)
    waits = activity.waits(asked)
    assert len(waits) == min(sum(activity.bands(asked)), activity.OLDEST) > 1
    assert [one.seconds for one in waits] == sorted((w.seconds for w in waits), reverse=True)
    oldest = activity.question(asked, "oldest_wait")
    assert asked.figure(oldest).value == waits[0].seconds
    rows = {
        row.id: row
        for row in ask.rows(
            traffic[1],
            parse("waiting"),
            SUPERVISOR,
            {one.conversation_id for one in waits},
            asked.at,
        )
    }
    for one in waits:
        row = rows[one.conversation_id]
        assert (row.contact_name, row.assignee_name or "") == (one.contact, one.agent)
        assert row.waiting_since_at == one.since_at
        assert asked.figure(asked.part(oldest, "contact", one.contact_id)).value >= one.seconds


def test_waits_of_a_period_that_is_over_are_those_at_its_end(traffic):
    asked = understood(traffic, period="2026-10-01..2026-10-20")
    assert activity.instant(asked) == asked.period.to_at - 1
    for one in activity.waits(asked):
        assert one.since_at <= activity.instant(asked)
    assert sum(activity.bands(asked)) == asked.figure(activity.question(asked, "waiting")).n


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Asia/Kathmandu"])
def test_the_field_is_the_activity_by_local_weekday_and_hour(traffic, zone):
    asked = understood(traffic, zone=zone)
    field = activity.field(asked)
    asking_ = activity.question(asked, "contact_activity")
    assert (len(field), {len(line) for line in field}) == (7, {24})
    assert sum(map(sum, field)) == asked.figure(asking_).n
    for day, hour in ((0, 10), (2, 15), (6, 3)):
        part = asked.part(asked.part(asking_, "weekday", day), "hour", hour)
        assert asked.figure(part).n == field[day][hour]


def test_hours_move_with_the_time_zone(traffic):
    here, there = (activity.field(understood(traffic, zone=z)) for z in ("", "Asia/Tokyo"))
    assert here != there


def test_a_worker_is_the_figures_of_the_agent(traffic):
    store, _ = traffic
    asked = understood(traffic)
    workers = activity.workers(store, asked)
    lasts = [one.last_at for one in workers]
    assert lasts == sorted(lasts, key=lambda at: -(at or 0))
    for one in workers:
        last = asked.part(activity.question(asked, "last_agent_activity"), "agent", one.id)
        value = asked.figure(last).value
        assert one.last_at == (None if value is None else asked.at - round(value * SECOND))
        for key in activity.COUNTS:
            part = asked.part(activity.question(asked, key), "agent", one.id)
            assert asked.figure(part).value == one.counts[key]
    busy = next(one for one in workers if one.counts["active_hours"])
    assert busy.hourly("sent") == busy.counts["sent"] / busy.counts["active_hours"]


def test_everybody_at_work_is_listed_also_without_any_act(centre, model):
    bia, caio = centre.agent("Bia"), centre.agent("Caio")
    gone = centre.agent("Gil")
    wish = actions.SaveAgent(
        "gil@loja.example", "Gil", Role.AGENT, agent_id=gone.agent_id, is_active=False
    )
    centre.run(wish)
    (one,) = centre.conversations(1)
    centre.run(actions.Reply("Oi"), one, by=bia)
    said_at = centre.at
    model.sync()
    model.count()
    asked = asking.understand(model, SUPERVISOR, Wanted(period="today"), centre.at + MINUTE)
    found = {one.name: one for one in activity.workers(centre.store, asked)}
    assert found["Bia"].last_at == said_at
    assert (found["Caio"].last_at, found["Caio"].hourly("sent")) == (None, None)
    assert "Gil" not in found
    assert caio.agent_id == found["Caio"].id


def test_a_lead_sees_the_colleagues_of_own_teams(traffic):
    store, _ = traffic
    with store.read() as connection:
        lead = next(a for a in people.agents(connection) if a.role is Role.TEAM_LEAD)
        who = people.acting(connection, lead.id)
        everybody = {one.id for one in people.agents(connection)}
    found = {one.id for one in activity.workers(store, understood(traffic, who))}
    silent = {
        one.id for one in activity.workers(store, understood(traffic, who)) if one.last_at is None
    }
    assert silent <= who.colleague_ids | {who.agent_id}
    assert who.agent_id in found
    assert found <= everybody


@pytest.mark.parametrize("order", [activity.RECENT, activity.SILENT])
def test_the_contacts_heard_last_or_silent_for_longest(traffic, order):
    asked = understood(traffic)
    found = activity.customers(asked, order)
    assert len(found) == activity.MOST
    lasts = [one.last_at for one in found]
    assert lasts == sorted(lasts, reverse=order == activity.RECENT)
    last = activity.question(asked, "last_contact_activity")
    activity_ = activity.question(asked, "contact_activity")
    for one in found[:5]:
        figure = asked.figure(asked.part(last, "contact", one.id))
        assert asked.at - round(figure.value * SECOND) == one.last_at
        assert asked.figure(asked.part(activity_, "contact", one.id)).n == one.messages_n


def test_an_analyst_reads_pseudonyms(traffic):
    mine, theirs = (understood(traffic, who) for who in (ANALYST, SUPERVISOR))
    names = {one.name for one in activity.customers(theirs, activity.RECENT)}
    for one in activity.customers(mine, activity.RECENT):
        assert one.name == pseudonym(one.id, "pt")
        assert one.name not in names
    assert all(re.fullmatch(r"Contato [0-9A-F]{6}", one.contact) for one in activity.waits(mine))


def test_of_a_period_without_anything_there_is_nothing(traffic):
    asked = understood(traffic, period="2001-01-01..2001-01-31")
    assert not any(activity.bands(asked))
    assert activity.waits(asked) == ()
    assert activity.customers(asked, activity.RECENT) == ()
    assert not any(map(any, activity.field(asked)))
    assert {one.last_at for one in activity.workers(traffic[0], asked)} == {None}


def test_the_terminal_tells_the_same_waits_and_hours(traffic, terminal):
    asked = understood(traffic)
    bands = {
        part["age"]: part["n"] for part in terminal(asked, "age_bands", "--by", "age")["parts"]
    }
    assert bands == {n: height for n, height in enumerate(activity.bands(asked)) if height}
    assert terminal(asked, "oldest_wait")["value"] == activity.waits(asked)[0].seconds
    parts = terminal(asked, "contact_activity", "--by", "weekday,hour")["parts"]
    field = activity.field(asked)
    assert {(p["weekday"], p["hour"]): p["n"] for p in parts} == {
        (day, hour): n for day, row in enumerate(field) for hour, n in enumerate(row) if n
    }
    for key in activity.CARDS:
        assert terminal(asked, key)["value"] == asked.figure(activity.question(asked, key)).value


def test_the_terminal_tells_the_same_agents_and_contacts(traffic, terminal):
    asked = understood(traffic)
    workers = activity.workers(traffic[0], asked)
    for key in activity.COUNTS:
        parts = terminal(asked, key, "--by", "agent")["parts"]
        told = {part["agent_id"]: part["value"] for part in parts if part["agent_id"]}
        assert told == {one.id: one.counts[key] for one in workers if one.counts[key]}
    ago = {
        p["agent_id"]: p["value"]
        for p in terminal(asked, "last_agent_activity", "--by", "agent")["parts"]
    }
    assert {one.id: one.last_at for one in workers if one.last_at} == {
        key: asked.at - round(value * SECOND) for key, value in ago.items()
    }
    contacts = terminal(asked, "last_contact_activity", "--by", "contact")["parts"]
    ago = {p["contact_id"]: (asked.at - round(p["value"] * SECOND), p["n"]) for p in contacts}
    for one in activity.customers(asked, activity.SILENT):
        assert ago[one.id] == (one.last_at, one.messages_n)
