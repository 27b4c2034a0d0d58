"""Tables that pages show, as files: the very rows, with what they were asked of."""

import json
from datetime import date

import pytest

import reopened
from archive import Archive
from console.actions.base import NOT_ALLOWED
from console.config import Settings
from console.domain import ids
from console.domain.errors import RuleError
from console.domain.export import SILENT, TABLE_SILENT, JobStatus
from console.exports.limits import TOO_MANY_ROWS, UNTOLD
from console.exports.make import manifest_of
from console.exports.runner import folder_in
from console.readmodel.metrics import METRICS_BY_KEY
from console.readmodel.model import ReadModel
from console.screens import contacts, runs, taken
from console.screens import exports as screen
from console.screens.figures.about import about
from console.screens.figures.asked import understand
from console.screens.figures.wanted import Wanted
from console.screens.taken import Shown
from console.store import exports
from console.ui import charts
from console.ui.charts import Series
from console.ui.figures import all_cards
from console.ui.words import figures as words

SHOWN = Shown(
    "Resolvidas por pessoa",
    {
        "=pessoa": ["=1+1", "Bia", None],
        'quem "viu"': ["a", 1, 2.5],
        "n": [1, 2, 3],
        "média (s)": [1.5, None, float("nan")],
        "dia": [date(2026, 11, 2), None, date(2026, 11, 4)],
        "nada": [None, None, None],
    },
    {"filter": "label:vip", "metrics": ["resolved@1"]},
)


class Desk:
    def __init__(self, office, model, settings):
        self.office, self.model, self.settings = office, model, settings
        self.store = office.store

    def make(self, shown=SHOWN, form="jsonl", who=None, reason="", settings=None):
        given = settings or self.settings
        who = who or self.office.bia
        return taken.make(self.store, self.model, given, who, shown, form, ids.now(), reason)

    def path(self, line):
        return folder_in(self.settings.home) / f"{line.job.id}.{line.format.extension}"


@pytest.fixture
def desk(sqlite_store, tmp_path, model_folder):
    office = Archive(sqlite_store).fill()
    settings = Settings(home=tmp_path)
    folder = model_folder(sqlite_store, tmp_path / "readmodel")
    model = ReadModel.open(sqlite_store, folder, settings)
    model.sync()
    model.count()
    yield Desk(office, model, settings)
    model.close()


@pytest.mark.parametrize("form", [one.key for one in taken.FORMATS])
def test_the_file_holds_what_was_shown(desk, form):
    line = desk.make(form=form)
    rows = reopened.READERS[form](desk.path(line))
    assert (len(rows), line.job.status, line.job.rows_n) == (3, JobStatus.DONE, 3)
    is_guarded = form in {"csv", "xlsx"}
    heads = ["'=pessoa", "quem 'viu'"] if is_guarded else ["=pessoa", 'quem "viu"']
    assert [*rows[0]][:2] == heads
    assert [row[heads[0]] for row in rows][:2] == ["'=1+1" if is_guarded else "=1+1", "Bia"]
    assert [int(row["n"]) for row in rows] == [1, 2, 3]
    assert float(rows[0]["média (s)"]) == 1.5
    assert line.file.startswith(f"/export/{line.job.id}/file?token=")
    told = json.loads(manifest_of(desk.path(line)).read_text())
    assert (told["name"], told["filter"]) == (SHOWN.name, "label:vip")
    assert told["metrics"] == ["resolved@1"]


def test_it_is_kept_and_told_like_any_export(desk):
    line = desk.make()
    (listed,) = screen.build(desk.store, desk.office.bia, ids.now())
    assert (listed.job.id, listed.title.pt) == (line.job.id, "Resolvidas por pessoa")
    assert screen.build(desk.store, desk.office.caio, ids.now()) == ()


def test_who_may_not_export_gets_nothing(desk):
    with pytest.raises(RuleError) as refusal:
        desk.make(who=desk.office.davi)
    assert refusal.value.text == NOT_ALLOWED


