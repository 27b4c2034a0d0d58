"""Send a file: a picture, video, sound or document, handed to the outbox like a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from console.actions.base import Fact, Facts, Words
from console.actions.reply import WINDOW_CLOSED
from console.domain.agent import Acting, Right
from console.domain.attachment import WHATSAPP, WITH_CAPTION, SentFile, refusal
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Direction
from console.domain.window import is_open
from console.i18n import Text

LONGEST_CAPTION: Final = 1_024  # Cloud API, caption of image, video and document
NO_CAPTION: Final = Text(
    "Um áudio vai sem legenda. Envie o texto em outra mensagem.",
    "Audio goes without a caption. Send the text as another message.",
    "Un audio va sin leyenda. Envía el texto en otro mensaje.",
)
CAPTION_TOO_LONG: Final = Text(
    "O WhatsApp aceita legendas de até 1.024 caracteres. Envie o texto em outra mensagem.",
    "WhatsApp takes captions of at most 1,024 characters. Send the text as another message.",
    "WhatsApp acepta leyendas de hasta 1024 caracteres. Envía el texto en otro mensaje.",
)


@dataclass(frozen=True, slots=True)
class SendFile:
    """Send a file whose bytes are here already; it waits in the outbox until the channel takes it.

    `in_window` refuses when the customer has not written within the last 24 hours.
    """

    kind: ClassVar = "send_file"
    title: ClassVar = Text("Enviar arquivo", "Send file", "Enviar archivo")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ("inbound_at",)

    file: SentFile
    caption: str = ""
    in_window: bool = False

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused when WhatsApp would not take the file or its caption."""
        del actor
        if self.in_window and not is_open(state.inbound_at, at):
            raise RuleError(WINDOW_CLOSED)
        file = self.file
        problem = refusal(file.kind, file.mime, file.size, WHATSAPP) or self._caption_problem()
        if problem:
            raise RuleError(problem)
        words = Words(Direction.OUT, self.caption, file.kind, sent_file=file, is_sent=True)
        return (Fact(EventKind.REPLIED, words=words),)

    def _caption_problem(self) -> Text | None:
        if self.caption and self.file.kind not in WITH_CAPTION:
            return NO_CAPTION
        return CAPTION_TOO_LONG if len(self.caption) > LONGEST_CAPTION else None
