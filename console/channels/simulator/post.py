"""The way to the shop's webhook: signed bodies, posted again until they are taken."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Final

import httpx

from console.channels.simulator.people import Number
from console.channels.simulator.pump import Pump
from console.channels.simulator.wire import Told
from console.domain.ids import DAY, SECOND, Instant

Poster = Callable[[str, bytes, Mapping[str, str]], int]  # URL, body, headers → HTTP state or 0

_PATIENCE_S: Final = 10.0
_GIVES_UP_AFTER: Final = 7 * DAY
_LONGEST_PAUSE: Final = 3600 * SECOND
_OK: Final = range(200, 300)


class Postman:
    """Posts what is told; everything but 2xx is repeated for seven days.

    The repetitions come 1, 2, 4, 8 … s after the first try, in the end every hour.

    `taken` and `refused` are the bodies that got a 2xx and that were given up, in order.
    """

    def __init__(self, pump: Pump, poster: Poster) -> None:
        self._pump, self._poster = pump, poster
        self._lock = threading.Lock()
        self.taken: list[Told] = []
        self.refused: list[Told] = []
        self.tries = 0

    def post(self, told: Told, url: str, at: Instant, begun: Instant | None = None) -> None:
        """Post now; what is not taken is posted again later."""
        begun = at if begun is None else begun
        with self._lock:
            self.tries += 1
        if self._poster(url, told.body, told.headers) in _OK:
            self._keep(self.taken, told)
            return
        pause = min(max(at - begun, SECOND), _LONGEST_PAUSE)
        if at + pause - begun > _GIVES_UP_AFTER:
            self._keep(self.refused, told)
        else:
            self._pump.at(at + pause, lambda later: self.post(told, url, later, begun))

    def _keep(self, kept: list[Told], told: Told) -> None:
        with self._lock:
            kept.append(told)


def http_poster(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Post over HTTP; 0 when there was no answer."""
    try:
        return httpx.post(url, content=body, headers=dict(headers), timeout=_PATIENCE_S).status_code
    except httpx.HTTPError:
        return 0


def answers_handshake(number: Number) -> bool:
    """Whether the webhook of a number proves that it knows the verify token, as Meta asks it."""
    challenge = str(1_158_201_444)
    query = {
        "hub.mode": "subscribe",
        "hub.challenge": challenge,
        "hub.verify_token": number.verify_token,
    }
    try:
        answer = httpx.get(number.webhook, params=query, timeout=_PATIENCE_S)
    except httpx.HTTPError:
        return False
    return answer.status_code in _OK and answer.text == challenge
