"""An office whose store the command line finds, and the command line itself."""

import json
import shutil

import pytest
from click.testing import CliRunner

from build import Role
from console.cli import central
from console.domain.ids import HOUR, now
from console.store.work import open_store
from office import Office


class Line:
    """Command lines of `central bulk` on one office."""

    def __call__(self, *words, code=0, said=""):
        """What a command line printed; `said` is all it has to say on stderr."""
        done = CliRunner().invoke(central, ["bulk", *map(str, words)])
        assert (done.exit_code, done.stderr) == (code, said), done.output
        return done.stdout

    def read(self, *words):
        """What a command line printed as JSON, as plain data."""
        return json.loads(self(*words, "--format", "json"))

    def refused(self, *words):
        """The one sentence with which a command line is refused."""
        done = CliRunner().invoke(central, ["bulk", *map(str, words)])
        assert (done.exit_code, done.stdout) == (2, ""), done.output
        assert done.stderr.startswith("central: ")
        assert done.stderr.count("\n") == 1
        return done.stderr.removeprefix("central: ").strip()


@pytest.fixture
def line(monkeypatch, tmp_path):
    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path / "home"))
    return Line()


@pytest.fixture
def office(sqlite_store, monkeypatch, tmp_path, model_folder):
    """An office where the command line finds it, with customers who wrote an hour ago."""
    model_folder(sqlite_store, tmp_path / "home" / "readmodel")
    monkeypatch.setenv("CENTRAL_STORE", sqlite_store.url)
    return an_office(sqlite_store)


@pytest.fixture
def both(store, monkeypatch, tmp_path, model_folder):
    """An office on each kind of store in turn."""
    model_folder(store, tmp_path / "home" / "readmodel")
    monkeypatch.setenv("CENTRAL_STORE", store.url)
    return an_office(store)


@pytest.fixture(scope="module")
def calm_office(sqlite_template, tmp_path_factory):
    home = tmp_path_factory.mktemp("calm")
    shutil.copy(sqlite_template, home / "central.db")
    store = open_store(f"sqlite:///{home}/central.db")
    office = an_office(store)
    office.agent("Davi")
    office.agent("Dora", Role.ANALYST)
    office.talk = office.receive()
    yield office
    store.close()


@pytest.fixture
def calm(calm_office, monkeypatch):
    """An office for refusals, shared by a module: `talk` is its only conversation."""
    monkeypatch.setenv("CENTRAL_STORE", calm_office.store.url)
    return calm_office


def an_office(store):
    office = Office(store)
    office.at = now() - HOUR
    return office
