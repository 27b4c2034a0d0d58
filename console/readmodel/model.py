"""The read model of one process: opened, kept up to date in the background, replaced whole."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import duckdb

from console.config import Settings
from console.readmodel import files
from console.readmodel.compare import Difference, differences
from console.readmodel.facts import stale_n
from console.readmodel.files import Serving
from console.readmodel.memory import Memory
from console.readmodel.names import Directory, read_directory
from console.readmodel.sync import FeedLostError, Step, apply_now, count_again, follow
from console.readmodel.watch import Watchdog
from console.store.work import Store

POLL_S: Final = 0.1  # an unchanged feed takes half a millisecond to read
COUNT_LIMIT_S: Final = 0.3
QUERY_LIMIT_S: Final = 2.0
_LONGEST_PAUSE_S: Final = 10.0
_COUNTED_SHARE: Final = 0.2  # of the time; facts are made for figures, and those ask when they must
_log: Final = logging.getLogger(__name__)

Listener = Callable[[frozenset[int]], None]


class ReadModel:
    """Answers filters, counts and searches; safe in several threads."""

    def __init__(self, store: Store, folder: Path, settings: Settings, serving: Serving) -> None:
        self.store = store
        self._folder = folder
        self._settings = settings
        self._zone = settings.zone
        self._serving = serving
        self.memory = Memory()
        self._writing = threading.Lock()
        self._rebuilding = threading.Lock()
        self._listeners: list[Listener] = []
        self._watchdog = Watchdog(QUERY_LIMIT_S)
        self._over = threading.Event()
        self._wanted = threading.Event()
        self._counted = ""  # the edition whose facts are up to date
        self._count_at_s = 0.0
        self._thread: threading.Thread | None = None
        self._synced_at = time.monotonic()
        self._state = 0

    @classmethod
    def open(cls, store: Store, folder: Path, settings: Settings | None = None) -> ReadModel:
        """Take over a file that a dead process left in `folder`, or load the store anew."""
        settings = settings or Settings()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds names and numbers
        serving = files.adopt(store, folder, settings) or files.build(store, folder, settings)
        model = cls(store, folder, settings, serving)
        model.sync()
        return model

    @property
    def zone(self) -> ZoneInfo:
        """The account's time zone, in which days begin."""
        return self._zone

    @property
    def directory(self) -> Directory:
        """Names of instances, teams, agents and labels."""
        return self._serving.directory

    @property
    def watermark(self) -> str:
        """Which moment of which store the answers are of; equal marks, equal answers."""
        state = self._serving.writer.state
        return f"{state['epoch']}@{state['cursor']}"

    @property
    def state(self) -> int:
        """Rises with every change: what was asked before the same number still holds."""
        return self._state

    @property
    def stale_s(self) -> float:
        """Seconds since the read model last agreed with the store."""
        return time.monotonic() - self._synced_at

    @property
    def edition(self) -> str:
        """Another one whenever any answer may be another: rows or facts were written."""
        serving = self._serving
        return f"{serving.path.stem}:{serving.writer.change_n}"

    @contextmanager
    def cursor(
        self,
        *,
        is_limited: bool = True,
        limit_s: float | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for one call.

        A limited one is stopped after two seconds, or after `limit_s`, or when `stop` is set
        (SlowQueryError).
        """
        serving = self._serving  # held, so that its file stays open to the end of the query
        with serving.connection.cursor() as cursor:
            if not is_limited:
                yield cursor
                return
            with self._watchdog.watch(cursor, limit_s, stop):
                yield cursor

    def sync(self) -> frozenset[int]:
        """Follow the feed to its end; the ids of conversations that changed."""
        changed: frozenset[int] = frozenset()
        while True:
            serving = self._serving
            try:
                step = self._follow()
            except FeedLostError:
                self._renew(serving.path)
                continue
            changed |= step.ids
            if not step.has_more:
                self._synced_at = time.monotonic()
                return changed

    def apply(self, ids: Iterable[int], contact_ids: Iterable[int] = ()) -> frozenset[int]:
        """Read your own writes: bring these conversations and contacts up to date at once.

        The write is done whatever happens here: a failing file is left to the background.
        """
        try:
            with self._writing:
                changed = apply_now(self.store, self._serving.writer, ids, contact_ids)
        except duckdb.Error:
            _log.exception("The read model could not be written; the background will renew it.")
            return frozenset()
        if changed:
            self._tell(changed)
        return changed

    def count(self, limit_s: float = COUNT_LIMIT_S) -> int:
        """Bring facts up to date for at most so long; how many conversations still wait."""
        over_at = time.monotonic() + limit_s
        with self._writing:
            while self._count_some() and time.monotonic() < over_at:
                pass
        with self.cursor() as cursor:
            return stale_n(cursor)

    def count_all(self) -> None:
        """Bring facts up to date part by part, letting others write in between."""
        has_more = True
        while has_more and not self._over.is_set():
            with self._writing:
                has_more = self._count_some()

    def rebuild(self) -> None:
        """Load everything again into a new file while the old one serves, then change over."""
        self._renew(self._serving.path)

    def check(self) -> list[Difference]:
        """Load everything anew beside this model and compare both at one moment of the store."""
        fresh = files.build(self.store, self._folder, self._settings)
        try:
            with self._writing:
                self._meet(fresh)
                for serving in (self._serving, fresh):
                    while count_again(self.store, serving.writer):
                        pass
                return differences(self._serving.connection, fresh.connection)
        finally:
            files.discard(fresh)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the ids of changed conversations; an empty set means "anything".

        The answer ends the listening. Listeners run in the thread that synchronizes, and must
        not ask this model to follow or to apply anything.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def start(self) -> None:
        """Follow the store in the background."""
        self._thread = threading.Thread(target=self._run, name="read-model-sync", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Follow at once: something was written."""
        self._wanted.set()

    def stop(self) -> None:
        """End the background work; questions are still answered."""
        self._over.set()
        self._wanted.set()
        if self._thread:
            self._thread.join()

    def close(self) -> None:
        """End everything and leave the file for the next process."""
        self.stop()
        self._watchdog.close()
        files.release(self._serving)

    def _follow(self) -> Step:
        with self._writing:
            return self._step()

    def _step(self) -> Step:
        step = follow(self.store, self._serving.writer)
        if step.names_changed:
            names = read_directory(self._serving.connection)
            self._serving = replace(self._serving, directory=names)
        if step.ids or step.names_changed:
            self._tell(frozenset() if step.names_changed else step.ids)
        return step

    def _count_some(self) -> bool:
        return count_again(self.store, self._serving.writer)

    def _renew(self, stale: Path) -> None:
        with self._rebuilding:
            if self._serving.path != stale:
                return  # another thread has done it meanwhile
            fresh = files.build(self.store, self._folder, self._settings)
            try:
                old = self._change_over(fresh)
            except BaseException:
                files.discard(fresh)
                raise
            files.discard(old)
        self._tell(frozenset())

    def _change_over(self, fresh: Serving) -> Serving:
        while follow(self.store, fresh.writer).has_more:
            pass
        with self._writing:
            follow(self.store, fresh.writer)
            names = read_directory(fresh.connection)
            old, self._serving = self._serving, replace(fresh, directory=names)
        return old

    def _meet(self, fresh: Serving) -> None:
        """Bring both to the same moment: nothing new for either behind the other's last step."""
        while True:
            follow(self.store, fresh.writer)
            if not self._step().has_more and follow(self.store, fresh.writer) == Step():
                return

    def _tell(self, ids: frozenset[int]) -> None:
        self._state += 1
        for listener in tuple(self._listeners):
            listener(ids)

    def _follow_or_renew(self) -> None:
        stale = self._serving.path
        try:
            self.sync()
            self._count_in_turn()
        except duckdb.Error:  # the file is harmed, or the disk is full: a new file may do
            _log.exception("The read model's file failed; loading everything again.")
            self._renew(stale)

    def _count_in_turn(self) -> None:
        """Count what has changed, but for most of the time follow: lists go before figures."""
        began_s = time.monotonic()
        if began_s < self._count_at_s or self._counted == self.edition:
            return
        with self._writing:
            has_more = self._count_some()
            self._counted = "" if has_more else self.edition
        if not has_more:
            self._count_at_s = began_s + (time.monotonic() - began_s) / _COUNTED_SHARE

    def _run(self) -> None:
        pause = POLL_S
        while not self._over.is_set():
            self._wanted.wait(pause)
            self._wanted.clear()
            if self._over.is_set():
                return
            try:
                self._follow_or_renew()
                pause = POLL_S
            except Exception:  # noqa: BLE001 - whatever it was, the console goes on serving
                pause = min(2 * pause, _LONGEST_PAUSE_S)
                _log.exception("The read model could not follow the store; trying again.")
