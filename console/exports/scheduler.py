"""Exports that come round: begun when they are due, made like any other, and handed over.

What stands in the store says where each run is, so that any process carries it on: beginning one is
a command that only the first succeeds with, its file is a job of `runner`, and handing it over is
leased. A try that fails is made again later; what its owner may not do any more is paused.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from console import actions
from console.actions.base import NOT_ALLOWED, SIGNED_OUT, Command
from console.actions.run import today
from console.config import Settings
from console.domain.agent import Acting, Role, system
from console.domain.errors import RuleError
from console.domain.export import OPEN, ExportJob, JobStatus
from console.domain.ids import Instant, new_id
from console.domain.schedule import Schedule, Target
from console.exports import delivery, plans
from console.exports.letters import AgainError
from console.exports.runner import BROKEN, path_of
from console.i18n import Text
from console.store import exports, schedules
from console.store.work import Store

CANCELLED: Final = Text(
    "A execução foi cancelada.", "The run was cancelled.", "La ejecución fue cancelada."
)
FILE_GONE: Final = Text(
    "O arquivo não chegou a ser entregue e não está mais guardado.",
    "The file was not handed over and is not kept any more.",
    "El archivo no llegó a entregarse y ya no está guardado.",
)
_LOST_RIGHTS: Final = (NOT_ALLOWED, SIGNED_OUT)
_log: Final = logging.getLogger(__name__)


class Scheduler:
    """Begins what is due and hands over what is made; `folder` is that of the runner."""

    def __init__(
        self, store: Store, settings: Settings, folder: Path, clock: Callable[[], Instant]
    ) -> None:
        self._store = store
        self._settings = settings
        self._folder = folder
        self._clock = clock

    def step(self) -> bool:
        """Move what waits for something by one step; whether anything moved."""
        now = self._clock()
        with self._store.read() as connection:
            found = schedules.moving(connection, now)
        moved = [self._move(schedule, now) for schedule in found]
        return any(moved)

    def _move(self, schedule: Schedule, now: Instant) -> bool:
        if schedule.job_id is not None:
            return self._carry_on(schedule, schedule.job_id, now)
        due_at = schedule.due(now)
        if due_at is None:
            return False
        self._begin(schedule, due_at)
        return True

    def _begin(self, schedule: Schedule, due_at: Instant) -> None:
        owner = Acting(schedule.owner_id, "", Role.AGENT)  # `run` reads what the person is today
        try:
            wanted = plans.filter_at(schedule.plan, due_at)
        except RuleError as refusal:  # it was right once: fields have changed with an upgrade
            self._hold(schedule, refusal.text)
            return
        wish = actions.BeginSchedule(schedule.id, due_at, wanted)
        key = f"schedule:{schedule.id}:{due_at}:{schedule.tries_n}"
        try:
            actions.run(self._store, wish, actor=owner, at=self._clock(), key=key)
        except RuleError as refusal:
            if refusal.text in _LOST_RIGHTS:
                self._hold(schedule, refusal.text)
            else:  # another process was faster
                _log.info("Schedule %s did not begin: %s", schedule.id, refusal)

    def _carry_on(self, schedule: Schedule, job_id: int, now: Instant) -> bool:
        with self._store.read() as connection:
            job = exports.find_job(connection, job_id)
        if job is not None and job.status in OPEN:
            return False
        if job is None or job.status is not JobStatus.DONE:
            self._end(schedule, job_id, job)
            return True
        if not path_of(self._folder, job).exists():  # another process may have it
            return False if job.is_kept(now) else self._give_up(schedule, job_id, FILE_GONE)
        if not self._store.write(lambda connection: schedules.lease(connection, schedule, now)):
            return False
        self._hand_over(schedule, job)
        return True

    def _end(self, schedule: Schedule, job_id: int, job: ExportJob | None) -> None:
        """A file was not made: try again after a mishap, and say what a rule forbids."""
        problem = (job.problem if job else None) or CANCELLED
        if problem in _LOST_RIGHTS:
            self._hold(schedule, problem)
        else:
            self._trouble(schedule, job_id, problem, is_final=problem != BROKEN)

    def _hand_over(self, schedule: Schedule, job: ExportJob) -> None:
        try:
            place = self._delivered(schedule, job)
        except AgainError as error:
            self._trouble(schedule, job.id, error.text, keeps_file=True)
        except RuleError as refusal:
            if refusal.text in _LOST_RIGHTS:
                self._hold(schedule, refusal.text)
            else:
                self._trouble(schedule, job.id, refusal.text, is_final=True)
        except Exception:  # noqa: BLE001 - whatever it was, other exports go on
            _log.exception("Schedule %s could not hand over its file", schedule.id)
            self._trouble(schedule, job.id, BROKEN, keeps_file=True)
        else:
            self._run(actions.NoteDelivery(schedule.id, job.id, place))

    def _delivered(self, schedule: Schedule, job: ExportJob) -> str:
        with self._store.read() as connection:
            owner = today(connection, Acting(schedule.owner_id, "", Role.AGENT))
        run = delivery.Run(schedule, job, owner, path_of(self._folder, job))
        if schedule.plan.target is Target.FOLDER:
            return delivery.to_folder(run, self._settings)
        return delivery.to_people(run, self._store, self._settings, self._clock)

    def _give_up(self, schedule: Schedule, job_id: int, problem: Text) -> bool:
        self._trouble(schedule, job_id, problem, is_final=True)
        return True

    def _hold(self, schedule: Schedule, why: Text) -> None:
        self._run(actions.HoldSchedule(schedule.id, why))

    def _trouble(
        self,
        schedule: Schedule,
        job_id: int,
        problem: Text,
        *,
        is_final: bool = False,
        keeps_file: bool = False,
    ) -> None:
        self._run(actions.NoteTrouble(schedule.id, job_id, problem, is_final, keeps_file))

    def _run(self, command: Command) -> None:
        """Write down what became of a run; another process may have done so already."""
        at, key = self._clock(), f"{command.kind}:{new_id()}"
        try:
            actions.run(self._store, command, actor=system(), at=at, key=key)
        except RuleError as refusal:
            _log.info("A run is over already: %s", refusal)
