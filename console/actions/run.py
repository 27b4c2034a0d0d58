"""The only place where a wish meets the database.

One transaction for one id or a hundred thousand: authorization, idempotency key, optimistic
version, state, events, outbox and feed. The number of statements does not depend on the number
of ids.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from console.actions.base import (
    KEY_REUSED,
    NOT_ALLOWED,
    SIGNED_OUT,
    Command,
    Outcome,
    PlacingCommand,
)
from console.actions.carry import Work, carry_out
from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import Instant
from console.domain.message import ActorKind
from console.i18n import Text
from console.store import people
from console.store.idempotency import Claim, claim, save_outcome
from console.store.work import Connection, Store


def run(
    store: Store,
    command: Command,
    ids: Sequence[int] = (),
    *,
    actor: Acting,
    at: Instant,
    key: str,
    expected: Mapping[int, int] | None = None,
    bulk_id: int | None = None,
) -> Outcome:
    """Carry out a command on each id, in one transaction, exactly once per `key`.

    `expected` gives the versions the person saw: a row that has moved on is refused. Raises
    RuleError when the whole wish is refused: role, deactivated person, key of another wish.
    """

    def unit(connection: Connection) -> Outcome:
        who = today(connection, actor)
        if not who.may(command.right):
            raise RuleError(NOT_ALLOWED)
        mark = _fingerprint(command, ids)
        saved = claim(connection, Claim(key, command.kind, who.agent_id or None, mark, at))
        if saved is not None:
            return _answer_again(saved.fingerprint, mark, saved.outcome)
        work = Work(connection, who, at, bulk_id)
        carry_out(work, command, ids, expected or {})
        save_outcome(connection, key, _written(work.outcome()))
        return work.outcome()

    return store.write(unit)


def run_inside(
    connection: Connection, command: PlacingCommand, *, actor: Acting, at: Instant
) -> Outcome:
    """Carry out a wish of a channel in a transaction that is open already.

    What makes it happen once is the provider's id of the message, not a key.
    """
    work = Work(connection, actor, at)
    carry_out(work, command, (), {})
    return work.outcome()


def today(connection: Connection, actor: Acting) -> Acting:
    """Role and teams as they are now: rights taken away a moment ago are gone."""
    if actor.kind != ActorKind.AGENT:
        return actor
    found = people.acting(connection, actor.agent_id)
    if found is None:
        raise RuleError(SIGNED_OUT)
    return found


def _fingerprint(command: Command, ids: Sequence[int]) -> str:
    wish = json.dumps([command.kind, repr(command), list(ids)])
    return hashlib.sha256(wish.encode("utf-8", "surrogatepass")).hexdigest()


def _answer_again(saved_mark: str, mark: str, outcome: str) -> Outcome:
    if saved_mark != mark:
        raise RuleError(KEY_REUSED)
    return _read(outcome)


def _written(outcome: Outcome) -> str:
    refused = {i: [t.pt, t.en, t.es] for i, t in outcome.refused.items()}
    return json.dumps({"done": outcome.done, "refused": refused, "made": dict(outcome.made)})


def _read(text: str) -> Outcome:
    saved: Any = json.loads(text)
    return Outcome(
        tuple(saved["done"]),
        {int(i): Text(*words) for i, words in saved["refused"].items()},
        {int(i): made for i, made in saved["made"].items()},
    )
