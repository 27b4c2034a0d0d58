"""Canned replies: keep a text under a shortcut, share it, take it away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.actions.audience import changeable, checked_team
from console.actions.base import Recorded
from console.domain.agent import Acting, Right
from console.domain.audience import Audience
from console.domain.canned import LONGEST_SHORTCUT, LONGEST_TEXT, CannedReply, shortcut_of
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant, new_id
from console.domain.text import clean
from console.i18n import Text
from console.store import canned
from console.store.work import Connection

NO_SUCH_REPLY = Text(
    "Essa mensagem predefinida não existe mais. Escolha outra.",
    "That canned reply does not exist any more. Choose another.",
    "Ese mensaje predefinido ya no existe. Elige otro.",
)
BAD_SHORTCUT = Text(
    f"O atalho precisa de 1 a {LONGEST_SHORTCUT} letras, números ou hifens, sem espaços, "
    "como pix ou prazo-entrega.",
    f"A shortcut needs 1 to {LONGEST_SHORTCUT} letters, digits or hyphens without spaces, "
    "such as pix or delivery-time.",
    f"El atajo necesita de 1 a {LONGEST_SHORTCUT} letras, números o guiones, sin espacios, "
    "como pix o plazo-entrega.",
)
SHORTCUT_TAKEN = Text(
    "Já existe uma mensagem com o atalho /{shortcut}. Escolha outro.",
    "There is a reply with the shortcut /{shortcut} already. Choose another.",
    "Ya existe un mensaje con el atajo /{shortcut}. Elige otro.",
)
TEXT_MISSING = Text(
    "Escreva o texto da mensagem.", "Write the text of the reply.", "Escribe el texto del mensaje."
)
TEXT_TOO_LONG = Text(
    f"O texto passa de {LONGEST_TEXT} caracteres, o máximo do WhatsApp. Encurte-o.",
    f"The text has more than {LONGEST_TEXT} characters, the most WhatsApp takes. Shorten it.",
    f"El texto supera los {LONGEST_TEXT} caracteres, el máximo de WhatsApp. Acórtalo.",
)


@dataclass(frozen=True, slots=True)
class SaveCanned:
    """Keep a text under a shortcut, or change a kept one (`canned_id`)."""

    kind: ClassVar = "save_canned"
    title: ClassVar = Text(
        "Salvar mensagem predefinida", "Save canned reply", "Guardar mensaje predefinido"
    )
    right: ClassVar = Right.ANSWER

    shortcut: str
    text: str
    audience: Audience = Audience.PRIVATE
    team_id: int | None = None
    canned_id: int | None = None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for what is not one's own, for a shortcut in use, and for a wrong audience."""
        shortcut, text = checked(self.shortcut, self.text)
        team_id = checked_team(connection, actor, self.audience, self.team_id)
        before = _changeable(connection, self.canned_id, actor) if self.canned_id else None
        reply = CannedReply(
            id=before.id if before else new_id(),
            owner_id=before.owner_id if before else actor.agent_id,
            audience=Audience(self.audience),
            team_id=team_id,
            shortcut=shortcut,
            text=text,
            version=before.version + 1 if before else 1,
        )
        if canned.holder(connection, reply) not in {None, reply.id}:
            raise RuleError(SHORTCUT_TAKEN.with_(shortcut=shortcut))
        canned.save_canned(connection, reply, at)
        return Recorded(EventKind.CANNED_SAVED, "canned_reply", reply.id)


@dataclass(frozen=True, slots=True)
class RemoveCanned:
    """Take a canned reply away from everybody who finds it."""

    kind: ClassVar = "remove_canned"
    title: ClassVar = Text(
        "Remover mensagem predefinida", "Remove canned reply", "Quitar mensaje predefinido"
    )
    right: ClassVar = Right.ANSWER

    canned_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for what is not one's own."""
        reply = _changeable(connection, self.canned_id, actor)
        canned.remove_canned(connection, reply, at)
        return Recorded(EventKind.CANNED_REMOVED, "canned_reply", reply.id)


def checked(shortcut: str, text: str) -> tuple[str, str]:
    """Both as they are kept; raises RuleError."""
    kept, words = shortcut_of(shortcut), clean(text).text.strip()
    if kept is None:
        raise RuleError(BAD_SHORTCUT)
    if not words:
        raise RuleError(TEXT_MISSING)
    if len(words) > LONGEST_TEXT:
        raise RuleError(TEXT_TOO_LONG)
    return kept, words


def _changeable(connection: Connection, canned_id: int, actor: Acting) -> CannedReply:
    return changeable(canned.find_canned(connection, canned_id), actor, NO_SUCH_REPLY)