def test_a_file_that_cannot_be_written_leaves_no_export_behind(desk, monkeypatch):
    monkeypatch.setattr(taken, "export_table", lambda *_, **__: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        desk.make()
    assert screen.build(desk.store, desk.office.bia, ids.now()) == ()


def test_a_table_in_the_making_is_nobody_else_s(desk, monkeypatch):
    claimed, real = [], taken.export_table

    def slow(*given, **more):
        at = ids.now()
        for on in (at + 2 * SILENT, at + 2 * TABLE_SILENT):
            job = desk.store.write(lambda c, on=on: exports.claim_job(c, on))
            claimed.append(job is not None)
        return real(*given, **more)

    monkeypatch.setattr(taken, "export_table", slow)
    desk.make()
    assert claimed == [False, True]


def test_personal_rows_ask_what_they_are_for(desk):
    few = Settings(home=desk.settings.home, export_reason_rows=2)
    personal = Shown("Contatos", {"nome": ["a", "b", "c"]}, is_personal=True)
    with pytest.raises(RuleError) as refusal:
        desk.make(personal, settings=few)
    assert refusal.value.text == UNTOLD.with_(n=2)
    assert desk.make(personal, settings=few, reason="auditoria").job.reason == "auditoria"
    assert desk.make(settings=few)


def test_no_more_rows_than_a_role_may_take(desk):
    with pytest.raises(RuleError) as refusal:
        desk.make(settings=Settings(home=desk.settings.home, export_rows="supervisor=2"))
    assert refusal.value.text == TOO_MANY_ROWS.with_(n=2)


def test_every_contact_and_every_run_is_there(desk):
    office = desk.office
    office.conversations(20)
    found = contacts.every(desk.store, office.bia, "")
    assert len(found.cards) == found.total == contacts.build(desk.store, office.bia, "", 1).total
    assert len(found.cards) > contacts.PAGE
    assert runs.every(desk.store, desk.model, office.bia).lines == ()


def test_marks_table_and_file_are_one(desk):
    """What a bar shows is what its export holds, and what the figure counts."""
    now = desk.office.at
    asked = understand(desk.model, desk.office.bia, Wanted(period="30d"), now)
    question = asked.question(METRICS_BY_KEY["opened"])
    parts = asked.parts(question, "instance")
    labels = [str(part.keys[0]) for part in parts]
    series = [Series("Abertas", [part.figure.value for part in parts])]
    cells = charts._cells_of(charts.bars(labels, series, "pt"))
    line = desk.make(Shown("Abertas", cells, about(asked, question)))
    rows = reopened.of_jsonl(desk.path(line))
    assert [row["Abertas"] for row in rows] == [part.figure.value for part in parts]
    assert sum(row["Abertas"] for row in rows) == asked.figure(question).value > 0
    told = json.loads(manifest_of(desk.path(line)).read_text())
    assert told["metrics"] == [question.metric.stamp]
    assert told["watermark"] == desk.model.edition
    assert told["period_zone"] == "America/Sao_Paulo"


def test_the_cards_and_their_file_are_one(desk):
    asked = understand(desk.model, desk.office.bia, Wanted(period="30d"), desk.office.at)
    keys = ("opened", "resolved", "first_response", "reopen_share_24h")
    line = desk.make(all_cards.shown(asked, keys, words.OVERVIEW))
    rows = reopened.of_jsonl(desk.path(line))
    figures = [asked.figure(asked.question(METRICS_BY_KEY[key])) for key in keys]
    assert [row["Valor"] for row in rows] == [figure.value for figure in figures]
    assert [row["n"] for row in rows] == [figure.n for figure in figures]
    assert [row["Unidade"] for row in rows][2:] == ["segundos", "parte de 1"]
    told = json.loads(manifest_of(desk.path(line)).read_text())
    assert told["metrics"] == [METRICS_BY_KEY[key].stamp for key in keys]


def test_what_a_chart_remembers_is_not_sent_to_the_browser():
    bars = charts.bars(["a", "b"], [Series("x", [1, None])], "pt", unit="seconds")
    assert charts._cells_of(bars) == {"item": ["a", "b"], "x (s)": [1, None]}
    assert bars.layout.meta is None
    assert charts._cells_of(bars) == {}
    heat = charts.heat(["r"], ["c", "c"], [[1, 2]], "pt")
    assert charts._cells_of(heat) == {"item": ["r"], "c": [1], "c 1": [2]}
    spans = charts._cells_of(charts.histogram([0, 10], [3, 4], "en"))
    assert spans == {"item": ["from 0 to 10", "10 or more"], "n": [3, 4]}
    lines = charts.lines([date(2026, 1, 1)], [Series("y", [1])], "pt")
    assert charts._cells_of(lines) == {"item": [date(2026, 1, 1)], "y": [1]}
