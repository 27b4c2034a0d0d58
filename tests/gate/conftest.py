"""A gate without a server: a store with one person, and what the process holds."""

import asyncio
from dataclasses import replace

import pytest

from build import Centre
from console import auth
from console.config import Settings
from console.domain import ids
from console.gate.runtime import House, Runtime
from console.gate.visitors import VisitorBook
from console.readmodel.model import ReadModel


@pytest.fixture
def house(sqlite_store, tmp_path):
    """A process with a store; sessions need no read model."""
    settings = Settings(home=tmp_path, store=sqlite_store.url)
    made = House()
    made.move_in(Runtime(settings, sqlite_store, None))
    return made


@pytest.fixture
def whole_house(house, model_folder):
    """A process with a read model too."""
    held = house.runtime
    folder = model_folder(held.store, held.settings.home / "readmodel")
    model = ReadModel.open(held.store, folder, held.settings)
    house.move_in(replace(held, model=model))
    yield house
    model.close()


@pytest.fixture
def book(house):
    return VisitorBook(house)


@pytest.fixture
def signed(house):
    """Somebody who has just signed in."""
    runtime = house.runtime
    ana = Centre(runtime.store).ana
    return auth.start_session(runtime.store, runtime.settings, ana.agent_id, ids.now())


@pytest.fixture
def within():
    """Run a test's coroutine on a loop of its own."""
    return asyncio.run
