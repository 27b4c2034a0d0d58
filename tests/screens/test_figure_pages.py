"""The pages of figures as people open them: addresses, refusals, scope, the dialog of reasons."""

import re
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

import machine
from console.config import Settings
from console.demo.generate import Plan, generate
from console.domain import ids
from console.domain.agent import Role
from console.gate.runtime import HOUSE, Runtime
from console.i18n import LANGUAGES
from console.readmodel.measure import EDGES
from console.readmodel.metrics import METRICS_BY_KEY
from console.readmodel.model import ReadModel
from console.readmodel.period import local_of
from console.screens import overview, quality, resolved, times
from console.store import people
from console.store.schema import migrate
from console.store.work import open_store
from console.ui.frame import ENTRIES
from screens import test_pages

PAGES = ("overview", "times", "quality", "resolved", "activity")
WHY = """
from console.domain import ids
from console.readmodel.metrics import METRICS_BY_KEY
from console.screens.figures.asked import understand
from console.screens.figures.wanted import Wanted
from console.ui import context
from console.ui.figures import why

signed, model = context.present(), context.runtime().model
asked = understand(model, signed.who, Wanted(period="90d"), ids.now())
question = asked.question(METRICS_BY_KEY["{metric}"])
why._draw(why.why.build(context.runtime().store, asked, question, {page}), asked)
"""


class House(test_pages.Office):
    """Pages over generated traffic, up to this moment."""

    def who(self, role):
        with self.centre.store.read() as connection:
            found = next(a for a in people.agents(connection, only_active=True) if a.role is role)
            return people.acting(connection, found.id)

    def why(self, who, metric, page=1):
        script = WHY.format(metric=metric, page=page)
        test = AppTest.from_string(script, default_timeout=test_pages.WAIT_S)
        return self.signed_in(test, who).run()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    home = tmp_path_factory.mktemp("figure-pages")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    generate(store, Plan(200, 40, ids.now(), seed=11))
    settings = Settings(home=home, store=store.url)
    model = ReadModel.open(store, home / "readmodel", settings)
    HOUSE.move_in(Runtime(settings, store, model))
    yield House(store, model, settings)
    HOUSE.move_out()
    model.close()
    store.close()


def value(test, label):
    (found,) = [metric.value for metric in test.metric if metric.label == label]
    return found


def address(test):
    found = {name: test.query_params[name] for name in test.query_params}
    return {n: v[0] if isinstance(v, list) else v for n, v in found.items()}


def number(text):
    return int(re.sub(r"\D", "", text))


def calm(test):
    assert [e.message for e in test.exception] == []
    assert [e.value for e in test.error] == []
    return test


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_figures_opens_full_in_each_language(house, page, language):
    who = house.speak(house.who(Role.SUPERVISOR), language)
    test = calm(house.open(page, who))
    assert test.metric
    house.speak(who, "pt")


@pytest.mark.parametrize("key", times.METRICS)
def test_every_time_opens_from_its_address(house, key):
    test = calm(house.open("times", house.who(Role.SUPERVISOR), metric=key, by="team"))
    assert test.metric[0].label.endswith(METRICS_BY_KEY[key].name.pt)


@pytest.mark.parametrize("key", quality.METRICS)
def test_every_sign_of_quality_opens_from_its_address(house, key):
    calm(house.open("quality", house.who(Role.SUPERVISOR), metric=key, by="label"))


@pytest.mark.parametrize(
    ("wrong", "begins"),
    [
        ({"period": "sempre"}, "Este período não existe"),
        ({"filter": "lugar:aqui"}, "Não há filtro"),
        ({"metric": "sorte"}, "Esta página não tem essa escolha"),
        ({"zone": "Lua/Base"}, "Este fuso horário não existe"),
        ({"filter": "a" * 5_000}, "O filtro"),
        ({"filter": "status:pending)"}, ""),
    ],
)
def test_an_address_that_is_wrong_is_refused_and_shows_no_figure(house, wrong, begins):
    test = house.open("times", house.who(Role.SUPERVISOR), **wrong)
    assert [error.value.startswith(begins) for error in test.error] == [True]
    assert list(test.metric) == []


