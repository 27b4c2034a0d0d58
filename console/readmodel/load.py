"""Full loads: a child process builds a new file, which the caller then opens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from console.domain.errors import StoreError
from console.readmodel.fullload import Order
from console.store.feed import feed_end
from console.store.work import Store, epoch

_ERROR_LENGTH: Final = 2_000


def load(store: Store, path: Path, *, memory: str, threads: int) -> None:
    """Build a read model of the whole store in the new file `path`.

    The feed cursor is taken before the child reads: what is written in between is read twice,
    which is harmless, and nothing is missed.
    """
    with store.read() as connection:
        state = {"epoch": epoch(connection), "cursor": feed_end(connection)}
    order = Order(store.url, str(path), memory, threads, state)
    done = subprocess.run(
        [sys.executable, "-m", "console.readmodel.fullload"],
        input=order.to_json(),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        remove(path)
        raise StoreError("The read model could not be loaded: " + done.stderr[-_ERROR_LENGTH:])


def remove(path: Path) -> None:
    """Delete a read model's files; open ones stay readable until they are closed."""
    for file in (path, path.with_name(path.name + ".wal")):
        file.unlink(missing_ok=True)
