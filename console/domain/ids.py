"""Identifiers and instants.

An id is a 63-bit integer made by the application: 41 bits of milliseconds since 2020,
10 bits of node and 12 bits of counter. Ids of one process rise strictly, so the order of ids
is the order in which things were written down. Browsers get them as strings.
"""

from __future__ import annotations

import os
import platform
import secrets
import threading
import time
import zlib
from typing import Final, NewType

AgentId = NewType("AgentId", int)
ContactId = NewType("ContactId", int)
ConversationId = NewType("ConversationId", int)
InstanceId = NewType("InstanceId", int)
MessageId = NewType("MessageId", int)
TeamId = NewType("TeamId", int)
LabelId = NewType("LabelId", int)
Instant = int  # microseconds since 1970-01-01 UTC

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

_EPOCH_MS: Final = 1_577_836_800_000  # 2020-01-01T00:00:00Z
_COUNTER_BITS: Final = 12
_NODE_BITS: Final = 10
_SHIFT: Final = _COUNTER_BITS + _NODE_BITS


class IdMaker:
    """Makes rising ids for one node; safe in several threads, borrows from later milliseconds."""

    def __init__(self, node: int) -> None:
        self.begin(node)

    def begin(self, node: int) -> None:
        """Go on as another node; in a forked process nobody else holds the lock."""
        self._node = (node & ((1 << _NODE_BITS) - 1)) << _COUNTER_BITS
        self._lock = threading.Lock()
        self._ms = 0
        self._counter = 0

    def __call__(self) -> int:
        """One new id."""
        return self.many(1)[0]

    def many(self, n: int) -> list[int]:
        """`n` new ids in rising order."""
        with self._lock:
            self._catch_up()
            return [self._next() for _ in range(n)]

    def _catch_up(self) -> None:
        now = time.time_ns() // 1_000_000 - _EPOCH_MS
        if now > self._ms:
            self._ms, self._counter = now, 0

    def _next(self) -> int:
        made = (self._ms << _SHIFT) | self._node | self._counter
        self._counter += 1
        if self._counter >> _COUNTER_BITS:
            self._ms, self._counter = self._ms + 1, 0
        return made


def node_of(host: str, process_id: int) -> int:
    """The node of a process: neighbours on one host differ, and containers all have a process 1."""
    return zlib.crc32(host.encode()) + process_id


def _own_node() -> int:
    return node_of(platform.node(), os.getpid())


new_id: Final = IdMaker(_own_node())
os.register_at_fork(after_in_child=lambda: new_id.begin(_own_node()))


def id_floor(at: Instant) -> int:
    """The smallest id that could have been made at `at`."""
    return max(0, at // 1000 - _EPOCH_MS) << _SHIFT


LATE: Final = MINUTE
"""A message told of later than this takes its place in the thread by its own instant."""


def late_id(at: Instant) -> int:
    """An id as if made at `at`, for what is told of late: ids are the order of a thread."""
    return id_floor(at) | secrets.randbits(_SHIFT)


def now() -> Instant:
    """The clock; pages and commands take the instant as an argument instead."""
    return time.time_ns() // 1000
