"""Send a file: a picture, video, sound or document, handed to the outbox like a reply."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from console.actions.base import Fact, Facts, Words
from console.actions.quoting import quoted_name, read_answered
from console.actions.reply import WINDOW_CLOSED
from console.domain.agent import Acting, Right
from console.domain.attachment import WHATSAPP, WITH_CAPTION, SentFile, refusal
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Direction, Message
from console.domain.window import is_open
from console.i18n import Text
from console.store.work import Connection

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

    `in_window` refuses when the customer has not written within the last 24 hours. `answers` is
    the message of the conversation that it quotes.
    """

    kind: ClassVar = "send_file"
    title: ClassVar = Text("Enviar arquivo", "Send file", "Enviar archivo")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ("inbound_at",)

    file: SentFile
    caption: str = ""
    in_window: bool = False
    answers: int | None = None
    answered: Message | None = field(repr=False, default=None)  # read by `run`

    def read(self, connection: Connection, actor: Acting) -> SendFile:
        """With the message that is answered, if any."""
        if self.answers is None:
            return self
        return replace(self, answered=read_answered(connection, self.answers, actor))

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused when WhatsApp would not take the file or its caption."""
        del actor
        if self.in_window and not is_open(state.inbound_at, at):
            raise RuleError(WINDOW_CLOSED)
        file = self.file
        problem = refusal(file.kind, file.mime, file.size, WHATSAPP)
        problem = problem or caption_problem(file, self.caption)
        if problem:
            raise RuleError(problem)
        quoted = None if self.answers is None else quoted_name(self.answered, state)
        words = Words(
            Direction.OUT, self.caption, file.kind, sent_file=file, is_sent=True, quoted=quoted
        )
        return (Fact(EventKind.REPLIED, words=words),)


def caption_problem(file: SentFile, caption: str) -> Text | None:
    """Why a file cannot go with these words; None when it can."""
    if caption and file.kind not in WITH_CAPTION:
        return NO_CAPTION
    return CAPTION_TOO_LONG if len(caption) > LONGEST_CAPTION else None
