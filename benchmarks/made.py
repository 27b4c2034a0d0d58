"""Making the store to measure: generated traffic of a year, the same rows every time."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from console.cli.base import progress, progress_done
from console.demo.generate import Plan, generate
from console.domain.ids import now
from console.store.schema import migrate
from console.store.work import open_store

DAYS: Final = 365


def make(file: Path, conversations: int) -> None:
    """Write a store of `conversations` to `file`; what is broken off leaves no file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    store = open_store(f"sqlite:///{unfinished.resolve()}")
    migrate(store)
    generate(store, Plan(conversations, DAYS, until=now()), _say)
    store.close()
    unfinished.rename(file)
    progress_done()


def bring_up(file: Path) -> None:
    """Give a store that was made by an earlier version today's tables."""
    store = open_store(f"sqlite:///{file.resolve()}")
    migrate(store)
    store.close()


def _say(done: int, wanted: int) -> None:
    progress(f"{done:,} of {wanted:,} conversations …")
