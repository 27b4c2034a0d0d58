"""What customers do, and what the shop does on its phone: items of webhooks, told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from console.channels.simulator import samples
from console.channels.simulator.faults import TOLD, Fault, Faults, Telling
from console.channels.simulator.files import KEPT_WEBHOOK, File
from console.channels.simulator.people import Customer, Number
from console.channels.simulator.wire import Item, Update, peer_of, timestamp
from console.channels.simulator.world import Bubble, Talk, World
from console.channels.simulator.writing import (
    ABOUT_ANOTHER,
    NEED_A_FILE,
    Written,
    content_of,
    context_of,
)
from console.domain.ids import SECOND, Instant

Tell = Callable[[Number, list[Update], Instant, bool], None]

_FROM: Final = ("from", "from_user_id")
_TO: Final = ("to", "to_user_id")
_OF_FILES: Final = ("sample", "content", "mime", "filename")
_COPIES: Final[Mapping[Telling, int]] = {Telling.LOST: 0, Telling.DOUBLED: 2}


class Crowd:
    """Everybody who writes; `tell` hands updates to a number's webhook at an instant."""

    def __init__(
        self, world: World, faults: Faults, clock: Callable[[], Instant], tell: Tell
    ) -> None:
        self._world, self._faults, self._clock, self._tell = world, faults, clock, tell
        self._held: list[tuple[Number, Update]] | None = None

    def writes(
        self,
        who: Customer | str,
        text: str = "",
        *,
        kind: str = "text",
        number: str | None = None,
        in_s: float = 0,
        is_from_shop: bool = False,
        **more: Any,
    ) -> str:
        """One message; gives its id. `more`: see `Simulator.customer_writes`."""
        with self._world.lock:
            shop = self._world.number(number)
            customer = self._world.customer(who, shop)
            talk = self._world.talk(shop, customer)
            at = self._clock() + round(in_s * SECOND)
            written = self._written(shop, kind, text, more, at)
            bubble = self._noted(talk, written, at, is_from_shop=is_from_shop)
            item = self._item(shop, talk, written, bubble)
        kind_of_item = "message_echoes" if is_from_shop else "messages"
        self._told(shop, Update(kind_of_item, item, customer), at)
        return bubble.id

    def changes_number(self, who: Customer | str, phone: str, number: str | None = None) -> str:
        """A customer has another phone from now on; told by a system message without contacts."""
        with self._world.lock:
            shop = self._world.number(number)
            old = self._world.customer(who, shop)
            body = f"User {old.name} changed from {old.phone} to {phone}"
            system = {"body": body, "wa_id": phone, "type": "user_changed_number"}
            at = self._clock()
            item = {
                **peer_of(shop, old, *_FROM),
                "id": self._world.new_id(),
                "timestamp": timestamp(at),
                "type": "system",
                "system": system,
            }
            self._world.talk(shop, Customer(phone, old.name))
        self._told(shop, Update("messages", item), at)
        return str(item["id"])

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written in the block is told in one body (per number), at its end."""
        held: list[tuple[Number, Update]] = []
        self._held = held
        try:
            yield
        finally:
            self._held = None
        for shop in dict.fromkeys(number for number, _ in held):
            updates = [update for number, update in held if number == shop]
            self._tell(shop, updates, self._clock(), False)

    def tell(self, number: Number, update: Update) -> None:
        """Tell one update now, or with the others of a `together` block."""
        self._told(number, update, self._clock())

    def _written(
        self, number: Number, kind: str, text: str, more: dict[str, Any], at: Instant
    ) -> Written:
        given: dict[str, Any] = {key: more.pop(key) for key in _OF_FILES if key in more}
        file = self._file(number, kind, given, at) if kind in NEED_A_FILE else None
        url = self._world.address(number, file, at) if file else ""
        original: Item = {}
        if kind in ABOUT_ANOTHER:
            found = self._world.bubble(more["target"])
            original = found[1].content if found else {}
        return Written(kind, text, file, url, original=original, **more)

    def _file(self, number: Number, kind: str, given: Mapping[str, Any], at: Instant) -> File:
        sample = samples.SAMPLES[given.get("sample") or samples.OF_KIND[kind]]
        content = given.get("content") or sample.content()
        mime, name = given.get("mime") or sample.mime, given.get("filename") or sample.filename
        return self._world.files.add(number.id, mime, content, name, at + KEPT_WEBHOOK)

    def _noted(self, talk: Talk, written: Written, at: Instant, *, is_from_shop: bool) -> Bubble:
        """The message, kept in the talk, or applied to the one it is about."""
        bubble = Bubble(
            id=self._world.new_id(),
            at=at,
            is_shops=is_from_shop,
            kind=written.kind,
            content=content_of(written),
            reply_to=written.reply_to,
        )
        if written.kind in ABOUT_ANOTHER:
            self._applied(written, "shop" if is_from_shop else "customer")
        else:
            self._world.add(talk, bubble)
        if not is_from_shop and written.kind != "reaction":
            talk.wrote_at = at
        return bubble

    def _applied(self, written: Written, by: str) -> None:
        found = self._world.bubble(written.target)
        self._world.changes += 1
        if found is None:
            return
        _, bubble = found
        if written.kind == "reaction":
            bubble.reactions[by] = written.text
        elif written.kind == "edit":
            bubble.content = content_of(written)["edit"]["message"]
            bubble.is_edited = True
        else:
            bubble.is_deleted = True

    def _item(self, number: Number, talk: Talk, written: Written, bubble: Bubble) -> Item:
        quoted = self._world.bubble(written.reply_to)
        by = number.phone if quoted and quoted[1].is_shops else talk.customer.phone or ""
        item: Item = {"from": number.phone} if bubble.is_shops else {}
        item |= peer_of(number, talk.customer, *(_TO if bubble.is_shops else _FROM))
        return {
            **context_of(written, by),
            **item,
            "id": bubble.id,
            "timestamp": timestamp(bubble.at),
            **content_of(written),
        }

    def _told(self, number: Number, update: Update, at: Instant) -> None:
        if self._held is not None:
            self._held.append((number, update))
            return
        fault: Fault = self._faults.take(TOLD, update.item.get("from", ""))
        for _ in range(_COPIES.get(fault.telling, 1)):
            self._tell(number, [update], at, fault.telling is Telling.MISSIGNED)
