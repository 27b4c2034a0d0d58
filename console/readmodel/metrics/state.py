"""The queue at an instant, now or in the past: stretches that hold at it."""

from __future__ import annotations

from typing import Final

from console.i18n import Text
from console.readmodel.metrics.base import HOLDER, NOTHING, Definition, Form, Metric

_INSTANT: Final = Text("o instante perguntado", "the instant asked", "el instante preguntado")
_THEN: Final = Text(
    "o responsável naquele instante",
    "the assignee at that instant",
    "el responsable en ese instante",
)


def _state(key: str, name: Text, fact: str, definition: Definition, **more: str) -> Metric:
    return Metric(
        key,
        name,
        Form.STATE,
        fact,
        "from_at",
        definition,
        start="from_at",
        end="until_at",
        start_id="from_id",
        credits=(HOLDER,),
        **more,  # type: ignore[arg-type]
    )


_WAITS: Final = Definition(
    Text("início da vez aberta do cliente", "start of the open turn", "inicio del turno abierto"),
    _INSTANT,
    _THEN,
    _INSTANT,
    Text("ninguém espera: vazio", "nobody waits: empty", "nadie espera: vacío"),
)

STATES: Final = (
    _state(
        "backlog",
        Text("Conversas pendentes", "Backlog", "Conversaciones pendientes"),
        "holding",
        Definition(
            Text("abertura ou reabertura", "opening or reopening", "apertura o reapertura"),
            Text("resolução", "resolution", "resolución"),
            _THEN,
            _INSTANT,
            NOTHING,
        ),
    ),
    _state(
        "unassigned",
        Text("Não atribuídas", "Unassigned", "Sin asignar"),
        "holding",
        Definition(
            Text(
                "pendente e sem responsável",
                "pending without assignee",
                "pendiente sin responsable",
            ),
            Text("atribuição ou resolução", "assignment or resolution", "asignación o resolución"),
            NOTHING,
            _INSTANT,
            NOTHING,
        ),
        rows="agent_id is null",
    ),
    _state(
        "unread",
        Text("Não lidas", "Unread", "No leídas"),
        "unread",
        Definition(
            Text(
                "mensagem do cliente, ou marcada como não lida; ou a reabertura sem que se lesse",
                "the customer's message, or marked as unread; or a reopening of what nobody read",
                "mensaje del cliente, o marcada como no leída; o la reapertura sin que se leyera",
            ),
            Text(
                "leitura, resposta de uma pessoa ou resolução",
                "reading, reply by a person, or resolution",
                "lectura, respuesta de una persona o resolución",
            ),
            _THEN,
            _INSTANT,
            NOTHING,
        ),
    ),
    _state(
        "waiting",
        Text("Clientes esperando", "Customers waiting", "Clientes esperando"),
        "wait",
        Definition(
            Text("início da vez do cliente", "start of the turn", "inicio del turno"),
            Text(
                "resposta de uma pessoa ou resolução",
                "reply by a person, or resolution",
                "respuesta de una persona o resolución",
            ),
            _THEN,
            _INSTANT,
            NOTHING,
        ),
    ),
    Metric(
        "oldest_wait",
        Text("Maior espera", "Oldest wait", "Mayor espera"),
        Form.OLDEST,
        "wait",
        "from_at",
        _WAITS,
        value="since_at",
        start="from_at",
        end="until_at",
        start_id="from_id",
        credits=(HOLDER,),
    ),
    _state(
        "age_bands",
        Text("Espera por faixa", "Waits by age", "Esperas por franja"),
        "wait",
        _WAITS,
        value="since_at",
    ),
)
