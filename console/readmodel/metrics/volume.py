"""How much came in, went out and was finished: counts of rows."""

from __future__ import annotations

from typing import Any, Final

from console.domain.ids import HOUR
from console.i18n import Text
from console.readmodel.metrics.base import (
    AUTHOR,
    HOLDER,
    NOTHING,
    RESOLVING,
    Credit,
    Definition,
    Form,
    Metric,
)

_KEPT: Final = "delivery is distinct from 'withdrawn'"
_SENT: Final = f"direction = 'out' and {_KEPT}"
_NEVER: Final = Text("nunca fica vazio", "never empty", "nunca queda vacío")
_WHEN_SENT: Final = Text(
    "o instante da mensagem", "the message's instant", "el instante del mensaje"
)
_NO_CREDIT: Final = Text("instância e equipe", "instance and team", "instancia y equipo")
_BY_RESOLVER: Final = Text(
    "quem resolveu; à escolha, o responsável na hora ou quem respondeu por último",
    "who resolved; by choice the assignee then, or who replied last",
    "quien resolvió; a elección, el responsable entonces o el último en responder",
)
_WHEN_RESOLVED: Final = Text(
    "o instante da resolução", "the instant of the resolution", "el instante de la resolución"
)
_TAKEN_BACK: Final = Text(
    "o que foi desfeito não conta", "what was undone does not count", "lo deshecho no cuenta"
)
_ASKED: Final = Text("o instante perguntado", "the instant asked", "el instante preguntado")
_NO_ROW: Final = Text(
    "ninguém no período: vazio", "nobody in the period: empty", "nadie en el período: vacío"
)
_WHO_ACTED: Final = Text("quem agiu", "who acted", "quien actuó")
_ACTOR: Final = Credit("actor", Text("Quem agiu", "Actor", "Quien actuó"), HOLDER.column)
_UNDONE: Final = Text(
    "resoluções desfeitas não contam", "resolutions undone do not count",
    "las resoluciones deshechas no cuentan",
)  # fmt: skip


def _counted(credit: Text, cohort: Text, null: Text = _NEVER) -> Definition:
    return Definition(NOTHING, NOTHING, credit, cohort, null)


def _since(key: str, name: Text, fact: str, latest: Text, credit: Text, **more: Any) -> Metric:
    """How long ago the latest row of the period was."""
    definition = Definition(latest, _ASKED, credit, latest, _NO_ROW)
    value = "$now - happened_at"
    return Metric(
        key, name, Form.LATEST, fact, "happened_at", definition, value=value, start_id="id", **more
    )


