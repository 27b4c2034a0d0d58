"""Scheduled exports: what each does in one sentence, when next, and how the last run went."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from console.config import Settings
from console.domain.agent import Acting, Right
from console.domain.export import rights_of, sees_as_much
from console.domain.ids import Instant
from console.domain.recurrence import LAST_DAY, Every
from console.domain.schedule import Plan, Schedule, Span, Target
from console.exports import formats, grains, plans
from console.exports.grains import Grain
from console.i18n import Text
from console.readmodel.model import ReadModel
from console.screens.exports import check
from console.store import people, schedules
from console.store.work import Store

NEXT_N: Final = 3
WORKDAYS: Final = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Planned:
    """One schedule, whose it is, and what this person may do with it."""

    schedule: Schedule
    owner: str
    is_own: bool


def build(store: Store, who: Acting) -> tuple[Planned, ...]:
    """The person's schedules, and everybody's for who administers; raises RuleError."""
    check(who)
    mine = None if who.may(Right.SETTINGS) else who.agent_id
    with store.read() as connection:
        found = schedules.listed(connection, mine)
        names = {agent.id: agent.name for agent in people.agents(connection)} if found else {}
    return tuple(Planned(one, names[one.owner_id], one.owner_id == who.agent_id) for one in found)


def targets(settings: Settings) -> tuple[Target, ...]:
    """Where this server can put files."""
    offered = {Target.FOLDER: settings.writes_folders, Target.MAIL: settings.sends_mail}
    return tuple(target for target, is_offered in offered.items() if is_offered)


def readers(store: Store, who: Acting) -> dict[str, str]:
    """Names of the people who may get what this person exports, by their addresses."""
    made_for, names = rights_of(who), {}
    with store.read() as connection:
        for one in people.agents(connection, only_active=True):
            today = people.acting(connection, one.id)
            if today and sees_as_much(today, made_for):
                names[one.email] = one.name
    return names


def checked(
    store: Store, model: ReadModel, settings: Settings, who: Acting, plan: Plan, now: Instant
) -> Plan:
    """The plan as it will be kept; raises RuleError for what cannot be."""
    with store.read() as connection:
        return plans.check(plan, who, settings, connection, model, now)


def next_times(plan: Plan, now: Instant) -> list[Instant]:
    """When it will run next; nothing for times that never come."""
    if not plan.recurrence.is_sound:
        return []
    return plan.recurrence.some_after(now, plan.clock_zone, NEXT_N)


def told(plan: Plan, city: str) -> Text:
    """What the plan does, in one sentence; `city` names its time zone."""
    grain, form = grains.BY_KEY[plan.grain], formats.BY_KEY[plan.format]
    return _SENTENCE.with_(
        when=when(plan),
        city=city,
        what=_what(plan, grain),
        format=_FORMATS.get(form.key, form.name),
        target=_target(plan),
    )


def when(plan: Plan) -> Text:
    """Its days and its time, such as `Segundas e quintas, às 08:00`."""
    time = "{:02}:{:02}".format(*divmod(plan.minute, 60))
    return _AT.with_(days=_DAYS[plan.every](plan), time=time)


def _what(plan: Plan, grain: Grain) -> Text:
    """Its rows, such as `messages of conversations opened in the week before`."""
    if plan.span is Span.ALL:
        which = _MATCHING if plan.filter.strip() else _EVERY
    else:
        within = _WITHIN_FILTER if plan.filter.strip() else _WITHIN
        which = within.with_(field=FIELDS[plan.span_field], span=SPANS[plan.span])
    if grain.order is None:
        return which
    return _OF.with_(grain=_small(grain.name), which=which)


def _target(plan: Plan) -> Text:
    if plan.target is Target.MAIL:
        how = _ATTACHED if plan.is_attached else _LINKED
        return how.with_(to=", ".join(plan.recipients) or "…")
    folder = _FOLDER.with_(folder=plan.folder) if plan.folder else _ROOT
    return folder if not plan.keep_n else _KEEPING.with_(folder=folder, n=plan.keep_n)


def _weekdays(plan: Plan) -> Text:
    days = tuple(sorted(plan.weekdays))
    if days == WORKDAYS:
        return _ON_WORKDAYS
    if not days:
        return _ON_NO_DAY
    return Text(*(_listed([WEEKDAYS[d].in_(key) for d in days], key) for key in _AND))


def _listed(names: Sequence[str], language: str) -> str:
    *first, last = names
    text = f"{', '.join(first)} {_AND[language]} {last}" if first else last
    return f"Los {text}" if language == "es" else f"{text[:1].upper()}{text[1:]}"


def _month(plan: Plan) -> Text:
    if plan.day == LAST_DAY:
        return _ON_LAST_DAY
    return (_ON_LATE_DAY if plan.day > _SHORTEST_MONTH else _ON_DAY).with_(day=plan.day)


def _small(name: Text) -> Text:
    """A name inside a sentence."""
    return Text(name.pt.lower(), name.en.lower(), name.es.lower())


_SHORTEST_MONTH: Final = 28
_AND: Final[Mapping[str, str]] = {"pt": "e", "en": "and", "es": "y"}
_FORMATS: Final = {"xlsx": Text("XLSX", "XLSX", "XLSX")}
WEEKDAYS: Final = (
    Text("segundas", "Mondays", "lunes"),
    Text("terças", "Tuesdays", "martes"),
    Text("quartas", "Wednesdays", "miércoles"),
    Text("quintas", "Thursdays", "jueves"),
    Text("sextas", "Fridays", "viernes"),
    Text("sábados", "Saturdays", "sábados"),
    Text("domingos", "Sundays", "domingos"),
)
SPANS: Final = {
    Span.ALL: Text("Sem limite de período", "No bound of time", "Sin límite de período"),
    Span.TODAY: Text("no próprio dia", "on that very day", "el mismo día"),
    Span.YESTERDAY: Text("no dia anterior", "on the day before", "el día anterior"),
    Span.LAST_WEEK: Text("na semana passada", "in the week before", "la semana pasada"),
    Span.LAST_MONTH: Text("no mês passado", "in the month before", "el mes pasado"),
}
_SENTENCE: Final = Text(
    "{when} ({city}): {what}, em {format}, {target}.",
    "{when} ({city}): {what}, as {format}, {target}.",
    "{when} ({city}): {what}, en {format}, {target}.",
)
_AT: Final = Text("{days}, às {time}", "{days} at {time}", "{days} a las {time}")
_ON_EVERY_DAY: Final = Text("Todo dia", "Every day", "Todos los días")
_ON_WORKDAYS: Final = Text("De segunda a sexta", "Monday to Friday", "De lunes a viernes")
_ON_NO_DAY: Final = Text("Em nenhum dia ainda", "On no day yet", "En ningún día todavía")
_ON_DAY: Final = Text(
    "Todo mês, no dia {day}", "Every month on day {day}", "Cada mes, el día {day}"
)
_ON_LATE_DAY: Final = Text(
    "Todo mês, no dia {day} (ou no último do mês)",
    "Every month on day {day} (or the last one)",
    "Cada mes, el día {day} (o el último del mes)",
)
_ON_LAST_DAY: Final = Text(
    "Todo mês, no último dia", "Every month on its last day", "Cada mes, el último día"
)
_EVERY: Final = Text("todas as conversas", "every conversation", "todas las conversaciones")
_MATCHING: Final = Text(
    "conversas que o filtro encontra",
    "conversations that the filter matches",
    "conversaciones que el filtro encuentra",
)
_WITHIN: Final = Text(
    "conversas {field} {span}", "conversations {field} {span}", "conversaciones {field} {span}"
)
_WITHIN_FILTER: Final = Text(
    "conversas {field} {span} que o filtro encontra",
    "conversations {field} {span} that the filter matches",
    "conversaciones {field} {span} que el filtro encuentra",
)
_OF: Final = Text("{grain} de {which}", "{grain} of {which}", "{grain} de {which}")
FIELDS: Final = {
    "last_activity": Text("com última atividade", "last active", "con última actividad"),
    "contact_activity": Text(
        "em que o cliente escreveu por último",
        "in which the customer last wrote",
        "en las que el cliente escribió por última vez",
    ),
    "opened": Text("abertas", "opened", "abiertas"),
    "resolved": Text("resolvidas", "resolved", "resueltas"),
}
_FOLDER: Final = Text("para a pasta {folder}", "to the folder {folder}", "a la carpeta {folder}")
_ROOT: Final = Text(
    "para a pasta de exportações", "to the folder of exports", "a la carpeta de exportaciones"
)
_KEEPING: Final = Text(
    "{folder}, onde ficam os {n} mais novos",
    "{folder}, where the newest {n} stay",
    "{folder}, donde quedan los {n} más nuevos",
)
_ATTACHED: Final = Text(
    "por e-mail, anexo, para {to}", "attached to an e-mail to {to}", "por correo, adjunto, a {to}"
)
_LINKED: Final = Text(
    "por e-mail, como link, para {to}",
    "as a link in an e-mail to {to}",
    "por correo, como enlace, a {to}",
)
_DAYS: Final[dict[Every, Callable[[Plan], Text]]] = {
    Every.DAY: lambda _: _ON_EVERY_DAY,
    Every.WEEK: _weekdays,
    Every.MONTH: _month,
}
