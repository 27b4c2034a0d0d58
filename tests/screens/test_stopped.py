"""The banner of the inbox: which instances send nothing, and what waits for them."""

import pytest

from build import MONDAY_9H, Acting, Centre
from console import actions
from console.domain.agent import Role
from console.domain.ids import HOUR, MINUTE, SECOND
from console.screens.stopped import stopped_json
from console.store import accounts, holds
from console.store.accounts import Sealed

VALUES = {"provider_name": "104", "base_url": "https://graph.example", "business": "77"}
LATER = MONDAY_9H + 12 * MINUTE


@pytest.fixture
def centre(store):
    centre = Centre(store)
    store.write(lambda c: accounts.save_link(c, centre.loja, VALUES, Sealed(), MONDAY_9H))
    return centre


def told(centre, at=LATER, role=Role.SUPERVISOR):
    who = Acting(centre.ana.agent_id, "Ana", role)
    with centre.store.read() as connection:
        return stopped_json(connection, who, at)


def run_at(centre, at, command, *ids):
    centre.at = at - MINUTE  # a minute passes with each
    return centre.run(command, *ids)


def test_nothing_is_told_while_everything_is_sent(centre):
    assert told(centre) == []


def test_a_pause_tells_since_when_and_what_waits(centre):
    talk = centre.receive()
    run_at(centre, MONDAY_9H, actions.PauseInstance(centre.loja))
    run_at(centre, MONDAY_9H + MINUTE, actions.Reply("Já vou"), talk)
    run_at(centre, MONDAY_9H + 2 * MINUTE, actions.Reply("Um instante"), talk)
    assert told(centre) == [
        {
            "id": str(centre.loja),
            "name": "Loja 1",
            "why": "paused",
            "since": MONDAY_9H // 1000,
            "until": None,
            "waiting": 2,
            "oldest": (MONDAY_9H + MINUTE) // 1000,
            "link": None,
        }
    ]
    centre.run(actions.ResumeInstance(centre.loja))
    assert told(centre) == []


@pytest.mark.parametrize("why", ["auth", "disconnected"])
def test_a_refusal_tells_since_the_first_one(centre, why):
    for at in (MONDAY_9H, MONDAY_9H + MINUTE):
        centre.store.write(lambda c, at=at: holds.hold(c, centre.loja, why, at, for_s=3600))
    (one,) = told(centre)
    assert (one["why"], one["since"]) == (why, MONDAY_9H // 1000)
    assert told(centre, MONDAY_9H + 2 * HOUR) == []


def test_a_short_wait_is_told_once_something_has_waited_for_it(centre):
    talk = centre.receive()
    centre.store.write(
        lambda c: holds.hold(c, centre.loja, "throttle_number", MONDAY_9H, for_s=3600)
    )
    assert told(centre) == []
    run_at(centre, MONDAY_9H, actions.Reply("Oi"), talk)
    assert told(centre, MONDAY_9H + 9 * SECOND) == []
    (one,) = told(centre)
    assert (one["why"], one["until"]) == ("held", (MONDAY_9H + HOUR) // 1000)


def test_a_pause_outlives_a_hold_and_keeps_its_beginning(centre):
    run_at(centre, MONDAY_9H, actions.PauseInstance(centre.loja))
    centre.store.write(lambda c: holds.hold(c, centre.loja, "auth", MONDAY_9H + MINUTE, for_s=60))
    centre.store.write(lambda c: holds.takes_again(c, centre.loja))
    (one,) = told(centre)
    assert (one["why"], one["since"]) == ("paused", MONDAY_9H // 1000)


def test_who_may_change_instances_gets_the_way_there_and_analysts_nothing(centre):
    run_at(centre, MONDAY_9H, actions.PauseInstance(centre.loja))
    links = {role: [one["link"] for one in told(centre, role=role)] for role in Role}
    assert links == {
        Role.ADMIN: ["/instances"],
        Role.SUPERVISOR: [None],
        Role.TEAM_LEAD: [None],
        Role.AGENT: [None],
        Role.ANALYST: [],
    }
