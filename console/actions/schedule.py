"""Exports that come round as commands: plan, pause, resume, remove, run at once, and each run.

What a plan says about grains, filters, folders and addresses is checked by
`console.exports.plans`, whose registries stand above this layer, and again whenever it runs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final
from zoneinfo import available_timezones

from console.actions.base import NOT_ALLOWED, Recorded
from console.actions.contacts import checked_name
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.export import ExportJob, rights_of
from console.domain.ids import Instant, new_id
from console.domain.schedule import Plan, Schedule, ScheduleStatus, Target, retry_after
from console.domain.text import clean
from console.i18n import Text
from console.store import exports, schedules
from console.store.work import Connection

MOST: Final = 20  # of one person
_ENTITY: Final = "export_schedule"

NO_SUCH_SCHEDULE: Final = Text(
    "Não encontramos essa exportação agendada entre as que você pode mudar.",
    "There is no such scheduled export among those you may change.",
    "No hay tal exportación programada entre las que puedes cambiar.",
)
TOO_MANY: Final = Text(
    "Você já tem {n} exportações agendadas. Remova uma antes.",
    "You have {n} scheduled exports already. Remove one first.",
    "Ya tienes {n} exportaciones programadas. Quita una antes.",
).with_(n=MOST)
NO_SUCH_TIME: Final = Text(
    "Escolha um horário, e ao menos um dia da semana.",
    "Choose a time, and at least one day of the week.",
    "Elige una hora, y al menos un día de la semana.",
)
NAME_TAKEN: Final = Text(
    "Outra exportação agendada já grava nessa pasta com esse nome. Mude o nome ou a pasta.",
    "Another scheduled export writes to that folder under that name. Change the name or folder.",
    "Otra exportación programada ya graba en esa carpeta con ese nombre. Cambia uno de los dos.",
)
NAME_UNFIT: Final = Text(
    "O nome precisa de ao menos uma letra ou um número: ele vira nome de arquivo.",
    "The name needs a letter or a digit: files are named after it.",
    "El nombre necesita al menos una letra o un número: da nombre al archivo.",
)
NOT_DUE: Final = Text(
    "Esta execução já começou ou não está na hora.",
    "This run has begun already, or is not due.",
    "Esta ejecución ya empezó o no es la hora.",
)
GOING_ON: Final = Text(
    "Esta exportação já está em andamento. Espere terminar.",
    "This export is going on already. Wait until it is over.",
    "Esta exportación ya está en curso. Espera a que termine.",
)
PAUSED_BY_PERSON: Final = Text("Pausada por {name}.", "Paused by {name}.", "Pausada por {name}.")


@dataclass(frozen=True, slots=True)
class SaveSchedule:
    """Plan an export that comes round, or change one of one's own (`schedule_id`)."""

    kind: ClassVar = "save_schedule"
    title: ClassVar = Text("Agendar exportação", "Schedule export", "Programar exportación")
    right: ClassVar = Right.EXPORT

    plan: Plan
    schedule_id: int | None = None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for somebody else's, for times that never come, and for a name in use."""
        plan = _checked(self.plan)
        if self.schedule_id is None:
            before, schedule_id = None, new_id()
            if len(schedules.listed(connection, actor.agent_id)) >= MOST:
                raise RuleError(TOO_MANY)
        else:
            before = _own(connection, actor, self.schedule_id)
            schedule_id = before.id
        _check_name(connection, plan, schedule_id)
        next_at = plan.recurrence.after(at, plan.clock_zone)
        if before is None:
            made = Schedule(schedule_id, actor.agent_id, plan, next_at=next_at, created_at=at)
            schedules.add(connection, made)
        else:
            moved = {
                "next_at": next_at if before.is_active else None,
                "version": before.version + 1,
            }
            schedules.change(connection, schedule_id, **schedules.planned(plan), **moved)
        return Recorded(EventKind.SCHEDULE_SAVED, _ENTITY, schedule_id)


@dataclass(frozen=True, slots=True)
class PauseSchedule:
    """Let it come round no more until it is resumed."""

    kind: ClassVar = "pause_schedule"
    title: ClassVar = Text("Pausar agendamento", "Pause schedule", "Pausar programación")
    right: ClassVar = Right.EXPORT

    schedule_id: int

    def record(self, connection: Connection, actor: Acting, _at: Instant) -> Recorded:
        """One's own, or anybody's for who administers; a run that has begun goes on."""
        found = _found(connection, actor, self.schedule_id)
        why = PAUSED_BY_PERSON.with_(name=actor.name)
        schedules.change(
            connection, found.id, status=ScheduleStatus.PAUSED, paused_for=why, next_at=None
        )
        return Recorded(EventKind.SCHEDULE_PAUSED, _ENTITY, found.id)


