"""Exports as commands: ask for a file, give it up, and put down what was taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from console.actions.base import Recorded
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.export import OPEN, TABLE, ExportJob, JobStatus, rights_of, sees_as_much
from console.domain.ids import Instant, new_id
from console.domain.text import clean
from console.i18n import Text
from console.store import exports, people, schedules
from console.store.work import Connection

MOST_OPEN: Final = 3  # exports of one person at a time

NO_SUCH_EXPORT: Final = Text(
    "Não encontramos essa exportação entre as suas.",
    "There is no such export among yours.",
    "No hay tal exportación entre las tuyas.",
)
OVER: Final = Text(
    "Esta exportação já terminou.",
    "This export is over.",
    "Esta exportación ya terminó.",
)
GONE: Final = Text(
    "O arquivo não está mais guardado. Exporte de novo.",
    "The file is not kept any more. Export again.",
    "El archivo ya no está guardado. Exporta de nuevo.",
)
USED: Final = Text(
    "Este link já foi usado ou venceu. Recarregue a página para ter outro.",
    "This link was used or has expired. Reload the page to get another.",
    "Este enlace ya se usó o venció. Recarga la página para tener otro.",
)
TOO_MANY: Final = Text(
    "Você já tem {n} exportações em andamento. Espere uma terminar.",
    "You have {n} exports going on already. Wait until one is done.",
    "Ya tienes {n} exportaciones en curso. Espera a que una termine.",
)


@dataclass(frozen=True, slots=True)
class AskExport:
    """Ask for the rows of a filter as a file; it is made outside every page."""

    kind: ClassVar = "ask_export"
    title: ClassVar = Text("Exportar", "Export", "Exportar")
    right: ClassVar = Right.EXPORT

    grain: str
    format: str
    filter: str
    total_n: int = 0
    reason: str = ""
    columns: tuple[str, ...] = ()

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused while too many of the person's exports are going on."""
        if exports.open_n(connection, actor.agent_id or None) >= MOST_OPEN:
            raise RuleError(TOO_MANY.with_(n=MOST_OPEN))
        job = ExportJob(
            id=new_id(),
            grain=self.grain,
            format=self.format,
            filter=clean(self.filter).text,
            author_id=actor.agent_id or None,
            made_for=rights_of(actor),
            total_n=self.total_n,
            asked_at=at,
            reason=clean(self.reason).text.strip(),
            columns=self.columns,
        )
        exports.add_job(connection, job)
        return Recorded(EventKind.EXPORT_ASKED, "export_job", job.id)


@dataclass(frozen=True, slots=True)
class AskTable:
    """Take a table that a page shows: its file is made at once, and `FinishExport` ends it."""

    kind: ClassVar = "ask_table"
    title: ClassVar = Text("Exportar tabela", "Export table", "Exportar tabla")
    right: ClassVar = Right.EXPORT

    name: str
    format: str
    filter: str
    rows_n: int
    reason: str = ""

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Never refused to somebody who has the right."""
        job = ExportJob(
            id=new_id(),
            grain=TABLE,
            format=self.format,
            filter=clean(self.filter).text,
            author_id=actor.agent_id or None,
            made_for=rights_of(actor),
            status=JobStatus.RUNNING,
            total_n=self.rows_n,
            asked_at=at,
            seen_at=at,
            name=clean(self.name).text,
            reason=clean(self.reason).text.strip(),
        )
        exports.add_job(connection, job)
        return Recorded(EventKind.EXPORT_ASKED, "export_job", job.id)


@dataclass(frozen=True, slots=True)
class CancelExport:
    """Give up an export of one's own that is not over."""

    kind: ClassVar = "cancel_export"
    title: ClassVar = Text("Cancelar exportação", "Cancel export", "Cancelar exportación")
    right: ClassVar = Right.EXPORT

    job_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for an export of somebody else, and for one that is over."""
        job = _own(connection, actor, self.job_id)
        if job.status not in OPEN:
            raise RuleError(OVER)
        exports.change_job(connection, job.id, status=JobStatus.CANCELLED, ended_at=at)
        return Recorded(EventKind.EXPORT_CANCELLED, "export_job", job.id)


@dataclass(frozen=True, slots=True)
class FinishExport:
    """The file of an export that is running is whole."""

    kind: ClassVar = "finish_export"
    title: ClassVar = Text("Concluir exportação", "Finish export", "Concluir exportación")
    right: ClassVar = Right.EXPORT

    job_id: int
    rows_n: int
    bytes_n: int
    sha256: str

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused when it was given up meanwhile, and for what is somebody else's."""
        job = _own(connection, actor, self.job_id)
        if job.status is not JobStatus.RUNNING:
            raise RuleError(OVER)
        exports.change_job(
            connection,
            job.id,
            status=JobStatus.DONE,
            rows_n=self.rows_n,
            total_n=self.rows_n,
            bytes_n=self.bytes_n,
            sha256=self.sha256,
            ended_at=at,
        )
        return Recorded(EventKind.EXPORTED, "export_job", job.id)


