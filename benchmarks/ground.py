"""What every bench stands on: a large store, its read model, and the peers on the same rows."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks import parquet, sql
from benchmarks.copies import copy_of, filled_postgresql
from benchmarks.frames import Frames
from console.actions import run
from console.actions.base import Command
from console.config import Settings
from console.domain.agent import Acting, Role, system
from console.domain.ids import now
from console.readmodel import ask
from console.readmodel.expression import parse
from console.readmodel.model import ReadModel
from console.store.work import Store, open_store

POSTGRES = "CENTRAL_BENCH_POSTGRES"


@dataclass(frozen=True, slots=True)
class Peer:
    """A store with good indexes that answers the same questions in SQL."""

    name: str
    store: Store


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the bench of webhooks brings: how many, how many a second, beside how many people."""

    webhooks: int = 10_000
    rate: float = 200.0
    browsers: int = 5


class Ground:
    """One store file with everything that is made from it once and kept beside it."""

    def __init__(self, store: Store, folder: Path, settings: Settings) -> None:
        self.store = store
        self.folder = folder
        self.settings = settings
        self.now = now()
        self.traffic = Traffic()

    @cached_property
    def model(self) -> ReadModel:
        """The read model of the store."""
        return ReadModel.open(self.store, self.folder / "readmodel", self.settings)

    @cached_property
    def who(self) -> Acting:
        """A supervisor who is the agent with the most open conversations."""
        load = ask.open_by_assignee(self.model)
        busiest = max(self.model.directory.agents, key=lambda agent_id: load.get(agent_id, 0))
        return Acting(busiest, "bench", Role.SUPERVISOR)

    @cached_property
    def instance_id(self) -> int:
        """The instance with the most conversations."""
        counts = ask.counts(self.model, self.who, [], self.now).by_instance
        return max(counts, key=lambda instance_id: counts[instance_id])

    @property
    def instance_key(self) -> str:
        """The key of that instance, as a filter names it."""
        return self.model.directory.instances[self.instance_id].key

    @cached_property
    def total(self) -> int:
        """How many conversations there are."""
        return ask.count(self.model, parse(""), self.who, self.now)

    @cached_property
    def peers(self) -> tuple[Peer, ...]:
        """The same rows in SQL with indexes: SQLite, and PostgreSQL when it is named."""
        indexed = copy_of(self.store, self.folder / "indexed.db")
        sql.add_indexes(indexed)
        found = [Peer("SQL on SQLite with indexes", indexed)]
        if os.environ.get(POSTGRES):
            postgres = filled_postgresql(self.store, os.environ[POSTGRES])
            sql.add_indexes(postgres)
            found.append(Peer("SQL on PostgreSQL with indexes", postgres))
        return tuple(found)

    @cached_property
    def parquet(self) -> Path:
        """The store's tables as Parquet files."""
        folder = self.folder / "parquet"
        parquet.write_in_child(self.store.url, folder)
        return folder

    @cached_property
    def frames(self) -> Frames:
        """The store's tables as pandas frames."""
        return Frames(self.parquet)

    @contextmanager
    def home(self) -> Iterator[Path]:
        """A CENTRAL_HOME with copies of store and read model; thrown away afterwards."""
        _ = self.model
        self.leave_model()
        with scratch(self.folder) as folder:
            copy_of(self.store, folder / "central.db").close()
            shutil.copytree(self.folder / "readmodel", folder / "readmodel")
            yield folder

    @contextmanager
    def workshop(self) -> Iterator[tuple[Store, ReadModel]]:
        """A copy of store and read model that a bench may change."""
        with self.home() as folder:
            store = open_store(f"sqlite:///{folder / 'central.db'}")
            model = ReadModel.open(store, folder / "readmodel", self.settings)
            try:
                yield store, model
            finally:
                model.close()
                store.close()

    def close(self) -> None:
        """Give back the read model and the store."""
        self.leave_model()
        self.store.close()
        for peer in self.__dict__.pop("peers", ()):
            peer.store.close()

    def leave_model(self) -> None:
        """Close the read model; its file stays for whoever opens it next."""
        model: ReadModel | None = self.__dict__.pop("model", None)
        if model:
            model.close()


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder that is gone afterwards."""
    made = folder / f"scratch-{secrets.token_hex(4)}"
    made.mkdir(parents=True)
    try:
        yield made
    finally:
        shutil.rmtree(made)


def act(store: Store, command: Command, ids: list[int]) -> int:
    """Run a command as the system; how many ids it was done for."""
    outcome = run(store, command, ids, actor=system(), at=now(), key=secrets.token_hex(16))
    return len(outcome.done)


def opened(file: Path, settings: Settings) -> Ground:
    """The ground on an existing store file."""
    return Ground(open_store(f"sqlite:///{file}"), file.with_suffix(".bench"), settings)
