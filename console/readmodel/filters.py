"""Every field of a filter expression, in the order people see them in the filter builder.

To add a filter, add one entry here: the parser, the builder, the composer and the laws in the
tests take it from there. A condition is SQL over the wide conversation row. Its placeholders are
filled with named parameters by `ask.py`: `$value`, `$values` (a parenthesised list), `$first`
and `$last` (a half-open span of instants), `$op` (a comparison sign), `$now`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from console.domain.priority import PRIORITY_NAMES, Priority
from console.i18n import Text
from console.readmodel.fold import word_key

Names = Literal["instance", "team", "agent", "label"]


class Kind(StrEnum):
    """The type of a field's values; also the control that the filter builder shows."""

    FLAG = "flag"
    CHOICE = "choice"
    NAMES = "names"
    NUMBER = "number"
    DURATION = "duration"
    DAYS = "days"
    WORDS = "words"
    DIGITS = "digits"


COMPARED: Final = frozenset({Kind.NUMBER, Kind.DURATION, Kind.DAYS})


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed field and the words people type for it."""

    key: str
    name: Text
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is called, what it takes, and its SQL.

    `present` is the condition of the bare word (`unread`); `absent` the one of the value `none`;
    `names` says whose names the values of a NAMES field are; analysts may not ask personal ones.
    """

    key: str
    name: Text
    kind: Kind
    condition: str
    example: str
    words: tuple[str, ...] = ()
    present: str = ""
    absent: str = ""
    choices: tuple[Choice, ...] = ()
    names: Names = "agent"
    is_personal: bool = False


NONE: Final = "none"
ME: Final = "me"
SPECIAL_WORDS: Final = {
    **dict.fromkeys(("none", "nenhum", "nenhuma", "ninguem", "nadie", "ninguno", "ninguna"), NONE),
    **dict.fromkeys(("me", "eu", "mim", "yo", "mi"), ME),
}

_PENDING: Final = Choice(
    "pending",
    Text("Pendente", "Pending", "Pendiente"),
    ("pendente", "pendentes", "pendiente", "pendientes"),
)
_RESOLVED: Final = Choice(
    "resolved",
    Text("Resolvida", "Resolved", "Resuelta"),
    ("resolvida", "resolvidas", "resolvido", "resolvidos", "resuelta", "resueltas"),
)

