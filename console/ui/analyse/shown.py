"""The editor and its schema in plain values, as the component in the browser takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from console.domain.errors import RuleError
from console.exports.limits import LONGEST_REASON
from console.readmodel.sql import QueryError
from console.screens import analyse
from console.screens.analyse import (
    EXAMPLES,
    KIND_NAMES,
    LIMITS_S,
    LONGEST,
    LONGEST_LINK,
    Running,
)
from console.screens.taken import FORMATS
from console.ui.context import Signed
from console.ui.words import analyse as words

_TITLE: Final = 60  # signs of a statement in the list of recent ones
_AROUND: Final = 60  # signs of the line before an error


def shown(
    signed: Signed,
    running: Running | None,
    *,
    text: str,
    refused: RuleError | None,
    history: Sequence[str],
    is_from_link: bool,
) -> dict[str, Any]:
    """Words, tables, examples, and how the last statement went."""
    language = signed.who.language
    is_answered = running is not None and running.answer is not None
    problem = refused or (running.refused if running and running.is_over else None)
    statement = running.statement if running else text
    return {
        "words": {key: one.in_(language) for key, one in words.SHOWN.items()},
        "text": text,
        "longest": LONGEST,
        "limits": LIMITS_S,
        "limit": running.limit_s if running else LIMITS_S[0],
        "is_running": running is not None and not running.is_over,
        "is_from_link": is_from_link,
        "ran": statement if is_answered else "",
        "linked": statement if is_answered and len(statement) <= LONGEST_LINK else "",
        "csrf": signed.csrf,
        "formats": [[one.key, one.name.in_(language)] for one in FORMATS],
        "longest_reason": LONGEST_REASON,
        "error": _problem(problem, statement, language) if problem else None,
        "examples": [[one.title.in_(language), one.statement] for one in EXAMPLES],
        "history": [[_title(one), one] for one in history],
        "tables": _tables(signed),
    }


def _tables(signed: Signed) -> list[dict[str, Any]]:
    who = signed.who
    return [
        {
            "name": table.name,
            "meaning": table.meaning.in_(who.language),
            "columns": [
                {
                    "name": column.name,
                    "kind": KIND_NAMES[column.kind].in_(who.language),
                    "meaning": column.meaning.in_(who.language),
                }
                for column in table.seen(who)
            ],
        }
        for table in analyse.tables(who)
    ]


def _problem(problem: RuleError, statement: str, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {"text": problem.text.in_(language)}
    if not isinstance(problem, QueryError) or problem.at is None:
        return told
    line, column = analyse.line_and_column(statement, problem.at)
    written = statement.split("\n")[line - 1]
    begins = max(0, column - 1 - _AROUND)
    word = written[column - 1 :].split(" ", maxsplit=1)[0]
    return told | {
        "line": line,
        "column": column,
        "at": problem.at,
        "length": max(len(word), 1),
        "excerpt": written[begins : column + _AROUND],
        "under": column - 1 - begins,
    }


def _title(statement: str) -> str:
    line = " ".join(statement.split())
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1]}…"
