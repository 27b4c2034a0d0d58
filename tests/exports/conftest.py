import shutil

import pytest

from archive import Archive
from build import system
from console.config import Settings
from console.exports.make import Wish, export
from console.readmodel.model import ReadModel
from console.store.work import open_store

MANY = 400_000  # conversations: more than three of DuckDB's row groups, so several threads read


class Exporting:
    """Exports of one office into a folder."""

    def __init__(self, office, model, folder):
        self.office, self.model, self.folder = office, model, folder

    def __call__(
        self, grain="conversation", form="parquet", filter="", who=None, columns=(), **more
    ):
        path = self.folder / f"file.{form}"
        wish = Wish(grain, form, filter, columns=columns)
        at = self.office.at
        return export(self.office.store, self.model, who or system(), wish, path, now=at, **more)


@pytest.fixture(scope="module")
def office(sqlite_template, tmp_path_factory):
    """Nothing is changed here: the office is a whole module's."""
    home = tmp_path_factory.mktemp("archive")
    shutil.copy(sqlite_template, home / "central.db")
    store = open_store(f"sqlite:///{home}/central.db")
    yield Archive(store).fill()
    store.close()


@pytest.fixture(scope="module")
def model(office, tmp_path_factory):
    home = tmp_path_factory.mktemp("model")
    model = ReadModel.open(office.store, home / "readmodel", Settings(home=home))
    yield model
    model.close()


@pytest.fixture
def make(office, model, tmp_path):
    return Exporting(office, model, tmp_path)


@pytest.fixture
def changing(store, tmp_path, model_folder):
    """Exports of an office of a test's own, in each kind of store."""
    home = tmp_path / "home"
    folder = model_folder(store, home / "readmodel")
    office = Archive(store).fill()
    model = ReadModel.open(store, folder, Settings(home=home))
    folder = tmp_path / "out"
    folder.mkdir()
    yield Exporting(office, model, folder)
    model.close()


@pytest.fixture(scope="module")
def crowd(office, tmp_path_factory):
    """A read model of very many conversations, some of which have come back since the load."""
    home = tmp_path_factory.mktemp("crowd")
    model = ReadModel.open(office.store, home / "readmodel", Settings(home=home))
    with model.cursor(is_limited=False) as cursor:
        changed = "c.id + n as id, c.last_activity_at - n * 1000000 as last_activity_at"
        grown = f"select c.* replace ({changed}) from conversation as c, range(1, {MANY}) as t(n)"
        for statement in (
            f"create temp table grown as {grown} where c.contact_name = 'João' order by n",
            "insert into conversation from grown",
            "delete from conversation where id % 7 = 0",
            "insert into conversation from grown where id % 7 = 0",
        ):
            cursor.execute(statement).fetchall()
    yield model
    model.close()


@pytest.fixture
def crowded(office, crowd, tmp_path):
    """Exports of very many conversations."""
    return Exporting(office, crowd, tmp_path)
