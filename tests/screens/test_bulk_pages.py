"""The pages of supervision and its ledger with runs of every state, and the rules of the centre."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from console import actions
from console.actions.settings import BAD_LIMITS
from console.config import Settings
from console.domain import ids
from console.domain.bulk import STATUS_NAMES, RunStatus
from console.domain.centre import CentreSettings
from console.domain.priority import PRIORITY_NAMES, Priority
from console.gate.runtime import HOUSE, Runtime
from console.i18n import LANGUAGES
from console.readmodel.model import ReadModel
from console.store.centre import centre_settings
from console.store.work import open_store
from console.ui.format import short
from console.ui.frame import ENTRIES, may_open
from console.ui.plain import plain
from console.ui.words import settings as setting_words
from console.ui.words import supervision as words
from office import Office
from screens import test_pages

WAIT_S = 20
DRAWN = """
from console.domain import ids
from console.screens import settings as setting_screen
from console.ui import context
from console.ui.settings import rules
from console.ui.supervision import preview

signed, store = context.present(), context.runtime().store
"""
RULES = "rules.draw(signed, setting_screen.build(store, signed.who))"


class Pages(test_pages.Office):
    """Pages over an office with bulk runs."""

    def __init__(self, store, model, settings):
        self.centre, self.model, self.settings = Office(store), model, settings
        self.centre.at = ids.now() - ids.HOUR
        self.lia = self.centre.lia

    def draw(self, drawn, who):
        self.model.sync()
        test = AppTest.from_string(f"{DRAWN}\n{drawn}", default_timeout=WAIT_S)
        return self.signed_in(test, who).run()

    def fill(self):
        """A run in every state, one of them by the team lead."""
        office = self.centre
        talks = [
            office.receive(f"**Oi** {n}", 5511944400000 + n, f":red[Zé] {n}") for n in range(6)
        ]
        office.run(actions.AssignTeam(office.team_id), *talks[:2])
        done = office.bulk(actions.MarkRead(), *talks)
        office.undo(done.id)
        self.of_lia = office.bulk(actions.Resolve(), talks[0], by=office.lia).id
        self.cancelled = office.start(office.plan(actions.Note("a"), *talks))
        office.advance(self.cancelled, 2)
        office.run(actions.CancelBulk(self.cancelled), by=office.bia)
        self.paused = office.start(office.plan(actions.Note("b"), *talks))
        office.advance(self.paused, 1)
        office.run(actions.PauseBulk(self.paused), by=office.bia)
        office.limits(2, 3)
        self.asked = office.start(office.plan(actions.Block(), *talks), typed_n=6)
        self.planned = office.plan(actions.Resolve(), *talks)
        self.done, self.talks = done.id, talks
        return self


@pytest.fixture(scope="module")
def full(sqlite_template, tmp_path_factory):
    """A full office that the tests of this module look at and leave as it is."""
    home = tmp_path_factory.mktemp("full")
    store = open_store(f"sqlite:///{shutil.copy(sqlite_template, home / 'central.db')}")
    yield from opened(store, home)
    store.close()


@pytest.fixture
def own(sqlite_store, tmp_path, model_folder):
    """An office of one's own."""
    model_folder(sqlite_store, tmp_path / "readmodel")
    yield from opened(sqlite_store, tmp_path)


def opened(store, home):
    settings = Settings(home=home, store=store.url)
    model = ReadModel.open(store, home / "readmodel", settings)
    yield Pages(store, model, settings).fill()
    model.close()


@pytest.fixture(autouse=True)
def housed(request):
    """The office that a test asks for is the running process'."""
    name = "own" if "own" in request.fixturenames else "full"
    office = request.getfixturevalue(name)
    HOUSE.move_in(Runtime(office.settings, office.centre.store, office.model))
    yield
    HOUSE.move_out()


def clean(test):
    """No exception and no error on the page."""
    return [e.message for e in test.exception] + [e.value for e in test.error] == []


