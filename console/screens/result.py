"""The rows of a typed statement as columns of plain values that a page can show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa
import pyarrow.types as of

_SAFE_WHOLE: Final = 2**53  # beyond it a browser rounds
_SECOND_NS: Final = 1_000_000_000


class Shape(StrEnum):
    """How a column is shown."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    INSTANT = "instant"  # by the wall clock of the account
    DAY = "day"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """One column: a name that no other has, and its values; None is empty."""

    name: str
    shape: Shape
    values: list[Any]


def columns(table: pa.Table) -> list[ResultColumn]:
    """The columns in their order."""
    made: list[ResultColumn] = []
    taken: set[str] = set()
    for name, column in zip(table.column_names, table.columns, strict=True):
        own = _own_name(name, taken)
        taken.add(own)
        shape, values = _shaped(column.type, column.to_pylist())
        made.append(ResultColumn(own, shape, values))
    return made


def _own_name(name: str, taken: set[str]) -> str:
    wanted, n = name or "?", 2
    own = wanted
    while own in taken:
        own, n = f"{wanted} ({n})", n + 1
    return own


def _shaped(type_: pa.DataType, values: list[Any]) -> tuple[Shape, list[Any]]:
    if of.is_boolean(type_):
        return Shape.YES_NO, values
    if of.is_integer(type_) or (of.is_decimal(type_) and type_.scale == 0):
        return _whole(values)
    if of.is_floating(type_) or of.is_decimal(type_):
        return Shape.NUMBER, [None if v is None or v != v else float(v) for v in values]  # noqa: PLR0124 - not a number is no value
    if of.is_timestamp(type_):
        return Shape.INSTANT, [v.replace(tzinfo=None) if v else None for v in values]
    if of.is_date(type_):
        return Shape.DAY, values
    return Shape.TEXT, [None if v is None else _text(v) for v in values]


def _whole(values: list[Any]) -> tuple[Shape, list[Any]]:
    """Numbers, or texts when one of them is an id that a browser would round."""
    if any(v is not None and abs(v) > _SAFE_WHOLE for v in values):
        return Shape.TEXT, [None if v is None else str(v) for v in values]
    return Shape.WHOLE, [None if v is None else int(v) for v in values]


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case bytes():
            return value.hex()
        case pa.MonthDayNano():
            return _interval(value)
        case list() if all(isinstance(one, str) for one in value):
            return ", ".join(value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=_inside)
    return str(value)


def _inside(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else _plain(value)


def _plain(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _interval(value: pa.MonthDayNano) -> str:
    """Months, days and a clock, such as `1 m 3 d 04:05:06`: alike in every language."""
    months, days, nano = value
    sign, rest = ("-" if nano < 0 else ""), abs(nano) // _SECOND_NS
    clock = f"{sign}{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}"
    parts = [f"{months} m" if months else "", f"{days} d" if days else "", clock]
    return " ".join(part for part in parts if part)
