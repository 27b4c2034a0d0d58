"""The facts people may ask in SQL: what metrics count, with names beside the ids."""

from __future__ import annotations

from typing import Final

from console.i18n import Text
from console.readmodel.sql.table import Column, Table, id_, instant, named, number, seconds, yes_no

_CONVERSATION: Final = id_(
    "conversation_id", "liga a conversation.id", "joins conversation.id", "une con conversation.id"
)
_EPISODE: Final = number(
    "episode_n", "qual atendimento da conversa", "which episode of the conversation", "qué episodio"
)
_PLACE: Final = (
    named("instance", "i.name", "instância", "instance", "instancia"),
    named("team", "t.name", "equipe da conversa agora", "its team now", "equipo de ahora"),
)
_IDS: Final = (
    id_("instance_id", "liga a instance.id", "joins instance.id", "une con instance.id"),
    id_("team_id", "liga a team.id", "joins team.id", "une con team.id"),
)
_JOINED: Final = (
    " left join $main.instance as i on i.id = c.instance_id"
    " left join $main.team as t on t.id = c.team_id"
)


def _agent(alias: str, column: str) -> str:
    return f" left join $main.agent as {alias} on {alias}.id = c.{column}"


def _agent_id(name: str) -> Column:
    return id_(name, "liga a agent.id", "joins agent.id", "une con agent.id")


