import shutil

import pytest

from console.config import Settings
from console.readmodel.model import ReadModel


@pytest.fixture
def opened(tmp_path):
    """Opens read models of a store; each is closed after the test."""
    models = []

    def open_one(store, folder="readmodel", **settings):
        model = ReadModel.open(store, tmp_path / folder, Settings(**settings))
        models.append(model)
        return model

    yield open_one
    for model in models:
        model.close()


@pytest.fixture(scope="session")
def busy(tmp_path_factory, sqlite_template):
    """A centre with weeks of history and its read model, to be read only."""
    from console.store.work import open_store
    from readmodel.busy import Busy

    folder = tmp_path_factory.mktemp("busy")
    shutil.copy(sqlite_template, folder / "central.db")
    store = open_store(f"sqlite:///{folder}/central.db")
    centre = Busy(store, folder)
    centre.model = ReadModel.open(store, folder / "readmodel", Settings())
    yield centre
    centre.model.close()
    store.close()


@pytest.fixture(scope="session")
def oracle(busy):
    """The same centre, counted without the read model."""
    from readmodel.oracle import Oracle

    return Oracle(busy.store, busy.now)
