"""Bulk runs as commands: plan, start, pause, resume, cancel, take back.

A plan freezes ids and versions. Starting it only says so: `advance` carries it out, chunk by
chunk, whoever looks on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import ClassVar, Final

from console.actions.base import (
    NOT_ALLOWED,
    CheckedCommand,
    ContactCommand,
    ConversationCommand,
    Recorded,
)
from console.domain.agent import Acting, Right
from console.domain.bulk import STATUS_NAMES, UNDO, BulkRun, RunStatus
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import DAY, Instant, new_id
from console.domain.text import clean
from console.i18n import Text
from console.store import bulk
from console.store.bulk import Planned
from console.store.centre import centre_settings
from console.store.work import Connection

BulkCommand = ConversationCommand | ContactCommand

NO_SUCH_RUN: Final = Text(
    "Não encontramos essa execução entre as que você pode ver.",
    "There is no such run among those you may see.",
    "No hay tal ejecución entre las que puedes ver.",
)
NOTHING_TO_DO: Final = Text(
    "Nenhuma conversa mudaria: não há o que executar.",
    "No conversation would change: there is nothing to run.",
    "Ninguna conversación cambiaría: no hay qué ejecutar.",
)
WRONG_STATUS: Final = Text(
    "Esta execução já está em outra situação: {status}. Recarregue a página.",
    "This run is already in another state: {status}. Reload the page.",
    "Esta ejecución ya está en otro estado: {status}. Recarga la página.",
)
TYPE_THE_NUMBER: Final = Text(
    "Para confirmar, escreva o número de conversas: {n}.",
    "To confirm, write the number of conversations: {n}.",
    "Para confirmar, escribe el número de conversaciones: {n}.",
)
NOT_THE_AUTHOR: Final = Text(
    "Só quem planejou esta execução pode iniciá-la.",
    "Only the person who planned this run may start it.",
    "Solo quien planificó esta ejecución puede iniciarla.",
)
NOT_YOURSELF: Final = Text(
    "Outra pessoa da supervisão precisa aprovar esta execução.",
    "Another supervisor has to approve this run.",
    "Otra persona de supervisión tiene que aprobar esta ejecución.",
)
UNDONE_ALREADY: Final = Text(
    "Esta execução já foi desfeita. O resultado está no histórico.",
    "This run was taken back already. The ledger has the result.",
    "Esta ejecución ya se deshizo. El resultado está en el historial.",
)
NOT_TWICE: Final = Text(
    "Desfazer não se desfaz. Planeje uma nova execução.",
    "Taking back cannot be taken back. Plan a new run.",
    "Deshacer no se deshace. Planifica una nueva ejecución.",
)
NO_HALF_UNDO: Final = Text(
    "Desfazer não se cancela pela metade. Deixe terminar, ou pause e retome depois.",
    "Taking back is not cancelled half way. Let it end, or hold it and resume it later.",
    "Deshacer no se cancela a medias. Déjalo terminar, o ponlo en pausa y retómalo después.",
)


@dataclass(frozen=True, slots=True)
class PlanBulk:
    """Freeze what a command would do to these rows; plans of the author nobody started go."""

    kind: ClassVar = "plan_bulk"
    title: ClassVar = Text("Planejar em massa", "Plan in bulk", "Planificar en masa")
    right: ClassVar = Right.BULK

    command: BulkCommand
    filter: str
    rows: tuple[Planned, ...] = field(repr=False)
    reasons: tuple[Text, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict, repr=False)

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused when the person may not do to one conversation what is wished for many."""
        if not actor.may(self.command.right):
            raise RuleError(NOT_ALLOWED)
        if isinstance(self.command, CheckedCommand):
            self.command.check(connection, actor)
        bulk.drop_plans(connection, at - DAY, actor.agent_id or None)
        run = BulkRun(
            id=new_id(),
            kind=self.command.kind,
            arguments=json.dumps(asdict(self.command)),  # type: ignore[call-overload]
            filter=clean(self.filter).text,
            author_id=actor.agent_id or None,
            total_n=len(self.rows),
            refused_n=sum(row.reason_n is not None for row in self.rows),
            planned_at=at,
            counts=self.counts,
            reasons=self.reasons,
        )
        bulk.add_run(connection, run, self.rows)
        return Recorded(EventKind.BULK_PLANNED, "bulk_run", run.id)


