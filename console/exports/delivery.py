"""Handing over the file of a scheduled export: into a folder, or by letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.actions.base import NOT_ALLOWED
from console.config import Settings
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.export import KEPT, ExportJob
from console.domain.ids import Instant
from console.domain.recurrence import local_day
from console.domain.schedule import LEASE, Schedule
from console.exports import folders, formats, letters, plans
from console.exports.folders import Naming
from console.exports.letters import AgainError, Attached, Letter
from console.exports.links import Target, sealed
from console.i18n import Text
from console.store import schedules
from console.store.people import Agent
from console.store.work import Store, secret

_MEGABYTE: Final = 1_000_000
NO_ROOM: Final = Text(
    "Não foi possível gravar na pasta ({what}). Uma nova tentativa vem depois.",
    "The folder could not be written to ({what}). Another try follows.",
    "No fue posible grabar en la carpeta ({what}). Después habrá otro intento.",
)
TOO_LARGE: Final = Text(
    "O arquivo passa de {n} MB, que é o limite de um anexo, e {address} não entra na Central.",
    "The file is larger than {n} MB, the limit of a letter, and {address} does not sign in.",
    "El archivo supera {n} MB, el límite de un adjunto, y {address} no ingresa a Central.",
)
_SUBJECT: Final = Text(
    "{name} – exportação de {day}", "{name} – export of {day}", "{name} – exportación del {day}"
)
_BODY: Final = Text(
    "Exportação agendada “{name}”, de {owner}.\n\nLinhas: {rows}\nFiltro: {filter}\n",
    "Scheduled export “{name}”, by {owner}.\n\nRows: {rows}\nFilter: {filter}\n",
    "Exportación programada “{name}”, de {owner}.\n\nFilas: {rows}\nFiltro: {filter}\n",
)
_ALL: Final = Text("todas as conversas", "every conversation", "todas las conversaciones")
_LINK: Final = Text(
    "\nEntre na Central com a sua conta e abra o link. Ele vale por um dia e uma vez:\n{link}\n",
    "\nSign in to Central and open the link. It is good for a day and once:\n{link}\n",
    "\nIngresa a Central con tu cuenta y abre el enlace. Vale por un día y una vez:\n{link}\n",
)
_KEEP: Final = Text(
    "\nO arquivo pode ter dados pessoais de clientes: não o repasse.\n",
    "\nThe file may hold personal data of customers: do not pass it on.\n",
    "\nEl archivo puede tener datos personales de clientes: no lo reenvíes.\n",
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run whose file is whole, and its owner as they are today."""

    schedule: Schedule
    job: ExportJob
    owner: Acting
    file: Path

    @property
    def day(self) -> str:
        """The local day on which it was due, like 2026-11-23."""
        zone = self.schedule.plan.clock_zone
        return local_day(self.schedule.due_at or self.job.asked_at, zone).isoformat()

    @property
    def naming(self) -> Naming:
        """How its files are called."""
        form = formats.BY_KEY[self.job.format]
        return Naming(self.schedule.plan.slug, form.extension)


def to_folder(run: Run, settings: Settings) -> str:
    """Put the file into its folder; where it is now, as people read it. Raises RuleError."""
    if not run.owner.may(Right.EXPORT):
        raise RuleError(NOT_ALLOWED)
    if not settings.writes_folders:
        raise RuleError(plans.NO_FOLDERS)
    plan, naming = run.schedule.plan, run.naming
    name = naming.of(run.day)
    try:
        folders.put(settings.export_folder, plan.folder, name, run.file, naming, plan.keep_n)
    except OSError as error:
        raise AgainError(NO_ROOM.with_(what=error.strerror or type(error).__name__)) from None
    return f"{plan.folder}/{name}" if plan.folder else name


def to_people(run: Run, store: Store, settings: Settings, clock: Callable[[], Instant]) -> str:
    """Send a letter to each recipient; their addresses.

    Nobody gets one while any of them may not; whoever has theirs gets no second one from a later
    try. Raises RuleError, and AgainError when some letters are still to be sent.
    """
    if not run.owner.may(Right.EXPORT):
        raise RuleError(NOT_ALLOWED)
    if not settings.sends_mail:
        raise RuleError(plans.NO_MAIL)
    plan, reached = run.schedule.plan, list(run.schedule.reached)
    with store.read() as connection:
        key = secret(connection)
        found = {
            address: plans.recipient(address, run.owner, settings, connection)
            for address in plan.recipients
        }
    made = [_letter(run, to, person, key, settings, clock()) for to, person in found.items()]
    problem: AgainError | None = None
    for letter in made:
        if letter.to in reached:
            continue
        _note(store, run.schedule, reached, clock())  # each may take as long as the server likes
        try:
            letters.send(settings, letter, clock())
        except AgainError as error:
            problem = error
            continue
        reached.append(letter.to)
        _note(store, run.schedule, reached, clock())
    if problem:
        raise problem
    return ", ".join(plan.recipients)


def _note(store: Store, schedule: Schedule, reached: list[str], now: Instant) -> None:
    noted = {"reached": tuple(reached), "lease_until_at": now + LEASE}
    store.write(lambda connection: schedules.change(connection, schedule.id, **noted))


def _letter(
    run: Run, to: str, person: Agent | None, key: bytes, settings: Settings, now: Instant
) -> Letter:
    plan, job = run.schedule.plan, run.job
    language = person.language if person else run.owner.language
    subject = _SUBJECT.with_(name=plan.name, day=run.day).in_(language)
    told = {"name": plan.name, "owner": run.owner.name, "rows": job.rows_n}
    text = _BODY.with_(filter=job.filter or _ALL, **told).in_(language)
    attached = _attached(run) if _is_attached(run, to, person, settings) else None
    if attached is None and person is not None:
        text += _LINK.with_(link=_link(run, person, key, settings, now)).in_(language)
    text += _KEEP.in_(language)
    return Letter(to, subject, text, f"{job.id}.{_own_key(to)}", attached)


def _own_key(address: str) -> str:
    return address.replace("@", "_at_")


def _is_attached(run: Run, to: str, person: Agent | None, settings: Settings) -> bool:
    is_small = run.job.bytes_n <= settings.mail_megabytes * _MEGABYTE
    if run.schedule.plan.is_attached and is_small:
        return True
    if person is None:
        raise RuleError(TOO_LARGE.with_(n=settings.mail_megabytes, address=to))
    return False


def _attached(run: Run) -> Attached:
    media_type = formats.BY_KEY[run.job.format].media_type
    return Attached(run.file, run.naming.of(run.day), media_type)


def _link(run: Run, person: Agent, key: bytes, settings: Settings, now: Instant) -> str:
    token = sealed(Target(run.job.id, person.id, "file"), key, now, KEPT)
    return f"{settings.origin}/export/{run.job.id}/file?token={token}"
