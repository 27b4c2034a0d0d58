"""Making the files people asked for: one after the other, outside every page.

A job is a row of the store, so that a closed tab or a new start of the server loses nothing: what
was in the making begins anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from console.actions import FinishExport, run
from console.actions.base import SIGNED_OUT
from console.actions.run import today
from console.config import Settings
from console.domain.agent import Acting, Role
from console.domain.errors import RuleError
from console.domain.export import ExportJob, JobStatus, rights_of
from console.domain.ids import SECOND, Instant
from console.exports import formats, limits
from console.exports.make import Wish, export, manifest_of
from console.i18n import Text
from console.readmodel.model import ReadModel
from console.store import exports
from console.store.work import Connection, Store

BROKEN: Final = Text(
    "Um erro inesperado parou a exportação. O registro do servidor diz mais; tente de novo.",
    "An unexpected error stopped the export. The server's log says more; try again.",
    "Un error inesperado detuvo la exportación. El registro dice más; inténtalo de nuevo.",
)
_TELL_EVERY: Final = SECOND
_log: Final = logging.getLogger(__name__)


class GivenUpError(Exception):
    """Somebody cancelled the export, or another process took it over."""


class StoppedError(Exception):
    """The process ends; the export begins anew in the next one."""


class Runner:
    """Makes files in `folder`; `is_over` says that the process ends.

    How much a person may take away, and from how much on they say what for, stands in `settings`.
    """

    def __init__(
        self,
        store: Store,
        model: ReadModel,
        folder: Path,
        clock: Callable[[], Instant],
        is_over: Callable[[], bool] = lambda: False,
        settings: Settings | None = None,
    ) -> None:
        self._store = store
        self._model = model
        self._folder = folder
        self._clock = clock
        self._is_over = is_over
        self._settings = settings or Settings()

    def step(self) -> bool:
        """Make the next file that is waited for; whether there was any."""
        with self._store.read() as connection:
            is_waited_for = exports.is_waited_for(connection)
        if not is_waited_for:
            return False
        job = self._store.write(lambda connection: exports.claim_job(connection, self._clock()))
        if job is None:
            return False
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._make(job)
        except GivenUpError:
            pass
        except StoppedError:
            self._change(job, status=JobStatus.WAITING, seen_at=None)
        except RuleError as refusal:
            self._fail(job, refusal.text)
        except Exception:  # noqa: BLE001 - whatever it was, other exports go on
            _log.exception("Export %s failed", job.id)
            self._fail(job, BROKEN)
        return True

    def tidy(self) -> int:
        """Remove files that nobody waits for any more; how many."""
        with self._store.read() as connection:
            kept = {str(job_id) for job_id in exports.finished_ids(connection, self._clock())}
        files = [f for f in self._folder.glob("*") if f.name.lstrip(".").split(".")[0] not in kept]
        for file in files:
            file.unlink(missing_ok=True)
        return len(files)

    def _make(self, job: ExportJob) -> None:
        who = self._author(job)
        self._change(job, made_for=rights_of(who))
        path = path_of(self._folder, job)
        about = {"export": str(job.id), **({"reason": job.reason} if job.reason else {})}
        wish = Wish(job.grain, job.format, job.filter, columns=job.columns, about=about)
        at = self._clock()
        tell = self._teller(job, who)
        made = export(self._store, self._model, who, wish, path, now=at, told=tell, is_server=True)
        finish = FinishExport(job.id, made.rows_n, path.stat().st_size, made.sha256)
        try:
            run(self._store, finish, actor=who, at=self._clock(), key=f"export:{job.id}:{at}")
        except RuleError:
            _remove(path)
            raise

    def _author(self, job: ExportJob) -> Acting:
        """The person with the rights of this moment; raises RuleError when there is none."""
        if job.author_id is None:
            raise RuleError(SIGNED_OUT)
        asked = Acting(job.author_id, "", Role.AGENT)
        with self._store.read() as connection:
            return today(connection, asked)

    def _teller(self, job: ExportJob, who: Acting) -> Callable[[int], None]:
        told_at = self._clock()
        taken_n = limits.taken_before(self._store, who, told_at, job.id)

        def tell(rows_n: int) -> None:
            nonlocal told_at
            if self._is_over():
                raise StoppedError
            limits.check(job, who, self._settings, rows_n, taken_n)
            if self._clock() - told_at < _TELL_EVERY:
                return
            told_at = self._clock()
            self._tell(job, rows_n)

        return tell

    def _tell(self, job: ExportJob, rows_n: int) -> None:
        with self._store.read() as connection:
            found = exports.find_job(connection, job.id)
        if found is None or found.status is not JobStatus.RUNNING:
            raise GivenUpError
        self._change(job, rows_n=rows_n, seen_at=self._clock())

    def _fail(self, job: ExportJob, why: Text) -> None:
        def unit(connection: Connection) -> None:
            found = exports.find_job(connection, job.id)
            if found and found.status is JobStatus.RUNNING:
                ended = {"ended_at": self._clock(), "problem": why}
                exports.change_job(connection, job.id, status=JobStatus.FAILED, **ended)

        self._store.write(unit)

    def _change(self, job: ExportJob, **values: object) -> None:
        self._store.write(lambda connection: exports.change_job(connection, job.id, **values))


def folder_in(home: Path) -> Path:
    """Where finished files wait."""
    return home / "exports"


def path_of(folder: Path, job: ExportJob) -> Path:
    """Where the file of a job lies."""
    return folder / f"{job.id}.{formats.BY_KEY[job.format].extension}"


def _remove(path: Path) -> None:
    for file in (path, manifest_of(path)):
        file.unlink(missing_ok=True)