def labels(test):
    return [button.label for button in test.button]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_opens_full_for_whoever_may_see_it(full, language):
    lists = {}
    for name in ("ana", "bia", "lia"):
        who = full.speak(getattr(full.centre, name), language)
        test = full.open("runs", who, run=str(full.of_lia))
        assert clean(test), (name, [e.message for e in test.exception])
        assert test.title[0].value == words.LEDGER_TITLE.in_(language)
        frame = test.dataframe[0].value
        lists[name] = frame[words.STATE.in_(language)].tolist()
        assert words.UNDO.in_(language) in labels(test)  # of the run that is shown
    told = {s: STATUS_NAMES[s].in_(language) for s in RunStatus}
    assert lists["ana"] == lists["bia"]
    assert set(lists["ana"]) == {told[s] for s in RunStatus if s is not RunStatus.RUNNING}
    assert lists["lia"] == [told[RunStatus.DONE]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_supervision_opens_full_for_whoever_may_see_it(full, language):
    for name, n in (("ana", 6), ("bia", 6), ("lia", 2)):
        who = full.speak(getattr(full.centre, name), language)
        test = full.open("supervision", who, filter="")
        assert clean(test), (name, [e.message for e in test.exception])
        assert len(test.dataframe[-1].value) == n
        assert f"**{words.FOUND.with_(n=n).in_(language)}**" in test_pages.shown(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_priority_and_snooze_are_columns_as_soon_as_a_row_has_one(own, language):
    def columns():
        frame = own.open("supervision", own.speak(own.centre.ana, language), filter="").dataframe
        cells = frame[-1].value
        both = [words.PRIORITY.in_(language), words.SNOOZED.in_(language)]
        return {name: sorted(filter(None, cells[name])) for name in both if name in cells}

    assert columns() == {}
    for talk, priority in zip(own.talks, Priority, strict=False):
        own.centre.run(actions.SetPriority(priority), talk)
    until = ids.now() + 10 * ids.DAY
    assert own.centre.run(actions.Snooze(until), own.talks[1]).done
    told = [words.URGENCY.get(p, "") + name.in_(language) for p, name in PRIORITY_NAMES.items()]
    assert columns() == {
        words.PRIORITY.in_(language): sorted(told),
        words.SNOOZED.in_(language): [short(until, ids.now(), language, own.settings.zone)],
    }


def test_agents_and_analysts_have_neither_page(full):
    for page in ("supervision", "runs"):
        (entry,) = [entry for entry in ENTRIES if entry.key == page]
        for role in (test_pages.Role.AGENT, test_pages.Role.ANALYST):
            assert not may_open(entry, full.centre.agent(f"{role}-{page}", role))


def test_a_filter_that_cannot_be_read_is_said_and_nothing_is_listed(full):
    test = full.open("supervision", full.centre.bia, filter="statu:pending")
    assert [e.message for e in test.exception] == []
    assert len(test.error) == 1
    assert test.dataframe.len == 0


def test_a_filter_without_conversations_says_how_to_see_more(full):
    who = full.speak(full.centre.bia, "pt")
    test = full.open("supervision", who, filter="messages>1000")
    assert clean(test)
    assert words.NONE.pt in [e.value for e in test.info]


@pytest.mark.parametrize("run", ["7", "x", "9" * 40, "-1", "½"])
def test_a_run_that_is_not_there_harms_no_ledger(full, run):
    assert clean(full.open("runs", full.centre.bia, run=run))


def test_a_team_lead_opens_no_run_of_others_by_its_address(full):
    who = full.speak(full.lia, "pt")
    test = full.open("runs", who, run=str(full.done))
    assert [e.value for e in test.warning] == [words.GONE.pt]


def test_a_paused_run_goes_on_and_an_asked_one_is_approved_by_somebody_else(own):
    office = own.centre
    test = own.open("runs", office.bia)
    approve = f"bulk:approve:going:{own.asked}"
    assert approve not in [b.key for b in test.button]
    test.button(key=f"bulk:resume:going:{own.paused}").click().run()
    assert clean(test)
    assert office.found(own.paused).status is RunStatus.RUNNING
    other = own.open("runs", office.caio)
    other.button(key=approve).click().run()
    assert clean(other)
    assert office.found(own.asked).status is RunStatus.RUNNING
    other.button(key=f"bulk:pause:going:{own.paused}").click().run()
    other.button(key=f"bulk:cancel:going:{own.asked}").click().run()
    assert (office.found(own.paused).status, office.found(own.asked).status) == (
        RunStatus.PAUSED,
        RunStatus.CANCELLED,
    )


def test_consent_takes_the_right_number_only(own):
    office = own.centre
    office.limits(2, None)
    who = own.speak(office.bia, "pt")
    test = own.draw(f"preview._dialog(signed, {own.planned})", who)
    assert clean(test)
    assert [m.value for m in test.metric] == ["6", "5", "1"]
    test.text_input[0].set_value("4")
    test.button[0].click().run()
    assert len(test.error) == 1
    assert office.found(own.planned).status is RunStatus.PLANNED
    test.text_input[0].set_value(" 5 ")
    test.button[0].click().run()
    assert office.found(own.planned).status is RunStatus.RUNNING


def test_a_preview_that_was_replaced_says_so(own):
    test = own.draw("preview._dialog(signed, 7)", own.speak(own.centre.bia, "pt"))
    assert [e.value for e in test.warning] == [words.GONE.pt]


def kept(office):
    with office.store.read() as connection:
        return centre_settings(connection)


def saved(test, confirm, second):
    """The form of rules, filled in and sent; None: nobody else is asked."""
    test.number_input[0].set_value(confirm)
    test.checkbox[0].set_value(second is not None)
    if second is not None:
        test.number_input[1].set_value(second)
    test.button[0].click().run()
    return [e.value for e in test.error]


def test_an_admin_sets_the_limits_and_takes_the_second_away(own):
    office, who = own.centre, own.speak(own.centre.ana, "pt")
    test = own.draw(RULES, who)
    assert [n.value for n in test.number_input] == [2, 3]
    assert saved(test, 10, 50) == []
    assert kept(office) == CentreSettings(10, 50)
    assert saved(own.draw(RULES, who), 0, None) == []
    assert kept(office) == CentreSettings(0, None)


def test_limits_that_contradict_one_another_are_refused_in_words(own):
    test = own.draw(RULES, own.speak(own.centre.ana, "pt"))
    assert saved(test, 50, 10) == [plain(BAD_LIMITS.pt)]
    assert kept(own.centre) == CentreSettings(2, 3)


def test_limits_are_an_admin_s_to_set(own):
    test = own.draw(RULES, own.speak(own.centre.bia, "pt"))
    assert len(saved(test, 10, 50)) == 1
    assert kept(own.centre) == CentreSettings(2, 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_speak_the_language_of_their_reader(full, language):
    test = full.draw(RULES, full.speak(full.centre.ana, language))
    assert clean(test)
    assert [n.label for n in test.number_input] == [
        setting_words.CONFIRM_ABOVE.in_(language),
        setting_words.SECOND_ABOVE.in_(language),
    ]
