"""Whether a plan can be kept: its rows, its days, its folder, and who gets the letters."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from console.actions.base import NOT_ALLOWED
from console.config import Settings
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.export import rights_of, sees_as_much
from console.domain.ids import Instant
from console.domain.recurrence import local_day
from console.domain.schedule import MOST_KEPT, Plan, Target
from console.exports import folders, formats, grains, letters
from console.exports.limits import needs_reason
from console.exports.make import UNKNOWN
from console.i18n import Text
from console.readmodel import ask, expression
from console.readmodel.model import ReadModel
from console.readmodel.tree import Condition, Days, all_of
from console.store import people
from console.store.people import Agent
from console.store.work import Connection

MOST_RECIPIENTS: Final = 20
SPAN_FIELDS: Final = ("last_activity", "contact_activity", "opened", "resolved")

NO_FOLDERS: Final = Text(
    "Este servidor não grava em pastas: a administração define CENTRAL_EXPORT_FOLDER.",
    "This server writes to no folders: an administrator sets CENTRAL_EXPORT_FOLDER.",
    "Este servidor no graba en carpetas: la administración define CENTRAL_EXPORT_FOLDER.",
)
NO_MAIL: Final = Text(
    "Este servidor não envia e-mails: a administração define CENTRAL_MAIL_HOST.",
    "This server sends no e-mail: an administrator sets CENTRAL_MAIL_HOST.",
    "Este servidor no envía correos: la administración define CENTRAL_MAIL_HOST.",
)
NOBODY: Final = Text(
    "Escolha quem recebe, até {n} endereços.",
    "Choose who gets it, up to {n} addresses.",
    "Elige quién lo recibe, hasta {n} direcciones.",
).with_(n=MOST_RECIPIENTS)
NOT_TO: Final = Text(
    "{address} não pode receber esta exportação: precisa ser de uma pessoa que pode exportar e ver"
    " o mesmo, ou de um domínio liberado pela administração.",
    "{address} may not get this export: it has to be of a person who may export and see the same,"
    " or of a domain that administrators have allowed.",
    "{address} no puede recibir esta exportación: debe ser de una persona que puede exportar y ver"
    " lo mismo, o de un dominio autorizado por la administración.",
)
NO_LINK: Final = Text(
    "{address} não entra na Central: um link não serve. Envie o arquivo anexo.",
    "{address} does not sign in to Central: a link is of no use. Attach the file.",
    "{address} no ingresa a Central: un enlace no sirve. Adjunta el archivo.",
)
NO_REASON: Final = Text(
    "Diga para que servem os dados de clientes desta exportação.",
    "Say what the customers' data of this export is for.",
    "Di para qué son los datos de clientes de esta exportación.",
)
TOO_MANY_FILES: Final = Text(
    "Guarde de 0 (todos) a {n} arquivos.",
    "Keep 0 (all) to {n} files.",
    "Guarda de 0 (todos) a {n} archivos.",
).with_(n=MOST_KEPT)


def check(
    plan: Plan,
    who: Acting,
    settings: Settings,
    connection: Connection,
    model: ReadModel,
    now: Instant,
) -> Plan:
    """The plan as it is kept; raises RuleError for one that this person could not carry out."""
    if not who.may(Right.EXPORT):
        raise RuleError(NOT_ALLOWED)
    if plan.grain not in grains.BY_KEY or plan.format not in formats.BY_KEY:
        raise RuleError(UNKNOWN)
    if plan.span_field not in SPAN_FIELDS:
        raise RuleError(UNKNOWN)
    ask.check(model, expression.parse(filter_at(plan, now)), who, now)
    columns = grains.BY_KEY[plan.grain].chosen(plan.columns, who)
    if needs_reason(columns, settings) and not plan.reason.strip():
        raise RuleError(NO_REASON)
    if plan.target is Target.FOLDER:
        return _to_folder(plan, settings)
    return _to_people(plan, who, settings, connection)


def _to_folder(plan: Plan, settings: Settings) -> Plan:
    if not settings.writes_folders:
        raise RuleError(NO_FOLDERS)
    if not 0 <= plan.keep_n <= MOST_KEPT:
        raise RuleError(TOO_MANY_FILES)
    return replace(plan, folder=folders.checked(plan.folder), recipients=())


def _to_people(plan: Plan, who: Acting, settings: Settings, connection: Connection) -> Plan:
    if not settings.sends_mail:
        raise RuleError(NO_MAIL)
    given = [address.strip().lower() for address in plan.recipients]
    wanted = tuple(dict.fromkeys(address for address in given if address))
    if not 1 <= len(wanted) <= MOST_RECIPIENTS:
        raise RuleError(NOBODY)
    for address in wanted:
        person = recipient(address, who, settings, connection)
        if person is None and not plan.is_attached:
            raise RuleError(NO_LINK.with_(address=address))
    return replace(plan, recipients=wanted, folder="", keep_n=0)


def recipient(
    address: str, owner: Acting, settings: Settings, connection: Connection
) -> Agent | None:
    """The person of an address, None outside the house; raises RuleError for one who may not."""
    if not letters.is_address(address):
        raise RuleError(NOT_TO.with_(address=address))
    person = people.agent_by_email(connection, address)
    if person is not None:
        today = people.acting(connection, person.id)
        if today is None or not sees_as_much(today, rights_of(owner)):
            raise RuleError(NOT_TO.with_(address=address))
        return person
    if address.rpartition("@")[2] not in settings.mail_domains.lower().split():
        raise RuleError(NOT_TO.with_(address=address))
    return None


def filter_at(plan: Plan, due_at: Instant) -> str:
    """The filter of a run: that of the plan within its span, in days of a calendar."""
    tree = expression.parse(plan.filter)
    days = plan.span.days(local_day(due_at, plan.clock_zone))
    if days is None:
        return expression.to_text(tree)
    first, last = (day.isoformat() for day in days)
    bound = Condition(plan.span_field, "=", (Days(first, last),))
    return expression.to_text(all_of([tree, bound]))
