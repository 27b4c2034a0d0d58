"""Who may share an answer with whom: only readers who would be told the very same."""

import pytest

from console.domain.agent import Acting, Role
from console.gateway.news_json import Reader, likeness
from console.readmodel import expression


def of(agent_id, role, text="status:pending", language="pt", teams=()):
    who = Acting(agent_id, "", role, frozenset(teams), frozenset(), language)
    return likeness(Reader(agent_id, expression.parse(text), ()), who)


def test_two_supervisors_on_one_list_share():
    assert of(1, Role.SUPERVISOR) == of(2, Role.ADMIN)


@pytest.mark.parametrize(
    "other",
    [
        of(2, Role.ANALYST),
        of(2, Role.AGENT),
        of(2, Role.TEAM_LEAD, teams=(5,)),
        of(2, Role.SUPERVISOR, language="en"),
        of(2, Role.SUPERVISOR, "unread"),
    ],
)
def test_others_do_not(other):
    assert of(1, Role.SUPERVISOR) != other


@pytest.mark.parametrize("text", ["assignee:me", "-assignee:me", "unread or (vip assignee:me)"])
def test_what_is_mine_is_not_yours(text):
    assert of(1, Role.SUPERVISOR, text) != of(2, Role.SUPERVISOR, text)


def test_two_agents_never_share():
    assert of(1, Role.AGENT) != of(2, Role.AGENT)