def test_a_choice_of_ones_own_takes_the_place_of_a_wrong_one(house):
    test = house.open("times", house.who(Role.SUPERVISOR), period="sempre", filter="lugar:aqui")
    test.selectbox(key="figures:compare").set_value("none").run()
    assert [error.value.startswith("Não há filtro") for error in test.error] == [True]
    test.text_input(key="figures:filter").set_value("").run()
    assert calm(test).metric
    assert address(test) == {"compare": "none"}


def test_what_is_chosen_stands_in_the_address_and_is_taken_to_the_next_page(house):
    who = house.who(Role.SUPERVISOR)
    test = calm(house.open("overview", who))
    test.selectbox(key="figures:period").set_value("7d").run()
    test.text_input(key="figures:filter").set_value("status:resolved").run()
    assert address(test) == {"period": "7d", "filter": "status:resolved"}
    opened = value(calm(test), "Atendimentos abertos")
    again = calm(house.open("overview", who, period="7d", filter="status:resolved"))
    assert value(again, "Atendimentos abertos") == opened
    test.query_params.clear()
    test.switch_page(str(machine.ROOT / "pages/times.py")).run()
    assert calm(test).selectbox(key="figures:period").value == "7d"
    assert address(test) == {"period": "7d", "filter": "status:resolved"}


def test_days_of_ones_own_begin_with_those_of_the_preset(house):
    test = calm(house.open("overview", house.who(Role.SUPERVISOR), period="7d"))
    test.selectbox(key="figures:period").set_value("own").run()
    today = local_of(ids.now(), house.model.zone).date()
    assert calm(test).date_input(key="figures:days").value == (today - timedelta(days=6), today)
    first = today - timedelta(days=20)
    test.date_input(key="figures:days").set_value((first, today)).run()
    assert address(calm(test)) == {"period": f"{first}..{today}"}
    test.date_input(key="figures:days").set_value((first,)).run()
    assert address(calm(test)) == {"period": f"{first}..{today}"}


@pytest.mark.parametrize("page", PAGES)
def test_a_period_without_anything_says_so(house, page):
    empty = calm(house.open(page, house.who(Role.SUPERVISOR), period="2001-01-01..2001-01-31"))
    assert "Nada neste período." in [info.value.replace("\\", "") for info in empty.info]


def test_nothing_is_compared_when_nothing_is_wanted(house):
    who = house.who(Role.SUPERVISOR)
    compared = calm(house.open("overview", who))
    alone = calm(house.open("overview", who, compare="none"))
    assert {metric.delta for metric in alone.metric} == {""}
    assert "" not in {metric.delta for metric in compared.metric}
    assert [m.value for m in alone.metric] == [m.value for m in compared.metric]


def test_a_card_names_itself_as_brazilians_do(house):
    shown = calm(house.open("overview", house.who(Role.SUPERVISOR)))
    labels = [metric.label for metric in shown.metric]
    assert [label for label in labels if "·" in label] == [
        "TME · Tempo de espera na fila",
        "TMPR · Tempo da primeira resposta",
        "TMR · Tempo de resposta",
        "TMA · Tempo de atendimento",
    ]
    assert len(labels) == sum(len(keys) for _, keys in overview.GROUPS)


def test_a_lead_sees_the_figures_of_own_teams(house):
    lead, everybody = house.who(Role.TEAM_LEAD), house.who(Role.SUPERVISOR)
    mine, whole = (calm(house.open("overview", who, period="90d")) for who in (lead, everybody))
    for label in ("Atendimentos abertos", "Mensagens recebidas"):
        assert 0 < number(value(mine, label)) < number(value(whole, label))
    table = calm(house.open("times", lead, period="90d", by="team")).dataframe[0].value
    names = {entry.name for entry in house.model.directory.teams.values()}
    own = {house.model.directory.teams[team].name for team in lead.team_ids}
    assert set(table["Equipe"]) & names <= own


def test_an_agent_does_not_see_them(house):
    test = house.open("overview", house.who(Role.AGENT))
    assert list(test.metric) == []


