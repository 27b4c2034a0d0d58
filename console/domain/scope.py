"""Which conversations a person may see: one predicate for lists, counts, commands and exports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """A person's part of the conversations.

    `all`: everything. `teams`: conversations of own teams, and those without a team that a
    colleague has. `own`: those assigned to the person, and unassigned ones without a team or of
    an own team.
    """

    kind: str
    agent_id: int
    team_ids: frozenset[int]
    colleague_ids: frozenset[int]

    def covers(self, assignee_id: int | None, team_id: int | None) -> bool:
        """Whether a conversation with this assignee and team belongs to the scope."""
        if self.kind == "all":
            return True
        if self.kind == "teams":
            return team_id in self.team_ids or (
                team_id is None and assignee_id in self.colleague_ids
            )
        return assignee_id == self.agent_id or (
            assignee_id is None and (team_id is None or team_id in self.team_ids)
        )

    def condition(self, prefix: str = "") -> str:
        """The same predicate as SQL over `assignee_id` and `team_id`.

        Ids are written as literals: they are integers of our own making, and both stores and
        the read model then take the same text.
        """
        teams = _in(f"{prefix}team_id", self.team_ids)
        if self.kind == "all":
            return "true"
        if self.kind == "teams":
            colleagues = _in(f"{prefix}assignee_id", self.colleague_ids)
            return f"({teams} or ({prefix}team_id is null and {colleagues}))"
        return (
            f"({prefix}assignee_id = {int(self.agent_id)} or ({prefix}assignee_id is null"
            f" and ({prefix}team_id is null or {teams})))"
        )


def _in(column: str, ids: frozenset[int]) -> str:
    if not ids:
        return "false"
    return f"{column} in ({', '.join(str(int(i)) for i in sorted(ids))})"
