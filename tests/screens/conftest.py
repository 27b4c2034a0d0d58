"""A small centre with its read model, and a desk at which actions are carried out."""

import functools
import json

import pytest
from click.testing import CliRunner
from streamlit.components.v2 import manifest_scanner

from build import Centre
from console.cli import central
from console.config import Settings
from console.domain import ids
from console.readmodel.model import ReadModel
from console.screens import inbox
from console.screens.choice import Choice
from console.screens.inbox_acts import Desk, handle

ZONE = "America/Sao_Paulo"


class Sitting:
    """Somebody in front of the inbox: what they chose, and what they were told last."""

    def __init__(self, centre, model, who, choice=None):
        self.centre, self.model, self.who = centre, model, who
        self.choice = choice or Choice(tab="all")
        self.n = 0

    def do(self, kind, **fields):
        """One action as the browser sends it; gives what came of it."""
        self.n += 1
        key = {} if "key" in fields else {"key": f"{self.who.name}-{self.n:08}"}
        action = {"n": self.n, "mount": "m", "kind": kind, **fields, **key}
        desk = Desk(self.centre.store, self.model, self.who, self.centre.at + self.n)
        handled = handle(desk, self.choice, action)
        self.choice = handled.choice
        return handled

    def see(self, **changes):
        """What the component gets, after changes to the choice."""
        self.model.sync()
        choice = self.choice if not changes else self.choice.narrowed(**changes)
        return inbox.build(self.centre.store, self.model, self.who, choice, self.centre.at, ZONE)


@pytest.fixture(scope="session", autouse=True)
def installed_once():
    """Streamlit asks every installed package for components, before every page of an AppTest.

    No package comes or goes meanwhile: it is asked once. That was most of what a page cost.
    """
    with pytest.MonkeyPatch.context() as patched:
        asked = functools.cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", asked)
        yield


@pytest.fixture(scope="session")
def terminal_home(tmp_path_factory):
    """Where the command line keeps its read model: made once, since it takes its time."""
    return tmp_path_factory.mktemp("terminal")


@pytest.fixture
def terminal(monkeypatch, terminal_home, traffic):
    """`central metric show` at the instant of a question."""
    monkeypatch.setenv("CENTRAL_HOME", str(terminal_home))
    monkeypatch.setenv("CENTRAL_STORE", traffic[0].url)

    def show(asked, *words):
        monkeypatch.setattr(ids, "now", lambda: asked.at)
        first, last = (day.isoformat() for day in asked.period.days)
        days = ["--from", first, "--to", last, "--format", "json"]
        done = CliRunner().invoke(central, ["metric", "show", *words, *days])
        assert (done.exit_code, done.stderr) == (0, ""), done.output
        return json.loads(done.stdout)

    return show


@pytest.fixture
def centre(sqlite_store):
    return Centre(sqlite_store)


@pytest.fixture
def model(sqlite_store, tmp_path, model_folder):
    folder = model_folder(sqlite_store, tmp_path / "readmodel")
    opened = ReadModel.open(sqlite_store, folder, Settings())
    yield opened
    opened.close()


@pytest.fixture
def sit(centre, model):
    """Lets somebody sit down: `sit(who)`."""

    def down(who=None, **chosen):
        model.sync()
        return Sitting(centre, model, who or centre.ana, Choice(**{"tab": "all", **chosen}))

    return down
