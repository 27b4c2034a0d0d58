"""The notebooks run from their first cell to their last, on generated conversations."""

import json
import math

import pytest

import console
from console.demo.generate import Plan, generate
from console.domain.ids import now
from console.store.schema import migrate
from console.store.work import open_store
from machine import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    home = tmp_path_factory.mktemp("notebooks")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    generate(store, Plan(600, 30, now(), 3))
    store.close()
    return home


@pytest.fixture
def home(generated, monkeypatch):
    monkeypatch.setenv("CENTRAL_HOME", str(generated))
    monkeypatch.setenv("CENTRAL_STORE", f"sqlite:///{generated}/central.db")


def cells(notebook):
    return json.loads(notebook.read_text("utf-8"))["cells"]


def run(name):
    """The names that a notebook leaves behind."""
    left = {}
    for cell in cells(ROOT / f"notebooks/{name}.ipynb"):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), name, "exec"), left)  # noqa: S102 - our own
    return left


def test_there_are_three():
    assert [one.stem for one in NOTEBOOKS] == [
        "chegadas_e_escala",
        "quem_esta_sobrecarregado",
        "uma_semana",
    ]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda one: one.stem)
def test_no_output_of_a_run_is_kept(notebook):
    assert [cell.get("outputs", []) for cell in cells(notebook) if cell.get("outputs")] == []


@pytest.mark.usefixtures("home")
def test_a_week_is_what_the_metrics_say():
    left = run("uma_semana")
    with console.open() as books:
        opened = books.metric("opened", **left["SEMANA"])["value"].iloc[0]
        assert left["por_dia"]["opened"].sum() == opened > 0
        mean = books.metric("reply_time", **left["SEMANA"])["value"].iloc[0]
        assert left["esperas"].loc["reply_time", "value"] == mean
        assert len(left["esperando"]) == books.count("pending waiting>4h") > 0


@pytest.mark.usefixtures("home")
def test_a_load_is_what_lies_on_the_desks():
    left = run("quem_esta_sobrecarregado")
    with console.open() as books:
        assert left["carga"]["na mão"].sum() == books.count("pending -unassigned") > 0


@pytest.mark.usefixtures("home")
def test_arrivals_add_up_and_the_staff_bears_them():
    left = run("chegadas_e_escala")
    with console.open() as books:
        opened = books.metric("opened", **left["MES"])["value"].iloc[0]
        assert math.isclose(left["por_hora"].to_numpy().sum() * 4, opened)
    load = left["por_hora"] * left["trabalho_s"] / 3600
    assert bool(((left["escala"] > load) | (load == 0)).all().all())
    # 2 erlangs and 3 people: by hand, 4/9 of those who come wait.
    assert math.isclose(left["espera"](2, 3), 4 / 9)
