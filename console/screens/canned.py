"""Canned replies: as the composer offers them, as a list to keep in order, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from console.actions.canned import SaveCanned, checked
from console.domain.agent import Acting
from console.domain.audience import Audience, may_change
from console.domain.canned import CannedReply, known_gaps
from console.domain.errors import RuleError
from console.domain.text import fold
from console.exports.comma import lines
from console.exports.guard import unguarded
from console.i18n import Text
from console.store.canned import canned_of
from console.store.work import Connection, Store

CANNED: Final = "/canned"
"""Where the browser asks for them, and with `?format=csv` for a file of them."""
MOST_LINES: Final = 2_000
_HEAD: Final = ("atalho", "texto")
_SHORTCUTS: Final = frozenset({"atalho", "shortcut", "atajo", "short_code", "code"})
_TEXTS: Final = frozenset({"texto", "text", "content", "message", "mensagem", "mensaje"})

NOT_A_TABLE: Final = Text(
    "O arquivo precisa de uma linha de título com as colunas atalho e texto (CSV).",
    "The file needs a head line with the columns shortcut and text (CSV).",
    "El archivo necesita una línea de título con las columnas atajo y texto (CSV).",
)
TOO_MANY: Final = Text(
    f"O arquivo tem mais de {MOST_LINES} mensagens. Divida-o em partes.",
    f"The file has more than {MOST_LINES} replies. Divide it into parts.",
    f"El archivo tiene más de {MOST_LINES} mensajes. Divídelo en partes.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One reply in the list."""

    reply: CannedReply
    may_change: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file would do: the wishes, and what is wrong with its other lines, by number."""

    wishes: tuple[SaveCanned, ...]
    new_n: int
    changed_n: int
    same_n: int
    problems: tuple[tuple[int, Text], ...]


def canned_json(connection: Connection, who: Acting) -> dict[str, Any]:
    """What a person finds, and which words in braces are filled."""
    found = canned_of(connection, who)
    return {"replies": [_reply(one) for one in found], "gaps": known_gaps()}


def build(store: Store, who: Acting, sought: str = "") -> list[Line]:
    """Everything a person finds whose shortcut or text holds what is sought."""
    with store.read() as connection:
        found = canned_of(connection, who)
    wanted = fold(sought.strip().removeprefix("/"))
    return [
        Line(one, may_change(one, who))
        for one in found
        if wanted in fold(f"{one.shortcut} {one.text}")
    ]


def as_file(replies: Sequence[CannedReply]) -> str:
    """A file that `from_csv` reads, and every spreadsheet."""
    return "".join(lines(_HEAD, [(one.shortcut, one.text) for one in replies]))


def from_csv(
    content: bytes,
    known: Sequence[CannedReply],
    audience: Audience,
    team_id: int | None,
    who: Acting,
) -> Incoming:
    """The wishes of a file, for these people; raises RuleError for what is no such table.

    A shortcut that they have already is changed, the same words under it are left alone, and of
    two lines with one shortcut the last one counts.
    """
    scope = CannedReply(0, who.agent_id, audience, team_id, "", "")
    there = {
        one.shortcut: one
        for one in known
        if (one.audience, one.scope_id) == (audience, scope.scope_id)
    }
    found, problems = _checked(_rows(content))
    wishes = [
        SaveCanned(key, text, audience, team_id, there[key].id if key in there else None)
        for key, text in found.items()
        if key not in there or there[key].text != text
    ]
    new_n = sum(wish.canned_id is None for wish in wishes)
    same_n = len(found) - len(wishes)
    return Incoming(tuple(wishes), new_n, len(wishes) - new_n, same_n, tuple(problems))


def _checked(
    rows: Sequence[tuple[int, str, str]],
) -> tuple[dict[str, str], list[tuple[int, Text]]]:
    found: dict[str, str] = {}
    problems = []
    for number, shortcut, text in rows:
        try:
            key, words = checked(shortcut, text)
        except RuleError as problem:
            problems.append((number, problem.text))
        else:
            found[key] = words
    return found, problems


def _rows(content: bytes) -> list[tuple[int, str, str]]:
    """Line number, shortcut and text of each row that is not empty."""
    text = _decoded(content)
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [fold(name.strip()) for name in next(read, [])]
        at = next((n for n, name in enumerate(names) if name in _SHORTCUTS), None)
        of = next((n for n, name in enumerate(names) if name in _TEXTS), None)
        if at is None or of is None:
            raise RuleError(NOT_A_TABLE)
        found = [
            (read.line_num, _cell(row, at), _cell(row, of))
            for row in read
            if any(map(str.strip, row))
        ]
    except csv.Error:
        raise RuleError(NOT_A_TABLE) from None
    if len(found) > MOST_LINES:
        raise RuleError(TOO_MANY)
    return found


def _decoded(content: bytes) -> str:
    """UTF-8, else what spreadsheets of Windows write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _cell(row: Sequence[str], place: int) -> str:
    return unguarded(row[place]) if place < len(row) else ""


def _reply(reply: CannedReply) -> dict[str, str]:
    return {
        "id": str(reply.id),
        "shortcut": reply.shortcut,
        "text": reply.text,
        "audience": reply.audience.value,
    }