FILTERS: Final = (
    Field(
        "status",
        Text("Situação", "Status", "Estado"),
        Kind.CHOICE,
        "status in $values",
        "status:pending",
        ("situacao", "estado"),
        choices=(_PENDING, _RESOLVED),
    ),
    Field(
        "unread",
        Text("Não lidas", "Unread", "No leídas"),
        Kind.NUMBER,
        "unread_n $op $value",
        "unread",
        ("nao_lida", "nao_lidas", "no_leida", "no_leidas"),
        present="unread_n > 0",
    ),
    Field(
        "assignee",
        Text("Atendente", "Assignee", "Agente"),
        Kind.NAMES,
        "assignee_id in $values",
        "assignee:me",
        ("atendente", "responsavel", "operador", "agente"),
        absent="assignee_id is null",
        names="agent",
    ),
    Field(
        "unassigned",
        Text("Não atribuídas", "Unassigned", "Sin asignar"),
        Kind.FLAG,
        "",
        "unassigned",
        ("nao_atribuida", "nao_atribuidas", "sem_responsavel", "sin_asignar"),
        present="assignee_id is null",
    ),
    Field(
        "team",
        Text("Equipe", "Team", "Equipo"),
        Kind.NAMES,
        "team_id in $values",
        "team:vendas",
        ("equipe", "equipo"),
        absent="team_id is null",
        names="team",
    ),
    Field(
        "instance",
        Text("Instância", "Instance", "Instancia"),
        Kind.NAMES,
        "instance_id in $values",
        "instance:loja-1,loja-2",
        ("instancia",),
        names="instance",
    ),
    Field(
        "label",
        Text("Etiqueta", "Label", "Etiqueta"),
        Kind.NAMES,
        "list_has_any(label_ids, $list)",
        "label:vip",
        ("etiqueta",),
        absent="len(label_ids) = 0",
        names="label",
    ),
    Field(
        "priority",
        Text("Prioridade", "Priority", "Prioridad"),
        Kind.CHOICE,
        "coalesce(priority, 'none') in $values",
        "priority:urgent,high",
        ("prioridade", "prioridad"),
        choices=(
            Choice("urgent", PRIORITY_NAMES[Priority.URGENT], ("urgente",)),
            Choice("high", PRIORITY_NAMES[Priority.HIGH], ("alta",)),
            Choice("medium", PRIORITY_NAMES[Priority.MEDIUM], ("media",)),
            Choice("low", PRIORITY_NAMES[Priority.LOW], ("baixa", "baja")),
            Choice("none", Text("Nenhuma", "None", "Ninguna"), ("nenhuma", "ninguna", "sem")),
        ),
    ),
    Field(
        "snoozed",
        Text("Adiadas", "Snoozed", "Pospuestas"),
        Kind.FLAG,
        "",
        "snoozed",
        ("adiada", "adiadas", "pospuesta", "pospuestas"),
        present="snoozed_until_at is not null",
    ),
    Field(
        "snoozed_until",
        Text("Adiada até", "Snoozed until", "Pospuesta hasta"),
        Kind.DAYS,
        "snoozed_until_at >= $first and snoozed_until_at < $last",
        "snoozed_until:today",
        ("adiada_ate", "pospuesta_hasta"),
    ),
    Field(
        "sla",
        Text("Prazo de resposta", "Answer due", "Plazo de respuesta"),
        Kind.CHOICE,
        "case when sla_due_at is null then 'none' when $now >= sla_due_at then 'breached'"
        " when $now >= sla_warn_at then 'due' else 'ok' end in $values",
        "sla:due,breached",
        ("prazo", "plazo"),
        choices=(
            Choice("ok", Text("No prazo", "In time", "En plazo"), ("no_prazo", "en_plazo")),
            Choice("due", Text("Vencendo", "Nearly due", "Por vencer"), ("vencendo", "por_vencer")),
            Choice(
                "breached",
                Text("Vencido", "Breached", "Vencido"),
                ("vencido", "vencida", "estourado"),
            ),
            Choice("none", Text("Sem prazo", "None", "Sin plazo"), ("sem_prazo", "sin_plazo")),
        ),
    ),
    Field(
        "waiting",
        Text("Cliente esperando", "Customer waiting", "Cliente esperando"),
        Kind.DURATION,
        "$now - waiting_since_at $op $value",
        "waiting>15m",
        ("esperando", "espera"),
        present="waiting_since_at is not null",
    ),
    Field(
        "idle",
        Text("Sem atividade", "Without activity", "Sin actividad"),
        Kind.DURATION,
        "$now - last_activity_at $op $value",
        "idle>3d",
        ("parada", "parado", "inativa", "inactiva"),
    ),
    Field(
        "age",
        Text("Aberta há", "Age", "Abierta hace"),
        Kind.DURATION,
        "$now - opened_at $op $value",
        "age>30d",
        ("idade", "aberta_ha", "edad", "abierta_hace"),
    ),
    Field(
        "last_from",
        Text("Última mensagem de", "Last message from", "Último mensaje de"),
        Kind.CHOICE,
        "case last_direction when 'in' then 'contact' when 'out' then 'agent' end in $values",
        "last_from:contact",
        ("ultima_de", "ultimo_de"),
        choices=(
            Choice("contact", Text("Contato", "Contact", "Contacto"), ("contato", "contacto")),
            Choice("agent", Text("Atendente", "Agent", "Agente"), ("atendente", "agente")),
        ),
    ),
    Field(
        "last_activity",
        Text("Última atividade", "Last activity", "Última actividad"),
        Kind.DAYS,
        "last_activity_at >= $first and last_activity_at < $last",
        "last_activity:2026-11-01..2026-11-07",
        ("ultima_atividade", "ultima_actividad"),
    ),
    Field(
        "contact_activity",
        Text("Última atividade do contato", "Contact's last activity", "Actividad del contacto"),
        Kind.DAYS,
        "contact_activity_at >= $first and contact_activity_at < $last",
        "contact_activity:7d..",
        ("atividade_do_contato", "actividad_del_contacto"),
    ),
    Field(
        "opened",
        Text("Aberta em", "Opened on", "Abierta el"),
        Kind.DAYS,
        "opened_at >= $first and opened_at < $last",
        "opened:today",
        ("aberta", "abierta"),
    ),
    Field(
        "resolved",
        Text("Resolvida em", "Resolved on", "Resuelta el"),
        Kind.DAYS,
        "resolved_at >= $first and resolved_at < $last",
        "resolved:yesterday",
        ("resolvida_em", "resuelta_el"),
    ),
    Field(
        "resolved_by",
        Text("Resolvida por", "Resolved by", "Resuelta por"),
        Kind.NAMES,
        "resolved_by_id in $values",
        "resolved_by:me",
        ("resolvida_por", "resuelta_por"),
        absent="resolved_by_id is null",
        names="agent",
    ),
    Field(
        "reopened",
        Text("Reaberturas", "Reopened", "Reaperturas"),
        Kind.NUMBER,
        "reopened_n $op $value",
        "reopened>0",
        ("reaberta", "reabertas", "reaberturas", "reabierta", "reabiertas"),
        present="reopened_n > 0",
    ),
    Field(
        "reopened_within",
        Text("Reaberta em até", "Reopened within", "Reabierta en hasta"),
        Kind.DURATION,
        "reopened_at - resolved_at $op $value and status = 'pending'",
        "reopened_within<=1d",
        ("reaberta_em_ate", "reabierta_en_hasta"),
    ),
    Field(
        "messages",
        Text("Mensagens", "Messages", "Mensajes"),
        Kind.NUMBER,
        "message_n $op $value",
        "messages>10",
        ("mensagens", "mensajes"),
    ),
    Field(
        "received",
        Text("Mensagens recebidas", "Messages received", "Mensajes recibidos"),
        Kind.NUMBER,
        "inbound_n $op $value",
        "received>5",
        ("recebidas", "recibidos"),
    ),
    Field(
        "sent",
        Text("Mensagens enviadas", "Messages sent", "Mensajes enviados"),
        Kind.NUMBER,
        "outbound_n $op $value",
        "sent:0",
        ("enviadas", "enviados"),
    ),
    Field(
        "notes",
        Text("Notas internas", "Internal notes", "Notas internas"),
        Kind.NUMBER,
        "note_n $op $value",
        "notes>0",
        ("notas",),
    ),
    Field(
        "first_response",
        Text("Primeira resposta", "First response", "Primera respuesta"),
        Kind.DURATION,
        "first_response_at - opened_at $op $value",
        "first_response>1h",
        ("primeira_resposta", "primera_respuesta"),
        present="first_response_at is not null",
    ),
    Field(
        "blocked",
        Text("Mensagens do sistema bloqueadas", "System messages blocked", "Mensajes bloqueados"),
        Kind.FLAG,
        "",
        "blocked",
        ("bloqueada", "bloqueadas", "bloqueado", "bloqueados"),
        present="is_blocked",
    ),
    Field(
        "contact",
        Text("Nome do contato", "Contact's name", "Nombre del contacto"),
        Kind.WORDS,
        "contains(contact_folded, folded($value))",
        'contact:"maria souza"',
        ("contato", "contacto"),
        is_personal=True,
    ),
    Field(
        "phone",
        Text("WhatsApp", "WhatsApp", "WhatsApp"),
        Kind.DIGITS,
        "contains(contact_phones, $value)",
        "phone:98877",
        ("telefone", "telefono", "whatsapp"),
        is_personal=True,
    ),
    Field(
        "email",
        Text("E-mail", "E-mail", "Correo"),
        Kind.WORDS,
        "contains(folded(contact_email), folded($value))",
        "email:example.com",
        ("e_mail", "correo"),
        is_personal=True,
    ),
    Field(
        "id",
        Text("Número da conversa", "Conversation id", "Número de la conversación"),
        Kind.NUMBER,
        "id $op $value",
        "id:1234",
    ),
)

BY_KEY: Final = {field.key: field for field in FILTERS}
BY_WORD: Final = {word_key(w): field for field in FILTERS for w in (field.key, *field.words)}
FLAGS: Final = {word: field for word, field in BY_WORD.items() if field.present}
STATUS_WORDS: Final = {
    word_key(w): choice.key
    for choice in BY_KEY["status"].choices
    for w in (choice.key, *choice.words)
}


def choice_keys(field: Field) -> dict[str, str]:
    """What people may type for a closed field, each with the value it means."""
    return {word_key(w): c.key for c in field.choices for w in (c.key, *c.words)}
