"""Invariants of the store, each one question that finds offending ids; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    not_,
    or_,
    select,
)

from console.domain.conversation import Status
from console.domain.events import EventKind
from console.domain.message import Delivery, Direction
from console.i18n import Text
from console.store import tables

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One invariant that does not hold, with the first offending ids."""

    invariant: str
    text: Text
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Invariant:
    """A rule of the store: its key, what is wrong when it fails, and the offending ids."""

    key: str
    text: Text
    offending: Callable[[], Select[Any]]


def examine(connection: Connection) -> Iterator[Finding]:
    """Ask every invariant in turn; yields those that do not hold."""
    for invariant in INVARIANTS:
        ids = tuple(connection.scalars(invariant.offending().limit(SHOWN)))
        if ids:
            yield Finding(invariant.key, invariant.text, ids)


_C: Final = tables.conversation
_M: Final = tables.message
_E: Final = tables.event
_O: Final = tables.outbox


def _lost_messages() -> Select[Any]:
    home = exists().where(_C.c.id == _M.c.conversation_id, _C.c.instance_id == _M.c.instance_id)
    return select(_M.c.id).where(not_(home))


def _doubled_messages() -> Select[Any]:
    return (
        select(func.min(_M.c.id))
        .where(_M.c.provider_id.is_not(None))
        .group_by(_M.c.instance_id, _M.c.provider_id)
        .having(func.count() > 1)
    )


def _messages_without_event() -> Select[Any]:
    named = (
        select(_E.c.message_id, func.count().label("n"))
        .where(_E.c.message_id.is_not(None))
        .group_by(_E.c.message_id)
        .subquery()
    )
    joined = _M.outerjoin(named, named.c.message_id == _M.c.id)
    return select(_M.c.id).select_from(joined).where(func.coalesce(named.c.n, 0) != 1)


def _events_without_message() -> Select[Any]:
    written = exists().where(_M.c.id == _E.c.message_id)
    return select(_E.c.id).where(_E.c.message_id.is_not(None), not_(written))


def _count_of(*directions: str) -> Any:
    return func.sum(case((_M.c.direction.in_(directions), 1), else_=0))


def _wrong_counters() -> Select[Any]:
    counted = (
        select(
            _M.c.conversation_id,
            func.count().label("n"),
            _count_of(Direction.IN).label("inbound"),
            _count_of(Direction.OUT).label("outbound"),
            _count_of(Direction.NOTE).label("notes"),
        )
        .group_by(_M.c.conversation_id)
        .subquery()
    )
    pairs = (
        (_C.c.message_n, counted.c.n),
        (_C.c.inbound_n, counted.c.inbound),
        (_C.c.outbound_n, counted.c.outbound),
        (_C.c.note_n, counted.c.notes),
    )
    joined = _C.outerjoin(counted, counted.c.conversation_id == _C.c.id)
    wrong = or_(*(kept != func.coalesce(real, 0) for kept, real in pairs))
    return select(_C.c.id).select_from(joined).where(wrong)


def _wrong_status() -> Select[Any]:
    """Resolve events exceed reopenings by one exactly where the state says resolved.

    Those of a bulk run that was taken back do not count.
    """
    undone = tables.event.alias("undone")
    taken_back = exists().where(
        undone.c.conversation_id == _E.c.conversation_id,
        undone.c.kind == EventKind.UNDONE,
        undone.c.to_id == _E.c.bulk_id,
    )
    balance = (
        select(
            _E.c.conversation_id,
            func.sum(case((_E.c.kind == EventKind.RESOLVED, 1), else_=-1)).label("n"),
            func.sum(case((_E.c.kind == EventKind.REOPENED, 1), else_=0)).label("reopened"),
        )
        .where(_E.c.kind.in_([EventKind.RESOLVED, EventKind.REOPENED]), not_(taken_back))
        .group_by(_E.c.conversation_id)
        .subquery()
    )
    joined = _C.outerjoin(balance, balance.c.conversation_id == _C.c.id)
    resolved = case((_C.c.status == Status.RESOLVED, 1), else_=0)
    return (
        select(_C.c.id)
        .select_from(joined)
        .where(
            or_(
                func.coalesce(balance.c.n, 0) != resolved,
                func.coalesce(balance.c.reopened, 0) != _C.c.reopened_n,
            )
        )
    )


def _resting_but_resolved() -> Select[Any]:
    resolved = _C.c.status == Status.RESOLVED
    return select(_C.c.id).where(resolved, _C.c.snoozed_until_at.is_not(None))


def _torn_outbox() -> Select[Any]:
    torn = and_(_O.c.state == Delivery.QUEUED, _M.c.delivery != Delivery.QUEUED)
    return select(_O.c.id).join_from(_O, _M, _M.c.id == _O.c.message_id).where(torn)


def _unsent_messages() -> Select[Any]:
    waiting = exists().where(_O.c.message_id == _M.c.id)
    return select(_M.c.id).where(_M.c.delivery == Delivery.QUEUED, not_(waiting))


def _wrong_activity() -> Select[Any]:
    latest = (
        select(_M.c.conversation_id, func.max(_M.c.at).label("latest_at"))
        .group_by(_M.c.conversation_id)
        .subquery()
    )
    joined = _C.join(latest, latest.c.conversation_id == _C.c.id)
    real = case((latest.c.latest_at > _C.c.opened_at, latest.c.latest_at), else_=_C.c.opened_at)
    return select(_C.c.id).select_from(joined).where(_C.c.last_activity_at != real)


INVARIANTS: Final = (
    Invariant(
        "I1",
        Text(
            "mensagens fora de uma conversa da mesma instância",
            "messages without a conversation of the same instance",
            "mensajes sin conversación de la misma instancia",
        ),
        _lost_messages,
    ),
    Invariant(
        "I2",
        Text("mensagens em dobro", "messages written twice", "mensajes duplicados"),
        _doubled_messages,
    ),
    Invariant(
        "I3",
        Text(
            "mensagens sem exatamente um evento",
            "messages without exactly one event",
            "mensajes sin exactamente un evento",
        ),
        _messages_without_event,
    ),
    Invariant(
        "I3",
        Text("eventos sem mensagem", "events without their message", "eventos sin su mensaje"),
        _events_without_message,
    ),
    Invariant(
        "I4",
        Text(
            "contadores diferentes da recontagem",
            "counters that differ from a recount",
            "contadores distintos del recuento",
        ),
        _wrong_counters,
    ),
    Invariant(
        "I4",
        Text(
            "situação diferente dos eventos",
            "status that differs from the events",
            "estado distinto de los eventos",
        ),
        _wrong_status,
    ),
    Invariant(
        "I4",
        Text(
            "conversas resolvidas e adiadas ao mesmo tempo",
            "conversations that are resolved and snoozed at once",
            "conversaciones resueltas y pospuestas a la vez",
        ),
        _resting_but_resolved,
    ),
    Invariant(
        "I5",
        Text(
            "fila de envio em desacordo com a mensagem",
            "outbox rows at odds with their message",
            "cola de envío en desacuerdo con el mensaje",
        ),
        _torn_outbox,
    ),
    Invariant(
        "I5",
        Text(
            "mensagens na fila fora da fila de envio",
            "queued messages missing from the outbox",
            "mensajes en cola fuera de la cola de envío",
        ),
        _unsent_messages,
    ),
    Invariant(
        "I9",
        Text(
            "última atividade diferente da última mensagem",
            "last activity that differs from the last message",
            "última actividad distinta del último mensaje",
        ),
        _wrong_activity,
    ),
)
