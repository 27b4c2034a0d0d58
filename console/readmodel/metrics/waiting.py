"""How long customers waited and conversations took, on the calendar and the business clock."""

from __future__ import annotations

from typing import Final

from console.i18n import Text
from console.readmodel.metrics.base import (
    FIRST_AGENT,
    NOTHING,
    REPLIER,
    RESOLVING,
    Definition,
    Form,
    Metric,
)

OPENED: Final = Text("abertura do atendimento", "opening of the episode", "apertura de la atención")
RESOLVED: Final = Text(
    "resolução do atendimento", "resolution of the episode", "resolución de la atención"
)
ASKED: Final = Text(
    "primeira mensagem do cliente no atendimento",
    "the customer's first message of the episode",
    "primer mensaje del cliente en la atención",
)
REPLIED: Final = Text(
    "primeira resposta de uma pessoa depois dela",
    "the first reply by a person after it",
    "primera respuesta de una persona después",
)
_ANSWERED: Final = Text(
    "primeira resposta de uma pessoa ao cliente no atendimento",
    "the first reply by a person to the customer in the episode",
    "primera respuesta de una persona al cliente en la atención",
)
_WHO_REPLIED: Final = Text("quem respondeu", "who replied", "quien respondió")
WHO_RESOLVED: Final = Text(
    "quem resolveu; à escolha, o responsável na hora ou quem respondeu por último",
    "who resolved; by choice the assignee then, or who replied last",
    "quien resolvió; a elección, el responsable entonces o el último en responder",
)

