"""What a metric is: one aggregate over one table of facts, with its definition in writing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.i18n import Text


class Form(StrEnum):
    """How rows become a figure."""

    COUNT = "count"  # how many rows
    DISTINCT = "distinct"  # how many different values
    DURATION = "duration"  # seconds between two instants: mean and exact quantiles
    SHARE = "share"  # of the decided rows, those that are so: 0 to 1
    STATE = "state"  # how many stretches hold at an instant
    OLDEST = "oldest"  # seconds since the oldest stretch that holds at an instant began
    LATEST = "latest"  # seconds since the latest row


NOBODY: Final = Text("Ninguém", "Nobody", "Nadie")
MACHINES: Final = Text("Robôs e automações", "Bots and automations", "Bots y automatizaciones")


@dataclass(frozen=True, slots=True)
class Credit:
    """A rule for whom a row counts: the column with the agent's id.

    `nobody` is what a null means by this rule: who it was when it was no person.
    """

    key: str
    name: Text
    column: str
    nobody: Text = NOBODY


@dataclass(frozen=True, slots=True)
class Definition:
    """The five choices every metric writes down; a count has no clock."""

    start: Text
    end: Text
    credit: Text
    cohort: Text
    null: Text


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to count.

    `rows` is SQL: which rows of `fact` count; `$now` is the instant of the question. A row falls
    into the period of `cohort`. A duration goes from the column `start` to the column `end`, null
    while it is censored, and stands in the column `business` as open time. `value` is the column
    of a DISTINCT or the three-valued condition of a SHARE, null when left out. A STATE holds from
    `start` until `end`, which is null while it goes on. `start_id` and `end_id` are the columns of
    the two messages or events that made the value. `peer` is the product whose definition it is.
    """

    key: str
    name: Text
    form: Form
    fact: str
    cohort: str
    definition: Definition
    short: str = ""
    rows: str = "true"
    value: str = "1"
    start: str = ""
    end: str = ""
    business: str = ""
    start_id: str = ""
    end_id: str = ""
    credits: tuple[Credit, ...] = ()
    peer: str = ""
    version: int = 1

    @property
    def stamp(self) -> str:
        """What a figure carries: the metric and the version of its definition."""
        return f"{self.key}@{self.version}"

    @property
    def is_state(self) -> bool:
        """Whether it is asked of an instant and not of a period."""
        return self.form in {Form.STATE, Form.OLDEST}

    def credit(self, key: str) -> Credit:
        """The credit rule of this key; the first one for an empty key. Raises KeyError."""
        rules = {rule.key: rule for rule in self.credits}
        return rules[key] if key else self.credits[0]


NOTHING: Final = Text("–", "–", "–")
AUTHOR: Final = Credit("author", Text("Quem escreveu", "Author", "Autor"), "author_id")
RESOLVER: Final = Credit(
    "resolver",
    Text("Quem resolveu", "Who resolved", "Quien resolvió"),
    "resolved_by_id",
    MACHINES,
)
ASSIGNEE_THEN: Final = Credit(
    "assignee",
    Text("Responsável na hora", "Assignee then", "Responsable entonces"),
    "assignee_id",
    Text("Sem responsável", "Unassigned", "Sin responsable"),
)
LAST_REPLIER: Final = Credit(
    "replier",
    Text("Quem respondeu por último", "Last replier", "Último en responder"),
    "replier_id",
    Text("Ninguém respondeu", "Nobody replied", "Nadie respondió"),
)
REPLIER: Final = Credit(
    "replier", Text("Quem respondeu", "Who replied", "Quien respondió"), "replied_by_id"
)
FIRST_AGENT: Final = Credit(
    "first", Text("Primeiro atendente", "First agent", "Primer agente"), "served_by_id"
)
HOLDER: Final = Credit(
    "assignee",
    Text("Responsável naquele instante", "Assignee at that instant", "Responsable en ese instante"),
    "agent_id",
)
RESOLVING: Final = (RESOLVER, ASSIGNEE_THEN, LAST_REPLIER)
