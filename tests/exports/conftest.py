import shutil

import pytest

from archive import Archive
from build import system
from console.config import Settings
from console.exports.make import Wish, export
from console.readmodel.model import ReadModel
from console.store.work import open_store


class Exporting:
    """Exports of one office into a folder."""

    def __init__(self, office, model, folder):
        self.office, self.model, self.folder = office, model, folder

    def __call__(self, grain="conversation", form="parquet", filter="", who=None, **more):
        path = self.folder / f"file.{form}"
        wish = Wish(grain, form, filter)
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