@dataclass(frozen=True, slots=True)
class StartBulk:
    """Let a planned run begin; a large one asks for its number, a very large one for somebody."""

    kind: ClassVar = "start_bulk"
    title: ClassVar = Text("Executar em massa", "Run in bulk", "Ejecutar en masa")
    right: ClassVar = Right.BULK

    run_id: int
    typed_n: int | None = None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused without the number, and for the author of a run that waits for a second."""
        run = _found(connection, self.run_id, actor, RunStatus.PLANNED, RunStatus.ASKED)
        if run.status is RunStatus.ASKED:
            return _approve(connection, run, actor, at)
        if run.author_id != (actor.agent_id or None):
            raise RuleError(NOT_THE_AUTHOR)
        if not run.waiting_n:
            raise RuleError(NOTHING_TO_DO)
        limits = centre_settings(connection)
        if run.waiting_n > limits.bulk_confirm_above and self.typed_n != run.waiting_n:
            raise RuleError(TYPE_THE_NUMBER.with_(n=run.waiting_n))
        second = limits.bulk_second_above
        if second is not None and run.waiting_n > second:
            bulk.change_run(connection, run.id, status=RunStatus.ASKED)
            return Recorded(EventKind.BULK_PLANNED, "bulk_run", run.id)
        return _begin(connection, run, at)


@dataclass(frozen=True, slots=True)
class PauseBulk:
    """Hold a running run after the chunk at work."""

    kind: ClassVar = "pause_bulk"
    title: ClassVar = Text("Pausar execução", "Pause run", "Pausar ejecución")
    right: ClassVar = Right.BULK

    run_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused when it is not running."""
        del at
        run = _found(connection, self.run_id, actor, RunStatus.RUNNING)
        bulk.change_run(connection, run.id, status=RunStatus.PAUSED)
        return Recorded(EventKind.BULK_PAUSED, "bulk_run", run.id)


@dataclass(frozen=True, slots=True)
class ResumeBulk:
    """Carry a paused run on; an undo, in the name of whoever resumes it."""

    kind: ClassVar = "resume_bulk"
    title: ClassVar = Text("Retomar execução", "Resume run", "Reanudar ejecución")
    right: ClassVar = Right.BULK

    run_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused when it is not paused."""
        run = _found(connection, self.run_id, actor, RunStatus.PAUSED)
        if run.is_undo:  # there is no second one, should its author have left
            run = replace(run, author_id=actor.agent_id or None)
        return _begin(connection, run, at)


@dataclass(frozen=True, slots=True)
class CancelBulk:
    """End a run that has not ended: what is done stays done, the rest is not touched."""

    kind: ClassVar = "cancel_bulk"
    title: ClassVar = Text("Cancelar execução", "Cancel run", "Cancelar ejecución")
    right: ClassVar = Right.BULK

    run_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused when it has ended, and for a run that takes another one back."""
        run = _found(
            connection,
            self.run_id,
            actor,
            RunStatus.PLANNED,
            RunStatus.ASKED,
            RunStatus.RUNNING,
            RunStatus.PAUSED,
        )
        if run.is_undo:
            raise RuleError(NO_HALF_UNDO)
        bulk.change_run(connection, run.id, status=RunStatus.CANCELLED, ended_at=at)
        return Recorded(EventKind.BULK_CANCELLED, "bulk_run", run.id)


@dataclass(frozen=True, slots=True)
class UndoBulk:
    """Take back what a run did, where nobody has touched it since."""

    kind: ClassVar = "undo_bulk"
    title: ClassVar = Text("Desfazer em massa", "Undo in bulk", "Deshacer en masa")
    right: ClassVar = Right.BULK

    run_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused while the run goes on, the second time, and for an undo."""
        run = _found(
            connection, self.run_id, actor, RunStatus.DONE, RunStatus.PAUSED, RunStatus.CANCELLED
        )
        if run.is_undo:
            raise RuleError(NOT_TWICE)
        if bulk.undo_of(connection, run.id):
            raise RuleError(UNDONE_ALREADY)
        if not run.done_n:
            raise RuleError(NOTHING_TO_DO)
        if run.status is RunStatus.PAUSED:
            bulk.change_run(connection, run.id, status=RunStatus.CANCELLED, ended_at=at)
        undo = BulkRun(
            id=new_id(),
            kind=UNDO,
            filter=run.filter,
            author_id=actor.agent_id or None,
            status=RunStatus.RUNNING,
            total_n=run.done_n,
            undo_of_id=run.id,
            planned_at=at,
            started_at=at,
        )
        bulk.add_undo(connection, undo)
        return Recorded(EventKind.BULK_STARTED, "bulk_run", undo.id)


def _approve(connection: Connection, run: BulkRun, actor: Acting, at: Instant) -> Recorded:
    """A second person who sees everything lets the run begin."""
    if actor.scope.kind != "all" or run.author_id == (actor.agent_id or None):
        raise RuleError(NOT_YOURSELF)
    return _begin(connection, replace(run, approved_by_id=actor.agent_id or None), at)


def _begin(connection: Connection, run: BulkRun, at: Instant) -> Recorded:
    bulk.change_run(
        connection,
        run.id,
        status=RunStatus.RUNNING,
        started_at=run.started_at or at,
        author_id=run.author_id,
        approved_by_id=run.approved_by_id,
        problem=None,
    )
    return Recorded(EventKind.BULK_STARTED, "bulk_run", run.id)


def _found(connection: Connection, run_id: int, actor: Acting, *wanted: RunStatus) -> BulkRun:
    run = bulk.visible_run(connection, run_id, actor, lock=True)
    if run is None:
        raise RuleError(NO_SUCH_RUN)
    if run.status not in wanted:
        raise RuleError(WRONG_STATUS.with_(status=STATUS_NAMES[run.status]))
    return run