EPISODE: Final = Table(
    "episode",
    Text(
        "Uma linha por atendimento: da abertura ou reabertura até a resolução.",
        "One row per episode: from opening or reopening to the resolution.",
        "Una fila por episodio: de la apertura o reapertura a la resolución.",
    ),
    (
        _CONVERSATION,
        _EPISODE,
        *_PLACE,
        named("served_by", "s.name", "quem atendeu primeiro", "who served first", "quién atendió"),
        named(
            "replied_by", "p.name", "quem respondeu primeiro", "first reply by", "quién respondió"
        ),
        named("resolved_by", "r.name", "quem resolveu", "who resolved", "quién resolvió"),
        instant(
            "opened_at", "abertura ou reabertura", "opened or reopened", "apertura o reapertura"
        ),
        instant(
            "asked_at", "primeira mensagem do cliente", "first customer message", "primer mensaje"
        ),
        instant("served_at", "quando alguém pegou ou respondeu", "taken or replied", "atendida"),
        instant(
            "replied_at", "primeira resposta de pessoa", "first human reply", "primera respuesta"
        ),
        instant(
            "resolved_at", "resolução; vazio: pendente", "resolved; empty: pending", "resolución"
        ),
        instant("reopened_at", "reabertura seguinte", "next reopening", "reapertura siguiente"),
        seconds(
            "queue_s", "c.served_at - c.opened_at", "espera na fila", "in the queue", "en la cola"
        ),
        seconds(
            "first_response_s",
            "c.replied_at - c.asked_at",
            "até a primeira resposta",
            "until the first reply",
            "hasta la primera respuesta",
        ),
        seconds(
            "first_response_open_s",
            "c.answer_open_us",
            "o mesmo no horário de atendimento",
            "the same in business hours",
            "lo mismo en horario de atención",
        ),
        seconds(
            "handle_s",
            "c.resolved_at - c.replied_at",
            "da primeira resposta à resolução",
            "from the first reply to the resolution",
            "de la primera respuesta a la resolución",
        ),
        seconds(
            "resolution_s",
            "c.resolved_at - c.opened_at",
            "da abertura à resolução",
            "from opening to resolution",
            "de la apertura a la resolución",
        ),
        seconds(
            "resolution_open_s",
            "c.resolution_open_us",
            "o mesmo no horário de atendimento",
            "the same in business hours",
            "lo mismo en horario de atención",
        ),
        number("inbound_n", "mensagens do cliente", "customer messages", "mensajes del cliente"),
        number("reply_n", "respostas de pessoas", "human replies", "respuestas de personas"),
        named("opened_by_kind", "", "quem abriu: contact, agent…", "who opened", "quién abrió"),
        yes_no("is_last", "é o último da conversa", "the conversation's last", "es el último"),
        *_IDS,
        _agent_id("served_by_id"),
        _agent_id("replied_by_id"),
        _agent_id("resolved_by_id"),
        id_("contact_id", "o contato", "the contact", "el contacto"),
    ),
    "$main.episode as c"
    + _JOINED
    + _agent("s", "served_by_id")
    + _agent("p", "replied_by_id")
    + _agent("r", "resolved_by_id"),
    "conversation",
)
TURN: Final = Table(
    "turn",
    Text(
        "Uma linha por vez do cliente: da primeira mensagem seguida até a resposta de uma pessoa.",
        "One row per customer turn: from the first message in a row to a person's reply.",
        "Una fila por turno del cliente: del primer mensaje seguido a la respuesta de una persona.",
    ),
    (
        _CONVERSATION,
        _EPISODE,
        *_PLACE,
        named("replied_by", "p.name", "quem respondeu", "who replied", "quién respondió"),
        instant("started_at", "quando o cliente escreveu", "when the customer wrote", "comienzo"),
        instant("replied_at", "resposta; vazio: sem resposta", "reply; empty: none", "respuesta"),
        instant("closed_at", "resolvida sem resposta", "resolved without a reply", "sin respuesta"),
        seconds(
            "reply_s",
            "c.replied_at - c.started_at",
            "quanto o cliente esperou",
            "how long the customer waited",
            "cuánto esperó el cliente",
        ),
        seconds(
            "reply_open_s",
            "c.reply_open_us",
            "o mesmo no horário de atendimento",
            "the same in business hours",
            "lo mismo en horario de atención",
        ),
        *_IDS,
        _agent_id("replied_by_id"),
    ),
    "$main.turn as c" + _JOINED + _agent("p", "replied_by_id"),
    "conversation",
)
MESSAGE: Final = Table(
    "message",
    Text(
        "Uma linha por mensagem, sem o texto.",
        "One row per message, without its words.",
        "Una fila por mensaje, sin el texto.",
    ),
    (
        id_("id", "a mensagem", "the message", "el mensaje"),
        _CONVERSATION,
        *_PLACE,
        named(
            "author", "p.name", "atendente que escreveu", "agent who wrote", "agente que escribió"
        ),
        instant("happened_at", "quando", "when", "cuándo"),
        named("direction", "", "in, out, note, system", "in, out, note, system", "in, out, note"),
        named("kind", "", "text, image, audio…", "text, image, audio…", "text, image, audio…"),
        named("author_kind", "", "contact, agent, bot…", "contact, agent, bot…", "contact, agent"),
        named(
            "delivery", "", "queued, sent, read, failed…", "queued, sent, read…", "queued, sent…"
        ),
        instant("accepted_at", "aceita pelo canal", "accepted by the channel", "aceptado"),
        instant("delivered_at", "entregue", "delivered", "entregado"),
        *_IDS,
        _agent_id("author_id"),
    ),
    "$main.message as c"
    + _JOINED
    + " left join $main.agent as p on p.id = c.author_id and c.author_kind = 'agent'",
    "conversation",
)
EVENT: Final = Table(
    "event",
    Text(
        "Uma linha por fato que não é mensagem: atribuída, resolvida, reaberta, etiquetada…",
        "One row per fact that is no message: assigned, resolved, reopened, labelled…",
        "Una fila por hecho que no es mensaje: asignada, resuelta, reabierta, etiquetada…",
    ),
    (
        id_("id", "o fato", "the fact", "el hecho"),
        _CONVERSATION,
        *_PLACE,
        named("actor", "p.name", "atendente que fez", "agent who did it", "agente que lo hizo"),
        instant("happened_at", "quando", "when", "cuándo"),
        named("kind", "", "resolved, assigned…", "resolved, assigned…", "resolved, assigned…"),
        named("actor_kind", "", "agent, contact, bot…", "agent, contact, bot…", "agent, contact"),
        id_("from_id", "o valor de antes", "the value before", "el valor de antes"),
        id_("to_id", "o valor de depois", "the value after", "el valor de después"),
        id_("bulk_id", "a execução em massa", "the bulk run", "la ejecución masiva"),
        yes_no("is_void", "foi desfeito", "was taken back", "fue deshecho"),
        *_IDS,
        _agent_id("actor_id"),
    ),
    "$main.event as c"
    + _JOINED
    + " left join $main.agent as p on p.id = c.actor_id and c.actor_kind = 'agent'",
    "conversation",
)
HOLDING: Final = Table(
    "holding",
    Text(
        "Uma linha por período em que uma conversa pendente esteve com alguém, ou na fila.",
        "One row per stretch of a pending conversation in somebody's hands, or in the queue.",
        "Una fila por período en que una conversación pendiente estuvo con alguien, o en la cola.",
    ),
    (
        _CONVERSATION,
        _EPISODE,
        *_PLACE,
        named("agent", "p.name", "com quem; vazio: fila", "with whom; empty: queue", "con quién"),
        named("next_agent", "q.name", "para quem passou", "who had it next", "a quién pasó"),
        instant("from_at", "desde", "since", "desde"),
        instant("until_at", "até; vazio: continua", "until; empty: goes on", "hasta"),
        seconds("held_s", "c.until_at - c.from_at", "quanto durou", "how long", "cuánto duró"),
        *_IDS,
        _agent_id("agent_id"),
        _agent_id("next_agent_id"),
    ),
    "$main.holding as c" + _JOINED + _agent("p", "agent_id") + _agent("q", "next_agent_id"),
    "conversation",
)
FACT_TABLES: Final = (EPISODE, TURN, MESSAGE, EVENT, HOLDING)