VOLUME: Final = (
    Metric(
        "opened",
        Text("Atendimentos abertos", "Episodes opened", "Atenciones abiertas"),
        Form.COUNT,
        "episode",
        "opened_at",
        _counted(
            _NO_CREDIT,
            Text(
                "o instante da abertura ou da reabertura",
                "the instant of the opening or reopening",
                "el instante de la apertura o de la reapertura",
            ),
        ),
        start_id="opened_id",
    ),
    Metric(
        "received",
        Text("Mensagens recebidas", "Messages received", "Mensajes recibidos"),
        Form.COUNT,
        "message",
        "happened_at",
        _counted(_NO_CREDIT, _WHEN_SENT),
        rows="direction = 'in'",
        start_id="id",
    ),
    Metric(
        "sent",
        Text("Mensagens enviadas", "Messages sent", "Mensajes enviados"),
        Form.COUNT,
        "message",
        "happened_at",
        _counted(
            Text("quem escreveu", "the author", "el autor"),
            _WHEN_SENT,
            Text(
                "só as de pessoas; robôs têm a sua própria; retiradas antes do envio não contam",
                "only people's; bots have their own; withdrawn before sending do not count",
                "solo las de personas; los bots tienen la suya; las retiradas no cuentan",
            ),
        ),
        rows=f"{_SENT} and author_kind = 'agent'",
        start_id="id",
        credits=(AUTHOR,),
    ),
    Metric(
        "sent_by_bots",
        Text("Mensagens de robôs", "Messages by bots", "Mensajes de bots"),
        Form.COUNT,
        "message",
        "happened_at",
        _counted(_NO_CREDIT, _WHEN_SENT),
        rows=f"{_SENT} and author_kind <> 'agent'",
        start_id="id",
    ),
    Metric(
        "notes",
        Text("Notas internas", "Internal notes", "Notas internas"),
        Form.COUNT,
        "message",
        "happened_at",
        _counted(Text("quem escreveu", "the author", "el autor"), _WHEN_SENT, _TAKEN_BACK),
        rows=f"direction = 'note' and {_KEPT}",
        start_id="id",
        credits=(AUTHOR,),
    ),
    Metric(
        "resolved",
        Text("Resoluções", "Resolutions", "Resoluciones"),
        Form.COUNT,
        "episode",
        "resolved_at",
        _counted(_BY_RESOLVER, _WHEN_RESOLVED, _UNDONE),
        start_id="opened_id",
        end_id="resolved_id",
        credits=RESOLVING,
    ),
    Metric(
        "resolved_conversations",
        Text("Conversas resolvidas", "Conversations resolved", "Conversaciones resueltas"),
        Form.DISTINCT,
        "episode",
        "resolved_at",
        _counted(_BY_RESOLVER, _WHEN_RESOLVED, _UNDONE),
        value="conversation_id",
        start_id="opened_id",
        end_id="resolved_id",
        credits=RESOLVING,
    ),
    Metric(
        "resolved_contacts",
        Text("Contatos atendidos", "Contacts served", "Contactos atendidos"),
        Form.DISTINCT,
        "episode",
        "resolved_at",
        _counted(_BY_RESOLVER, _WHEN_RESOLVED, _UNDONE),
        value="contact_id",
        start_id="opened_id",
        end_id="resolved_id",
        credits=RESOLVING,
    ),
    Metric(
        "reopened",
        Text("Reaberturas", "Reopenings", "Reaperturas"),
        Form.COUNT,
        "episode",
        "reopened_at",
        _counted(
            Text("quem tinha resolvido", "who had resolved", "quien había resuelto"),
            Text(
                "o instante da reabertura",
                "the instant of the reopening",
                "el instante de la reapertura",
            ),
        ),
        start_id="resolved_id",
        end_id="reopened_id",
        credits=RESOLVING,
    ),
    Metric(
        "transfers",
        Text("Transferências", "Transfers", "Transferencias"),
        Form.COUNT,
        "event",
        "happened_at",
        _counted(
            Text(
                "quem passou a conversa; à escolha, quem a recebeu",
                "who handed it over; by choice who received it",
                "quien la pasó; a elección, quien la recibió",
            ),
            Text("o instante da troca", "the instant of the change", "el instante del cambio"),
            Text(
                "só de um atendente para outro; da fila ou para a fila não conta",
                "only from one agent to another; from or to the queue does not count",
                "solo de un agente a otro; desde o hacia la cola no cuenta",
            ),
        ),
        rows=(
            "kind = 'assigned' and not is_void and from_id is not null and to_id is not null"
            " and from_id <> to_id"
        ),
        end_id="id",
        credits=(
            Credit("from", Text("Quem passou", "From", "Quien pasó"), "from_id"),
            Credit("to", Text("Quem recebeu", "To", "Quien recibió"), "to_id"),
        ),
    ),
    Metric(
        "contact_activity",
        Text("Atividade dos contatos", "Contact activity", "Actividad de los contactos"),
        Form.COUNT,
        "message",
        "happened_at",
        _counted(
            _NO_CREDIT,
            Text(
                "o instante da mensagem ou da reação do contato",
                "the instant of the contact's message or reaction",
                "el instante del mensaje o de la reacción del contacto",
            ),
        ),
        rows="direction = 'in'",
        start_id="id",
    ),
    Metric(
        "agent_activity",
        Text("Atividade dos atendentes", "Agent activity", "Actividad de los agentes"),
        Form.COUNT,
        "act",
        "happened_at",
        _counted(
            _WHO_ACTED,
            Text(
                "o instante da mensagem, da nota ou da ação",
                "the instant of the message, note or act",
                "el instante del mensaje, la nota o la acción",
            ),
            _TAKEN_BACK,
        ),
        start_id="id",
        credits=(_ACTOR,),
    ),
    Metric(
        "active_hours",
        Text("Horas ativas", "Active hours", "Horas activas"),
        Form.DISTINCT,
        "act",
        "happened_at",
        _counted(
            _WHO_ACTED,
            Text(
                "as horas cheias (UTC) em que houve mensagem, nota ou ação",
                "the full hours (UTC) with a message, note or act in them",
                "las horas enteras (UTC) con un mensaje, nota o acción",
            ),
            _TAKEN_BACK,
        ),
        value=f"happened_at // {HOUR}",
        start_id="id",
        credits=(_ACTOR,),
    ),
    _since(
        "last_agent_activity",
        Text("Última atividade do atendente", "Agent's last activity", "Última acción del agente"),
        "act",
        Text(
            "a mensagem, nota ou ação mais recente do período",
            "the latest message, note or act of the period",
            "el mensaje, nota o acción más reciente del período",
        ),
        _WHO_ACTED,
        credits=(_ACTOR,),
    ),
    _since(
        "last_contact_activity",
        Text(
            "Última atividade do contato", "Contact's last activity", "Última acción del contacto"
        ),
        "message",
        Text(
            "a mensagem ou reação mais recente do contato no período",
            "the contact's latest message or reaction of the period",
            "el mensaje o reacción más reciente del contacto en el período",
        ),
        _NO_CREDIT,
        rows="direction = 'in'",
    ),
)
