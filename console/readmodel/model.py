"""The read model of one process: a private file, opened, kept up to date, and replaced whole."""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import duckdb

from console.readmodel import duck
from console.readmodel.load import load, remove
from console.readmodel.names import Directory, read_directory
from console.readmodel.watch import Watchdog
from console.store.work import Store

_ZONE: Final = ZoneInfo("America/Sao_Paulo")
_SUFFIX: Final = ".duckdb"

Listener = Callable[[frozenset[int]], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a read model runs: the account's zone, and what DuckDB may take."""

    zone: ZoneInfo = _ZONE
    memory: str = "2GB"
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Serving:
    """The file that answers now; queries that began on an older one finish there."""

    connection: duckdb.DuckDBPyConnection
    path: Path
    lock: int
    epoch: str
    directory: Directory