def test_the_dialog_says_what_made_the_number(house):
    shown = calm(house.why(house.who(Role.SUPERVISOR), "reply_time"))
    table = shown.dataframe[0].value
    assert list(table.columns) == [
        "Conversa",
        "Contato",
        "Valor",
        "Início",
        "Como começou",
        "Fim",
        "Como terminou",
        "Conta para",
        "Instância",
    ]
    assert len(table) == 20
    assert all(re.fullmatch(r"/inbox\?conversation=\d+#message-\d+", x) for x in table["Conversa"])
    assert [metric.label for metric in shown.metric] == ["TMR · Tempo de resposta"]
    told = [markdown.value for markdown in shown.markdown]
    assert any("**Começa:**" in text for text in told)
    assert "reply\\_time\\@1" in [c.value.replace("\u2060", "") for c in shown.caption]


def test_the_dialog_of_a_count_has_no_values(house):
    shown = calm(house.why(house.who(Role.SUPERVISOR), "resolved"))
    assert "Valor" not in shown.dataframe[0].value.columns


def test_the_dialog_says_which_promise_was_kept(house):
    shown = calm(house.why(house.who(Role.SUPERVISOR), "reopen_share_24h"))
    assert set(shown.dataframe[0].value["Valor"]) <= {"sim", "não", "fora"}


def test_the_dialog_tells_an_analyst_no_name_and_no_word(house):
    dora = house.centre.agent("Dora", Role.ANALYST)
    house.model.sync()
    masked = calm(house.why(dora, "reply_time")).dataframe[0].value
    plain_ = calm(house.why(house.who(Role.SUPERVISOR), "reply_time")).dataframe[0].value
    assert list(masked["Início"]) == list(plain_["Início"])
    assert all(re.fullmatch(r"Contato [0-9A-F]{6}", name) for name in masked["Contato"])
    assert set(masked["Como começou"]) == {f"{name} escreveu" for name in masked["Contato"]}
    assert not set(masked["Como terminou"]) & set(plain_["Como terminou"])
    assert all(text.endswith(" respondeu") for text in masked["Como terminou"])


@pytest.mark.parametrize("by", resolved.OF_WHOM)
def test_who_resolved_what_opens_from_its_address(house, by):
    who = house.who(Role.SUPERVISOR)
    test = calm(house.open("resolved", who, period="90d", by=by, credit="replier"))
    assert [metric.label for metric in test.metric][:2] == ["Resoluções", "Conversas resolvidas"]
    lines, rules = (table.value for table in test.dataframe)
    assert lines.shape[1] == 1 + len(resolved.COLUMNS)
    assert list(rules.columns)[1::2] == [
        "Quem respondeu por último",
        "Quem resolveu",
        "Responsável na hora",
    ]
    if by != "label":
        total = number(value(test, "Resoluções"))
        assert lines["Resoluções"].sum() == rules["Quem resolveu"].sum() == total


def test_the_usual_rule_stays_out_of_the_address(house):
    test = calm(house.open("resolved", house.who(Role.SUPERVISOR), period="7d"))
    assert address(test) == {"period": "7d"}
    test.selectbox(key="figures:credit").set_value("assignee").run()
    assert address(calm(test)) == {"period": "7d", "credit": "assignee"}
    test.selectbox(key="figures:credit").set_value("resolver").run()
    assert address(calm(test)) == {"period": "7d"}


def test_the_chosen_cell_names_itself_and_asks_why(house):
    test = calm(house.open("resolved", house.who(Role.SUPERVISOR), period="90d"))
    assert test.button(key="resolved:lines:agent:why").disabled
    lines = test.dataframe[0].value
    names_ = [one.replace("\\", "") for one in chosen(test, (1, "Conversas"))]
    assert f"{lines['Atendente'][1]} · Conversas" in names_
    assert not test.button(key="resolved:lines:agent:why").disabled
    for nothing in ((9_999, "Conversas"), (0, "Outra coisa"), (-1, "Conversas")):
        chosen(test, nothing)
        assert test.button(key="resolved:lines:agent:why").disabled


