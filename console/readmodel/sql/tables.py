"""The tables people may ask in SQL: what a row is, each column with its meaning, and who sees it.

Each becomes a temporary view on the asking person's own cursor. A new fact is one entry in TABLES;
it is offered, described and scoped from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from string import Template
from typing import Final, Literal

from console.domain.agent import Acting
from console.i18n import Text


class Kind(StrEnum):
    """What the values of a column are."""

    ID = "id"
    TEXT = "text"
    NUMBER = "number"
    SECONDS = "seconds"
    INSTANT = "instant"  # kept in UTC microseconds, given in the account's zone
    YES_NO = "yes_no"
    LIST = "list"


KIND_NAMES: Final = {
    Kind.ID: Text("identificador", "identifier", "identificador"),
    Kind.TEXT: Text("texto", "text", "texto"),
    Kind.NUMBER: Text("número", "number", "número"),
    Kind.SECONDS: Text("segundos", "seconds", "segundos"),
    Kind.INSTANT: Text("data e hora", "day and time", "fecha y hora"),
    Kind.YES_NO: Text("sim ou não", "yes or no", "sí o no"),
    Kind.LIST: Text("lista", "list", "lista"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `sql` is its expression when it is more than `c.<name>`.

    `who` says who has it: everybody, all but analysts, or only people who see every conversation.
    `masked` is the expression analysts get instead.
    """

    name: str
    kind: Kind
    meaning: Text
    sql: str = ""
    who: Literal["everybody", "unmasked", "whole"] = "everybody"
    masked: str = ""

    def expression(self, who: Acting) -> str:
        """What the view selects; empty for a column the person does not have."""
        if who.is_masked and self.who != "everybody":
            return self.masked
        if self.who == "whole" and who.scope.kind != "all":
            return ""
        plain = (
            f"make_timestamptz(c.{self.name})" if self.kind is Kind.INSTANT else f"c.{self.name}"
        )
        return self.sql or plain


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `source` names its base `c` and what is joined, in the schema `$main`.

    `scope` says how its rows belong to people: by their own `assignee_id` and `team_id`, by their
    `conversation_id`, or to everybody.
    """

    name: str
    meaning: Text
    columns: tuple[Column, ...]
    source: str
    scope: Literal["own", "conversation", "everybody"]

    def seen(self, who: Acting) -> tuple[Column, ...]:
        """The columns this person has."""
        return tuple(column for column in self.columns if column.expression(who))

    def view(self, who: Acting, main: str) -> str:
        """The select that gives this person's rows; `main` is the schema of the base tables.

        Rows of other people are taken out below a limit: no filter of the typed statement is
        computed before that, so that no failing cast can tell of a row outside the scope.
        """
        columns = ", ".join(f"{c.expression(who)} as {c.name}" for c in self.seen(who))
        taken = f"select {columns} from {self.source}"
        if self.scope != "everybody" and who.scope.kind != "all":
            own = f"select k.id from $main.conversation as k where {who.scope.condition('k.')}"
            inside = (
                who.scope.condition("c.")
                if self.scope == "own"
                else f"c.conversation_id in ({own})"
            )
            taken = f"{taken} where {inside} limit {_ALL_ROWS}"
        return Template(taken).substitute(main=main)

    def bases(self) -> frozenset[str]:
        """The tables of the read model under the view."""
        written = " ".join([self.source, *(column.sql for column in self.columns)])
        return frozenset(re.findall(r"\$main\.(\w+)", written)) | {"conversation"}


_ALL_ROWS: Final = 2**62


def _instant(name: str, pt: str, en: str, es: str) -> Column:
    return Column(name, Kind.INSTANT, Text(pt, en, es))


def _number(name: str, pt: str, en: str, es: str) -> Column:
    return Column(name, Kind.NUMBER, Text(pt, en, es))


def _id(name: str, pt: str, en: str, es: str) -> Column:
    return Column(name, Kind.ID, Text(pt, en, es))


def _named(name: str, sql: str, pt: str, en: str, es: str) -> Column:
    return Column(name, Kind.TEXT, Text(pt, en, es), sql)


def _personal(name: str, pt: str, en: str, es: str, *, masked: str = "") -> Column:
    return Column(name, Kind.TEXT, Text(pt, en, es), who="unmasked", masked=masked)


# The name that `rows.pseudonym` gives, without its word of a language.
_PSEUDONYM: Final = "upper(left(sha256(c.contact_id::varchar), 6))"
_LABELS: Final = (
    "(select coalesce(list(l.key order by l.key), []) from $main.label as l"
    " where list_contains(c.label_ids, l.id))"
)

CONVERSATION: Final = Table(
    "conversation",
    Text(
        "Uma linha por conversa, como ela está agora.",
        "One row per conversation, as it is now.",
        "Una fila por conversación, como está ahora.",
    ),
    (
        _id("id", "a conversa", "the conversation", "la conversación"),
        _named("status", "", "pending ou resolved", "pending or resolved", "pending o resolved"),
        _named("instance", "i.name", "instância", "instance", "instancia"),
        _named(
            "team",
            "t.name",
            "equipe; vazio: nenhuma",
            "team; empty: none",
            "equipo; vacío: ninguno",
        ),
        _named(
            "assignee",
            "a.name",
            "atendente responsável; vazio: ninguém",
            "assigned agent; empty: nobody",
            "agente asignado; vacío: nadie",
        ),
        _named(
            "resolved_by",
            "r.name",
            "quem resolveu por último",
            "who resolved last",
            "quién resolvió por último",
        ),
        _named(
            "priority",
            "",
            "urgent, high, medium, low ou vazio",
            "urgent, high, medium, low or empty",
            "urgent, high, medium, low o vacío",
        ),
        Column("labels", Kind.LIST, Text("etiquetas", "labels", "etiquetas"), _LABELS),
        _personal(
            "contact_name",
            "nome do contato; na análise, um pseudônimo",
            "the contact's name; a pseudonym for analysts",
            "nombre del contacto; para análisis, un seudónimo",
            masked=_PSEUDONYM,
        ),
        _personal("contact_phone", "telefone em dígitos", "phone in digits", "teléfono en dígitos"),
        _personal(
            "contact_email", "e-mail do contato", "the contact's e-mail", "correo del contacto"
        ),
        _personal(
            "last_preview",
            "começo da última mensagem",
            "beginning of the last message",
            "comienzo del último mensaje",
        ),
        _named(
            "last_direction",
            "",
            "quem falou por último: in ou out",
            "who spoke last: in or out",
            "quién habló por último: in u out",
        ),
        _instant("opened_at", "quando foi aberta", "when it was opened", "cuándo fue abierta"),
        _instant(
            "last_activity_at",
            "última atividade de alguém",
            "last activity of anybody",
            "última actividad de alguien",
        ),
        _instant(
            "contact_activity_at",
            "última atividade do contato",
            "last activity of the contact",
            "última actividad del contacto",
        ),
        _instant(
            "waiting_since_at",
            "desde quando o cliente espera; vazio: não espera",
            "since when the customer waits; empty: does not",
            "desde cuándo espera el cliente; vacío: no espera",
        ),
        _instant(
            "first_response_at",
            "primeira resposta de uma pessoa",
            "first reply of a person",
            "primera respuesta de una persona",
        ),
        _instant("resolved_at", "última resolução", "last resolved", "última resolución"),
        _instant("reopened_at", "última reabertura", "last reopened", "última reapertura"),
        _instant("snoozed_until_at", "adiada até", "snoozed until", "pospuesta hasta"),
        _instant(
            "sla_due_at",
            "prazo da meta de resposta",
            "deadline of the answer target",
            "plazo de la meta de respuesta",
        ),
        _number("unread_n", "mensagens não lidas", "unread messages", "mensajes no leídos"),
        _number("message_n", "mensagens", "messages", "mensajes"),
        _number(
            "inbound_n", "mensagens do cliente", "messages of the customer", "mensajes del cliente"
        ),
        _number("outbound_n", "mensagens enviadas", "messages sent", "mensajes enviados"),
        _number("note_n", "notas internas", "internal notes", "notas internas"),
        _number(
            "reopened_n",
            "quantas vezes foi reaberta",
            "how often it was reopened",
            "cuántas veces fue reabierta",
        ),
        Column(
            "is_blocked",
            Kind.YES_NO,
            Text(
                "contato não recebe notificações",
                "contact gets no notifications",
                "el contacto no recibe notificaciones",
            ),
        ),
        _id("instance_id", "liga a instance.id", "joins instance.id", "une con instance.id"),
        _id("team_id", "liga a team.id", "joins team.id", "une con team.id"),
        _id("assignee_id", "liga a agent.id", "joins agent.id", "une con agent.id"),
        _id("resolved_by_id", "liga a agent.id", "joins agent.id", "une con agent.id"),
        _id("contact_id", "o contato", "the contact", "el contacto"),
    ),
    "$main.conversation as c"
    " left join $main.instance as i on i.id = c.instance_id"
    " left join $main.team as t on t.id = c.team_id"
    " left join $main.agent as a on a.id = c.assignee_id"
    " left join $main.agent as r on r.id = c.resolved_by_id",
    "own",
)
_KEY: Final = _named(
    "key",
    "",
    "apelido usado nos filtros",
    "short name used in filters",
    "apodo usado en los filtros",
)
_NAME: Final = _named("name", "", "nome", "name", "nombre")

TABLES: Final = (
    CONVERSATION,
    Table(
        "agent",
        Text(
            "Uma linha por pessoa que atende ou lidera.",
            "One row per person who works here.",
            "Una fila por persona que atiende o lidera.",
        ),
        (
            _id("id", "a pessoa", "the person", "la persona"),
            _NAME,
            Column(
                "email",
                Kind.TEXT,
                Text("e-mail de acesso", "sign-in e-mail", "correo de acceso"),
                who="whole",
            ),
        ),
        "$main.agent as c",
        "everybody",
    ),
    Table(
        "team",
        Text("Uma linha por equipe.", "One row per team.", "Una fila por equipo."),
        (_id("id", "a equipe", "the team", "el equipo"), _KEY, _NAME),
        "$main.team as c",
        "everybody",
    ),
    Table(
        "instance",
        Text(
            "Uma linha por número de WhatsApp.",
            "One row per WhatsApp number.",
            "Una fila por número de WhatsApp.",
        ),
        (_id("id", "a instância", "the instance", "la instancia"), _KEY, _NAME),
        "$main.instance as c",
        "everybody",
    ),
    Table(
        "label",
        Text("Uma linha por etiqueta.", "One row per label.", "Una fila por etiqueta."),
        (_id("id", "a etiqueta", "the label", "la etiqueta"), _KEY, _NAME),
        "$main.label as c",
        "everybody",
    ),
)
BY_NAME: Final = {table.name: table for table in TABLES}
BASES: Final = frozenset().union(*(table.bases() for table in TABLES))


def views(who: Acting, main: str) -> Iterator[tuple[str, str]]:
    """The name and the select of each view a person asks."""
    for table in TABLES:
        yield table.name, table.view(who, main)