WAITING: Final = (
    Metric(
        "queue_time",
        Text("Tempo de espera na fila", "Queue time", "Tiempo en cola"),
        Form.DURATION,
        "episode",
        "opened_at",
        Definition(
            Text(
                "abertura do atendimento pelo contato",
                "opening of the episode by the contact",
                "apertura de la atención por el contacto",
            ),
            Text(
                "primeira atribuição ou primeira resposta de uma pessoa, o que vier antes; quem já"
                " tinha responsável esperou 0",
                "first assignment or first reply by a person, whichever is first; one that already"
                " had an assignee waited 0",
                "primera asignación o primera respuesta de una persona, lo que llegue antes; la que"
                " ya tenía responsable esperó 0",
            ),
            Text("o primeiro atendente", "the first agent", "el primer agente"),
            OPENED,
            Text(
                "ainda na fila, ou resolvida sem sair dela: em aberto, contada à parte; aberta por"
                " atendente: não conta",
                "still in the queue, or resolved without leaving it: censored, counted apart;"
                " opened by an agent: not counted",
                "aún en cola, o resuelta sin salir de ella: abierta, contada aparte; abierta por un"
                " agente: no cuenta",
            ),
        ),
        short="TME",
        rows="opened_by_kind = 'contact'",
        start="opened_at",
        end="served_at",
        business="queue_open_us",
        start_id="opened_id",
        end_id="served_id",
        credits=(FIRST_AGENT,),
    ),
    Metric(
        "first_response",
        Text("Tempo da primeira resposta", "First response time", "Tiempo de primera respuesta"),
        Form.DURATION,
        "episode",
        "asked_at",
        Definition(
            ASKED,
            REPLIED,
            _WHO_REPLIED,
            ASKED,
            Text(
                "sem resposta: em aberto, contada à parte; aberta por atendente: não conta",
                "no reply yet: censored, counted apart; opened by an agent: not counted",
                "sin respuesta: abierta, contada aparte; abierta por un agente: no cuenta",
            ),
        ),
        short="TMPR",
        rows="opened_by_kind = 'contact'",
        start="asked_at",
        end="replied_at",
        business="answer_open_us",
        start_id="asked_id",
        end_id="replied_id",
        credits=(REPLIER,),
    ),
    Metric(
        "reply_time",
        Text("Tempo de resposta", "Reply time", "Tiempo de respuesta"),
        Form.DURATION,
        "turn",
        "started_at",
        Definition(
            Text(
                "cada vez do cliente: a primeira de suas mensagens seguidas",
                "each customer turn: the first of the messages in a row",
                "cada turno del cliente: el primero de sus mensajes seguidos",
            ),
            Text(
                "próxima resposta de uma pessoa",
                "the next reply by a person",
                "próxima respuesta de una persona",
            ),
            _WHO_REPLIED,
            Text("o início da vez", "the start of the turn", "el inicio del turno"),
            Text(
                "sem resposta, também se resolvida sem ela: em aberto, contada à parte",
                "no reply, also when resolved without one: censored, counted apart",
                "sin respuesta, también si se resolvió sin ella: abierta, contada aparte",
            ),
        ),
        short="TMR",
        start="started_at",
        end="replied_at",
        business="reply_open_us",
        start_id="started_id",
        end_id="replied_id",
        credits=(REPLIER,),
    ),
    Metric(
        "handle_time",
        Text("Tempo de atendimento", "Handle time", "Tiempo de atención"),
        Form.DURATION,
        "episode",
        "resolved_at",
        Definition(
            _ANSWERED,
            RESOLVED,
            WHO_RESOLVED,
            RESOLVED,
            Text(
                "sem resposta de uma pessoa: não conta",
                "no reply by a person: not counted",
                "sin respuesta de una persona: no cuenta",
            ),
        ),
        short="TMA",
        rows="replied_at is not null",
        start="replied_at",
        end="resolved_at",
        business="handle_open_us",
        start_id="replied_id",
        end_id="resolved_id",
        credits=RESOLVING,
    ),
    Metric(
        "resolution_time",
        Text("Tempo de resolução", "Resolution time", "Tiempo de resolución"),
        Form.DURATION,
        "episode",
        "resolved_at",
        Definition(OPENED, RESOLVED, WHO_RESOLVED, RESOLVED, NOTHING),
        start="opened_at",
        end="resolved_at",
        business="resolution_open_us",
        start_id="opened_id",
        end_id="resolved_id",
        credits=RESOLVING,
    ),
    Metric(
        "open_time",
        Text("Tempo total em aberto", "Open time", "Tiempo total abierta"),
        Form.DURATION,
        "episode",
        "resolved_at",
        Definition(
            Text(
                "cada abertura da conversa, somadas",
                "each opening of the conversation, added up",
                "cada apertura de la conversación, sumadas",
            ),
            Text(
                "a resolução de cada uma; o tempo fechado entre elas não é de ninguém",
                "the resolution of each; the closed time in between is nobody's",
                "la resolución de cada una; el tiempo cerrado entre ellas no es de nadie",
            ),
            NOTHING,
            Text(
                "a última resolução da conversa",
                "the conversation's last resolution",
                "la última resolución de la conversación",
            ),
            Text(
                "conversa que está pendente: não conta",
                "a pending conversation: not counted",
                "una conversación pendiente: no cuenta",
            ),
        ),
        rows="is_last",
        start="resolved_at - total_us",
        end="resolved_at",
        business="total_open_us",
        start_id="opened_id",
        end_id="resolved_id",
    ),
    Metric(
        "delivery_time",
        Text("Tempo de entrega", "Delivery time", "Tiempo de entrega"),
        Form.DURATION,
        "message",
        "happened_at",
        Definition(
            Text("aceita pelo WhatsApp", "accepted by WhatsApp", "aceptado por WhatsApp"),
            Text("entregue no aparelho", "delivered to the device", "entregado en el dispositivo"),
            Text("instância", "instance", "instancia"),
            Text("o envio da mensagem", "the message's sending", "el envío del mensaje"),
            Text(
                "ainda não entregue: em aberto, contada à parte",
                "not delivered yet: censored, counted apart",
                "aún no entregado: abierto, contado aparte",
            ),
        ),
        rows="direction = 'out' and accepted_at is not null and delivery <> 'failed'",
        start="accepted_at",
        end="delivered_at",
        start_id="id",
    ),
)
