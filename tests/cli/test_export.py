"""`central export`: a file with its manifest, or one sentence and nothing."""

import json
import sys

import pytest
from click.testing import CliRunner

import reopened
from archive import WORDS, Archive
from console.cli import central
from console.cli.schedules import FORMATS, GRAINS
from console.domain.events import EventKind
from console.domain.ids import HOUR, now
from console.exports import formats, grains
from office import facts


@pytest.fixture
def filled(sqlite_store, monkeypatch, tmp_path, model_folder):
    model_folder(sqlite_store, tmp_path / "home" / "readmodel")
    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CENTRAL_STORE", sqlite_store.url)
    office = Archive(sqlite_store)
    office.at = now() - 2 * HOUR
    return office.fill()


@pytest.fixture
def export(filled, tmp_path):
    def run(grain, name, *words):
        path = tmp_path / name
        form = path.suffix[1:]
        given = ["export", grain, "--format", form, "--out", str(path), *words]
        return CliRunner().invoke(central, given), path

    return run


def test_what_may_be_written_is_what_there_is():
    assert tuple(f"{grain.key}s" for grain in grains.GRAINS) == GRAINS
    assert tuple(form.key for form in formats.FORMATS) == FORMATS


def test_a_file_and_its_manifest_are_written_and_put_down(filled, export):
    done, path = export("messages", "file.csv", "--filter", "label:vip")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"2 rows in {path} ({path.stat().st_size} bytes)\n"
    assert [row["text"] for row in reopened.of_csv(path)] == [WORDS, "'=1+1"]
    manifest = json.loads((path.parent / "file.csv.manifest.json").read_text())
    assert (manifest["rows"], manifest["filter"]) == (2, "label:vip")
    assert len(facts(filled.store, kind=EventKind.EXPORTED)) == 1


def test_a_separator_may_be_chosen(export):
    _, path = export("events", "file.csv", "--separator", ";")
    assert path.read_text(encoding="utf-8-sig").startswith('"id";"conversation_id"')


def test_columns_may_be_chosen(filled, export):
    done, path = export(
        "messages", "file.csv", "--columns", "author, text", "--filter", "label:vip"
    )
    assert done.stderr == ""
    assert reopened.of_csv(path) == [
        {"author": "", "text": WORDS},
        {"author": "Bia", "text": "'=1+1"},
    ]
    refused, path = export("messages", "other.csv", "--columns", "autor")
    assert refused.exit_code == 2
    assert "author" in refused.stderr
    assert not path.exists()


@pytest.mark.parametrize("grain", grains.GRAINS, ids=lambda grain: grain.key)
def test_the_help_names_every_column(grain):
    told = CliRunner().invoke(central, ["export", f"{grain.key}s", "--help"]).stdout.split()
    assert [column.name for column in grain.every if column.name not in told] == []


def test_a_person_s_file_holds_what_the_person_may_see(filled, export):
    done, path = export("conversations", "file.jsonl", "--as", "dora@loja.example")
    assert done.exit_code == 0
    assert all("contact_name" not in row for row in reopened.of_jsonl(path))
    done, path = export("conversations", "other.jsonl", "--as", "lia@loja.example")
    assert [row["id"] for row in reopened.of_jsonl(path)] == [str(filled.talk)]


def test_a_file_that_is_there_is_kept_unless_forced(export):
    _, path = export("events", "file.csv")
    before = path.read_bytes()
    refused, _ = export("messages", "file.csv")
    assert refused.exit_code == 2
    assert refused.stderr == f"central: {path} is there already: use --force to replace it.\n"
    assert path.read_bytes() == before
    assert export("messages", "file.csv", "--force")[0].exit_code == 0
    assert path.read_bytes() != before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--filter", "statu:pending"], "Did you mean: status"),
        (["--as", "davi@loja.example"], "Your role does not allow this."),
        (["--as", "ninguem@loja.example"], "see `central user list`."),
        (["--as", "dora@loja.example", "--filter", '"segredo"'], "Analysts cannot filter"),
    ],
)
def test_a_refusal_is_one_sentence_and_leaves_nothing(export, words, said, filled):
    done, path = export("messages", "file.csv", *words)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr
    assert [file.name for file in path.parent.glob("*file.csv*")] == []
    assert facts(filled.store, kind=EventKind.EXPORTED) == []


def test_a_folder_that_is_missing_is_said(export):
    done, path = export("events", "nowhere/file.csv")
    assert done.stderr == f"central: There is no folder {path.parent}: make it first.\n"


def test_ctrl_c_leaves_nothing(export, monkeypatch):
    def stop(_rows_n):
        raise KeyboardInterrupt

    monkeypatch.setattr("console.cli.exports._say", stop)
    done, path = export("messages", "file.xlsx")
    assert (done.exit_code, done.stderr) == (130, "\nStopped.\n")
    assert [file.name for file in path.parent.glob("*file*")] == []


def test_progress_is_told_on_a_terminal_only(export, monkeypatch):
    monkeypatch.setattr(sys.stderr.__class__, "isatty", lambda _: False, raising=False)
    assert export("messages", "file.csv")[0].stderr == ""
