"""The directory: instances, teams, agents and labels by id, and the names people type for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

import duckdb

from console.domain.text import fold
from console.i18n import Text
from console.readmodel.filters import Names
from console.readmodel.refusals import bad_value


@dataclass(frozen=True, slots=True)
class Entry:
    """One named thing; `key` is its slug, or an agent's e-mail address."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything that has a name, as of the last synchronization."""

    instances: Mapping[int, Entry]
    teams: Mapping[int, Entry]
    agents: Mapping[int, Entry]
    labels: Mapping[int, Entry]

    def of(self, names: Names) -> Mapping[int, Entry]:
        """The entries of one sort."""
        match names:
            case "instance":
                return self.instances
            case "team":
                return self.teams
            case "agent":
                return self.agents
            case "label":
                return self.labels
            case _:
                assert_never(names)

    def find(self, names: Names, typed: str, field: str) -> list[int]:
        """The ids a typed word means; raises FilterError with the nearest known one.

        The key or e-mail address first, then the whole name, then every name in which each typed
        word begins a word.
        """
        entries = list(self.of(names).values())
        wanted = fold(typed).strip()
        for fits in (_has_key, _has_name, _has_words):
            found = [entry.id for entry in entries if fits(entry, wanted)]
            if found:
                return sorted(found)
        hint = Text("esse nome não existe", "there is no such name", "ese nombre no existe")
        known = [entry.name for entry in entries] + [entry.key for entry in entries]
        raise bad_value(field, typed, hint, None, known)


def _has_key(entry: Entry, wanted: str) -> bool:
    return fold(entry.key) == wanted


def _has_name(entry: Entry, wanted: str) -> bool:
    return fold(entry.name).strip() == wanted


def _has_words(entry: Entry, wanted: str) -> bool:
    words = fold(entry.name).split()
    return bool(wanted) and all(
        any(word.startswith(typed) for word in words) for typed in wanted.split()
    )


def read_directory(connection: duckdb.DuckDBPyConnection) -> Directory:
    """The directory as the read model holds it."""
    return Directory(
        _entries(connection, "select id, key, name from instance order by id"),
        _entries(connection, "select id, key, name from team order by id"),
        _entries(connection, "select id, email, name from agent order by id"),
        _entries(connection, "select id, key, name from label order by id"),
    )


def _entries(connection: duckdb.DuckDBPyConnection, statement: str) -> dict[int, Entry]:
    return {row[0]: Entry(*row) for row in connection.execute(statement).fetchall()}
