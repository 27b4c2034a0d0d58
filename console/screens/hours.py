"""Business hours and targets as people write and read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Final

from console.actions.hours import check_blocks
from console.domain.errors import RuleError
from console.domain.hours import Block
from console.domain.sla import CENTRE, Owner, OwnerKind, SlaPolicy, Timetable
from console.i18n import Text
from console.readmodel.values import read_duration, write_duration
from console.screens.directory import Directory

WEEKDAYS: Final = (
    Text("Segunda-feira", "Monday", "Lunes"),
    Text("Terça-feira", "Tuesday", "Martes"),
    Text("Quarta-feira", "Wednesday", "Miércoles"),
    Text("Quinta-feira", "Thursday", "Jueves"),
    Text("Sexta-feira", "Friday", "Viernes"),
    Text("Sábado", "Saturday", "Sábado"),
    Text("Domingo", "Sunday", "Domingo"),
)
_SHORT: Final = (
    Text("seg", "Mon", "lun"),
    Text("ter", "Tue", "mar"),
    Text("qua", "Wed", "mié"),
    Text("qui", "Thu", "jue"),
    Text("sex", "Fri", "vie"),
    Text("sáb", "Sat", "sáb"),
    Text("dom", "Sun", "dom"),
)
WHOLE_CENTRE: Final = Text("Toda a Central", "All of Central", "Toda la Central")
_OWNED: Final = {
    OwnerKind.INSTANCE: Text("Instância {name}", "Instance {name}", "Instancia {name}"),
    OwnerKind.TEAM: Text("Equipe {name}", "Team {name}", "Equipo {name}"),
}
FIRST_RESPONSE: Final = Text("Primeira resposta", "First response", "Primera respuesta")
NEXT_REPLY: Final = Text("Próximas respostas", "Next replies", "Siguientes respuestas")
RESOLUTION: Final = Text("Resolução", "Resolution", "Resolución")
BUSINESS_CLOCK: Final = Text("Horário de atendimento", "Business hours", "Horario de atención")
WALL_CLOCK: Final = Text("Relógio, dia e noite", "The clock, day and night", "Reloj, día y noche")
_BAD_BLOCKS: Final = Text(
    "{day}: não entendemos “{typed}”. Escreva como 09:00-12:00, 13:00-18:00.",
    "{day}: we did not understand “{typed}”. Write it like 09:00-12:00, 13:00-18:00.",
    "{day}: no entendimos “{typed}”. Escríbelo como 09:00-12:00, 13:00-18:00.",
)
_HOLIDAYS_OF: Final = Text("feriados {key}", "holidays {key}", "feriados {key}")
_WRONG_DAY: Final = Text("{day}: {problem}", "{day}: {problem}", "{day}: {problem}")
_BAD_DATE: Final = Text(
    "Não entendemos o dia “{typed}”. Escreva como 24/12/2026.",
    "We did not understand the day “{typed}”. Write it like 2026-12-24.",
    "No entendimos el día “{typed}”. Escríbelo como 24/12/2026.",
)
_TIME: Final = r"(\d{1,2})(?:[:h](\d{2})?)?"
_BLOCK: Final = re.compile(rf"{_TIME}\s*(?:-|–|—|a|à|às|as|to)\s*{_TIME}", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[,;]|\s+e\s+|\s+and\s+|\s+y\s+", re.IGNORECASE)
_DAYS: Final = re.compile(r"[\s,;]+")
_TARGETS: Final = (FIRST_RESPONSE, NEXT_REPLY, RESOLUTION)


def owners(known: Directory) -> list[tuple[Owner, Text]]:
    """Who may have hours and targets of their own, with their names; the centre first."""
    found = [(CENTRE, WHOLE_CENTRE)]
    for kind, records in ((OwnerKind.INSTANCE, known.instances), (OwnerKind.TEAM, known.teams)):
        found += [(Owner(kind, one.id), _OWNED[kind].with_(name=one.name)) for one in records]
    return found


def read_week(typed: Sequence[str]) -> tuple[tuple[Block, ...], ...]:
    """The blocks of seven lines, Monday first; raises RuleError naming the day."""
    return tuple(_day(text, name) for text, name in zip(typed, WEEKDAYS, strict=True))


def write_blocks(blocks: Iterable[Block]) -> str:
    """The line that `read_week` reads: `09:00-12:00, 13:00-18:00`."""
    return ", ".join(f"{_clock(block.start)}-{_clock(block.end)}" for block in blocks)


def read_days(text: str) -> tuple[date, ...]:
    """The days of a list, in order and each once; raises RuleError naming the first bad one."""
    return tuple(sorted({_date(piece) for piece in _DAYS.split(text.strip()) if piece}))


def write_days(days: Iterable[date], language: str) -> str:
    """One day a line, as the language writes it."""
    form = "%Y-%m-%d" if language == "en" else "%d/%m/%Y"
    return "\n".join(day.strftime(form) for day in days)


def read_policy(typed: Sequence[str], language: str, *, is_business: bool) -> SlaPolicy:
    """The targets of three durations, blank for none; raises RuleError naming the target."""
    first, following, resolution = (
        _target(text.replace(" ", ""), name.in_(language))
        for text, name in zip(typed, _TARGETS, strict=True)
    )
    return SlaPolicy(first, following, resolution, is_business=is_business)


def write_targets(policy: SlaPolicy | None) -> tuple[str, ...]:
    """The three durations that `read_policy` reads."""
    if policy is None:
        return ("", "", "")
    targets = (policy.first_response_s, policy.next_reply_s, policy.resolution_s)
    return tuple("" if s is None else write_duration(s) for s in targets)


def told_hours(timetable: Timetable, language: str) -> str:
    """The hours in one line: days with the same blocks together, closed ones left out."""
    parts = []
    for blocks, group in groupby(enumerate(timetable.week), key=lambda pair: pair[1]):
        days = [day for day, _ in group]
        if blocks:
            parts.append(f"{_span(days, language)} {write_blocks(blocks).replace('-', '–')}")
    if timetable.holidays:
        parts.append(_HOLIDAYS_OF.with_(key=timetable.holidays).in_(language))
    return " · ".join([*parts, timetable.zone])


def told_policy(policy: SlaPolicy, language: str) -> str:
    """The targets in one line, and by which clock."""
    told = zip(_TARGETS, write_targets(policy), strict=True)
    parts = [f"{name.in_(language)} {value}" for name, value in told if value]
    clock = BUSINESS_CLOCK if policy.is_business else WALL_CLOCK
    return " · ".join([*parts, clock.in_(language)])


def _target(text: str, name: str) -> int | None:
    return read_duration(name, text, 0) if text else None


def _span(days: Sequence[int], language: str) -> str:
    ends = dict.fromkeys((days[0], days[-1]))
    return "–".join(_SHORT[day].in_(language) for day in ends)


def _day(text: str, name: Text) -> tuple[Block, ...]:
    pieces = [piece.strip() for piece in _BETWEEN.split(text) if piece.strip()]
    blocks = tuple(sorted(_block(piece, name) for piece in pieces))
    try:
        check_blocks(blocks)
    except RuleError as error:
        raise RuleError(_WRONG_DAY.with_(day=name, problem=error.text)) from None
    return blocks


def _block(piece: str, name: Text) -> Block:
    found = _BLOCK.fullmatch(piece)
    minutes = [int(part or 0) for part in found.groups()] if found else []
    if not minutes or max(minutes[1], minutes[3]) >= 60:  # noqa: PLR2004 - minutes of an hour
        raise RuleError(_BAD_BLOCKS.with_(day=name, typed=piece))
    return Block(minutes[0] * 60 + minutes[1], minutes[2] * 60 + minutes[3])


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _date(piece: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(piece, form).date()  # noqa: DTZ007 - a day of the calendar
        except ValueError:
            continue
    raise RuleError(_BAD_DATE.with_(typed=piece))
