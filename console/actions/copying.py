"""What is sent once more: the words and the bytes of a message, never its provider's names."""

from __future__ import annotations

from typing import Final

from console.actions.base import MESSAGE_NOT_FOUND, Words
from console.actions.reply import WINDOW_CLOSED, written
from console.actions.send_file import caption_problem
from console.domain.agent import Acting
from console.domain.attachment import COPIED, SentFile, refusal
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.ids import Instant
from console.domain.message import Direction
from console.domain.window import is_open
from console.i18n import Text
from console.store.originals import Original, original
from console.store.work import Connection

DELETED: Final = Text(
    "Esta mensagem foi apagada no WhatsApp e não pode ser enviada de novo.",
    "This message was deleted on WhatsApp and cannot be sent again.",
    "Este mensaje fue eliminado en WhatsApp y no puede enviarse de nuevo.",
)
NO_BYTES: Final = Text(
    "O arquivo desta mensagem não está aqui: só arquivos que chegaram podem ser enviados.",
    "The file of this message is not here: only files that arrived can be sent.",
    "El archivo de este mensaje no está aquí: solo se envían archivos que llegaron.",
)
NO_WORDS: Final = Text(
    "Este tipo de mensagem não pode ser enviado daqui: só textos, modelos e arquivos.",
    "This type of message cannot be sent from here: only texts, templates and files.",
    "Este tipo de mensaje no puede enviarse desde aquí: solo textos, plantillas y archivos.",
)
_FILES: Final = frozenset(COPIED)


def read_original(connection: Connection, message_id: int, actor: Acting) -> Original:
    """The message to be copied; raises RuleError with one answer for absent and not yours."""
    found = original(connection, message_id, actor.scope)
    if found is None:
        raise RuleError(MESSAGE_NOT_FOUND)
    return found


def copied(found: Original, text: str | None = None) -> Words:
    """The message as it goes out once more, with other words if told; raises RuleError."""
    message = found.message
    if message.revoked_at is not None:
        raise RuleError(DELETED)
    told = message.text if text is None else text
    if message.kind in _FILES:
        file = _file(found, told)
        return Words(Direction.OUT, told, file.kind, sent_file=file, is_sent=True)
    if not told.strip():
        raise RuleError(NO_WORDS)
    return Words(Direction.OUT, written(told), is_sent=True)


def check_window(found: Original, state: Conversation, at: Instant) -> None:
    """Raises RuleError where the provider takes templates only, because the customer is silent."""
    if state.instance_id in found.windowed and not is_open(state.inbound_at, at):
        raise RuleError(WINDOW_CLOSED)


def _file(found: Original, caption: str) -> SentFile:
    """The file by the bytes that are here: a provider's name of them belongs to one instance."""
    kept = found.file
    if kept is None or not kept.is_here or kept.sha256 is None:
        raise RuleError(NO_BYTES)
    file = SentFile(kept.kind, kept.mime, kept.filename, kept.size_n or 0, kept.sha256)
    problem = refusal(file.kind, file.mime, file.size, COPIED) or caption_problem(file, caption)
    if problem:
        raise RuleError(problem)
    return file
