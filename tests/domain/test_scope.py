from itertools import product

import pytest

from console.domain.agent import Acting, Right, Role
from console.domain.scope import Scope
from console.i18n import Text, language_of

OPTIONS = (None, 1, 2, 3)
LEAD = Scope("teams", 1, frozenset({2}), frozenset({1, 3}))
AGENT = Scope("own", 1, frozenset({2}), frozenset())
ALL = Scope("all", 1, frozenset(), frozenset())
LONELY_LEAD = Scope("teams", 1, frozenset(), frozenset())


@pytest.mark.parametrize("scope", [LEAD, AGENT, ALL, LONELY_LEAD])
def test_the_condition_in_sql_is_the_predicate_in_python(scope, sqlite_store):
    with sqlite_store.read() as connection:
        for assignee, team in product(OPTIONS, OPTIONS):
            row = f"select {assignee or 'null'} as assignee_id, {team or 'null'} as team_id"
            wanted = f"select count(*) from ({row}) as c where {scope.condition('c.')}"
            found = bool(connection.exec_driver_sql(wanted).scalar())
            assert found == scope.covers(assignee, team), (assignee, team)


def test_a_team_lead_sees_own_teams_and_colleagues_without_a_team():
    seen = {pair for pair in product(OPTIONS, OPTIONS) if LEAD.covers(*pair)}
    assert seen == {(None, 2), (1, 2), (2, 2), (3, 2), (1, None), (3, None)}


def test_an_agent_sees_own_conversations_and_free_ones_of_own_teams():
    seen = {pair for pair in product(OPTIONS, OPTIONS) if AGENT.covers(*pair)}
    assert seen == {(1, None), (1, 1), (1, 2), (1, 3), (None, None), (None, 2)}


def test_only_admins_change_settings_and_analysts_change_nothing():
    may = {(role, right) for role in Role for right in Right if Acting(1, "x", role).may(right)}
    assert {role for role, right in may if right is Right.SETTINGS} == {Role.ADMIN}
    assert {right for role, right in may if role is Role.ANALYST} == {
        Right.READ,
        Right.ANALYSE,
        Right.EXPORT,
        Right.FIGURES,
    }


def test_a_phrase_speaks_three_languages_and_portuguese_to_all_others():
    phrase = Text("{n} mensagens", "{n} messages", "{n} mensajes").with_(n=3)
    spoken = [phrase.in_(language) for language in ("pt", "en", "es", "fr")]
    assert spoken == ["3 mensagens", "3 messages", "3 mensajes", "3 mensagens"]


@pytest.mark.parametrize(
    ("locale", "language"),
    [("pt-BR", "pt"), ("en_US", "en"), ("es-419", "es"), ("fr", "pt"), (None, "pt"), ("", "pt")],
)
def test_a_locale_gives_the_nearest_language(locale, language):
    assert language_of(locale) == language