@dataclass(frozen=True, slots=True)
class ResumeSchedule:
    """Let it come round again, from now on."""

    kind: ClassVar = "resume_schedule"
    title: ClassVar = Text("Retomar agendamento", "Resume schedule", "Reanudar programación")
    right: ClassVar = Right.EXPORT

    schedule_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for somebody else's: it runs with its owner's rights."""
        found = _own(connection, actor, self.schedule_id)
        next_at = found.plan.recurrence.after(at, found.plan.clock_zone)
        changed: dict[str, Any] = {"paused_for": None, "next_at": next_at}
        schedules.change(connection, found.id, status=ScheduleStatus.ACTIVE, **changed)
        return Recorded(EventKind.SCHEDULE_RESUMED, _ENTITY, found.id)


@dataclass(frozen=True, slots=True)
class RemoveSchedule:
    """Take it away; what it has written stays where it is."""

    kind: ClassVar = "remove_schedule"
    title: ClassVar = Text("Remover agendamento", "Remove schedule", "Quitar programación")
    right: ClassVar = Right.EXPORT

    schedule_id: int

    def record(self, connection: Connection, actor: Acting, _at: Instant) -> Recorded:
        """One's own, or anybody's for who administers."""
        found = _found(connection, actor, self.schedule_id)
        over: dict[str, Any] = {"next_at": None, "job_id": None, "due_at": None}
        schedules.change(connection, found.id, status=ScheduleStatus.REMOVED, **over)
        return Recorded(EventKind.SCHEDULE_REMOVED, _ENTITY, found.id)


@dataclass(frozen=True, slots=True)
class RunSchedule:
    """Run it once at once, beside its times; also while it is paused."""

    kind: ClassVar = "run_schedule"
    title: ClassVar = Text("Executar agora", "Run now", "Ejecutar ahora")
    right: ClassVar = Right.EXPORT

    schedule_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for somebody else's, and while a run is going on."""
        found = _own(connection, actor, self.schedule_id)
        if found.is_going_on:
            raise RuleError(GOING_ON)
        schedules.change(connection, found.id, due_at=at, tries_n=0, retry_at=None, reached=())
        return Recorded(EventKind.SCHEDULE_RUN, _ENTITY, found.id)


@dataclass(frozen=True, slots=True)
class BeginSchedule:
    """Begin the run that was due at `due_at`: ask for its file, as its owner."""

    kind: ClassVar = "begin_schedule"
    title: ClassVar = Text("Iniciar agendada", "Begin scheduled", "Iniciar programada")
    right: ClassVar = Right.EXPORT

    schedule_id: int
    due_at: Instant
    filter: str

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused when another process was faster, and for somebody else's."""
        found = _own(connection, actor, self.schedule_id)
        if found.due(at) != self.due_at:
            raise RuleError(NOT_DUE)
        job = _job(found, self.filter, actor, at)
        exports.add_job(connection, job)
        is_first = not found.is_going_on
        begun: dict[str, Any] = {"job_id": job.id, "due_at": self.due_at, "retry_at": None}
        if is_first:
            begun |= {"tries_n": 0, "reached": ()}
        if found.is_active:
            begun["next_at"] = found.plan.recurrence.after(at, found.plan.clock_zone)
        schedules.change(connection, found.id, lease_until_at=None, **begun)
        return Recorded(EventKind.SCHEDULE_STARTED, _ENTITY, found.id)


@dataclass(frozen=True, slots=True)
class HoldSchedule:
    """Pause what its owner may not do any more; `why` is shown beside it."""

    kind: ClassVar = "hold_schedule"
    title: ClassVar = Text("Suspender agendamento", "Hold schedule", "Suspender programación")
    right: ClassVar = Right.SETTINGS

    schedule_id: int
    why: Text

    def record(self, connection: Connection, actor: Acting, _at: Instant) -> Recorded:
        """Refused for what was removed."""
        found = _found(connection, actor, self.schedule_id)
        paused: dict[str, Any] = {"status": ScheduleStatus.PAUSED, "paused_for": self.why}
        schedules.change(connection, found.id, **paused, next_at=None, job_id=None, due_at=None)
        return Recorded(EventKind.SCHEDULE_PAUSED, _ENTITY, found.id)


