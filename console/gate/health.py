"""Is the process alive, and is it able to work: `/livez` and `/readyz`."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from console.domain.ids import now
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import VisitorBook
from console.store.schema import check_revision
from console.store.work import set_meta

log = logging.getLogger(__name__)

_TICK_S: Final = 0.25
_LONGEST_LAG_S: Final = 5.0
_LEAST_FREE: Final = 0.05
_BELIEVE_S: Final = 1.0
_LONGEST_STALE_S: Final = 60.0


class Health:
    """Probes of one process; an answer is believed for a second, so that asking costs little."""

    def __init__(self, house: House, book: VisitorBook) -> None:
        self._house = house
        self._book = book
        self._lag_s = 0.0
        self._ticked_at = time.monotonic()
        self._known: tuple[float, list[str]] = (0.0, [])
        self.is_leaving = False

    async def watch(self) -> None:
        """Measure how late the loop is until cancelled."""
        while True:
            self._ticked_at = time.monotonic()
            await asyncio.sleep(_TICK_S)
            late_s = time.monotonic() - self._ticked_at - _TICK_S
            self._lag_s = max(late_s, self._lag_s / 2)  # one long block is seen for some ticks

    async def livez(self, _: Request) -> Response:
        """200 while the loop turns."""
        lag = max(self._lag_s, time.monotonic() - self._ticked_at - _TICK_S)
        is_alive = lag < _LONGEST_LAG_S
        return PlainTextResponse(f"lag {max(lag, 0.0):.3f} s", 200 if is_alive else 503)

    async def readyz(self, request: Request) -> Response:
        """200 when work can be done; what fails is named to those who signed in, and in the log."""
        failing = ["leaving"] if self.is_leaving else await self._failing()
        if not failing:
            return PlainTextResponse("ready")
        names = ", ".join(failing)
        return PlainTextResponse(names if request.scope.get(VISITOR) else "not ready", 503)

    async def _failing(self) -> list[str]:
        if not self._house.is_open:
            return ["starting"]
        asked_at, failing = self._known
        if time.monotonic() - asked_at < _BELIEVE_S:
            return failing
        runtime = self._house.runtime
        failing = await self._book.in_thread(lambda: failing_checks(runtime))
        self._known = (time.monotonic(), failing)
        return failing


def failing_checks(runtime: Runtime) -> list[str]:
    """The names of the checks that fail."""
    return [name for name, check in _CHECKS.items() if not _passes(name, check, runtime)]


def _passes(name: str, check: Callable[[Runtime], bool], runtime: Runtime) -> bool:
    try:
        return check(runtime)
    except Exception as error:  # noqa: BLE001 - whatever it is, the check fails
        log.warning("check %s fails: %s", name, type(error).__name__)
        return False


def _can_write(runtime: Runtime) -> bool:
    runtime.store.write(lambda conn: set_meta(conn, "probe", str(now())))
    return True


def _has_schema(runtime: Runtime) -> bool:
    check_revision(runtime.store)
    return True


def _has_space(runtime: Runtime) -> bool:
    usage = shutil.disk_usage(runtime.settings.home)
    return usage.free > _LEAST_FREE * usage.total


def _is_fresh(runtime: Runtime) -> bool:
    return runtime.model.stale_s < _LONGEST_STALE_S


_CHECKS: Final[dict[str, Callable[[Runtime], bool]]] = {
    "store": _can_write,
    "schema": _has_schema,
    "disk": _has_space,
    "read model": _is_fresh,
}
