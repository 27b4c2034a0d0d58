"""The simulator as tests and the demo hold it: numbers, customers, faults, ledger, server."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from console.channels.simulator.app import Front, make_app
from console.channels.simulator.crowd import Crowd
from console.channels.simulator.faults import Faults
from console.channels.simulator.ledger import Ledger
from console.channels.simulator.limits import Limits
from console.channels.simulator.people import Customer, Number
from console.channels.simulator.phone import Phone
from console.channels.simulator.post import Poster, Postman, answers_handshake, http_poster
from console.channels.simulator.provider import Provider
from console.channels.simulator.pump import Pump
from console.channels.simulator.serving import HOST, Server
from console.channels.simulator.telling import Pace, Step, status_item
from console.channels.simulator.wire import Update, told
from console.channels.simulator.world import World
from console.domain.ids import Instant, now

API: Final = "v23.0"


Told = Callable[[str, str, Number], None]  # where it listens, its base URL, the number


class Simulator:
    """One provider with some numbers; enter it to make it listen.

    `clock` and `seed` decide every id, delay and byte. `ledger_file` makes the ledger durable.
    `poster` takes the webhooks instead of HTTP. Without `is_live` nothing happens by itself:
    `run_due` and `run_all` do what is due, in the caller's thread. `is_limited`: who sends too
    fast is refused, as at Meta.
    """

    def __init__(
        self,
        *numbers: Number,
        seed: int = 1,
        clock: Callable[[], Instant] = now,
        pace: Pace | None = None,
        ledger_file: Path | None = None,
        poster: Poster = http_poster,
        is_live: bool = True,
        is_limited: bool = False,
        port: int = 0,
    ) -> None:
        self._clock, self._is_live = clock, is_live
        self.world = World(numbers or (Number(),), clock())
        self.faults = Faults()
        self.ledger = Ledger(ledger_file)
        self.pump = Pump(clock)
        self.post = Postman(self.pump, poster)
        self.provider = Provider(
            self.world,
            self.ledger,
            pace or Pace(),
            seed,
            self._tell_later,
            Limits() if is_limited else None,
        )
        self._crowd = Crowd(self.world, self.faults, clock, self._tell)
        self._front = Front(self.provider, self.faults, clock)
        self._port = port
        self._server: Server | None = None

    def __enter__(self) -> Self:
        if self._is_live:
            self.pump.start()
        self._open().start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    @property
    def origin(self) -> str:
        """Where it listens, once it was entered."""
        if self._server is None:
            raise RuntimeError("the simulator listens inside `with Simulator(…) as sim:` only")
        return f"http://{HOST}:{self._server.port}"

    @property
    def base_url(self) -> str:
        """What an instance is configured with."""
        return f"{self.origin}/{API}"

    # -- numbers ----------------------------------------------------------------------------

    def number(self, id: str | None = None) -> Number:
        """A number by its id, or the first one."""
        return self.world.number(id)

    def connect(self, webhook: str, number: str | None = None) -> None:
        """From now on a number (the first one) tells what happens to this URL."""
        with self.world.lock:
            known = self.world.number(number)
            self.world.numbers[known.id] = replace(known, webhook=webhook)

    def add_number(self, number: Number) -> None:
        """One number more, or the same one with other settings."""
        with self.world.lock:
            self.world.numbers[number.id] = number

    def handshake(self, number: str | None = None) -> bool:
        """Whether the webhook answers as Meta wants it before it sends anything."""
        return answers_handshake(self.number(number))

    # -- customers --------------------------------------------------------------------------

    def customer_writes(self, who: Customer | str, text: str = "", **more: Any) -> str:
        """A customer writes one message to a number; gives its id.

        `who`: a phone in digits or a Customer (with a bsuid only: somebody without a phone).
        `kind`: see writing.KINDS; media take `sample` (see samples.SAMPLES), or `content`, `mime`
        and `filename`; reaction, edit and revoke take `target`, the id of a message. Besides:
        `reply_to`, `is_forwarded`, `data`, `number` (an id), `in_s` (seconds from now).
        """
        return self._crowd.writes(who, text, **more)

    def phone_sends(self, who: Customer | str, text: str = "", **more: Any) -> str:
        """The shop writes on its own phone: told as an echo. `more` as above."""
        return self._crowd.writes(who, text, is_from_shop=True, **more)

    def changes_number(self, who: Customer | str, phone: str, number: str | None = None) -> str:
        """A customer has another phone from now on."""
        return self._crowd.changes_number(who, phone, number)

    def know(
        self, who: Customer | str, wrote_at: Instant | None, number: str | None = None
    ) -> None:
        """A customer from before the simulator ran, and when they wrote last; None: never yet."""
        with self.world.lock:
            shop = self.number(number)
            talk = self.world.talk(shop, self.world.customer(who, shop))
            talk.wrote_at = wrote_at
            talk.met_at = self._clock() if wrote_at is None else wrote_at

    def tells_status(self, id: str, status: str, code: int | None = None) -> None:
        """Tell now what has become of a message of the shop, whatever was told before."""
        with self.world.lock:
            talk, bubble = self.world.known(id)
            step = Step(status, self._clock(), code)
            self.provider.become(bubble, step)
            shop = self.number(talk.number_id)
            update = Update("statuses", status_item(shop, talk, bubble, step), talk.customer)
        self._crowd.tell(shop, update)

    def together(self) -> AbstractContextManager[None]:
        """What is told in the block goes out in one body."""
        return self._crowd.together()

    # -- time -------------------------------------------------------------------------------

    def run_due(self) -> int:
        """Do what is due by the clock (when it is not live); how many things."""
        return self.pump.run_due()

    def run_all(self) -> int:
        """Do everything that waits, as if its time had come (when it is not live)."""
        return self.pump.run_all()

    def settle(self, timeout_s: float = 30.0) -> bool:
        """Wait until everything was told; whether that came in time."""
        return self.pump.settle(timeout_s)

    def run(self, started: Callable[[], None]) -> None:
        """Listen in this thread until a signal comes; `started` is told when it begins."""
        self.pump.start()
        try:
            server = self._open()
            started()
            server.run()
        finally:
            self._close()

    def _open(self) -> Server:
        phone = Phone(self, self._clock, self._front.is_over)
        app = make_app(self._front, phone.routes())
        self._server = Server(app, self._front.wires, self._front.is_over, self._port)
        self.world.origin = self.origin
        return self._server

    def _close(self) -> None:
        if self._server:
            self._server.stop()
        self.pump.stop()

    # -- webhooks ---------------------------------------------------------------------------

    def _tell(self, number: Number, updates: list[Update], at: Instant, is_missigned: bool) -> None:
        self._tell_later(number, lambda: updates, at, is_missigned)

    def _tell_later(
        self, number: Number, made: Callable[[], list[Update]], at: Instant, is_missigned: bool
    ) -> None:
        def post(due: Instant) -> None:
            shop, updates = self.number(number.id), made()
            if updates and shop.webhook:
                body = told(shop, updates, is_missigned=is_missigned)
                self.post.post(body, shop.webhook, due)

        self.pump.at(at, post)


def serve(
    number: Number,
    *,
    port: int = 0,
    seed: int = 1,
    ledger_file: Path | None = None,
    told: Told = lambda *_: None,
) -> None:
    """Run a simulator alone, until a signal comes; OSError when the port is taken."""
    sim = Simulator(number, port=port, seed=seed, ledger_file=ledger_file)
    sim.run(lambda: told(sim.origin, sim.base_url, number))
