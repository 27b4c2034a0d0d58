"""The queue over time in plain values, as its component in the browser takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from console.domain.ids import Instant
from console.i18n import LOCALES
from console.readmodel.metrics import METRICS_BY_KEY
from console.readmodel.past import Held
from console.screens import queue
from console.screens.board import BAND_NAMES, BAND_TONES
from console.screens.figures.asked import Asked
from console.screens.queue import Reel, Then
from console.ui.format import brief, duration, moment, precise_moment
from console.ui.words import queue as words


def shown(asked: Asked, reel: Reel, then: Then) -> Mapping[str, Any]:
    """Words and figures of every instant; the browser draws them and changes none."""
    language, zone = asked.who.language, asked.period.zone
    step = duration(queue.step_s(asked), language)
    agents = _agents(reel, then.reel)
    return {
        "words": {key: text.in_(language) for key, text in words.SHOWN.items()},
        "language": LOCALES[language].replace("_", "-"),
        "step": step,
        "titles": {
            key: METRICS_BY_KEY[key].name.in_(language) for key in (*queue.STATES, queue.OLDEST)
        },
        "bands": [
            {"label": name.in_(language), "tone": tone.value}
            for name, tone in zip(BAND_NAMES, BAND_TONES, strict=True)
        ],
        "agents": [
            {"key": None if agent is None else str(agent), "name": _name(asked, agent)}
            for agent in agents
        ],
        "frames": {
            "written": [queue.in_address(at, asked) for at in reel.instants],
            "told": [moment(at, language, zone) for at in reel.instants],
            **_figures(reel, agents),
        },
        "exact": {
            "written": [queue.in_address(then.at, asked)],
            "told": [precise_moment(then.at, language, zone)],
            **_figures(then.reel, agents),
        },
        "place": then.place,
        "at": _local(then.at, asked),
        "latest": _local(asked.at, asked),
        "outside": "" if then.is_inside else words.OUTSIDE.in_(language),
    }


def _figures(reel: Reel, agents: Sequence[int | None]) -> dict[str, Any]:
    waits = reel.waits
    return {
        "lines": {key: reel.of(key) for key in queue.STATES},
        "oldest": [_wait(seconds) for seconds in waits.oldest_s],
        "bands": waits.bands,
        "held": _lines(reel.backlog, agents),
        "waited": _lines(waits, agents),
    }


def _lines(held: Held, agents: Sequence[int | None]) -> list[tuple[int, ...]]:
    return [held.of(agent) for agent in agents]


def _agents(reel: Reel, exact: Reel) -> list[int | None]:
    """Everybody of the replay, and whoever had something between two of its instants only."""
    return [*reel.agents, *(agent for agent in exact.agents if agent not in reel.agents)]


def _name(asked: Asked, agent: int | None) -> str:
    if agent is None:
        return words.NOBODYS.in_(asked.who.language)
    entry = asked.model.directory.agents.get(agent)
    return entry.name if entry else str(agent)


def _wait(seconds: float | None) -> str:
    return "–" if seconds is None else brief(round(seconds))


def _local(at: Instant, asked: Asked) -> str:
    """What a field for instants takes: the wall's clock, without an offset."""
    return queue.written(at, asked.period.zone)[: len("2026-11-22T15:30")]