@dataclass(frozen=True, slots=True)
class NoteDelivery:
    """A run is over: its file has arrived at `place`."""

    kind: ClassVar = "note_delivery"
    title: ClassVar = Text("Anotar entrega", "Note delivery", "Anotar entrega")
    right: ClassVar = Right.SETTINGS

    schedule_id: int
    job_id: int
    place: str

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for a run that is over already."""
        found = _running(connection, actor, self.schedule_id, self.job_id)
        job = exports.find_job(connection, self.job_id)
        told = {"last_rows_n": job.rows_n, "last_bytes_n": job.bytes_n} if job else {}
        schedules.change(connection, found.id, **_OVER, last_at=at, last_place=self.place, **told)
        return Recorded(EventKind.SCHEDULE_DELIVERED, _ENTITY, found.id)


@dataclass(frozen=True, slots=True)
class NoteTrouble:
    """A try has failed: it is made again later, until the tries are used up or it is `is_final`.

    Without a `job_id` that is kept, the file is made anew.
    """

    kind: ClassVar = "note_trouble"
    title: ClassVar = Text("Anotar falha", "Note trouble", "Anotar falla")
    right: ClassVar = Right.SETTINGS

    schedule_id: int
    job_id: int
    problem: Text
    is_final: bool = False
    keeps_file: bool = False

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for a run that is over already."""
        found = _running(connection, actor, self.schedule_id, self.job_id)
        tries_n = found.tries_n + 1
        pause = None if self.is_final else retry_after(tries_n)
        if pause is None:
            changed = {**_OVER, "last_at": at}
        else:
            job_id = self.job_id if self.keeps_file else None
            changed = {"job_id": job_id, "tries_n": tries_n, "retry_at": at + pause}
        told: dict[str, Any] = {**changed, "lease_until_at": None, "last_problem": self.problem}
        schedules.change(connection, found.id, **told)
        return Recorded(EventKind.SCHEDULE_FAILED, _ENTITY, found.id)


_OVER: Final[dict[str, Any]] = {
    "job_id": None,
    "due_at": None,
    "retry_at": None,
    "lease_until_at": None,
    "tries_n": 0,
    "reached": (),
    "last_problem": None,
}


def _checked(plan: Plan) -> Plan:
    if plan.zone not in available_timezones() or not plan.recurrence.is_sound:
        raise RuleError(NO_SUCH_TIME)
    name = checked_name(plan.name)
    if not plan.slug:
        raise RuleError(NAME_UNFIT)
    reason = clean(plan.reason).text.strip()
    return replace(plan, name=name, filter=clean(plan.filter).text, reason=reason)


def _check_name(connection: Connection, plan: Plan, schedule_id: int) -> None:
    """Two schedules must not write one file."""
    for other in schedules.listed(connection):
        theirs = other.plan
        both = {plan.target, theirs.target} == {Target.FOLDER} and theirs.folder == plan.folder
        if both and other.id != schedule_id and theirs.slug == plan.slug:
            raise RuleError(NAME_TAKEN)


def _job(schedule: Schedule, filter_text: str, actor: Acting, at: Instant) -> ExportJob:
    return ExportJob(
        id=new_id(),
        grain=schedule.plan.grain,
        format=schedule.plan.format,
        filter=filter_text,
        author_id=actor.agent_id,
        made_for=rights_of(actor),
        asked_at=at,
        name=schedule.plan.name,
        reason=schedule.plan.reason,
        columns=schedule.plan.columns,
        schedule_id=schedule.id,
    )


def _found(connection: Connection, actor: Acting, schedule_id: int) -> Schedule:
    """One's own schedule, or anybody's for who administers."""
    found = schedules.find(connection, schedule_id, lock=True)
    is_seen = found and (found.owner_id == actor.agent_id or actor.may(Right.SETTINGS))
    if found is None or not is_seen:
        raise RuleError(NO_SUCH_SCHEDULE)
    return found


def _own(connection: Connection, actor: Acting, schedule_id: int) -> Schedule:
    found = _found(connection, actor, schedule_id)
    if found.owner_id != actor.agent_id:
        raise RuleError(NOT_ALLOWED)
    return found


def _running(connection: Connection, actor: Acting, schedule_id: int, job_id: int) -> Schedule:
    found = _found(connection, actor, schedule_id)
    if found.job_id != job_id:
        raise RuleError(NOT_DUE)
    return found
