"""How well it was done: shares of the rows that are decided; the others are left out and said."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from console.i18n import Text
from console.readmodel.metrics.base import (
    NOTHING,
    REPLIER,
    RESOLVER,
    RESOLVING,
    Definition,
    Form,
    Metric,
)
from console.readmodel.metrics.waiting import ASKED, OPENED, RESOLVED, WHO_RESOLVED

_DAY_US: Final = 86_400_000_000
_WHO_HAD: Final = Text("quem tinha resolvido", "who had resolved", "quien había resuelto")
_NO_TARGET: Final = Text(
    "sem meta ou sem horário de atendimento, ou com o prazo ainda correndo: fica fora",
    "no target or no business hours, or the time still running: left out",
    "sin meta o sin horario de atención, o con el plazo aún corriendo: queda fuera",
)
_IN_TIME: Final = Text(
    "dentro da meta, no relógio que a meta usa",
    "within the target, on the clock the target uses",
    "dentro de la meta, en el reloj que usa la meta",
)
_ANSWERED: Final = Text(
    "dentro da meta, no relógio que a meta usa; a que se resolve sem resposta fica fora da meta",
    "within the target, on the clock the target uses; one that is resolved without a reply is late",
    "dentro de la meta, en el reloj que usa la meta; la que se resuelve sin respuesta llega tarde",
)


def _reopened_within(key: str, name: Text, days: int) -> Metric:
    span = days * _DAY_US
    return Metric(
        key,
        name,
        Form.SHARE,
        "episode",
        "resolved_at",
        Definition(
            RESOLVED,
            Text(
                f"reabertura em até {days * 24} h",
                f"reopening within {days * 24} h",
                f"reapertura dentro de {days * 24} h",
            ),
            _WHO_HAD,
            RESOLVED,
            Text(
                "prazo que ainda não passou: fica fora, e se diz quantas",
                "span not over yet: left out, and said how many",
                "plazo que aún no pasó: queda fuera, y se dice cuántas",
            ),
        ),
        value=f"if(resolved_at + {span} > $now, null,"
        f" coalesce(reopened_at <= resolved_at + {span}, false))",
        start_id="resolved_id",
        end_id="reopened_id",
        credits=RESOLVING,
    )


def _within(due: str, done: str, ended: str) -> str:
    """In time, late, or undecided while the time runs; what ended without it is late."""
    return (
        f"case when {due} is null then null when {done} is not null then {done} <= {due}"
        f" when {ended} is not null or {due} < $now then false end"
    )


QUALITY: Final = (
    _reopened_within(
        "reopen_share_24h",
        Text("Reabertas em 24 h", "Reopened within 24 h", "Reabiertas en 24 h"),
        1,
    ),
    _reopened_within(
        "reopen_share_7d",
        Text("Reabertas em 7 dias", "Reopened within 7 days", "Reabiertas en 7 días"),
        7,
    ),
    Metric(
        "silent_close",
        Text("Resolvidas com o cliente esperando", "Silent closes", "Cierres en silencio"),
        Form.COUNT,
        "turn",
        "closed_at",
        Definition(
            Text("vez do cliente", "customer turn", "turno del cliente"),
            Text(
                "resolução antes de qualquer resposta",
                "resolution before any reply",
                "resolución antes de cualquier respuesta",
            ),
            Text("quem resolveu", "who resolved", "quien resolvió"),
            RESOLVED,
            NOTHING,
        ),
        start_id="started_id",
        end_id="closed_id",
        credits=(replace(RESOLVER, column="closed_by_id"),),
        rows="closed_at is not null",
    ),
    Metric(
        "unanswered_close",
        Text("Resolvidas sem resposta", "Unanswered closes", "Cierres sin respuesta"),
        Form.COUNT,
        "episode",
        "resolved_at",
        Definition(
            OPENED,
            Text(
                "resolução sem nenhuma mensagem de uma pessoa a um cliente que escreveu",
                "resolution without any message by a person to a customer who wrote",
                "resolución sin ningún mensaje de una persona a un cliente que escribió",
            ),
            WHO_RESOLVED,
            RESOLVED,
            NOTHING,
        ),
        rows="reply_n = 0 and inbound_n > 0",
        start_id="asked_id",
        end_id="resolved_id",
        credits=RESOLVING,
    ),
    Metric(
        "sla_first_response",
        Text("Primeira resposta na meta", "First response within target", "1.ª respuesta en meta"),
        Form.SHARE,
        "episode",
        "asked_at",
        Definition(ASKED, _ANSWERED, REPLIER.name, ASKED, _NO_TARGET),
        rows="opened_by_kind = 'contact'",
        value=_within("answer_due_at", "replied_at", "resolved_at"),
        start_id="asked_id",
        end_id="replied_id",
        credits=(REPLIER,),
    ),
    Metric(
        "sla_reply",
        Text("Respostas na meta", "Replies within target", "Respuestas en meta"),
        Form.SHARE,
        "turn",
        "started_at",
        Definition(
            Text("o início da vez do cliente", "the start of the turn", "el inicio del turno"),
            _ANSWERED,
            REPLIER.name,
            Text("o início da vez do cliente", "the start of the turn", "el inicio del turno"),
            _NO_TARGET,
        ),
        value=_within("reply_due_at", "replied_at", "closed_at"),
        start_id="started_id",
        end_id="replied_id",
        credits=(REPLIER,),
    ),
    Metric(
        "sla_resolution",
        Text("Resoluções na meta", "Resolutions within target", "Resoluciones en meta"),
        Form.SHARE,
        "episode",
        "opened_at",
        Definition(OPENED, _IN_TIME, WHO_RESOLVED, OPENED, _NO_TARGET),
        value=_within("resolution_due_at", "resolved_at", "resolved_at"),
        start_id="opened_id",
        end_id="resolved_id",
        credits=RESOLVING,
    ),
    Metric(
        "delivery_failed_share",
        Text("Envios que falharam", "Failed deliveries", "Envíos fallidos"),
        Form.SHARE,
        "message",
        "happened_at",
        Definition(
            NOTHING,
            Text(
                "o WhatsApp avisou que a mensagem falhou",
                "WhatsApp told that the message failed",
                "WhatsApp avisó que el mensaje falló",
            ),
            Text("instância", "instance", "instancia"),
            Text("o envio da mensagem", "the message's sending", "el envío del mensaje"),
            Text(
                "na fila, não confirmada ou retirada: fica fora",
                "queued, unconfirmed or withdrawn: left out",
                "en cola, sin confirmar o retirado: queda fuera",
            ),
        ),
        rows="direction = 'out' and delivery is not null",
        value="if(delivery in ('queued', 'unknown', 'withdrawn'), null, delivery = 'failed')",
        start_id="id",
    ),
)
