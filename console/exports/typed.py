"""The rows of a typed statement as CSV: all of them, as they come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any, Final

from console.domain.agent import Acting
from console.exports.comma import lines
from console.readmodel import sql
from console.readmodel.model import ReadModel

LIMIT_S: Final = 120.0
_PART: Final = 5_000


def typed_csv(model: ReadModel, who: Acting, statement: str) -> Iterator[str]:
    """The file in parts; raises QueryError here when the statement is refused or fails at once.

    Instants are written by the clock of the account's zone, lists as JSON.
    """
    written = _lines(model, who, statement)
    first = list(islice(written, _PART))
    return (
        "".join(part) for part in chain([first], iter(lambda: list(islice(written, _PART)), []))
    )


def _lines(model: ReadModel, who: Acting, statement: str) -> Iterator[str]:
    with sql.opened(model, who, statement, limit_s=LIMIT_S, is_file=True) as batches:
        head = batches.schema.names
        yield from lines(head, (row for batch in batches for row in _rows(batch)))


def _rows(batch: Any) -> Iterator[list[object]]:
    columns = [column.to_pylist() for column in batch.columns]
    return ([_value(cell) for cell in row] for row in zip(*columns, strict=True))


def _value(cell: object) -> object:
    match cell:
        case datetime():
            return cell.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
        case Decimal():
            return format(cell.normalize(), "f")
        case list() | dict():
            return json.dumps(cell, ensure_ascii=False, default=str)
    return cell
