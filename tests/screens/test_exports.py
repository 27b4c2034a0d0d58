"""The page of exports, and the dialog that asks for one."""

import pytest
from streamlit.testing.v1 import AppTest

from archive import Archive
from build import Role
from console import actions
from console.actions.base import NOT_ALLOWED
from console.config import Settings
from console.domain import ids
from console.domain.errors import RuleError
from console.domain.export import KEPT, JobStatus
from console.exports.grains import BY_KEY, GRAINS
from console.exports.links import Target, opened
from console.exports.runner import BROKEN, Runner, path_of
from console.gate.runtime import HOUSE, Runtime
from console.readmodel.model import ReadModel
from console.readmodel.watch import SlowQueryError
from console.screens import exports as screen
from console.store import exports
from console.store.work import secret
from console.ui.plain import plain
from console.ui.words import exports as words
from screens import test_pages

DIALOG = """
from console.ui import context, exports
exports.ask(context.present(), {filter!r})
"""


class Pages(test_pages.Office):
    """Pages over an office from which rows are taken away."""

    def __init__(self, store, model, settings):
        self.centre, self.model, self.settings = Archive(store).fill(), model, settings
        self.store = store
        self.runner = Runner(store, model, settings.home / "exports", ids.now)

    def ask(self, who, grain="event", form="csv", filter=""):
        wish = actions.AskExport(grain, form, filter)
        self.centre.at = ids.now()
        return self.centre.run(wish, by=who).done[0]

    def change(self, job_id, **values):
        self.store.write(lambda connection: exports.change_job(connection, job_id, **values))

    def dialog(self, who, filter=""):
        self.model.sync()
        test = AppTest.from_string(DIALOG.format(filter=filter), default_timeout=20)
        return self.signed_in(test, who).run()

    def jobs(self, who):
        return screen.build(self.store, who, ids.now())


@pytest.fixture
def pages(sqlite_store, tmp_path, model_folder):
    settings = Settings(home=tmp_path, store=sqlite_store.url)
    folder = model_folder(sqlite_store, tmp_path / "readmodel")
    model = ReadModel.open(sqlite_store, folder, settings)
    HOUSE.move_in(Runtime(settings, sqlite_store, model))
    yield Pages(sqlite_store, model, settings)
    HOUSE.move_out()
    model.close()


def said(test):
    return test_pages.shown(test) + [code.value for code in test.code]


def test_an_export_is_asked_for_followed_and_fetched(pages):
    bia = pages.centre.bia
    assert words.NONE.pt in said(pages.open("exports", bia))
    test = pages.dialog(bia, "label:vip")
    assert "label:vip" in said(test)
    assert "**1 linha**" in said(test)
    test.button[0].click().run()
    (line,) = pages.jobs(bia)
    assert (line.job.grain, line.job.format, line.job.filter, line.job.total_n) == (
        "conversation",
        "csv",
        "label:vip",
        1,
    )
    assert pages.runner.step()
    (line,) = pages.jobs(bia)
    assert (line.job.status, line.job.rows_n) == (JobStatus.DONE, 1)
    test = pages.open("exports", bia)
    assert [e.message for e in test.exception] == []
    assert any("label:vip" in text for text in said(test))


def test_links_are_the_person_s_own_and_new_each_time(pages):
    bia = pages.centre.bia
    job_id = pages.ask(bia)
    pages.runner.step()
    (line,), (again,) = pages.jobs(bia), pages.jobs(bia)
    assert line.file != again.file
    with pages.store.read() as connection:
        key = secret(connection)
    path, token = line.manifest.split("?token=")
    assert path == f"/export/{job_id}/manifest"
    assert opened(token, Target(job_id, bia.agent_id, "manifest"), key)


def test_people_see_only_what_they_asked_for(pages):
    pages.ask(pages.centre.bia)
    assert pages.jobs(pages.centre.caio) == ()
    assert pages.jobs(pages.centre.ana) == ()


def test_who_may_not_export_is_refused(pages):
    for call in (
        lambda: pages.jobs(pages.centre.davi),
        lambda: screen.rows_n(pages.model, pages.centre.davi, GRAINS[0], "", ids.now()),
    ):
        with pytest.raises(RuleError) as refused:
            call()
        assert refused.value.text == NOT_ALLOWED


