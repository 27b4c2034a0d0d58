"""The files of read models: one per process, taken over from a dead one, or loaded anew.

Beside `<name>.duckdb` lies `<name>.lock`, locked as long as its process lives. A file whose lock
is free belongs to nobody: it is adopted when it fits the store, and removed when it does not.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from console.config import Settings
from console.domain.errors import StoreError
from console.readmodel import duck
from console.readmodel.apply import Writer
from console.readmodel.load import load, remove
from console.readmodel.names import Directory, read_directory
from console.store.work import Store

_SUFFIX: Final = ".duckdb"


@dataclass(frozen=True, slots=True)
class Serving:
    """An open read model file of this process."""

    connection: duckdb.DuckDBPyConnection
    writer: Writer
    path: Path
    lock: int
    directory: Directory


def adopt(store: Store, folder: Path, settings: Settings) -> Serving | None:
    """Open a file that a dead process left, if it belongs to this store; remove the others."""
    epoch = store.epoch()
    for lock_path in sorted(folder.glob("*.lock")):
        lock = _take_lock(lock_path)
        if lock is None:
            continue
        path = lock_path.with_suffix(_SUFFIX)
        serving = _open(path, lock, settings) if path.exists() else None
        if serving and _fits(serving, epoch):
            return serving
        _throw_away(serving, path, lock)
    return None


def build(store: Store, folder: Path, settings: Settings) -> Serving:
    """Load the whole store into a new file and open it; raises StoreError."""
    path = folder / (secrets.token_hex(8) + _SUFFIX)
    lock = _take_lock(path.with_suffix(".lock"))
    try:
        load(store, path, memory=settings.read_model_memory, threads=settings.read_model_threads)
        return _opened(path, lock, settings)
    except BaseException:
        _delete(path, lock)
        raise


def release(serving: Serving) -> None:
    """Close the file and leave it for the next process."""
    _close(serving)
    os.close(serving.lock)


def discard(serving: Serving) -> None:
    """Delete the file; queries that are running on it finish undisturbed.

    The connection is not closed here: closing it would close the cursors of running queries. It
    ends with the last of them.
    """
    _delete(serving.path, serving.lock)


def _take_lock(path: Path) -> int | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def _open(path: Path, lock: int, settings: Settings) -> Serving | None:
    try:
        connection = duck.open_locked(
            path,
            memory=settings.read_model_memory,
            threads=settings.read_model_threads,
            zone=settings.zone.key,
        )
        return Serving(connection, Writer(connection), path, lock, read_directory(connection))
    except duckdb.Error:
        return None


def _opened(path: Path, lock: int | None, settings: Settings) -> Serving:
    serving = _open(path, lock, settings) if lock else None
    if serving is None:
        raise StoreError("The new read model could not be opened.")
    return serving


def _fits(serving: Serving, epoch: str) -> bool:
    state = serving.writer.state
    return state.get("epoch") == epoch and state.get("layout") == duck.LAYOUT


def _close(serving: Serving) -> None:
    serving.writer.close()
    serving.connection.close()


def _throw_away(serving: Serving | None, path: Path, lock: int) -> None:
    if serving:
        _close(serving)
    _delete(path, lock)


def _delete(path: Path, lock: int | None) -> None:
    remove(path)
    path.with_suffix(".lock").unlink(missing_ok=True)
    if lock:
        os.close(lock)
