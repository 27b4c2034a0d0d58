"""How much may be taken away, and from how much on somebody has to say what for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from console.config import Settings
from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.export import ExportJob
from console.domain.ids import DAY, Instant
from console.exports import grains
from console.exports.rows import Column
from console.i18n import Text
from console.store import exports
from console.store.work import Store

LONGEST_REASON: Final = 300
TOO_MANY_ROWS: Final = Text(
    "Seu papel permite até {n} linhas por exportação. Estreite o filtro.",
    "Your role allows {n} rows per export. Narrow the filter.",
    "Tu rol permite hasta {n} filas por exportación. Acota el filtro.",
)
TOO_MANY_TODAY: Final = Text(
    "Seu papel permite até {n} linhas em 24 horas, e restam {left}. Estreite o filtro ou espere.",
    "Your role allows {n} rows within 24 hours, and {left} are left. Narrow the filter or wait.",
    "Tu rol permite hasta {n} filas en 24 horas, y quedan {left}. Acota el filtro o espera.",
)
UNTOLD: Final = Text(
    "São mais de {n} linhas com dados de clientes: diga para que servem e exporte de novo.",
    "These are more than {n} rows with customers' data: say what they are for and export again.",
    "Son más de {n} filas con datos de clientes: di para qué son y exporta de nuevo.",
)


def needs_reason(columns: Iterable[Column], settings: Settings, rows_n: int | None = None) -> bool:
    """Whether so many rows of these columns need a reason; None is any number."""
    least = settings.export_reason_rows
    is_personal = any(column.is_personal for column in columns)
    return least >= 0 and is_personal and (rows_n is None or rows_n > least)


def check_table(
    rows_n: int, is_untold: bool, reason: str, who: Acting, settings: Settings, taken_n: int = 0
) -> None:
    """The same of a table that a page shows, which knows by itself whether it is personal."""
    _check_most(who, settings, rows_n, taken_n)
    if is_untold and not reason.strip():
        raise RuleError(UNTOLD.with_(n=settings.export_reason_rows))


def check(job: ExportJob, who: Acting, settings: Settings, rows_n: int, taken_n: int = 0) -> None:
    """Raise RuleError when a file holds more rows than a person may take away like this.

    `taken_n` is how many the person has taken away within 24 hours before.
    """
    _check_most(who, settings, rows_n, taken_n)
    grain = grains.BY_KEY.get(job.grain)
    if grain is None or job.reason:
        return
    if needs_reason(grain.chosen(job.columns, who), settings, rows_n):
        raise RuleError(UNTOLD.with_(n=settings.export_reason_rows))


def taken_before(store: Store, who: Acting, now: Instant, job_id: int = 0) -> int:
    """How many rows a person has taken away within 24 hours, but for the export of this id."""
    with store.read() as connection:
        return exports.taken_n(connection, who.agent_id, now - DAY, job_id)


def _check_most(who: Acting, settings: Settings, rows_n: int, taken_n: int) -> None:
    role = who.role.value
    most, daily = settings.most_rows.get(role), settings.most_daily_rows.get(role)
    if most is not None and rows_n > most:
        raise RuleError(TOO_MANY_ROWS.with_(n=most))
    if daily is not None and taken_n + rows_n > daily:
        raise RuleError(TOO_MANY_TODAY.with_(n=daily, left=max(daily - taken_n, 0)))
