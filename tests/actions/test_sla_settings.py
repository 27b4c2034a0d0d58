"""Business hours and targets: kept per owner, and refused when nobody could keep them."""

from dataclasses import replace
from datetime import date

import pytest

from build import MONDAY_9H, Centre
from console import actions
from console.actions import hours, sla
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.hours import Block, due
from console.domain.ids import HOUR, MINUTE
from console.domain.sla import CENTRE, Deadline, Owner, Rules, SlaPolicy, Timetable, deadline
from console.store import sla as kept
from console.store.feed import feed_end, read_feed
from console.store.holidays import KEYS, BrazilianHolidays

SHOP = (Block(540, 720), Block(780, 1080))
TABLE = Timetable((*([SHOP] * 5), (), ()), "America/Sao_Paulo", "BR-SP", (date(2026, 12, 24),))
POLICY = SlaPolicy(3_600, 1_800, None)


@pytest.fixture
def centre(store):
    return Centre(store)


def rules(centre):
    with centre.store.read() as connection:
        return kept.rules(connection)


def refusal(centre, command):
    with pytest.raises(RuleError) as refused:
        centre.run(command)
    return refused.value.text


def test_hours_and_targets_come_back_as_they_were_saved(centre):
    team = Owner("team", centre.team("Vendas"))
    centre.run(actions.SaveHours(CENTRE, TABLE))
    centre.run(actions.SaveHours(team, replace(TABLE, holidays=None)))
    centre.run(actions.SaveSla(CENTRE, POLICY))
    centre.run(actions.SaveSla(team, replace(POLICY, is_business=False)))
    with centre.store.read() as connection:
        assert kept.timetables(connection) == {CENTRE: TABLE, team: replace(TABLE, holidays=None)}
        assert kept.policies(connection) == {
            CENTRE: POLICY,
            team: replace(POLICY, is_business=False),
        }
    assert rules(centre).hours[CENTRE] == TABLE.hours(BrazilianHolidays("BR-SP"))


def test_saving_again_replaces_and_none_lets_the_default_hold(centre):
    centre.run(actions.SaveHours(CENTRE, TABLE))
    centre.run(actions.SaveHours(CENTRE, replace(TABLE, closed_on=())))
    assert rules(centre).hours[CENTRE].closed_on == frozenset()
    centre.run(actions.SaveHours(CENTRE, None))
    centre.run(actions.SaveSla(CENTRE, POLICY))
    centre.run(actions.SaveSla(CENTRE, None))
    assert rules(centre) == Rules()
    for wish in (actions.SaveHours(CENTRE, None), actions.SaveSla(CENTRE, None)):
        assert refusal(centre, wish) == hours.NOTHING_OF_ITS_OWN


def test_the_feed_names_what_was_saved(centre):
    with centre.store.read() as connection:
        cursor = feed_end(connection)
    centre.run(actions.SaveHours(CENTRE, TABLE))
    centre.run(actions.SaveSla(CENTRE, POLICY))
    with centre.store.read() as connection:
        assert read_feed(connection, cursor).ids == {"business_hours": [0], "sla_policy": [0]}


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"week": ((),) * 7}, hours.NO_BLOCKS),
        ({"week": (SHOP,)}, hours.NO_BLOCKS),
        ({"week": ((Block(720, 540),), *((),) * 6)}, hours.BAD_BLOCK),
        ({"week": ((Block(0, 1441),), *((),) * 6)}, hours.BAD_BLOCK),
        ({"week": ((Block(0, 60), Block(59, 90)), *((),) * 6)}, hours.BLOCKS_MEET),
        ({"zone": "Mars/Olympus"}, hours.BAD_ZONE),
        ({"zone": "../etc/passwd"}, hours.BAD_ZONE),
        ({"zone": "America"}, hours.BAD_ZONE),
        ({"holidays": "XX"}, hours.BAD_HOLIDAYS),
        ({"closed_on": (date(2026, 1, 1),) * 1_001}, hours.TOO_MANY_DAYS),
    ],
)
def test_hours_that_nobody_can_keep_are_refused(centre, change, answer):
    assert refusal(centre, actions.SaveHours(CENTRE, replace(TABLE, **change))) == answer


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        (SlaPolicy(), sla.NO_TARGET),
        (SlaPolicy(first_response_s=59), sla.BAD_TARGET),
        (SlaPolicy(resolution_s=91 * 86_400), sla.BAD_TARGET),
    ],
)
def test_targets_out_of_reason_are_refused(centre, policy, answer):
    assert refusal(centre, actions.SaveSla(CENTRE, policy)) == answer


@pytest.mark.parametrize("owner", [Owner("team", 5), Owner("instance", 5), Owner("agent", 1)])
def test_owners_that_do_not_exist_are_refused(centre, owner):
    assert refusal(centre, actions.SaveHours(owner, TABLE)) == hours.NO_OWNER
    assert refusal(centre, actions.SaveSla(owner, POLICY)) == hours.NO_OWNER


def test_only_settings_may_change_them(centre):
    agent = centre.agent("Bia")
    for wish in (actions.SaveHours(CENTRE, TABLE), actions.SaveSla(CENTRE, POLICY)):
        with pytest.raises(RuleError, match="role"):
            centre.run(wish, by=agent)


def test_every_state_has_holidays_of_its_own_kind():
    assert len(KEYS) == 28
    national = BrazilianHolidays("BR")(2026)
    assert date(2026, 9, 7) in national
    assert date(2026, 7, 9) not in national
    assert BrazilianHolidays("BR-SP")(2026) == national | {date(2026, 7, 9)}
    assert all(BrazilianHolidays(key)(2027) for key in KEYS)


WAITING = Conversation(1, 2, 3, team_id=4, waiting_since_at=MONDAY_9H)
OPEN = TABLE.hours(None)


def test_an_open_turn_is_due_by_the_target_of_the_narrowest_owner():
    known = Rules({CENTRE: OPEN}, {CENTRE: POLICY, Owner("instance", 2): SlaPolicy(7_200)})
    assert deadline(known, WAITING).due_at == due(OPEN, MONDAY_9H, 2 * HOUR)
    of_team = Rules(known.hours, known.policies | {Owner("team", 4): SlaPolicy(600)})
    assert deadline(of_team, WAITING) == Deadline(MONDAY_9H + 450_000_000, MONDAY_9H + 10 * MINUTE)
    assert deadline(of_team, WAITING._replace(team_id=9)) == deadline(known, WAITING)


def test_later_turns_have_a_target_of_their_own():
    known = Rules({CENTRE: OPEN}, {CENTRE: POLICY})
    answered = WAITING._replace(first_response_at=MONDAY_9H - 1)
    assert deadline(known, answered).due_at == MONDAY_9H + 30 * MINUTE


def test_the_wall_clock_needs_no_hours():
    known = Rules({}, {CENTRE: SlaPolicy(86_400, is_business=False)})
    assert deadline(known, WAITING).due_at == MONDAY_9H + 24 * HOUR


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (Rules(), WAITING),
        (Rules({}, {CENTRE: POLICY}), WAITING),
        (Rules({CENTRE: OPEN}, {CENTRE: POLICY}), WAITING._replace(waiting_since_at=None)),
        (Rules({CENTRE: OPEN}, {CENTRE: SlaPolicy(next_reply_s=60)}), WAITING),
    ],
)
def test_without_target_hours_or_somebody_who_waits_nothing_is_due(known, state):
    assert deadline(known, state) is None
