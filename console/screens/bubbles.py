"""What a bubble shows besides its words: files, reactions, what it answers, what became of it.

Parts that are not there are left out, so that most messages stay as small as their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from console.domain.agent import Acting, Right
from console.domain.attachment import Attachment
from console.domain.ids import Instant
from console.domain.message import ActorKind, Direction, Message
from console.domain.text import preview
from console.screens.contents import content_of
from console.screens.failures import reason_of
from console.store.beside import Beside, Reaction

_SOUNDS: Final = frozenset({"audio", "voice"})
ATTACHMENT: Final = "/attachment"
"""Where the browser asks for a file, and where it puts one that is to be sent."""


def parts_of(message: Message, beside: Beside, who: Acting) -> dict[str, Any]:
    """The parts of one message, for somebody who may read its words."""
    parts = {
        "edited": _milliseconds(message.edited_at),
        "revoked": _milliseconds(message.revoked_at),
        "forwarded": message.is_forwarded,
        "resent": message.resend_of_id is not None,
        "phone": is_from_phone(message),
        "quotable": message.provider_id is not None,
        "changed": message.changed_at,
    }
    if is_readable(message, who):
        parts |= _content(message, beside, who)
    return {name: part for name, part in parts.items() if part}


def is_readable(message: Message, who: Acting) -> bool:
    """Whether somebody may still read it: what was deleted is kept for those who look after."""
    return message.revoked_at is None or who.may(Right.ORIGINALS)


def is_from_phone(message: Message) -> bool:
    """Whether somebody of ours wrote it on the phone itself, and nobody knows who."""
    is_ours = message.direction == Direction.OUT and message.author_kind == ActorKind.AGENT
    return is_ours and message.author_id is None and not message.author_name


def reason(message: Message, who: Acting) -> str | None:
    """Why it was not sent, in the reader's language."""
    told = reason_of(message.failure)
    return told.in_(who.language) if told else None


def _content(message: Message, beside: Beside, who: Acting) -> dict[str, Any]:
    file = beside.files.get(message.id)
    quoted = beside.quoted.get((message.conversation_id, message.quoted or ""))
    return {
        "original": message.original if who.may(Right.ORIGINALS) else None,
        "file": _file(file, message, who) if file else None,
        "content": content_of(message.kind, message.content),
        "quoted": _quoted(message, quoted, who) if message.quoted else None,
        "reactions": _reactions(beside.reactions.get(message.id, ())),
    }


def _file(file: Attachment, message: Message, who: Acting) -> dict[str, Any]:
    return {
        "id": str(file.id),
        "state": file.state,
        "form": form_of(file, message.kind),
        "name": file.filename,
        "size": file.size_n,
        "seconds": file.seconds_n,
        "problem": file.problem.in_(who.language) if file.problem else None,
    }


def form_of(file: Attachment, kind: str) -> str:
    """How it is drawn: the kind says what it is meant to be, its bytes what it may be."""
    if file.is_here and file.type.is_picture:
        return "picture"
    if file.is_here and file.type.is_played:
        return "sound" if kind in _SOUNDS else "video"
    return "file"


def _quoted(message: Message, quoted: Message | None, who: Acting) -> dict[str, Any]:
    """What it answers; a message that is not here is still known to be answered."""
    if quoted is None or not is_readable(quoted, who):
        return {"id": str(quoted.id) if quoted else None, "text": "", "kind": "text"}
    return {
        "id": str(quoted.id),
        "direction": quoted.direction,
        "author": quoted.author_name if quoted.direction != message.direction else "",
        "kind": quoted.kind,
        "text": preview(quoted.text),
    }


def _reactions(given: Sequence[Reaction]) -> list[dict[str, Any]]:
    counted = Counter(reaction.emoji for reaction in given)
    ours = {reaction.emoji for reaction in given if reaction.is_ours}
    return [{"emoji": e, "n": n, "ours": e in ours} for e, n in counted.items()]


def _milliseconds(at: Instant | None) -> int | None:
    return None if at is None else at // 1000
