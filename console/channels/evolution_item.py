"""One thing that an Evolution body tells, on its way to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from console.channels.evolution_shapes import Json, Key, words
from console.channels.inbound import Inbound, Unhandled
from console.domain.ids import Instant

LONGEST_NAME: Final = 80  # of what somebody else calls an event


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a body."""

    event: str
    instance: str
    at: Instant
    body: Json

    def unhandled(self, why: str = "", key: Key | None = None) -> list[Inbound]:
        """That this is nothing the channel knows; `key` is of the message it is about."""
        what = words(f"{self.event or 'no event'} {why}").strip()[:LONGEST_NAME]
        id_, peer = (key.id, key.peer) if key else (None, None)
        return [Unhandled(instance=self.instance, at=self.at, what=what, id=id_, peer=peer)]
