"""What the simulator remembers: numbers, customers, talks, files. Guarded by one lock."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from console.channels.simulator.files import File, Files
from console.channels.simulator.people import Customer, Number, bsuid_of, other_spelling
from console.channels.simulator.wire import Item
from console.domain.ids import HOUR, Instant

WINDOW: Final = 24 * HOUR
ARRIVED: Final = frozenset({"delivered", "read"})  # what is on the phone of a customer


@dataclass(slots=True)
class Bubble:
    """One message of a talk; `content` is its body as it went over the wire.

    `status` and `error` tell of the shop's messages, `reactions` has one emoji per side.
    """

    id: str
    at: Instant
    is_shops: bool
    kind: str
    content: Item
    reply_to: str = ""
    correlation: str | None = None
    category: str = "service"  # what it costs as
    status: str = ""
    error: int | None = None
    reactions: dict[str, str] = field(default_factory=dict)
    is_edited: bool = False
    is_deleted: bool = False
    is_read: bool = False  # by the shop
    is_seen: bool = False  # by a person who plays the customer

    @property
    def is_unread(self) -> bool:
        """Whether it arrived at the customer, and nobody who plays them has seen it."""
        return self.is_shops and not self.is_seen and self.status in ARRIVED


@dataclass(slots=True)
class Talk:
    """What a customer and a number wrote; `wrote_at` is when the customer's window began.

    `key` tells it from others: the number's id and what the customer was first known by. `met_at`
    is when the customer became known, `typing_until` how long the shop is seen typing.
    """

    key: str
    number_id: str
    customer: Customer
    bubbles: list[Bubble] = field(default_factory=list)
    wrote_at: Instant | None = None
    met_at: Instant = 0
    typing_until: Instant = 0

    @property
    def newest_at(self) -> Instant:
        """When something happened last; lists begin with the newest."""
        return max(self.met_at, self.bubbles[-1].at if self.bubbles else 0)

    def is_open(self, at: Instant) -> bool:
        """Whether free text is taken."""
        return self.wrote_at is not None and at < self.wrote_at + WINDOW


class World:
    """All of it; take `lock` around what belongs together."""

    def __init__(self, numbers: Iterable[Number], start: Instant) -> None:
        self.lock = threading.RLock()
        self.numbers = {number.id: number for number in numbers}
        self.files = Files(start)
        self.talks: dict[str, Talk] = {}
        self.changes = 0
        self.origin = ""  # where the simulator listens
        self._start = start
        self._made = 0
        self._named: dict[tuple[str, str], Talk] = {}
        self._bubbles: dict[str, tuple[Talk, Bubble]] = {}

    def new_id(self) -> str:
        """An id no other message has, of this run or an earlier one."""
        self._made += 1
        return f"wamid.SIM{self._start // 1000:X}N{self._made:06X}"

    def number(self, id: str | None = None) -> Number:
        """The number of an id, or the first one."""
        return self.numbers[id] if id else next(iter(self.numbers.values()))

    def customer(self, who: Customer | str, number: Number) -> Customer:
        """Somebody as this number knows them from now on, with all their identifiers."""
        given = who if isinstance(who, Customer) else Customer(who)
        talk = self.talk(number, given)
        name = given.name or talk.customer.name or talk.customer.phone or ""
        username = given.username or talk.customer.username
        talk.customer = replace(talk.customer, name=name, username=username)
        return talk.customer

    def talk(self, number: Number, customer: Customer) -> Talk:
        """The talk of a customer with a number, begun when there is none."""
        found = self.find_talk(number, customer.phone, customer.bsuid)
        if found:
            return found
        if customer.phone and not customer.bsuid:
            customer = replace(customer, bsuid=bsuid_of(number.business, customer.phone))
        made = Talk(f"{number.id}:{customer.key}", number.id, customer)
        self.talks[made.key] = made
        for name in filter(None, (customer.phone, customer.bsuid)):
            self._named[number.id, name] = made
        return made

    def find_talk(self, number: Number, phone: str | None, bsuid: str | None = None) -> Talk | None:
        """The talk with a phone, spelt with or without its ninth digit, or with a bsuid."""
        names = (phone, other_spelling(phone or ""), bsuid)
        found = (self._named.get((number.id, name)) for name in names if name)
        return next(filter(None, found), None)

    def address(self, number: Number, file: File, at: Instant) -> str:
        """Where the bytes of a customer's file are, for numbers that are told it."""
        return f"{self.origin}{self.files.address(file, at)}" if number.tells_media_urls else ""

    def add(self, talk: Talk, bubble: Bubble) -> None:
        """One message more."""
        talk.bubbles.append(bubble)
        self._bubbles[bubble.id] = (talk, bubble)
        self.changes += 1

    def known(self, id: str) -> tuple[Talk, Bubble]:
        """The message with an id; KeyError when there is none."""
        return self._bubbles[id]

    def bubble(self, id: str) -> tuple[Talk, Bubble] | None:
        """The message with an id, and where it is."""
        return self._bubbles.get(id)
