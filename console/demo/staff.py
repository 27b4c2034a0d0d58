"""Which agent takes a conversation: one of the team, with at most six at a time."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Final

from console.demo.measures import Random
from console.demo.turns import Ints

MOST_AT_ONCE: Final = 6
_PER_AGENT_AND_DAY: Final = 55  # conversations; decides how many agents a centre has
_FEWEST, _MOST = 8, 90


def agents_needed(n: int, days: int) -> int:
    """How many agents answer `n` conversations in so many days."""
    return max(_FEWEST, min(_MOST, n // (days * _PER_AGENT_AND_DAY)))


class Staff:
    """Agents by team and what they are busy with; remembered from one batch to the next."""

    def __init__(self, teams: Sequence[Sequence[int]]) -> None:
        self._teams = teams
        self._busy: dict[int, list[int]] = {a: [] for team in teams for a in team}

    def take(
        self, random: Random, team: Ints, begin: Ints, end: Ints
    ) -> tuple[list[int], list[int]]:
        """Agent of each conversation, in the order of `begin`, and one to transfer to."""
        luck = random.integers(0, 1 << 30, (2, team.size)).tolist()
        chosen = [
            self._free_agent(*turn)
            for turn in zip(team.tolist(), begin.tolist(), end.tolist(), luck[0], strict=True)
        ]
        everybody = sorted(self._busy)
        others = [everybody[number % len(everybody)] for number in luck[1]]
        return chosen, others

    def _free_agent(self, team: int, begin: int, end: int, luck: int) -> int:
        """The first one with room, from a random place on; else whoever is free first."""
        members = self._teams[team]
        size = len(members)
        for step in range(size):
            member = members[(luck + step) % size]
            busy = self._busy[member]
            while busy and busy[0] <= begin:
                heappop(busy)
            if len(busy) < MOST_AT_ONCE:
                heappush(busy, end)
                return member
        member = min(members, key=lambda one: self._busy[one][0])
        heappush(self._busy[member], end)
        return member
