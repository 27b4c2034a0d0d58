"""The tables people may ask in SQL.

Each becomes a temporary view on the asking person's own cursor. A new fact is one entry; it is
offered, described and scoped from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from console.domain.agent import Acting
from console.i18n import Text
from console.readmodel.sql.fact_tables import FACT_TABLES
from console.readmodel.sql.table import (
    KIND_NAMES,
    Column,
    Kind,
    Table,
    id_,
    instant,
    named,
    number,
    personal,
)

__all__ = ["BASES", "BY_NAME", "KIND_NAMES", "TABLES", "Column", "Kind", "Table", "views"]

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
        id_("id", "a conversa", "the conversation", "la conversación"),
        named("status", "", "pending ou resolved", "pending or resolved", "pending o resolved"),
        named("instance", "i.name", "instância", "instance", "instancia"),
        named(
            "team",
            "t.name",
            "equipe; vazio: nenhuma",
            "team; empty: none",
            "equipo; vacío: ninguno",
        ),
        named(
            "assignee",
            "a.name",
            "atendente responsável; vazio: ninguém",
            "assigned agent; empty: nobody",
            "agente asignado; vacío: nadie",
        ),
        named(
            "resolved_by",
            "r.name",
            "quem resolveu por último",
            "who resolved last",
            "quién resolvió por último",
        ),
        named(
            "priority",
            "",
            "urgent, high, medium, low ou vazio",
            "urgent, high, medium, low or empty",
            "urgent, high, medium, low o vacío",
        ),
        Column("labels", Kind.LIST, Text("etiquetas", "labels", "etiquetas"), _LABELS),
        personal(
            "contact_name",
            "nome do contato; na análise, um pseudônimo",
            "the contact's name; a pseudonym for analysts",
            "nombre del contacto; para análisis, un seudónimo",
            masked=_PSEUDONYM,
        ),
        personal("contact_phone", "telefone em dígitos", "phone in digits", "teléfono en dígitos"),
        personal(
            "contact_email", "e-mail do contato", "the contact's e-mail", "correo del contacto"
        ),
        personal(
            "last_preview",
            "começo da última mensagem",
            "beginning of the last message",
            "comienzo del último mensaje",
        ),
        named(
            "last_direction",
            "",
            "quem falou por último: in ou out",
            "who spoke last: in or out",
            "quién habló por último: in u out",
        ),
        instant("opened_at", "quando foi aberta", "when it was opened", "cuándo fue abierta"),
        instant(
            "last_activity_at",
            "última atividade de alguém",
            "last activity of anybody",
            "última actividad de alguien",
        ),
        instant(
            "contact_activity_at",
            "última atividade do contato",
            "last activity of the contact",
            "última actividad del contacto",
        ),
        instant(
            "waiting_since_at",
            "desde quando o cliente espera; vazio: não espera",
            "since when the customer waits; empty: does not",
            "desde cuándo espera el cliente; vacío: no espera",
        ),
        instant(
            "first_response_at",
            "primeira resposta de uma pessoa",
            "first reply of a person",
            "primera respuesta de una persona",
        ),
        instant("resolved_at", "última resolução", "last resolved", "última resolución"),
        instant("reopened_at", "última reabertura", "last reopened", "última reapertura"),
        instant("snoozed_until_at", "adiada até", "snoozed until", "pospuesta hasta"),
        instant(
            "sla_due_at",
            "prazo da meta de resposta",
            "deadline of the answer target",
            "plazo de la meta de respuesta",
        ),
        number("unread_n", "mensagens não lidas", "unread messages", "mensajes no leídos"),
        number("message_n", "mensagens", "messages", "mensajes"),
        number(
            "inbound_n", "mensagens do cliente", "messages of the customer", "mensajes del cliente"
        ),
        number("outbound_n", "mensagens enviadas", "messages sent", "mensajes enviados"),
        number("note_n", "notas internas", "internal notes", "notas internas"),
        number(
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
        id_("instance_id", "liga a instance.id", "joins instance.id", "une con instance.id"),
        id_("team_id", "liga a team.id", "joins team.id", "une con team.id"),
        id_("assignee_id", "liga a agent.id", "joins agent.id", "une con agent.id"),
        id_("resolved_by_id", "liga a agent.id", "joins agent.id", "une con agent.id"),
        id_("contact_id", "o contato", "the contact", "el contacto"),
    ),
    "$main.conversation as c"
    " left join $main.instance as i on i.id = c.instance_id"
    " left join $main.team as t on t.id = c.team_id"
    " left join $main.agent as a on a.id = c.assignee_id"
    " left join $main.agent as r on r.id = c.resolved_by_id",
    "own",
)
_KEY: Final = named(
    "key",
    "",
    "apelido usado nos filtros",
    "short name used in filters",
    "apodo usado en los filtros",
)
_NAME: Final = named("name", "", "nome", "name", "nombre")

TABLES: Final = (
    CONVERSATION,
    *FACT_TABLES,
    Table(
        "agent",
        Text(
            "Uma linha por pessoa que atende ou lidera.",
            "One row per person who works here.",
            "Una fila por persona que atiende o lidera.",
        ),
        (
            id_("id", "a pessoa", "the person", "la persona"),
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
        (id_("id", "a equipe", "the team", "el equipo"), _KEY, _NAME),
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
        (id_("id", "a instância", "the instance", "la instancia"), _KEY, _NAME),
        "$main.instance as c",
        "everybody",
    ),
    Table(
        "label",
        Text("Uma linha por etiqueta.", "One row per label.", "Una fila por etiqueta."),
        (id_("id", "a etiqueta", "the label", "la etiqueta"), _KEY, _NAME),
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
