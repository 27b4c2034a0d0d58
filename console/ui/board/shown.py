"""The board in plain values, as its component in the browser takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from console.config import Settings
from console.i18n import LOCALES
from console.readmodel.expression import PARAMETER
from console.screens.board import OLDEST, OPEN, WAITING, Board, Figure, Group, Hour, Line, Tone
from console.ui import wall
from console.ui.context import Signed
from console.ui.format import brief, clock, day_of_year, duration, number
from console.ui.words import board as words

NO_WAIT: Final = "–"
_EXACT_BELOW: Final = 10  # a mean of more has no decimal


def shown(
    board: Board, signed: Signed, settings: Settings, *, every_s: int, is_wall: bool
) -> Mapping[str, Any]:
    """Words, figures and links; the browser draws them and changes none."""
    language, zone = signed.who.language, settings.zone
    at = clock(board.at, language, zone)
    return {
        "words": {key: text.in_(language) for key, text in words.SHOWN.items()},
        "language": LOCALES[signed.who.language].replace("_", "-"),
        "is_wall": is_wall,
        "is_dark": is_wall and signed.person.theme != "light",
        "every_s": every_s,
        "sign_in": f"/sign-in?next={quote(wall.ADDRESS, safe='/')}",
        "ended": words.ENDED.with_(n=settings.session_idle_minutes).in_(language),
        "at": words.AT.with_(at=at).in_(language),
        "lost": words.LOST.with_(at=at).in_(language),
        "stale": _stale(board, language),
        "problem": board.problem.in_(language) if board.problem else "",
        "has_waiting": board.waiting_n > 0,
        "cards": [_figure(card, language) for card in board.cards],
        "bands": [_band(band, board.waiting_n, language) for band in board.bands],
        "hours": [_hour(hour, signed, settings) for hour in board.hours],
        "groups": [_group(group, language) for group in board.groups if group.lines],
    }


def _stale(board: Board, language: str) -> str:
    if board.stale_s is None:
        return ""
    return words.STALE.with_(wait=duration(board.stale_s, language)).in_(language)


def _figure(figure: Figure, language: str) -> dict[str, Any]:
    return {
        "label": figure.label.in_(language),
        "text": _value(figure, language),
        "filter": figure.filter,
        "href": f"/supervision?{urlencode({PARAMETER: figure.filter})}" if figure.filter else "",
        "tone": figure.tone,
    }


def _value(figure: Figure, language: str) -> str:
    if figure.value is None:
        return NO_WAIT
    return brief(figure.value) if figure.is_wait else number(figure.value, language)


def _band(band: Figure, waiting_n: int, language: str) -> dict[str, Any]:
    share = (band.value or 0) / waiting_n if waiting_n else 0
    return {**_figure(band, language), "share": round(share, 4)}


def _hour(hour: Hour, signed: Signed, settings: Settings) -> dict[str, Any]:
    language, zone = signed.who.language, settings.zone
    most = max(hour.n, *(one.n or 0 for one in hour.before), 1)
    bars = [
        {
            "label": day_of_year(one.ends, language, zone),
            "text": NO_WAIT if one.n is None else number(one.n, language),
            "share": round((one.n or 0) / most, 4),
        }
        for one in reversed(hour.before)
    ]
    now = {"label": words.NOW.in_(language), "text": number(hour.n, language), "is_now": True}
    return {
        "label": hour.label.in_(language),
        "text": number(hour.n, language),
        "mean": _mean(hour, language),
        "bars": [*bars, {**now, "share": round(hour.n / most, 4)}],
    }


def _mean(hour: Hour, language: str) -> str:
    if hour.mean is None:
        return words.NO_MEAN.in_(language)
    mean = round(hour.mean, 1) if hour.mean < _EXACT_BELOW else round(hour.mean)
    return words.MEAN.with_(n=number(mean, language)).in_(language)


def _group(group: Group, language: str) -> dict[str, Any]:
    return {
        "key": group.key,
        "title": group.title.in_(language),
        "columns": [text.in_(language) for text in (OPEN, WAITING, OLDEST)],
        "lines": [_line(line, language) for line in group.lines],
    }


def _line(line: Line, language: str) -> dict[str, Any]:
    return {
        "name": line.label.in_(language),
        "is_online": line.is_online,
        "is_nobody": line.is_nobody,
        "cells": [_quiet(_figure(figure, language), figure) for figure in line.figures],
    }


def _quiet(cell: dict[str, Any], figure: Figure) -> dict[str, Any]:
    """In a table only a wait has a colour, and nothing is no link."""
    if figure.value is None or (figure.value == 0 and not figure.is_wait):
        return {**cell, "href": "", "tone": Tone.PLAIN}
    return cell
