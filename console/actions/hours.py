"""Business hours of the centre, an instance or a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.actions.base import Recorded
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.hours import DAYS_OF_WEEK, MINUTES_OF_DAY, Block
from console.domain.ids import Instant
from console.domain.sla import Owner, Timetable
from console.i18n import Text
from console.store.holidays import KEYS
from console.store.sla import owner_exists, save_timetable
from console.store.work import Connection

MOST_CLOSED_DAYS: Final = 1_000
NO_OWNER = Text(
    "Essa instância ou equipe não existe mais. Recarregue a página.",
    "That instance or team does not exist any more. Reload the page.",
    "Esa instancia o equipo ya no existe. Recarga la página.",
)
NO_BLOCKS = Text(
    "Escreva o horário de pelo menos um dia da semana.",
    "Write the hours of one weekday at least.",
    "Escribe el horario de al menos un día de la semana.",
)
BAD_BLOCK = Text(
    "Cada período vai de um horário a outro mais tarde, até 24:00.",
    "Each period goes from a time to a later one, 24:00 at the latest.",
    "Cada período va de una hora a otra posterior, hasta las 24:00.",
)
BLOCKS_MEET = Text(
    "Dois períodos do mesmo dia se sobrepõem. Junte-os em um só.",
    "Two periods of one day overlap. Join them.",
    "Dos períodos del mismo día se superponen. Únelos en uno.",
)
BAD_ZONE = Text(
    "Esse fuso horário não existe. Exemplo: America/Sao_Paulo",
    "There is no such time zone. Example: America/Sao_Paulo",
    "Ese huso horario no existe. Ejemplo: America/Sao_Paulo",
)
BAD_HOLIDAYS = Text(
    "Escolha os feriados da lista.", "Choose the holidays from the list.", "Elige los feriados."
)
TOO_MANY_DAYS = Text(
    "Cabem até 1.000 dias fechados. Tire os que já passaram.",
    "1,000 closed days at most. Take away those that have passed.",
    "Hasta 1000 días cerrados. Quita los que ya pasaron.",
)
NOTHING_OF_ITS_OWN = Text(
    "Não havia nada próprio aqui: já vale o padrão.",
    "There was nothing of its own here: the default holds already.",
    "No había nada propio aquí: ya vale lo general.",
)


@dataclass(frozen=True, slots=True)
class SaveHours:
    """Keep the business hours of an owner; None lets the wider ones hold again."""

    kind: ClassVar = "save_hours"
    title: ClassVar = Text("Salvar horários", "Save business hours", "Guardar horarios")
    right: ClassVar = Right.SETTINGS

    owner: Owner
    timetable: Timetable | None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for hours that nobody can keep."""
        del actor, at
        if not owner_exists(connection, self.owner):
            raise RuleError(NO_OWNER)
        if self.timetable is not None:
            _check(self.timetable)
        had_any = save_timetable(connection, self.owner, self.timetable)
        if self.timetable is None and not had_any:
            raise RuleError(NOTHING_OF_ITS_OWN)
        return Recorded(EventKind.HOURS_SAVED, "business_hours", self.owner.id)


def _check(timetable: Timetable) -> None:
    if len(timetable.week) != DAYS_OF_WEEK or not any(timetable.week):
        raise RuleError(NO_BLOCKS)
    for day in timetable.week:
        check_blocks(day)
    if not _is_zone(timetable.zone):
        raise RuleError(BAD_ZONE)
    if timetable.holidays is not None and timetable.holidays not in KEYS:
        raise RuleError(BAD_HOLIDAYS)
    if len(timetable.closed_on) > MOST_CLOSED_DAYS:
        raise RuleError(TOO_MANY_DAYS)


def check_blocks(day: Sequence[Block]) -> None:
    """Raises RuleError for blocks of one day that end before they begin, or overlap."""
    if any(not 0 <= block.start < block.end <= MINUTES_OF_DAY for block in day):
        raise RuleError(BAD_BLOCK)
    if any(one.end > other.start for one, other in pairwise(day)):
        raise RuleError(BLOCKS_MEET)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
