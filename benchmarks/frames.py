"""The same questions in pandas, on frames that are in memory already."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from console.domain.ids import HOUR

SHOWN = [
    "id",
    "instance_id",
    "contact_id",
    "contact_name",
    "status",
    "assignee_id",
    "team_id",
    "unread_n",
    "last_activity_at",
    "last_preview",
    "last_direction",
    "waiting_since_at",
    "version",
]


class Frames:
    """The tables of the store as frames, each read once from Parquet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def conversations(self) -> pd.DataFrame:
        """What the list shows of every conversation."""
        return self._read("conversation", SHOWN)

    @cached_property
    def messages(self) -> pd.DataFrame:
        """Every message's text."""
        return self._read("loaded_message", ["id", "conversation_id", "text"])

    @cached_property
    def inbound(self) -> pd.DataFrame:
        """When customers wrote."""
        found = self._read("loaded_message", ["id", "happened_at", "direction"])
        return found[found["direction"].eq("in")]

    @cached_property
    def resolutions(self) -> pd.DataFrame:
        """Who resolved, and when."""
        found = self._read("thread_event", ["id", "happened_at", "kind", "actor_id"])
        return found[found["kind"].eq("resolved")]

    def heat(self, since: int, offset: int) -> pd.Series:
        """Customers' messages by local hour of the week."""
        chosen = self.inbound["happened_at"].astype("int64")
        hours = (chosen[chosen.ge(since)] + offset) // HOUR % (7 * 24)
        return hours.value_counts()

    def resolved(self, since: int) -> pd.Series:
        """Resolutions by agent."""
        rows = self.resolutions
        return rows[rows["happened_at"].ge(since)].groupby("actor_id").size()

    def page(self, mask: Any, n: int = 50) -> pd.DataFrame:
        """The newest rows that match, with the names the list shows."""
        rows = self.conversations
        chosen = rows if mask is None else rows[mask]
        page = chosen.nlargest(n, ["last_activity_at", "id"])
        for table in ("instance", "agent"):
            key = "assignee_id" if table == "agent" else f"{table}_id"
            page = page.merge(self._names(table), left_on=key, right_index=True, how="left")
        return page

    def counts(self, me: int) -> pd.DataFrame:
        """The five counts per instance."""
        rows = self.conversations
        flags = pd.DataFrame(
            {
                "instance_id": rows["instance_id"],
                "all": 1,
                "mine": rows["assignee_id"].eq(me),
                "pending": rows["status"].eq("pending"),
                "unread": rows["unread_n"].gt(0),
                "unassigned": rows["assignee_id"].isna(),
            }
        )
        return flags.groupby("instance_id").sum()

    def _names(self, table: str) -> pd.Series:
        key = f"_{table}"
        if key not in self.__dict__:
            frame = self._read(table, ["id", "name"]).set_index("id")
            self.__dict__[key] = frame["name"].rename(f"{table}_name")
        names: pd.Series = self.__dict__[key]
        return names

    def _read(self, table: str, columns: list[str]) -> pd.DataFrame:
        frame = pd.read_parquet(
            self._folder / f"{table}.parquet", columns=columns, dtype_backend="pyarrow"
        )
        return frame[frame["id"] >= 0].reset_index(drop=True)
