"""Targets: how soon customers are to be answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from console.actions.base import Recorded
from console.actions.hours import NO_OWNER, NOTHING_OF_ITS_OWN
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.sla import Owner, SlaPolicy
from console.i18n import Text
from console.store.sla import owner_exists, save_policy
from console.store.work import Connection

SHORTEST_S: Final = 60
LONGEST_S: Final = 90 * 86_400
NO_TARGET = Text(
    "Escreva pelo menos uma meta.", "Write one target at least.", "Escribe al menos una meta."
)
BAD_TARGET = Text(
    "Uma meta vai de 1 minuto a 90 dias.",
    "A target lies between 1 minute and 90 days.",
    "Una meta va de 1 minuto a 90 días.",
)


@dataclass(frozen=True, slots=True)
class SaveSla:
    """Keep the targets of an owner; None lets the wider ones hold again."""

    kind: ClassVar = "save_sla"
    title: ClassVar = Text("Salvar metas", "Save targets", "Guardar metas")
    right: ClassVar = Right.SETTINGS

    owner: Owner
    policy: SlaPolicy | None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused without a target, and for one out of reason."""
        del actor, at
        if not owner_exists(connection, self.owner):
            raise RuleError(NO_OWNER)
        if self.policy is not None:
            _check(self.policy)
        had_any = save_policy(connection, self.owner, self.policy)
        if self.policy is None and not had_any:
            raise RuleError(NOTHING_OF_ITS_OWN)
        return Recorded(EventKind.SLA_SAVED, "sla_policy", self.owner.id)


def _check(policy: SlaPolicy) -> None:
    targets = (policy.first_response_s, policy.next_reply_s, policy.resolution_s)
    given = [target for target in targets if target is not None]
    if not given:
        raise RuleError(NO_TARGET)
    if any(not SHORTEST_S <= target <= LONGEST_S for target in given):
        raise RuleError(BAD_TARGET)
