"""Stores, a browser and the data pack for every suite; a suite that cannot run is named."""

import gc
import os
import shutil
from collections import Counter
from pathlib import Path

import hypothesis
import pytest

import machine
from build import MONDAY_9H
from console.config import Settings
from console.demo.generate import Plan, generate
from console.readmodel.model import ReadModel
from console.store.schema import migrate
from console.store.work import open_store

# Two shared cores make single examples slow now and then; that is no failure.
hypothesis.settings.register_profile("central", deadline=None)
hypothesis.settings.load_profile("central")

# Long files begin first, so that in the end no process waits for another one's.
LONG_FIRST = (
    "browser",
    "benchmarks",
    "server",
    "readmodel",
    "laws",
    "exports",
    "",
    "screens",
    "cli",
)
MARKED_BY_FIXTURE = {"postgres_server": "postgres", "browser": "browser", "pack": "pack"}
HERE = Path(__file__).parent
NOT_RUN = "suite not run: "


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses by marks
def pytest_collection_modifyitems(items):
    items.sort(key=_turn)
    missing = {name: why for name, (find, why) in machine.SUITES.items() if find() is None}
    for item in items:
        if "faults" in item.path.parts:
            item.add_marker("faults")
        for fixture, mark in MARKED_BY_FIXTURE.items():
            if fixture in item.fixturenames:
                item.add_marker(mark)
        for name in missing.keys() & {mark.name for mark in item.iter_markers()}:
            item.add_marker(pytest.mark.skip(reason=f"{NOT_RUN}{name}: {missing[name]}"))


def _turn(item):
    folder = item.path.relative_to(HERE).parts[:-1]
    name = folder[0] if folder else ""
    return LONG_FIRST.index(name) if name in LONG_FIRST else len(LONG_FIRST)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What thousands of tests are made of stays: who collects garbage need not walk over it.

    The benches collect it before every figure, Python itself now and then.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_unconfigure():
    gc.unfreeze()


def pytest_terminal_summary(terminalreporter):
    for reason, count in _not_run(terminalreporter).items():
        terminalreporter.write_line(f"{reason} — {count} tests", red=True)


# Outermost, so that the reports of every worker have arrived.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session):
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and session.exitstatus == 0 and _is_refused(_not_run(reporter)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _not_run(reporter):
    reasons = (_reason(report) for report in reporter.stats.get("skipped", []))
    return Counter(reason for reason in reasons if reason.startswith(NOT_RUN))


def _reason(report):
    where = report.longrepr
    text = where[2] if isinstance(where, tuple) else str(where)
    return text.removeprefix("Skipped: ")


def _is_refused(reasons):
    """The data pack is not part of the repository: its absence fails only where it is demanded."""
    if os.environ.get("ALLOW_SKIP") == "1":
        return False
    of_pack = [reason for reason in reasons if reason.startswith(f"{NOT_RUN}pack:")]
    return len(of_pack) < len(reasons) or (of_pack and os.environ.get("CENTRAL_DEMAND_PACK") == "1")


@pytest.fixture(scope="session")
def postgres_server():
    server = machine.start_postgres(machine.postgres_programs())
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres_server):
    from console.store.schema import migrate
    from console.store.work import open_store

    name = postgres_server.create()
    store = open_store(postgres_server.url(name))
    migrate(store)
    store.close()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    from console.store.schema import migrate
    from console.store.work import open_store

    file = tmp_path_factory.mktemp("template") / "central.db"
    store = open_store(f"sqlite:///{file}")
    migrate(store)
    store.close()
    return file


@pytest.fixture
def sqlite_store(sqlite_template, tmp_path):
    """An empty store in a file of its own."""
    from sqlalchemy import event

    from console.store.work import open_store

    file = tmp_path / "central.db"
    shutil.copy(sqlite_template, file)
    store = open_store(f"sqlite:///{file}")
    event.listen(store.engine, "connect", _without_waiting_for_the_disk)
    yield store
    store.close()


def _without_waiting_for_the_disk(connection, _record):
    """A power cut during the tests costs nothing."""
    connection.execute("pragma synchronous=off")


@pytest.fixture(scope="module")
def shared_store(sqlite_template, tmp_path_factory):
    """A store for all tests of a file, which only read it once it is filled."""
    from console.store.work import open_store

    file = tmp_path_factory.mktemp("shared") / "central.db"
    shutil.copy(sqlite_template, file)
    store = open_store(f"sqlite:///{file}")
    yield store
    store.close()


@pytest.fixture
def postgres_store(postgres_server, postgres_template):
    """An empty store in a database of its own."""
    from console.store.work import open_store

    name = postgres_server.create(postgres_template)
    store = open_store(postgres_server.url(name))
    yield store
    store.close()
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request):
    """An empty store of each kind in turn."""
    return request.getfixturevalue(f"{request.param}_store")


@pytest.fixture(scope="session")
def model_folder(request, tmp_path_factory):
    """Makes the folder in which an empty store's read model waits for a store of the templates.

    Whoever opens it takes the file over and follows the feed. It is to be made before anything is
    written: the databases of a PostgreSQL count their transactions together. To load everything in
    a process of its own takes most of a second, and is what the tests of the read model are about.
    """
    files = {}

    def made(store, folder):
        if store.dialect not in files:
            own = tmp_path_factory.mktemp("empty")
            files[store.dialect] = _empty_model(request, store.dialect, own)
        folder.mkdir(parents=True)
        shutil.copy(files[store.dialect], folder / "empty.duckdb")
        (folder / "empty.lock").touch()
        return folder

    return made


def _empty_model(request, dialect, folder):
    from console.readmodel.model import ReadModel
    from console.store.work import open_store

    if dialect == "sqlite":
        copied = shutil.copy(request.getfixturevalue("sqlite_template"), folder / "central.db")
        url = f"sqlite:///{copied}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.url(request.getfixturevalue("postgres_template"))
    store = open_store(url)
    ReadModel.open(store, folder).close()
    store.close()
    (file,) = folder.glob("*.duckdb")
    return file


@pytest.fixture(scope="session")
def pack():
    """The folder of the development data pack."""
    return machine.data_pack()


@pytest.fixture(scope="session")
def profiles(tmp_path_factory):
    """Where the browsers of all suites keep what they compiled."""
    return tmp_path_factory.mktemp("profiles")


@pytest.fixture(scope="module")
def browser(profiles):
    """The distribution's Chromium; per module, because its loop would keep asyncio from others."""
    from playwright.sync_api import sync_playwright

    from chromium import Chromium

    with sync_playwright() as playwright:
        chromium = Chromium(playwright, profiles)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A page of a person of their own: nothing is shared with another test's."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def traffic(tmp_path_factory):
    """Two months of generated traffic, which nobody changes: the store and its read model."""
    home = tmp_path_factory.mktemp("traffic")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    generate(store, Plan(250, 60, MONDAY_9H, seed=5))
    opened = ReadModel.open(store, home / "readmodel", Settings())
    yield store, opened
    opened.close()
    store.close()
