"""One line of the JSON Lines format as a checked record; nothing here touches the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from console.domain.events import EventKind
from console.domain.ids import SECOND, Instant
from console.domain.message import ActorKind, Direction
from console.domain.text import Cleaned, clean
from console.i18n import Text


@dataclass(frozen=True, slots=True)
class Role:
    """What a role of the source is here."""

    direction: Direction
    event: EventKind
    author: ActorKind


ROLES: Final[Mapping[str, Role]] = {
    "customer": Role(Direction.IN, EventKind.RECEIVED, ActorKind.CONTACT),
    "agent": Role(Direction.OUT, EventKind.REPLIED, ActorKind.AGENT),
    "bot": Role(Direction.OUT, EventKind.REPLIED, ActorKind.BOT),
    "note": Role(Direction.NOTE, EventKind.NOTED, ActorKind.AGENT),
    "system": Role(Direction.SYSTEM, EventKind.RECORDED, ActorKind.SYSTEM),
    "draft": Role(Direction.DRAFT, EventKind.RECORDED, ActorKind.AGENT),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a record; `at` is None when the source gave no time."""

    role: Role
    kind: str
    author: str
    text: Cleaned
    at: Instant | None
    position: int


@dataclass(frozen=True, slots=True)
class Record:
    """One conversation of a source, its messages in the order of the file."""

    line: int
    source: str
    key: str
    messages: tuple[Said, ...]


class RefusedError(Exception):
    """The line cannot go in; it goes in whole or not at all, so that order is never lost."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


NOT_JSON: Final = Text(
    "A linha não é um objeto JSON em UTF-8.",
    "The line is no JSON object in UTF-8.",
    "La línea no es un objeto JSON en UTF-8.",
)
_MISSING: Final = Text("Falta {name}.", "{name} is missing.", "Falta {name}.")
_NO_TEXT: Final = Text("{name} não é um texto.", "{name} is no text.", "{name} no es un texto.")
_NO_LIST: Final = Text(
    "messages não é uma lista com mensagens.",
    "messages is no list with messages.",
    "messages no es una lista con mensajes.",
)
_BAD_ROLE: Final = Text(
    "Mensagem {number}: papel desconhecido {value}; são conhecidos {known}.",
    "Message {number}: unknown role {value}; known are {known}.",
    "Mensaje {number}: rol desconocido {value}; se conocen {known}.",
)
_BAD_TIME: Final = Text(
    "Mensagem {number}: {value} não é um horário como 2026-01-31T12:00:00Z.",
    "Message {number}: {value} is no time like 2026-01-31T12:00:00Z.",
    "Mensaje {number}: {value} no es una hora como 2026-01-31T12:00:00Z.",
)
_BAD_MESSAGE: Final = Text(
    "Mensagem {number}: {problem}", "Message {number}: {problem}", "Mensaje {number}: {problem}"
)
_LONGEST_SHOWN: Final = 40


def parse_record(line: int, content: bytes, zone: tzinfo) -> Record:
    """Check one line; times without an offset are of `zone`. Raises RefusedError."""
    entry = _object(content)
    source, key = _name(entry, "dataset"), _name(entry, "conversation_id")
    messages = entry.get("messages")
    if not isinstance(messages, list) or not messages:
        raise RefusedError(_NO_LIST)
    said = tuple(_said(position, entry, zone) for position, entry in enumerate(messages))
    return Record(line, source, key, said)


def _object(content: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(content.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise RefusedError(NOT_JSON) from None
    if not isinstance(entry, dict):
        raise RefusedError(NOT_JSON)
    return entry


def _name(entry: Mapping[str, Any], name: str) -> str:
    text = clean(_text(entry, name)).text
    if not text.strip():
        raise RefusedError(_MISSING.with_(name=name))
    return text


def _text(entry: Mapping[str, Any], name: str) -> str:
    if name not in entry:
        raise RefusedError(_MISSING.with_(name=name))
    value = entry[name]
    if not isinstance(value, str):
        raise RefusedError(_NO_TEXT.with_(name=name))
    return value


def _said(position: int, entry: object, zone: tzinfo) -> Said:
    number = position + 1
    if not isinstance(entry, dict):
        raise RefusedError(_NO_LIST)
    try:
        author, text, kind = (_text(entry, name) for name in ("author", "text", "kind"))
        name = _text(entry, "role")
    except RefusedError as error:
        raise RefusedError(_within(number, error.reason)) from None
    role = ROLES.get("draft" if kind == "draft" else name)
    if role is None:
        known = ", ".join(ROLES)
        raise RefusedError(_BAD_ROLE.with_(number=number, value=_shown(name), known=known))
    kind = "text" if kind == "draft" else clean(kind).text
    at = _instant(number, entry.get("at"), zone)
    return Said(role, kind, clean(author).text.strip(), clean(text), at, position)


def _within(number: int, problem: Text) -> Text:
    return Text(
        _BAD_MESSAGE.pt.format(number=number, problem=problem.pt),
        _BAD_MESSAGE.en.format(number=number, problem=problem.en),
        _BAD_MESSAGE.es.format(number=number, problem=problem.es),
    )


def _instant(number: int, value: object, zone: tzinfo) -> Instant | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise RefusedError(_BAD_TIME.with_(number=number, value=_shown(value)))
    try:
        moment = datetime.fromisoformat(value)
        utc = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise RefusedError(_BAD_TIME.with_(number=number, value=_shown(value))) from None
    seconds = int(utc.replace(microsecond=0).timestamp())
    return seconds * SECOND + utc.microsecond


def _shown(value: object) -> str:
    """A value of the file inside a sentence: short, and printable everywhere."""
    return ascii(value)[:_LONGEST_SHOWN]
