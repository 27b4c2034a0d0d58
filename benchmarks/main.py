"""The runner of `central bench`: which benches there are, where the store lies, what is printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks import counting, exporting, reading, supervising, table, writing
from benchmarks.browser import bulk, clicks
from benchmarks.ground import Ground, Traffic, opened
from benchmarks.hooks import flood
from benchmarks.made import bring_up, make
from benchmarks.measure import Result
from console.cli.base import CliError, progress, progress_done
from console.config import Settings

Bench = Callable[[Ground], list[Result]]

BENCHES: Final[dict[str, Bench]] = {
    "inbox": reading.inbox,
    "counts": reading.counts,
    "page": reading.page,
    "deep": reading.deep,
    "search": reading.search,
    "sync": writing.sync,
    "load": writing.load,
    "figures": counting.pages,
    "reports": counting.questions,
    "bulk": supervising.bulk,
    "exports": exporting.exports,
    "browser": clicks.browser,
    "bulk-browser": bulk.clicked,
    "webhooks": flood.webhooks,
}
# Run when named: they need Chromium and a quiet machine.
APART: Final = frozenset({"browser", "bulk-browser", "webhooks"})
_USUAL: Final = 1_000_000
_SIZES: Final = {"webhooks": 20_000}


def run(
    settings: Settings,
    name: str | None,
    file: str | None,
    conversations: int | None,
    traffic: Traffic,
    *,
    is_json: bool,
) -> bool:
    """Run one bench, or all that need no browser; whether every gate holds."""
    if name is not None and name not in BENCHES:
        raise CliError(f"There is no bench {name}; there are: {', '.join(BENCHES)}")
    wanted = [name] if name else [key for key in BENCHES if key not in APART]
    size = conversations or _SIZES.get(name or "", _USUAL)
    ground = opened(_store(settings, file, size), settings)
    ground.traffic = traffic
    try:
        results = [result for key in wanted for result in _run(key, ground, is_json=is_json)]
    finally:
        ground.close()
    if is_json:
        print(json.dumps(table.document(results), indent=1, ensure_ascii=False))
    return all(result.holds for result in results)


def _run(name: str, ground: Ground, *, is_json: bool) -> list[Result]:
    progress(f"Measuring {name} …")
    results = BENCHES[name](ground)
    progress_done()
    if not is_json:
        for result in results:
            print("\n".join(table.lines(result)), flush=True)
    return results


def _store(settings: Settings, file: str | None, conversations: int) -> Path:
    path = Path(file) if file else settings.home / "bench" / f"store-{conversations}.db"
    if not path.exists():
        if file:
            raise CliError(f"There is no store at {file}; without --store one is made")
        _make(path, conversations)
    if not file:
        bring_up(path)
    return path.resolve()


def _make(path: Path, conversations: int) -> None:
    print(f"Making {conversations} conversations in {path} …", file=sys.stderr)
    make(path, conversations)
