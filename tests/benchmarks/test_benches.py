"""Every bench runs on a tiny store; what it finds there says nothing about speed."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from benchmarks import measure, supervising
from benchmarks.browser import clicks
from benchmarks.ground import POSTGRES, opened
from benchmarks.made import make
from benchmarks.main import APART, BENCHES
from benchmarks.measure import Figure, Gate, Result, median_ms
from benchmarks.table import document, lines
from console.actions import Reopen, run
from console.cli import central
from console.config import Settings
from console.domain.agent import system
from console.domain.ids import now
from console.store.tables import conversation
from console.store.work import open_store

ASKING = ("inbox", "counts", "page", "deep", "search")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    made = tmp_path_factory.mktemp("bench") / "store.db"
    make(made, 400)
    reopen_some(made)
    return made


def reopen_some(file):
    """A small year may end with everything resolved: the inbox is to list something."""
    store = open_store(f"sqlite:///{file}")
    with store.read() as connection:
        wanted = select(conversation.c.id).where(conversation.c.status == "resolved").limit(60)
        ids = connection.scalars(wanted).all()
    assert len(run(store, Reopen(), ids, actor=system(), at=now(), key="reopen").done) == 60
    store.close()


@pytest.fixture
def quickly(monkeypatch):
    """Each question is asked once: what is found here says nothing about speed."""
    for module, name in (
        (measure, "MOST_RUNS"),
        (clicks, "LOADS"),
        (clicks, "CLICKS"),
        (clicks, "WARM_UP"),
        (supervising, "SINGLES"),
    ):
        monkeypatch.setattr(module, name, 1)


@pytest.fixture
def ground(file, quickly):
    ground = opened(file, Settings())
    yield ground
    ground.close()


@pytest.mark.parametrize("name", sorted(BENCHES.keys() - APART))
def test_a_bench_runs_on_a_tiny_store(name, ground):
    results = BENCHES[name](ground)
    assert results
    assert all(figure.ms > 0 for result in results for figure in result.figures)


@pytest.mark.browser
@pytest.mark.slow
def test_the_browser_bench_runs_on_a_tiny_store(ground):
    results = BENCHES["browser"](ground)
    assert [result.bench.split(",")[0] for result in results] == [
        "first load",
        "select another conversation",
        "j",
        "server processor time a rerun",
    ]


@pytest.mark.browser
@pytest.mark.slow
def test_the_browser_bench_of_bulk_runs_does_and_undoes_what_it_says(ground):
    steps, pages = BENCHES["bulk-browser"](ground)
    assert [gate.what.split(",")[0] for gate in steps.gates if not gate.holds] in (
        [],
        ["still to do when the tab was closed"],  # so few are done at once
    )
    assert len(pages.figures) == 8


@pytest.mark.postgres
def test_the_same_questions_are_asked_of_postgresql(file, postgres_server, monkeypatch, quickly):
    name = postgres_server.create()
    monkeypatch.setenv(POSTGRES, postgres_server.url(name))
    ground = opened(file, Settings())
    peers = [peer.name for peer in ground.peers]
    assert peers == ["SQL on SQLite with indexes", "SQL on PostgreSQL with indexes"]
    for bench in ASKING:
        told = [figure.subject for result in BENCHES[bench](ground) for figure in result.figures]
        assert bench == "page" or any("PostgreSQL" in subject for subject in told)
    ground.close()
    postgres_server.drop(name)


def test_the_command_prints_figures_gates_and_json(file):
    words = ["bench", "deep", "--store", str(file)]
    shown = CliRunner().invoke(central, words)
    assert shown.stdout.startswith("deep page\n  Central, behind 200 rows")
    assert "must be ≤ 4 ×" in shown.stdout
    told = json.loads(CliRunner().invoke(central, [*words, "--json"]).stdout)
    assert set(told["deep page"]) == {"ms", "gates"}


def test_a_gate_that_fails_is_said_and_counted():
    slow = Result(
        "b", (Figure("ours", 4.0), Figure("floor", 1.0)), (Gate("ours against it", 4.0, 3.0),)
    )
    assert list(lines(slow))[1:] == [
        f"  {'ours':<44} {4.0:12.3f} ms {1.0:9.2f} ×",
        f"  {'floor':<44} {1.0:12.3f} ms {0.25:9.2f} ×",
        "  FAIL  ours against it: 4.00 × (must be ≤ 3 ×)",
    ]
    assert not slow.holds
    assert Gate("speed", 4.0, 3.0, at_least=True).holds
    assert document([slow])["b"]["gates"][0]["holds"] is False


def test_a_median_leaves_out_the_warm_up():
    asked = []
    assert median_ms(lambda: asked.append(1), runs=3, warm_up=2) >= 0
    assert len(asked) == 5
