"""The queue over time and "what changed" as people open them: addresses, refusals, names."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from build import Role
from console import actions
from console.domain import ids
from console.i18n import LANGUAGES
from console.readmodel.measure import DIMENSIONS_BY_KEY
from console.readmodel.period import local_of
from screens.test_figure_pages import address, calm, house

__all__ = ["house"]

CHANGE = """
from console import actions
from console.domain import ids
from console.screens.figures.asked import understand
from console.screens.figures.change import from_address
from console.screens.figures.wanted import Wanted
from console.ui import context
from console.ui.figures import change

signed, model = context.present(), context.runtime().model
asked = understand(model, signed.who, Wanted(period="{period}"), ids.now())
change._draw(asked, *from_address(asked, {address!r}))
"""
HOSTILE = "<img src=x onerror=alert(1)> **Zé** [x](https://evil.example) :red[a] $x$ {names}"


def shown(test):
    return [
        element.value for kind in ("subheader", "caption", "info") for element in test.get(kind)
    ]


def frame(test, column):
    (found,) = [one.value for one in test.dataframe if column in one.value.columns]
    return found


def drawn(house, who, period="30d", **wanted):
    """What the dialog holds, drawn by itself: in a browser it is a fragment of its page."""
    test = AppTest.from_string(CHANGE.format(period=period, address=wanted), default_timeout=20)
    return house.signed_in(test, who).run()


# The queue over time


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_full_in_each_language(house, language):
    who = house.speak(house.who(Role.SUPERVISOR), language)
    test = calm(house.open("queue", who, period="7d"))
    assert len(test.subheader) == 5
    house.speak(who, "pt")


def test_the_longest_waits_are_those_of_the_instant_in_the_address(house):
    who = house.who(Role.SUPERVISOR)
    now = calm(house.open("queue", who, period="30d"))
    instant = local_of(ids.now() - 9 * ids.DAY, house.model.zone)
    written = instant.strftime("%Y-%m-%dT%H:%M")
    test = calm(house.open("queue", who, period="30d", at=written))
    assert address(test) == {"at": written}
    waits = frame(test, "Esperava há")
    assert list(waits["Conversa"]) != list(frame(now, "Esperava há")["Conversa"])
    links = re.compile(r"/inbox\?conversation=\d+(#message-\d+)?")
    assert all(links.fullmatch(link) for link in waits["Conversa"])
    assert any(f"Esperas mais longas em {instant.day} de" in text for text in shown(test))


@pytest.mark.parametrize("written", ["2031-01-01T00:00", "amanhã", "2026-99-99T10:00", "9" * 99])
def test_an_instant_that_makes_no_sense_is_said_and_the_end_is_shown(house, written):
    test = house.open("queue", house.who(Role.SUPERVISOR), at=written)
    assert len(test.error) == 1
    assert [e.message for e in test.exception] == []
    assert test.dataframe


def test_a_period_without_anything_says_so(house):
    test = calm(house.open("queue", house.who(Role.SUPERVISOR), period="2001-01-01..2001-01-31"))
    told = " ".join(text.replace("\\", "") for text in shown(test))
    assert "Ninguém esperava resposta" in told
    assert told.count("Nada neste período.") == 4


def test_nothing_is_said_to_be_compared(house):
    test = calm(house.open("queue", house.who(Role.SUPERVISOR)))
    assert not [caption.value for caption in test.caption if "comparado" in caption.value]


def test_a_lead_sees_the_waits_of_own_teams(house):
    lead, everybody = house.who(Role.TEAM_LEAD), house.who(Role.SUPERVISOR)
    ours, theirs = waiting_since(house, ids.now() - 20 * ids.DAY, min(lead.team_ids))
    for who, told in ((lead, [True, False]), (everybody, [True, True])):
        test = calm(house.open("queue", who, period="30d"))
        waits = " ".join(frame(test, "Esperava há")["Conversa"])
        assert [str(talk) in waits for talk in (ours, theirs)] == told
    (refused,) = [house.open("queue", house.who(Role.AGENT))]
    assert list(refused.dataframe) == []


def waiting_since(house, at, team):
    """Two customers who wrote then and wait longer than most, the first one for this team."""
    centre, before = house.centre, house.centre.at
    centre.at = at
    talks = centre.conversations(2)
    centre.run(actions.AssignTeam(team), talks[0])
    centre.at = before
    return talks


def test_an_analyst_reads_pseudonyms(house):
    dora = house.centre.agent("Dora", Role.ANALYST)
    waits = frame(calm(house.open("queue", dora, period="30d")), "Esperava há")
    assert all(re.fullmatch(r"Contato [0-9A-F]{6}", name) for name in waits["Contato"])


# What changed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["first_response", "reopen_share_24h", "resolved", "backlog"])
def test_the_dialog_tells_a_change_in_each_language(house, key, language):
    who = house.speak(house.who(Role.SUPERVISOR), language)
    test = calm(drawn(house, who, change=key))
    assert len(test.metric) == len(test.info) == len(test.radio) == 1
    assert len(test.get("plotly_chart")) == len(test.dataframe) == 1
    house.speak(who, "pt")


def test_the_table_holds_every_group_and_adds_up(house):
    test = calm(drawn(house, house.who(Role.SUPERVISOR), change="resolved"))
    table = test.dataframe[0].value
    assert list(table.columns) == ["Atendente", "n antes", "n agora", "Mudança"]
    assert (table["n agora"] - table["n antes"] == table["Mudança"]).all()
    told = test.metric[0].delta.replace("−", "-").replace("+", "").replace(".", "")
    assert table["Mudança"].sum() == int(told)


def test_an_arrow_goes_where_the_figure_went(house):
    who = house.who(Role.SUPERVISOR)
    for key in ("resolved", "reply_time", "reopen_share_24h"):
        shown_ = calm(drawn(house, who, change=key)).metric[0]
        up = shown_.proto.MetricDirection.Value("UP")
        assert (shown_.proto.direction == up) == shown_.delta.startswith("+")


def test_another_dimension_stands_in_the_address(house):
    test = calm(drawn(house, house.who(Role.SUPERVISOR), change="first_response"))
    test.radio[0].set_value("hour").run()
    assert calm(test).dataframe[0].value.columns[0] == DIMENSIONS_BY_KEY["hour"].name.pt
    assert address(test) == {"change": "first_response", "change_by": "hour"}


def test_a_mean_says_that_the_median_has_no_parts(house):
    who = house.who(Role.SUPERVISOR)
    means, counts = (shown(calm(drawn(house, who, change=k))) for k in ("reply_time", "resolved"))
    assert any("média" in text for text in means)
    assert not any("média" in text for text in counts)


def test_nothing_to_compare_is_said(house):
    who = house.who(Role.SUPERVISOR)
    test = calm(drawn(house, who, "2001-01-01..2001-01-31", change="reply_time"))
    assert test.info[0].value.replace("\\", "").startswith("Em um dos períodos não há nada")
    assert list(test.dataframe) == []


@pytest.mark.parametrize("wrong", [{"change": "luck"}, {"change": "opened", "change_by": "agent"}])
def test_an_address_that_makes_no_sense_is_one_sentence(house, wrong):
    test = house.open("overview", house.who(Role.SUPERVISOR), **wrong)
    assert len(test.error) == 1
    assert [e.message for e in test.exception] == []


def test_the_address_opens_the_dialog_on_every_page_of_figures(house):
    for page in ("overview", "times", "quality"):
        test = calm(house.open(page, house.who(Role.SUPERVISOR), change="resolved"))
        assert [radio.key for radio in test.radio if radio.key == "figures:change:by"]


def test_cards_offer_it_only_when_something_is_compared(house):
    who = house.who(Role.SUPERVISOR)
    for compare, n in (("before", 12), ("none", 0)):
        test = calm(house.open("overview", who, compare=compare))
        assert len([b for b in test.button if b.label == "O que mudou?"]) == n


def test_a_hostile_name_is_words_and_nothing_else(house):
    team = house.centre.team(HOSTILE)
    for phone in range(5511955551000, 5511955551012):
        talk = house.centre.receive("Oi", phone)
        house.centre.run(actions.AssignTeam(team), talk)
    house.model.sync()
    house.model.count_all()
    days = "2026-11-01..2026-11-05"
    asked = calm(drawn(house, house.who(Role.SUPERVISOR), days, change="opened", change_by="team"))
    told = asked.info[0].value
    assert HOSTILE not in told
    assert "\\<img" in told
    assert HOSTILE in set(asked.dataframe[0].value["Equipe"])
    assert "<img" not in asked.get("plotly_chart")[0].proto.spec
