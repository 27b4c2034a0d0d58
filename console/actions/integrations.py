"""Integrations: systems that may send notifications, each with a token of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from console.actions.base import Recorded
from console.actions.contacts import checked_name
from console.actions.settings import KEY_TAKEN, slug
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.i18n import Text
from console.store import integrations
from console.store.work import Connection

NO_INTEGRATION: Final = Text(
    "Essa integração não existe ou já foi revogada.",
    "There is no such integration, or it was revoked already.",
    "Esa integración no existe o ya fue revocada.",
)


@dataclass(frozen=True, slots=True)
class SaveIntegration:
    """Let a system send notifications; of its token only the hash arrives here."""

    kind: ClassVar = "save_integration"
    title: ClassVar = Text("Criar integração", "Create integration", "Crear integración")
    right: ClassVar = Right.SETTINGS

    name: str
    token_hash: str

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for a name in use."""
        del actor
        name = checked_name(self.name)
        made = integrations.save_integration(connection, slug(name), name, self.token_hash, at)
        if made is None:
            raise RuleError(KEY_TAKEN)
        return Recorded(EventKind.INTEGRATION_SAVED, "integration", made)


@dataclass(frozen=True, slots=True)
class RevokeIntegration:
    """End a token at once; what it has sent stays."""

    kind: ClassVar = "revoke_integration"
    title: ClassVar = Text("Revogar integração", "Revoke integration", "Revocar integración")
    right: ClassVar = Right.SETTINGS

    integration_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for one that is not active."""
        del actor, at
        if not integrations.revoke_integration(connection, self.integration_id):
            raise RuleError(NO_INTEGRATION)
        return Recorded(EventKind.INTEGRATION_REVOKED, "integration", self.integration_id)