def chosen(test, cell):
    """What the captions say once a cell is chosen."""
    test.session_state["resolved:lines:agent"] = {"selection": {"cells": [cell]}}
    calm(test.run())
    return [caption.value for caption in test.caption]


@pytest.mark.parametrize("order", ["recent", "silent"])
def test_last_activity_opens_from_its_address(house, order):
    test = calm(house.open("activity", house.who(Role.SUPERVISOR), period="90d", by=order))
    oldest, agents, contacts = (table.value for table in test.dataframe)
    assert all(re.fullmatch(r"/inbox\?conversation=\d+", link) for link in oldest["Conversa"])
    assert list(agents.columns)[:2] == ["Atendente", "Última atividade"]
    assert list(contacts["Quando"]) == sorted(contacts["Quando"], reverse=order == "recent")


def test_of_the_past_it_is_said_that_nobody_waited(house):
    carla = house.who(Role.SUPERVISOR)
    past = calm(house.open("activity", carla, period="2001-01-01..2001-01-31"))
    told = [info.value.replace("\\", "") for info in past.info]
    assert sum(one.startswith("Ninguém esperava em 31 de jan. de 2001") for one in told) == 2
    now = calm(house.open("activity", carla, period="30d", filter="status:resolved"))
    assert [info.value for info in now.info].count("Ninguém espera.") == 2


def test_an_analyst_reads_no_name_of_a_customer(house):
    dora = house.centre.agent("Dalva", Role.ANALYST)
    house.model.sync()
    test = calm(house.open("activity", dora, period="90d"))
    for table in (test.dataframe[0].value, test.dataframe[2].value):
        assert all(re.fullmatch(r"Contato [0-9A-F]{6}", name) for name in table["Contato"])


REFUSED = """
from dataclasses import replace

from console.domain import ids
from console.readmodel.metrics import METRICS_BY_KEY
from console.screens.figures.asked import understand
from console.screens.figures.cards import card
from console.screens.figures.wanted import Wanted
from console.ui import context
from console.ui.figures import cards

signed, model = context.present(), context.runtime().model
asked = understand(model, signed.who, Wanted(period="90d"), ids.now())
credits = {"opened": "", "resolved": "luck", "received": ""}


def one(key):
    return card(asked, replace(asked.question(METRICS_BY_KEY[key]), credit=credits[key]))


cards.draw(map(one, credits), "pt")
"""


def test_a_figure_that_is_refused_says_so_and_the_others_stand(house):
    test = AppTest.from_string(REFUSED, default_timeout=test_pages.WAIT_S)
    shown = house.signed_in(test, house.who(Role.SUPERVISOR)).run()
    assert [m.label for m in shown.metric] == ["Atendimentos abertos", "Mensagens recebidas"]
    assert ["não conhece esse crédito" in one.value for one in shown.warning] == [True]


def test_on_phones_one_row_says_what_is_chosen_and_unfolds(house):
    query = {"period": "7d", "metric": "reply_time", "filter": "status:resolved"}
    test = calm(house.open("times", house.who(Role.SUPERVISOR), **query))
    row = test.button(key="figures:fold")
    told = row.label.replace("\\", "").replace("\u2060", "")
    assert told == (
        "Período e filtros: Últimos 7 dias · TMR · Tempo de resposta · Atendente · status:resolved"
    )
    assert row.icon == ":material/expand_more:"
    assert calm(row.click().run()).button(key="figures:fold").icon == ":material/expand_less:"


def test_analisar_stands_with_the_figures():
    sections = {entry.key: entry.section for entry in ENTRIES}
    assert {sections[page] for page in ("analyse", *PAGES)} == {sections["overview"]}
    assert sections["overview"].pt == "Números"


def test_bars_of_a_histogram_lie_side_by_side():
    spans = [times.bar_of(n) for n in range(len(EDGES) + 1)]
    assert [below for _, below in spans[:-1]] == [least for least, _ in spans[1:]]
    assert (spans[0][0], spans[-1]) == (0, (EDGES[-1], None))
