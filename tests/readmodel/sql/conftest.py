import shutil

import pytest

from console.config import Settings
from console.readmodel.model import ReadModel
from console.readmodel.sql import QueryError, answer
from console.store.work import open_store
from readmodel import crowd
from readmodel.crowd import SUPERVISOR


@pytest.fixture(scope="module")
def model(sqlite_template, tmp_path_factory):
    """A read model that nobody writes: one for all tests of a file."""
    folder = tmp_path_factory.mktemp("sql")
    shutil.copy(sqlite_template, folder / "central.db")
    store = open_store(f"sqlite:///{folder / 'central.db'}")
    crowd.fill(store, 120)
    opened = ReadModel.open(store, folder / "readmodel", Settings())
    yield opened
    opened.close()
    store.close()


@pytest.fixture
def asked(model):
    """Runs a statement as somebody and gives its rows."""

    def ask(statement, who=SUPERVISOR, **options):
        return answer(model, who, statement, **{"limit_s": 20, **options}).table.to_pylist()

    return ask


@pytest.fixture
def refused(asked):
    """Runs a statement that must not run and gives the error."""

    def refuse(statement, who=SUPERVISOR, **options):
        with pytest.raises(QueryError) as found:
            asked(statement, who, **options)
        return found.value

    return refuse