def test_the_page_shows_every_state(pages):
    bia = pages.centre.bia
    made = {}
    for status in JobStatus:
        made[status] = pages.ask(bia, filter=f"id:{len(made) + 1}")
        pages.change(made[status], status=JobStatus.CANCELLED)
    for status, job_id in made.items():
        pages.change(job_id, status=status, rows_n=5, total_n=10, ended_at=ids.now())
    pages.change(made[JobStatus.FAILED], problem=BROKEN)
    test = pages.open("exports", bia)
    assert [e.message for e in test.exception] == []
    filters = [text for text in said(test) if text.startswith("id:")]
    assert sorted(filters) == sorted(f"id:{n + 1}" for n in range(len(made)))
    assert any("erro inesperado" in text for text in said(test))
    test.button(key=f"export:no:{made[JobStatus.WAITING]}").click().run()
    states = {line.job.id: line.job.status for line in pages.jobs(bia)}
    assert states[made[JobStatus.WAITING]] is JobStatus.CANCELLED


def test_a_file_of_yesterday_has_no_link(pages):
    job_id = pages.ask(pages.centre.bia)
    pages.runner.step()
    pages.change(job_id, ended_at=ids.now() - KEPT)
    (line,) = pages.jobs(pages.centre.bia)
    assert (line.file, line.manifest) == (None, None)
    assert words.GONE.pt in said(pages.open("exports", pages.centre.bia))


def test_columns_are_chosen_in_the_dialog(pages):
    test = pages.dialog(pages.centre.bia)
    chosen = test.multiselect(key="export:columns:conversation")
    assert chosen.options == [plain(column.name) for column in BY_KEY["conversation"].every]
    chosen.set_value(["status", "id"]).run()
    test.button[0].click().run()
    (line,) = pages.jobs(pages.centre.bia)
    assert line.job.columns == ("status", "id")
    assert pages.runner.step()
    path = path_of(pages.settings.home / "exports", line.job)
    assert path.read_text("utf-8-sig").startswith('"status","id"\n')
    assert words.ONLY_COLUMNS.with_(names=plain("status, id")).pt in said(
        pages.open("exports", pages.centre.bia)
    )


def test_an_analyst_is_offered_no_column_of_a_customer(pages):
    offered = pages.dialog(pages.centre.dora).multiselect(key="export:columns:conversation").options
    seen = BY_KEY["conversation"].columns_for(pages.centre.dora)
    assert offered == [plain(column.name) for column in seen]
    assert {plain("contact_name"), plain("contact_id")} & {*offered} == set()


def test_an_analyst_is_told_what_stays_out(pages):
    assert words.MASKED.pt in said(pages.dialog(pages.centre.dora))
    assert words.MASKED.pt not in said(pages.dialog(pages.centre.bia))


def test_a_filter_that_an_analyst_may_not_use_is_said(pages):
    test = pages.dialog(pages.centre.dora, "contact:maria")
    assert test.error[0].value.startswith("A análise não filtra")
    assert [*test.button] == []


def test_an_analyst_says_on_the_page_what_is_wanted(pages):
    test = pages.open("exports", pages.centre.dora)
    test.text_input(key="filter").set_value("label:vip").run()
    test.button(key="exports:export").click().run()
    assert [e.message for e in test.exception] == []
    assert "label:vip" in said(test)


@pytest.mark.parametrize("grain", GRAINS, ids=lambda grain: grain.key)
def test_the_number_of_rows_is_that_of_the_file(pages, grain):
    for who in (pages.centre.bia, pages.centre.lia):
        job_id = pages.ask(who, grain.key)
        pages.runner.step()
        (line,) = [line for line in pages.jobs(who) if line.job.id == job_id]
        assert screen.rows_n(pages.model, who, grain, "", ids.now()) == line.job.rows_n


def test_a_number_that_takes_too_long_is_left_open(pages, monkeypatch):
    def slow(*_):
        raise SlowQueryError

    monkeypatch.setattr(screen.grains, "count", slow)
    assert screen.rows_n(pages.model, pages.centre.bia, BY_KEY["event"], "", ids.now()) is None
    assert words.MANY_ROWS.pt in said(pages.dialog(pages.centre.bia))


def test_a_share_is_never_more_than_all(pages):
    pages.ask(pages.centre.bia)
    (line,) = pages.jobs(pages.centre.bia)
    assert line.share == 0.0
    pages.change(line.job.id, total_n=2, rows_n=3)
    assert pages.jobs(pages.centre.bia)[0].share == 1.0


def test_supervision_offers_what_its_filter_finds(pages):
    test = pages.open("supervision", pages.centre.bia, filter="label:vip")
    test.button(key="supervision:export").click().run()
    assert [e.message for e in test.exception] == []
    assert pages.centre.bia.role is Role.SUPERVISOR
