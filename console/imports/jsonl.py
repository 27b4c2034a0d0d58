"""Conversations from JSON Lines, plain or Zstandard.

A record says nothing about whether a conversation was dealt with (`meta.resolution` is the
resolution of the clock), so imported conversations are pending, and a known one keeps its state.
Nothing is sent. A repeat adds only messages whose position in the record is new.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Final

from console.domain.errors import RuleError
from console.domain.ids import Instant, now
from console.i18n import Text
from console.imports.batch import Batch, Rehearsed
from console.imports.lines import Line, read_lines
from console.imports.record import Record, RefusedError, parse_record
from console.imports.report import Report
from console.store import people
from console.store.work import Connection, Store

Progress = Callable[[int, int], None]  # bytes of the file read, bytes of the file

BATCH_MESSAGES: Final = 5_000  # of one transaction
NO_SUCH_INSTANCE: Final = Text(
    "Não há instância {key}. Crie-a com `central instance add` ou confira o nome.",
    "There is no instance {key}. Make it with `central instance add`, or check its name.",
    "No hay instancia {key}. Créala con `central instance add` o revisa el nombre.",
)


def import_jsonl(
    store: Store,
    path: Path,
    instance_key: str,
    zone: tzinfo,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Bring in a file; `zone` is that of times without an offset. Raises RuleError, OSError."""
    with store.read() as connection:
        instance = people.instance_by_key(connection, instance_key)
    if instance is None:
        raise RuleError(NO_SUCH_INSTANCE.with_(key=instance_key))
    work = _Import(store, instance.id, now(), Report(dry_run))
    size = path.stat().st_size
    for line in read_lines(path):
        work.take(line, zone)
        if progress and work.has_just_written:
            progress(line.read, size)
    work.flush()
    return work.report


@dataclass(slots=True)
class _Import:
    """A running import: records wait until there are enough for one transaction."""

    store: Store
    instance_id: int
    at: Instant
    report: Report
    waiting: dict[tuple[str, str], Record] = field(default_factory=dict)
    waiting_n: int = 0
    has_just_written: bool = False
    rehearsed: Rehearsed = field(default_factory=Rehearsed)

    def take(self, line: Line, zone: tzinfo) -> None:
        """Take or refuse one line."""
        self.report.read += 1
        self.has_just_written = False
        if line.problem:
            self.report.refuse(line.number, line.problem)
            return
        try:
            record = parse_record(line.number, line.content, zone)
        except RefusedError as error:
            self.report.refuse(line.number, error.reason)
            return
        self._add(record)

    def _add(self, record: Record) -> None:
        """A conversation that comes twice is known the second time."""
        if (record.source, record.key) in self.waiting:
            self.flush()
        self.waiting[record.source, record.key] = record
        self.waiting_n += len(record.messages)
        if self.waiting_n >= BATCH_MESSAGES:
            self.flush()

    def flush(self) -> None:
        """Write what waits in one transaction, or only count it in a dry run."""
        by_source: dict[str, list[Record]] = {}
        for record in self.waiting.values():
            by_source.setdefault(record.source, []).append(record)
        for source, records in by_source.items():
            self._count(self._written(source, records))
        self.waiting, self.waiting_n, self.has_just_written = {}, 0, True

    def _written(self, source: str, records: Sequence[Record]) -> Batch:
        def unit(connection: Connection) -> Batch:
            batch = Batch(self.instance_id, self.at, source, records)
            batch.decide(connection, self.rehearsed, lock=not self.report.is_dry_run)
            if not self.report.is_dry_run:
                batch.write(connection)
            return batch

        if not self.report.is_dry_run:
            return self.store.write(unit)
        with self.store.read() as connection:
            batch = unit(connection)
        self.rehearsed.remember(batch)
        return batch

    def _count(self, batch: Batch) -> None:
        report = self.report
        made = len(batch.changes.messages)
        report.new += len(batch.new_keys)
        report.known += len(batch.records) - len(batch.new_keys)
        report.messages_new += made
        report.messages_known += sum(len(r.messages) for r in batch.records) - made
        report.contacts_new += len(batch.new_contacts)
        report.agents_new += len(batch.new_agents)
