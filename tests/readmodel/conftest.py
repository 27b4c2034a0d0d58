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
