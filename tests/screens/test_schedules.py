"""Scheduled exports on their page: the dialog, the sentence, the list and its buttons."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from archive import Archive
from console import actions
from console.actions.base import NOT_ALLOWED
from console.config import Settings
from console.domain import ids
from console.domain.errors import RuleError
from console.domain.recurrence import LAST_DAY, Every
from console.domain.schedule import Plan, Span, Target
from console.exports import plans
from console.gate.runtime import HOUSE, Runtime
from console.readmodel.model import ReadModel
from console.screens import schedules as screen
from console.ui.plain import plain
from console.ui.words import schedules as words
from screens import test_pages

DIALOG = """
from console.ui import context, schedule_form
schedule_form.ask(context.present(), None, {filter!r})
"""
PLAN = Plan(
    "Fila [x](https://evil.example)",
    "conversation",
    "csv",
    Every.DAY,
    480,
    "America/Sao_Paulo",
    "label:vip",
    reason="auditoria",
)


class Pages(test_pages.Office):
    """Pages over an office whose server writes to folders and sends letters."""

    def __init__(self, store, model, settings):
        self.centre, self.model, self.settings = Archive(store).fill(), model, settings
        self.store = store

    def save(self, who, **changes):
        given = {f: getattr(PLAN, f) for f in Plan.__dataclass_fields__} | changes
        self.centre.at = ids.now()
        return self.centre.run(actions.SaveSchedule(Plan(**given)), by=who).done[0]

    def dialog(self, who, filter=""):
        self.model.sync()
        test = AppTest.from_string(DIALOG.format(filter=filter), default_timeout=30)
        return self.signed_in(test, who).run()

    def found(self, who):
        return [one.schedule for one in screen.build(self.store, who)]


@pytest.fixture
def pages(sqlite_store, tmp_path, model_folder):
    settings = Settings(
        home=tmp_path,
        store=sqlite_store.url,
        export_folder=tmp_path / "out",
        mail_host="localhost",
        mail_from="central@loja.example",
    )
    folder = model_folder(sqlite_store, tmp_path / "readmodel")
    model = ReadModel.open(sqlite_store, folder, settings)
    HOUSE.move_in(Runtime(settings, sqlite_store, model))
    yield Pages(sqlite_store, model, settings)
    HOUSE.move_out()
    model.close()


def said(test):
    return [*test_pages.shown(test), *(code.value for code in test.code)]


def fine(test):
    assert [e.message for e in test.exception] == []
    return test


def test_what_is_chosen_is_told_and_saved(pages):
    bia = pages.centre.bia
    test = fine(pages.dialog(bia, "label:vip"))
    assert test.button(key="schedule:save").disabled
    test.text_input(key="schedule:name").set_value("VIPs da semana").run()
    assert plain(plans.NO_REASON.pt) in [w.value for w in test.warning]
    test.text_input(key="schedule:reason").set_value("Reunião").run()
    test.text_input(key="schedule:folder").set_value("vendas").run()
    sentence = (
        "Segundas, às 08:00 (São Paulo): conversas com última atividade na semana passada que o"
        " filtro encontra, em CSV, para a pasta vendas, onde ficam os 30 mais novos."
    )
    assert f"**{plain(sentence)}**" in said(test)
    fine(test.button(key="schedule:save").click().run())
    (made,) = pages.found(bia)
    assert (made.plan.name, made.plan.folder, made.plan.filter) == (
        "VIPs da semana",
        "vendas",
        "label:vip",
    )
    assert (made.plan.span, made.plan.weekdays) == (Span.LAST_WEEK, (0,))


def test_letters_on_the_last_day_of_the_month(pages):
    test = fine(pages.dialog(pages.centre.dora))  # an analyst's file holds nothing personal
    test.text_input(key="schedule:name").set_value("Mês").run()
    test.segmented_control(key="schedule:When").set_value(Every.MONTH).run()
    test.selectbox(key="schedule:Day of the month").set_value(LAST_DAY).run()
    fine(test.segmented_control(key="schedule:Where to").set_value(Target.MAIL).run())
    assert test.multiselect(key="schedule:readers").value == ["dora@loja.example"]
    fine(test.button(key="schedule:save").click().run())
    (made,) = pages.found(pages.centre.dora)
    assert (made.plan.day, made.plan.recipients) == (LAST_DAY, ("dora@loja.example",))


def test_other_addresses_are_asked_for_where_a_domain_is_allowed(pages):
    settings = replace(pages.settings, mail_domains="contador.example")
    HOUSE.move_in(Runtime(settings, pages.store, pages.model))
    test = fine(pages.dialog(pages.centre.dora))
    test.text_input(key="schedule:name").set_value("Fiscal").run()
    test.segmented_control(key="schedule:Where to").set_value(Target.MAIL).run()
    test.text_input(key="schedule:others").set_value("eva@example.com").run()
    assert any("eva" in warning.value for warning in test.warning)
    test.text_input(key="schedule:others").set_value("eva@contador.example; b@contador.example")
    fine(test.run()).button(key="schedule:save").click().run()
    (made,) = pages.found(pages.centre.dora)
    wanted = ("dora@loja.example", "eva@contador.example", "b@contador.example")
    assert made.plan.recipients == wanted


def test_readers_are_those_who_may_see_as_much(pages):
    office = pages.centre
    assert tuple(screen.readers(pages.store, office.bia)) == tuple(
        f"{name}@loja.example" for name in ("ana", "bia", "caio")
    )
    assert tuple(screen.readers(pages.store, office.dora)) == tuple(
        f"{name}@loja.example" for name in ("ana", "bia", "caio", "dora")
    )


def test_the_page_says_what_each_does_and_a_name_is_no_markdown(pages):
    bia = pages.centre.bia
    made = pages.save(bia)
    test = fine(pages.open("exports", bia))
    shown = said(test)
    assert any(plain("Todo dia, às 08:00") in text for text in shown)
    assert not any("[x](https" in text for text in shown)
    assert words.NEVER.pt in shown
    for name in ("run", "edit", "pause"):
        assert test.button(key=f"schedule:{made}:{name}")


def test_the_buttons_do_what_they_say(pages):
    bia = pages.centre.bia
    made = pages.save(bia)
    test = fine(pages.open("exports", bia))
    fine(test.button(key=f"schedule:{made}:pause").click().run())
    assert not pages.found(bia)[0].is_active
    assert any("Pausada por Bia" in w.value for w in test.warning)
    fine(test.button(key=f"schedule:{made}:resume").click().run())
    assert pages.found(bia)[0].is_active
    fine(test.button(key=f"schedule:{made}:run").click().run())
    assert pages.found(bia)[0].is_going_on
    fine(test.button(key=f"schedule:{made}:remove").click().run())
    assert pages.found(bia) == []


def test_who_administers_sees_and_pauses_everybody_s(pages):
    made = pages.save(pages.centre.bia)
    test = fine(pages.open("exports", pages.centre.ana))
    assert any("de Bia" in text for text in said(test))
    with pytest.raises(KeyError):
        test.button(key=f"schedule:{made}:run")
    fine(test.button(key=f"schedule:{made}:pause").click().run())
    assert not pages.found(pages.centre.bia)[0].is_active
    assert pages.found(pages.centre.caio) == []


def test_an_agent_sees_nothing(pages):
    with pytest.raises(RuleError) as refusal:
        screen.build(pages.store, pages.centre.davi)
    assert refusal.value.text == NOT_ALLOWED


def test_a_server_that_sends_nowhere_says_so(pages):
    HOUSE.move_in(Runtime(Settings(home=pages.settings.home), pages.store, pages.model))
    test = fine(pages.open("exports", pages.centre.bia))
    assert words.NOWHERE.pt in said(test)
    with pytest.raises(KeyError):
        test.button(key="schedule:new")


@pytest.mark.parametrize("every", Every)
@pytest.mark.parametrize("span", Span)
@pytest.mark.parametrize("target", Target)
def test_every_plan_is_told_in_every_language(every, span, target):
    plan = Plan("a", "message", "xlsx", every, 1, "UTC", weekdays=(1, 4), span=span, target=target)
    texts = {getattr(screen.told(plan, "UTC"), key) for key in ("pt", "en", "es")}
    assert len(texts) == 3
    assert not any("{" in text for text in texts)
