"""What a table of typed SQL is: its columns, who has them, and whose its rows are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from string import Template
from typing import Final, Literal

from console.domain.agent import Acting
from console.i18n import Text


class Kind(StrEnum):
    """What the values of a column are."""

    ID = "id"
    TEXT = "text"
    NUMBER = "number"
    SECONDS = "seconds"
    INSTANT = "instant"  # kept in UTC microseconds, given in the account's zone
    YES_NO = "yes_no"
    LIST = "list"


KIND_NAMES: Final = {
    Kind.ID: Text("identificador", "identifier", "identificador"),
    Kind.TEXT: Text("texto", "text", "texto"),
    Kind.NUMBER: Text("número", "number", "número"),
    Kind.SECONDS: Text("segundos", "seconds", "segundos"),
    Kind.INSTANT: Text("data e hora", "day and time", "fecha y hora"),
    Kind.YES_NO: Text("sim ou não", "yes or no", "sí o no"),
    Kind.LIST: Text("lista", "list", "lista"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `sql` is its expression when it is more than `c.<name>`.

    `who` says who has it: everybody, all but analysts, or only people who see every conversation.
    `masked` is the expression analysts get instead.
    """

    name: str
    kind: Kind
    meaning: Text
    sql: str = ""
    who: Literal["everybody", "unmasked", "whole"] = "everybody"
    masked: str = ""

    def expression(self, who: Acting) -> str:
        """What the view selects; empty for a column the person does not have."""
        if who.is_masked and self.who != "everybody":
            return self.masked
        if self.who == "whole" and who.scope.kind != "all":
            return ""
        plain = (
            f"make_timestamptz(c.{self.name})" if self.kind is Kind.INSTANT else f"c.{self.name}"
        )
        return self.sql or plain


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `source` names its base `c` and what is joined, in the schema `$main`.

    `scope` says how its rows belong to people: by their own `assignee_id` and `team_id`, by their
    `conversation_id`, or to everybody.
    """

    name: str
    meaning: Text
    columns: tuple[Column, ...]
    source: str
    scope: Literal["own", "conversation", "everybody"]

    def seen(self, who: Acting) -> tuple[Column, ...]:
        """The columns this person has."""
        return tuple(column for column in self.columns if column.expression(who))

    def view(self, who: Acting, main: str) -> str:
        """The select that gives this person's rows; `main` is the schema of the base tables.

        Rows of other people are taken out below a limit: no filter of the typed statement is
        computed before that, so that no failing cast can tell of a row outside the scope.
        """
        columns = ", ".join(f"{c.expression(who)} as {c.name}" for c in self.seen(who))
        taken = f"select {columns} from {self.source}"
        if self.scope != "everybody" and who.scope.kind != "all":
            own = f"select k.id from $main.conversation as k where {who.scope.condition('k.')}"
            inside = (
                who.scope.condition("c.")
                if self.scope == "own"
                else f"c.conversation_id in ({own})"
            )
            taken = f"{taken} where {inside} limit {_ALL_ROWS}"
        return Template(taken).substitute(main=main)

    def bases(self) -> frozenset[str]:
        """The tables of the read model under the view."""
        written = " ".join([self.source, *(column.sql for column in self.columns)])
        return frozenset(re.findall(r"\$main\.(\w+)", written)) | {"conversation"}


_ALL_ROWS: Final = 2**62


def instant(name: str, pt: str, en: str, es: str) -> Column:
    """An instant, in the account's zone."""
    return Column(name, Kind.INSTANT, Text(pt, en, es))


def number(name: str, pt: str, en: str, es: str) -> Column:
    """A count."""
    return Column(name, Kind.NUMBER, Text(pt, en, es))


def id_(name: str, pt: str, en: str, es: str) -> Column:
    """An identifier."""
    return Column(name, Kind.ID, Text(pt, en, es))


def named(name: str, sql: str, pt: str, en: str, es: str) -> Column:
    """A text, by its expression or as it is kept."""
    return Column(name, Kind.TEXT, Text(pt, en, es), sql)


def personal(name: str, pt: str, en: str, es: str, *, masked: str = "") -> Column:
    """Something of a customer that analysts do not see, or see as `masked`."""
    return Column(name, Kind.TEXT, Text(pt, en, es), who="unmasked", masked=masked)


def seconds(name: str, sql: str, pt: str, en: str, es: str) -> Column:
    """A length of time in seconds, made of microseconds."""
    return Column(name, Kind.SECONDS, Text(pt, en, es), f"({sql}) / 1e6")


def yes_no(name: str, pt: str, en: str, es: str) -> Column:
    """Whether something holds."""
    return Column(name, Kind.YES_NO, Text(pt, en, es))
