"""What a file is made of: columns with their kinds, and batches of rows that pass by once."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from console.domain.ids import DAY, SECOND
from console.readmodel.period import days, local_of, offsets

T = TypeVar("T")
_WORKERS: Final = 2
_AHEAD: Final = 6  # parts in the making: memory stays the same however long a file gets


class Kind(StrEnum):
    """What the values of a column are."""

    ID = "id"  # 63 bits: more than a spreadsheet's or a browser's numbers hold
    TEXT = "text"
    TEXTS = "texts"
    NUMBER = "number"
    SECONDS = "seconds"
    INSTANT = "instant"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a personal one is of a customer, and no analyst gets it."""

    name: str
    kind: Kind
    is_personal: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """What is written: `batches` hold `columns` in their order, instants in UTC.

    Files for people show instants in `zone`; `name` is that of a sheet or table.
    """

    name: str
    columns: tuple[Column, ...]
    batches: Iterable[pa.RecordBatch]
    zone: ZoneInfo
    separator: str = ","


def columns_of(schema: pa.Schema) -> tuple[Column, ...]:
    """The columns of any Arrow table, their kinds by type and name."""
    return tuple(Column(field.name, _kind(field)) for field in schema)


def _kind(field: pa.Field) -> Kind:
    of_type, types = field.type, pa.types
    if types.is_boolean(of_type):
        return Kind.FLAG
    if types.is_timestamp(of_type):
        return Kind.INSTANT
    if types.is_list(of_type):
        return Kind.TEXTS
    if types.is_integer(of_type) and (field.name == "id" or field.name.endswith("_id")):
        return Kind.ID
    if types.is_integer(of_type) or types.is_floating(of_type) or types.is_decimal(of_type):
        return Kind.SECONDS if field.name.endswith("_s") else Kind.NUMBER
    return Kind.TEXT


def in_utc(instants: pa.Array) -> pa.Array:
    """Instants with their zone; those without any are in UTC."""
    return instants.cast(_UTC)


def in_zone(instants: pa.Array, zone: ZoneInfo) -> pa.Array:
    """The same as whole seconds of the wall clock there."""
    there = in_utc(instants)
    ahead_s = _ahead_s(there.cast(pa.int64()), zone)
    if ahead_s is not None:  # four times as fast
        seconds = pc.divide(there.cast(pa.int64()), SECOND)
        return pc.add(seconds, ahead_s).cast(_WALL)
    return pc.local_timestamp(there.cast(pa.timestamp("us", zone.key))).cast(_WALL, safe=False)


def _ahead_s(instants: pa.Array, zone: ZoneInfo) -> int | None:
    """What the wall clock is ahead of UTC at all of these; None if it is not always the same."""
    ends = pc.min_max(instants).as_py()
    if ends["min"] is None or not _EARLIEST <= ends["min"] <= ends["max"] < _LATEST:
        return None
    first, last = (local_of(ends[end], zone).year for end in ("min", "max"))
    if last - first > _MOST_YEARS:
        return None
    changes = offsets(days(date(first, 1, 1), date(last, 12, 31), zone))
    begins = [at for at, _ in changes[1:]]
    places = {bisect_right(begins, ends[end]) for end in ("min", "max")}
    return changes[places.pop()][1] // SECOND if len(places) == 1 else None


def joined(texts: pa.Array) -> pa.Array:
    """Each list as one text."""
    return pc.binary_join(texts.cast(pa.list_(pa.string())), ", ")


def shaped(
    rows: Rows, shape: Callable[[Column, pa.Array], pa.Array]
) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function that gives each column of a batch the form that a file wants."""
    names = [column.name for column in rows.columns]

    def one(batch: pa.RecordBatch) -> pa.RecordBatch:
        pairs = zip(rows.columns, batch.columns, strict=True)
        return pa.RecordBatch.from_arrays([shape(c, values) for c, values in pairs], names)

    return one


def side_by_side(
    make: Callable[[pa.RecordBatch], T],
    batches: Iterable[pa.RecordBatch],
    put: Callable[[T], None],
) -> None:
    """Make a part of each batch on every core, and put the parts away in order.

    Reading, making and putting away go on at the same time, a few parts ahead of each other.
    """
    waiting: deque[Future[None]] = deque()

    def put_away(made: Future[T]) -> None:
        put(made.result())

    with ThreadPoolExecutor(_WORKERS) as makers, ThreadPoolExecutor(1) as pen:
        for batch in batches:
            waiting.append(pen.submit(put_away, makers.submit(make, batch)))
            if len(waiting) >= _AHEAD:
                waiting.popleft().result()
        for one in waiting:
            one.result()


_UTC: Final = pa.timestamp("us", "UTC")
_WALL: Final = pa.timestamp("s")
_EARLIEST: Final = 366 * DAY  # before there are halves of negative seconds
_LATEST: Final = 67 * 365 * DAY  # behind 2036 Arrow knows no changes of clocks
_MOST_YEARS: Final = 10
