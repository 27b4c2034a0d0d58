"""The business clock over many rows at once: what `domain.hours` says, by search in arrays.

The openings of several years lie behind one another; where an instant stands among them is one
search, and the open time between two instants is the difference of two places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from console.domain.hours import BusinessHours, due, openings, year_of
from console.domain.ids import SECOND
from console.domain.sla import Rules, SlaPolicy, effective

Instants = np.ndarray[Any, np.dtype[np.int64]]
NONE: Final = -1  # an instant that has not happened, an id that is not there


class Layout(NamedTuple):
    """The openings of several years behind one another."""

    starts: Instants
    ends: Instants
    before: Instants

    def until(self, at: Instants) -> Instants:
        """The open time before each instant."""
        place = np.searchsorted(self.starts, at, side="right") - 1
        inside = np.minimum(at, self.ends[place]) - self.starts[place]
        return np.where(place < 0, 0, self.before[place] + inside)

    def reaching(self, since: Instants, duration: int) -> Instants:
        """For each instant the first one with so much open time in between."""
        wanted = self.until(since) + duration
        found = np.searchsorted(self.before, wanted, side="left") - 1
        reached: Instants = self.starts[found] + wanted - self.before[found]
        return reached


@lru_cache(maxsize=256)
def layout(hours: BusinessHours, first: int, last: int) -> Layout:
    """The openings of the UTC years from `first` to `last`."""
    years = [openings(hours, year) for year in range(first, last + 1)]
    starts = np.array([at for year in years for at in year.starts], np.int64)
    ends = np.array([at for year in years for at in year.ends], np.int64)
    before = np.concatenate(([0], np.cumsum(ends - starts)))[: len(starts)]
    return Layout(starts, ends, before)


def reached(
    policy: SlaPolicy, hours: BusinessHours | None, since: Instants, duration: int
) -> Instants | None:
    """When a target of so many microseconds ends that began at each instant; None without hours."""
    if not policy.is_business:
        return since + duration
    furthest = due(hours, int(since.max()), duration)
    if hours is None or furthest is None:
        return None
    return layout(hours, year_of(int(since.min())), year_of(furthest)).reaching(since, duration)


# `to_numpy`, `pa.array` and `pa.scalar` import pandas, a third of a small load: the buffers say it.
def filled(column: pa.ChunkedArray) -> Instants:
    """A column with `NONE` for null; to be read only."""
    none = nullable(np.array([NONE]), np.array([True]))[0]
    found = np.from_dlpack(column.fill_null(none).combine_chunks())
    values: Instants = np.asarray(found, np.int64)
    return values


def nullable(values: Instants, known: np.ndarray[Any, np.dtype[np.bool_]]) -> pa.Array:
    """A column with null where nothing is known."""
    bits = np.packbits(known, bitorder="little")
    return pa.Array.from_buffers(pa.int64(), len(values), [pa.py_buffer(b) for b in (bits, values)])


def grouped(keys: Sequence[Instants]) -> Iterator[Instants]:
    """Positions of the rows that have all keys in common, group by group."""
    order = np.lexsort(keys)
    lined = np.stack([key[order] for key in keys])
    edges = np.flatnonzero((lined[:, 1:] != lined[:, :-1]).any(axis=0)) + 1
    yield from (group for group in np.split(order, edges) if len(group))


class Span(NamedTuple):
    """A column of open microseconds between two others; null without hours or without an end."""

    name: str
    start: str
    end: str


class Due(NamedTuple):
    """A column of instants at which a target ends; null without target, start or hours."""

    name: str
    start: str
    target: str


def with_clock(
    rules: Rules, rows: pa.Table, spans: Sequence[Span], dues: Sequence[Due]
) -> pa.Table:
    """The rows, which have `instance_id` and `team_id`, with the columns of the business clock."""
    instance, team = filled(rows.column("instance_id")), filled(rows.column("team_id"))
    names = [span.name for span in spans] + [one.name for one in dues]
    columns = {name: np.full(rows.num_rows, NONE, np.int64) for name in names}
    read = {n for span in spans for n in (span.start, span.end)} | {one.start for one in dues}
    instants = {name: filled(rows.column(name)) for name in read}
    for group in grouped([team, instance]) if rules.hours or rules.policies else ():
        at = group[0]
        owner = int(instance[at]), None if team[at] == NONE else int(team[at])
        hours, policy = effective(rules.hours, *owner), effective(rules.policies, *owner)
        for span in spans:
            _span(columns[span.name], instants[span.start], instants[span.end], group, hours)
        for one in dues:
            _due(columns[one.name], instants[one.start], group, hours, policy, one.target)
    for name, values in columns.items():
        rows = rows.append_column(name, nullable(values, values != NONE))
    return rows


def _span(
    into: Instants, start: Instants, end: Instants, group: Instants, hours: BusinessHours | None
) -> None:
    if hours is None or not hours.is_ever_open:
        return
    known = group[(start[group] != NONE) & (end[group] != NONE)]
    if not len(known):
        return
    first = year_of(int(min(start[known].min(), end[known].min())))
    last = year_of(int(max(start[known].max(), end[known].max())))
    open_until = layout(hours, first, last).until
    into[known] = open_until(end[known]) - open_until(start[known])


def _due(
    into: Instants,
    start: Instants,
    group: Instants,
    hours: BusinessHours | None,
    policy: SlaPolicy | None,
    target: str,
) -> None:
    target_s: int | None = getattr(policy, target, None)
    known = group[start[group] != NONE]
    if policy is None or target_s is None or not len(known):
        return
    instants = reached(policy, hours, start[known], target_s * SECOND)
    if instants is not None:
        into[known] = instants
