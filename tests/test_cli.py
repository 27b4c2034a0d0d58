"""Every command shows how it is used, and ends with one sentence when it cannot do it."""

import json

import click
import pytest
from click.testing import CliRunner

from console.cli import central
from console.cli.base import sentence, table, without_password
from console.domain.errors import ConfigError, RuleError, StoreError
from console.i18n import Text


def leaves(command, path=()):
    """Every command below a group, with the words that lead to it."""
    if not isinstance(command, click.Group):
        yield path
        return
    yield path
    for name, part in command.commands.items():
        yield from leaves(part, (*path, name))


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run a command line on a home of its own; gives the result."""
    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CENTRAL_STORE", raising=False)
    return lambda *words, **more: CliRunner().invoke(central, [*words], **more)


@pytest.mark.parametrize("path", [*leaves(central)], ids=" ".join)
def test_help_shows_an_example(path, run):
    shown = run(*path, "--help")
    assert shown.exit_code == 0
    assert f"Example:\n    central {' '.join(path)}".strip() in shown.stdout


def test_the_version_is_printed(run):
    assert run("--version").stdout.startswith("central ")


def test_without_a_command_the_help_is_shown(run):
    shown = run()
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "Commands:" in shown.stderr


@pytest.mark.parametrize(
    ("words", "way_out"),
    [
        (["conversations"], "There is no store at"),
        (["doctor"], "`central init` makes one."),
        (["migrate"], "`central init` makes one."),
        (["nonsense"], "No such command 'nonsense'. `central --help` shows how."),
        (["conversations", "--nonsense"], "`central conversations --help` shows how."),
        (["import", "jsonl", "nowhere.jsonl", "--instance", "a"], "does not exist."),
        (["bench", "nonsense"], "There is no bench nonsense; there are: inbox, counts"),
        (["bench", "--store", "nowhere.db"], "There is no store at nowhere.db"),
    ],
    ids=" ".join,
)
def test_an_error_is_one_sentence_on_stderr(words, way_out, run):
    shown = run(*words)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.startswith("central: ")
    assert way_out in shown.stderr
    assert shown.stderr.count("\n") == 1


@pytest.fixture
def ready(run):
    """A new store, ready for commands."""
    assert run("init").exit_code == 0
    return run


@pytest.mark.parametrize(
    ("words", "way_out"),
    [
        (["conversations", "--filter", "statu:pending"], "Did you mean: status"),
        (["conversations", "--as", "nobody@example.com"], "see `central user list`."),
        (["user", "password", "nobody@example.com"], "see `central user list`."),
        (["user", "add", "ana@example.com", "--name", "Ana"], "use --password-stdin."),
        (
            ["user", "add", "a@example.com", "--name", "A", "--team", "x", "--password-stdin"],
            "There is no team x; there are: none yet",
        ),
        (["instance", "add", "--name", " "], "central: "),
    ],
    ids=" ".join,
)
def test_a_refusal_names_the_way_out(words, way_out, ready):
    shown = ready(*words, input="")
    assert shown.exit_code == 2
    assert way_out in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_short_password_is_refused_and_nobody_is_added(ready):
    words = ["user", "add", "ana@example.com", "--name", "Ana", "--password-stdin"]
    assert ready(*words, input="curta\n").exit_code == 2
    assert ready("user", "list", "--format", "json").stdout == "[]\n"


def test_a_wrong_setting_is_named(ready, monkeypatch):
    monkeypatch.setenv("CENTRAL_PORT", "eighty")
    shown = ready("doctor")
    assert shown.exit_code == 2
    assert "Correct the environment variable CENTRAL_PORT." in shown.stderr


def test_an_unreachable_database_is_said_in_words(ready, monkeypatch):
    monkeypatch.setenv("CENTRAL_STORE", "postgresql://nobody:geheim@127.0.0.1:1/nothing")
    shown = ready("conversations")
    assert shown.exit_code == 2
    assert "Check CENTRAL_STORE" in shown.stderr
    assert "geheim" not in shown.stderr


def test_an_unexpected_error_hides_its_words(run, monkeypatch):
    monkeypatch.setattr("console.config.load_settings", lambda: 1 / 0)
    shown = run("doctor")
    assert shown.exit_code == 2
    assert "An unexpected ZeroDivisionError" in shown.stderr
    assert "Traceback" not in shown.stderr
    assert "Traceback" in run("--traceback", "doctor").stderr


def test_a_port_in_use_is_said_before_anything_starts(ready, monkeypatch):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("CENTRAL_PORT", str(taken.getsockname()[1]))
        shown = ready("serve")
    assert shown.exit_code == 2
    assert "choose another" in shown.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuleError(Text("não", "no", "no")), "no."),
        (StoreError("Run `central init`."), "Run `central init`."),
        (ConfigError("CENTRAL_X", "bad"), "CENTRAL_X: bad. Correct the environment"),
        (PermissionError(13, "Permission denied", "/a"), "Permission denied: /a."),
    ],
)
def test_every_kind_of_error_becomes_a_sentence(error, said):
    assert sentence(error).startswith(said)


def test_a_password_is_never_shown():
    assert without_password("postgresql://a:b@host/c") == "postgresql://a:…@host/c"
    assert without_password("sqlite:////a/b.db") == "sqlite:////a/b.db"


def test_a_table_is_aligned_cut_and_harmless():
    rows = [{"a": 1, "b": "x\x1b[31m\ny\u202e"}, {"a": None, "b": "👩\u200d🚒 comprida"}]
    assert table(rows, None) == ["a  b", "1  x\ufffd[31m y\ufffd", "   👩\u200d🚒 comprida"]
    assert table(rows, 8)[1] == "1  x\ufffd[3…"
    assert table([], None) == ["(nothing)"]


def test_people_are_added_listed_and_disabled(ready):
    secret = "uma senha muito boa\n"
    for mail, role in (("rui@example.com", "admin"), ("ana@example.com", "supervisor")):
        words = ["user", "add", mail, "--name", mail[:3], "--role", role, "--password-stdin"]
        assert ready(*words, input=secret).exit_code == 0
    twice = ready("user", "add", "ANA@example.com", "--name", "A", "--password-stdin", input=secret)
    assert (twice.exit_code, "Somebody has this e-mail already" in twice.stderr) == (2, True)
    assert ready("user", "disable", "ana@example.com").exit_code == 0
    listed = json.loads(ready("user", "list", "--format", "json").stdout)
    assert {person["mail"]: (person["role"], person["state"]) for person in listed} == {
        "rui@example.com": ("admin", "active"),
        "ana@example.com": ("supervisor", "disabled"),
    }
    assert (
        ready("user", "password", "rui@example.com", "--password-stdin", input=secret).exit_code
        == 0
    )
    last = ready("user", "disable", "rui@example.com")
    assert (last.exit_code, "at least one admin" in last.stderr) == (2, True)


def test_an_instance_gets_a_key_from_its_name(ready):
    assert ready("instance", "add", "--name", "Loja São João").exit_code == 0
    assert ready("instance", "add", "--key", "loja-2", "--name", "Outra").exit_code == 0
    listed = json.loads(ready("instance", "list", "--format", "json").stdout)
    assert sorted(one["key"] for one in listed) == ["loja-2", "loja-sao-joao"]
