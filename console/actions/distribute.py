"""Distribute: give many conversations to several agents, each row to one of them.

Whom a row goes to is settled when the run is planned, so that the preview says what will happen.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import ClassVar, Final

from console.actions.assign import ALREADY_THERE, NO_SUCH_AGENT
from console.actions.base import Fact, Facts
from console.domain.agent import Acting, Right, Role
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.i18n import Text
from console.store import people
from console.store.work import Connection

EVEN: Final = "even"
LEAST_LOADED: Final = "least_loaded"
RULES: Final = {
    EVEN: Text("Por igual", "Evenly", "Por igual"),
    LEAST_LOADED: Text("A quem tem menos", "To the least loaded", "A quien tiene menos"),
}
NOBODY_CHOSEN: Final = Text(
    "Escolha ao menos uma pessoa para receber as conversas.",
    "Choose at least one person to take the conversations.",
    "Elige al menos una persona para recibir las conversaciones.",
)
ONLY_PLANNED: Final = Text(
    "Distribuir só vale para uma execução conferida antes.",
    "Distributing needs a run that is previewed first.",
    "Distribuir solo vale para una ejecución revisada antes.",
)
NO_SUCH_RULE: Final = Text(
    "Essa forma de distribuir não existe: use even ou least_loaded.",
    "There is no such rule: use even or least_loaded.",
    "Esa regla no existe: usa even o least_loaded.",
)


@dataclass(frozen=True, slots=True)
class Distribute:
    """Give conversations to these agents by a rule: as many to each, or to the least loaded."""

    kind: ClassVar = "distribute"
    title: ClassVar = Text("Distribuir", "Distribute", "Distribuir")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ()

    agent_ids: tuple[int, ...]
    rule: str = EVEN

    def check(self, connection: Connection, actor: Acting) -> None:
        """Every one of them must be at work and able to answer."""
        del actor
        if not self.agent_ids:
            raise RuleError(NOBODY_CHOSEN)
        if self.rule not in RULES:
            raise RuleError(NO_SUCH_RULE)
        for agent_id in self.agent_ids:
            found = people.acting(connection, agent_id)
            if found is None or found.role is Role.ANALYST:
                raise RuleError(NO_SUCH_AGENT)

    def targets(self, n: int, load: Mapping[int, int]) -> list[int]:
        """Whom each of `n` rows goes to; `load` is how many others each one has open."""
        agent_ids = tuple(dict.fromkeys(self.agent_ids))  # whoever is named twice gets no more
        if self.rule == EVEN:
            return list(islice(cycle(agent_ids), n))
        return list(islice(_least_loaded(agent_ids, load), n))

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused by itself: a planned run settles whom each row goes to, and `Handed` does it."""
        del state, actor, at
        raise RuleError(ONLY_PLANNED)


@dataclass(frozen=True, slots=True)
class Handed:
    """Each conversation to its own agent."""

    kind: ClassVar = "handed"
    title: ClassVar = Distribute.title
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ("assignee_id",)

    targets: Mapping[int, int | None]

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """A conversation that its agent has already is left as it is."""
        del actor, at
        target = self.targets[state.id]
        if state.assignee_id == target:
            raise RuleError(ALREADY_THERE)
        return (Fact(EventKind.ASSIGNED, state.assignee_id, target),)


def _least_loaded(agent_ids: Sequence[int], load: Mapping[int, int]) -> Iterator[int]:
    """Always the one who has the fewest so far; the first named wins a tie."""
    heap = [(load.get(agent_id, 0), place, agent_id) for place, agent_id in enumerate(agent_ids)]
    heapq.heapify(heap)
    while True:
        n, place, agent_id = heap[0]
        yield agent_id
        heapq.heapreplace(heap, (n + 1, place, agent_id))