@dataclass(frozen=True, slots=True)
class FetchExport:
    """Take a finished file by a link, which then is used up.

    Whoever gets letters of a scheduled export takes its file, too.
    """

    kind: ClassVar = "fetch_export"
    title: ClassVar = Text("Baixar exportação", "Fetch export", "Descargar exportación")
    right: ClassVar = Right.EXPORT

    job_id: int
    nonce: str

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for somebody else's, for whoever may see less by now, and a second time."""
        job = _fetchable(connection, actor, self.job_id)
        if not job.is_kept(at):
            raise RuleError(GONE)
        if not exports.use_link(connection, self.nonce, at):
            raise RuleError(USED)
        return Recorded(EventKind.EXPORT_FETCHED, "export_job", job.id)


@dataclass(frozen=True, slots=True)
class NoteExport:
    """Put down that a file was written outside the browser."""

    kind: ClassVar = "note_export"
    title: ClassVar = Text("Anotar exportação", "Note export", "Anotar exportación")
    right: ClassVar = Right.EXPORT

    grain: str
    format: str
    filter: str
    rows_n: int
    sha256: str
    columns: tuple[str, ...] = ()

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Never refused."""
        job = ExportJob(
            id=new_id(),
            grain=self.grain,
            format=self.format,
            filter=clean(self.filter).text,
            author_id=actor.agent_id or None,
            made_for=rights_of(actor),
            status=JobStatus.TAKEN,
            rows_n=self.rows_n,
            total_n=self.rows_n,
            sha256=self.sha256,
            asked_at=at,
            ended_at=at,
            columns=self.columns,
        )
        exports.add_job(connection, job)
        return Recorded(EventKind.EXPORTED, "export_job", job.id)


def _fetchable(connection: Connection, actor: Acting, job_id: int) -> ExportJob:
    """The export of this id when the actor may see everything in its file."""
    job = exports.find_job(connection, job_id)
    if job and job.author_id != actor.agent_id and _gets_letters(connection, actor, job):
        is_theirs = sees_as_much(actor, job.made_for)
    else:
        job = _own(connection, actor, job_id)
        is_theirs = job.made_for == rights_of(actor)
    if not is_theirs:
        raise RuleError(NO_SUCH_EXPORT)
    return job


def _gets_letters(connection: Connection, actor: Acting, job: ExportJob) -> bool:
    schedule = schedules.find(connection, job.schedule_id) if job.schedule_id else None
    person = people.agent(connection, actor.agent_id)
    return bool(schedule and person and person.email in schedule.plan.recipients)


def _own(connection: Connection, actor: Acting, job_id: int) -> ExportJob:
    """The actor's export of this id; somebody else's does not exist for them."""
    job = exports.find_job(connection, job_id)
    if job is None or job.author_id != (actor.agent_id or None):
        raise RuleError(NO_SUCH_EXPORT)
    return job
