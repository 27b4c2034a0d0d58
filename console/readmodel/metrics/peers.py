"""The same words as other products count them, so that people who migrate can trust the change.

Sources: Chatwoot's reporting listener and V2 report builders (public repository), Zendesk's
"About native ticket time metrics", Blip's help on transfers, Live Helper Chat's statistics code.
"""

from __future__ import annotations

from typing import Final

from console.i18n import Text
from console.readmodel.metrics.base import (
    ASSIGNEE_THEN,
    FIRST_AGENT,
    HOLDER,
    NOTHING,
    REPLIER,
    Credit,
    Definition,
    Form,
    Metric,
)
from console.readmodel.metrics.waiting import OPENED, RESOLVED

_CREATED: Final = Text(
    "criação da conversa, mesmo que tenha sido reaberta muitas vezes",
    "creation of the conversation, however often it was reopened",
    "creación de la conversación, aunque se haya reabierto muchas veces",
)
_ASSIGNEE: Final = Text("o responsável na hora", "the assignee then", "el responsable entonces")
_FIRST: Final = Text(
    "primeira resposta de uma pessoa, uma vez por conversa",
    "first reply by a person, once per conversation",
    "primera respuesta de una persona, una vez por conversación",
)
_FIRST_REPLIER: Final = Credit(REPLIER.key, REPLIER.name, "first_replied_by_id")

PEERS: Final = (
    Metric(
        "chatwoot_resolution_time",
        Text(
            "Tempo de resolução (Chatwoot)", "Resolution time (Chatwoot)", "Resolución (Chatwoot)"
        ),
        Form.DURATION,
        "episode",
        "resolved_at",
        Definition(_CREATED, RESOLVED, _ASSIGNEE, RESOLVED, NOTHING),
        start="created_at",
        end="resolved_at",
        start_id="created_id",
        end_id="resolved_id",
        credits=(ASSIGNEE_THEN,),
        peer="Chatwoot",
    ),
    Metric(
        "chatwoot_first_response",
        Text(
            "Primeira resposta (Chatwoot)", "First response (Chatwoot)", "1.ª respuesta (Chatwoot)"
        ),
        Form.DURATION,
        "episode",
        "first_replied_at",
        Definition(_CREATED, _FIRST, REPLIER.name, _FIRST, NOTHING),
        rows="first_replied_at is not null",
        start="created_at",
        end="first_replied_at",
        start_id="created_id",
        end_id="first_replied_id",
        credits=(_FIRST_REPLIER,),
        peer="Chatwoot",
    ),
    Metric(
        "zendesk_first_reply",
        Text("Primeira resposta (Zendesk)", "First reply (Zendesk)", "1.ª respuesta (Zendesk)"),
        Form.DURATION,
        "episode",
        "created_at",
        Definition(_CREATED, _FIRST, REPLIER.name, _CREATED, NOTHING),
        rows="first_replied_at is not null",
        start="created_at",
        end="first_replied_at",
        start_id="created_id",
        end_id="first_replied_id",
        credits=(_FIRST_REPLIER,),
        peer="Zendesk",
    ),
    Metric(
        "zendesk_full_resolution",
        Text(
            "Resolução completa (Zendesk)",
            "Full resolution (Zendesk)",
            "Resolución total (Zendesk)",
        ),
        Form.DURATION,
        "episode",
        "resolved_at",
        Definition(
            _CREATED,
            Text("última resolução", "last resolution", "última resolución"),
            _ASSIGNEE,
            RESOLVED,
            NOTHING,
        ),
        rows="is_last and resolved_at is not null",
        start="created_at",
        end="resolved_at",
        start_id="created_id",
        end_id="resolved_id",
        credits=(ASSIGNEE_THEN,),
        peer="Zendesk",
    ),
    Metric(
        "blip_attended",
        Text("Tickets atendidos (Blip)", "Tickets attended (Blip)", "Tickets atendidos (Blip)"),
        Form.COUNT,
        "holding",
        "until_at",
        Definition(
            NOTHING,
            Text(
                "cada transferência fecha um ticket e abre outro; ambos contam como atendidos",
                "each transfer closes a ticket and opens another; both count as attended",
                "cada transferencia cierra un ticket y abre otro; ambos cuentan como atendidos",
            ),
            Text("quem o tinha", "who had it", "quien lo tenía"),
            Text(
                "a transferência, também de volta à fila, ou a resolução",
                "the transfer, also back to the queue, or the resolution",
                "la transferencia, también de vuelta a la cola, o la resolución",
            ),
            NOTHING,
        ),
        rows="agent_id is not null",
        start_id="from_id",
        end_id="until_id",
        credits=(HOLDER,),
        peer="Blip",
    ),
    Metric(
        "livehelperchat_wait",
        Text(
            "Espera média (Live Helper Chat)",
            "Average wait (Live Helper Chat)",
            "Espera media (Live Helper Chat)",
        ),
        Form.DURATION,
        "episode",
        "opened_at",
        Definition(
            OPENED,
            Text("primeiro atendente", "first agent", "primer agente"),
            Text("o primeiro atendente", "the first agent", "el primer agente"),
            OPENED,
            Text(
                "esperas de 600 s ou mais somem da média",
                "waits of 600 s and more are dropped from the mean",
                "las esperas de 600 s o más desaparecen de la media",
            ),
        ),
        rows="opened_by_kind = 'contact' and served_at - opened_at < 600000000",
        start="opened_at",
        end="served_at",
        start_id="opened_id",
        end_id="served_id",
        credits=(FIRST_AGENT,),
        peer="Live Helper Chat",
    ),
)
