"""The provider's side without HTTP: what each call does and answers."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from console.channels.simulator.checks import check_message, parsed
from console.channels.simulator.faults import Fault, Telling
from console.channels.simulator.files import KEPT_UPLOAD, File, check_upload
from console.channels.simulator.graph import Refused, no_object
from console.channels.simulator.ledger import Entry, Ledger
from console.channels.simulator.limits import Limits
from console.channels.simulator.people import Customer, Number
from console.channels.simulator.telling import RANKS, Pace, Step, bodies_of, status_item, steps_of
from console.channels.simulator.templates import TEMPLATES, buttons_of, filled, page_of
from console.channels.simulator.wire import Item, Update
from console.channels.simulator.world import Bubble, Talk, World
from console.domain.ids import SECOND, Instant

Tell = Callable[[Number, Callable[[], list[Update]], Instant, bool], None]

_TYPING: Final = 25 * SECOND
_SHORTEST_PHONE: Final = 8
_LONGEST_PHONE: Final = 15


class Provider:
    """What Meta does with a call. `tell` hands updates to the webhook at an instant."""

    def __init__(
        self,
        world: World,
        ledger: Ledger,
        pace: Pace,
        seed: int,
        tell: Tell,
        limits: Limits | None = None,
    ) -> None:
        self.world, self.ledger, self.pace = world, ledger, pace
        self._seed, self._tell, self._limits = seed, tell, limits

    def number(self, id: str, method: str) -> Number:
        """The number of an id, refused as Graph refuses what it does not know."""
        if id not in self.world.numbers:
            raise no_object(id, method)
        return self.world.numbers[id]

    def messages(self, number: Number, raw: bytes, fault: Fault, at: Instant) -> Item:
        """POST /{phone_number_id}/messages: send, or mark as read (with or without typing)."""
        given = parsed(raw)
        with self.world.lock:
            if "status" in given:
                return self._mark_read(given, at)
            return self._send(number, given, fault, at)

    def upload(self, number: Number, mime: str, name: str, content: bytes, at: Instant) -> Item:
        """POST /{phone_number_id}/media: keep a file for thirty days."""
        check_upload(mime, len(content))
        with self.world.lock:
            file = self.world.files.add(number.id, mime, content, name, at + KEPT_UPLOAD)
        return {"id": file.id}

    def media(self, id: str, origin: str, at: Instant) -> Item:
        """GET /{media_id}: where the bytes are for five minutes."""
        with self.world.lock:
            file = self.world.files.get(id, at)
            path = self.world.files.address(file, at)
        return {
            "messaging_product": "whatsapp",
            "url": f"{origin}{path}",
            "mime_type": file.mime,
            "sha256": file.sha256,
            "file_size": str(len(file.content)),
            "id": file.id,
        }

    def download(self, token: str, at: Instant) -> File | None:
        """The bytes behind such an address."""
        with self.world.lock:
            return self.world.files.at_address(token, at)

    def health(self, number: Number) -> Item:
        """GET /{phone_number_id}: how the number is."""
        return {
            "verified_name": number.name,
            "code_verification_status": "VERIFIED",
            "display_phone_number": f"+{number.phone}",
            "quality_rating": "GREEN",
            "platform_type": "CLOUD_API",
            "throughput": {"level": "STANDARD"},
            "id": number.id,
        }

    def templates(self, business: str, after: str, limit: str) -> Item:
        """GET /{waba_id}/message_templates: a page of them."""
        if all(number.business != business for number in self.world.numbers.values()):
            raise no_object(business, "get")
        return page_of(after, limit)

    def become(self, bubble: Bubble, step: Step) -> None:
        """A message of the shop gets a higher state; a lower one changes nothing."""
        with self.world.lock:
            if step.status == "failed":
                bubble.status, bubble.error = step.status, step.code
            elif RANKS[step.status] > RANKS.get(bubble.status, 0):
                bubble.status = step.status
            self.world.changes += 1

    # -- sending ----------------------------------------------------------------------------

    def _send(self, number: Number, given: Item, fault: Fault, at: Instant) -> Item:
        named = self._recipient(number, given)
        kind = check_message(self.world, given, at)
        talk = self.world.talk(number, named)
        if kind != "template" and not talk.is_open(at):
            raise Refused(131047)
        if self._limits:
            self._limits.take(number.id, talk.key, at)
        bubble = self._bubble(given, kind, at)
        self._accept(number, talk, bubble, given)
        self._tell_what_becomes(number, talk, bubble, fault)
        return _accepted(given, talk.customer, bubble)

    def _recipient(self, number: Number, given: Item) -> Customer:
        """Whom a message is for, by the phone in `to` or the identifier in `recipient`."""
        if "recipient" in given and "to" not in given:
            return self._known_bsuid(number, str(given["recipient"]))
        phone = str(given.get("to", "")).lstrip("+")
        if not given.get("to"):
            raise Refused(100, "The parameter to is required.")
        if not phone.isdecimal() or not _SHORTEST_PHONE <= len(phone) <= _LONGEST_PHONE:
            raise Refused(131009, "Param to is not a phone number.")
        if phone == number.phone:
            raise Refused(131021)
        return Customer(phone)

    def _known_bsuid(self, number: Number, bsuid: str) -> Customer:
        talk = self.world.find_talk(number, None, bsuid)
        if talk is None:
            raise Refused(131026, "No user has this identifier.")
        return talk.customer

    def _bubble(self, given: Item, kind: str, at: Instant) -> Bubble:
        made = Bubble(
            id=self.world.new_id(),
            at=at,
            is_shops=True,
            kind=kind,
            content=given,
            reply_to=(given.get("context") or {}).get("message_id", ""),
            correlation=given.get("biz_opaque_callback_data"),
            status="accepted",
        )
        if kind == "template":
            named = next(t for t in TEMPLATES if t["name"] == given["template"]["name"])
            made.category = named["category"].lower()
            shown = filled(named, given["template"])
            made.content = given | {"filled": shown, "buttons": buttons_of(named)}
        return made

    def _accept(self, number: Number, talk: Talk, bubble: Bubble, given: Item) -> None:
        """From here on it is accepted, whatever becomes of the answer."""
        to = str(given.get("to") or given.get("recipient"))
        entry = Entry(bubble.id, number.id, to, bubble.correlation, bubble.at, given)
        self.ledger.add(entry)
        talk.typing_until = 0
        if bubble.kind == "reaction":
            _, reacted_to = self.world.known(given["reaction"]["message_id"])
            reacted_to.reactions["shop"] = given["reaction"]["emoji"]
        self.world.add(talk, bubble)

    def _tell_what_becomes(self, number: Number, talk: Talk, bubble: Bubble, fault: Fault) -> None:
        chance = Random(f"{self._seed}:{bubble.id}")  # noqa: S311 - wants a seed, not secrecy
        is_missigned = fault.telling is Telling.MISSIGNED
        for at, steps in bodies_of(steps_of(bubble, self.pace, chance), fault):
            self._tell(number, self._updates(number, talk, bubble, steps), at, is_missigned)

    def _updates(
        self, number: Number, talk: Talk, bubble: Bubble, steps: tuple[Step, ...]
    ) -> Callable[[], list[Update]]:
        """What is told of these steps, made when it is told; not that it was read once more."""

        def made() -> list[Update]:
            new = [step for step in steps if not (bubble.is_seen and step.status == "read")]
            for step in new:
                self.become(bubble, step)
            items = [status_item(number, talk, bubble, step) for step in new]
            return [Update("statuses", item, talk.customer) for item in items]

        return made

    def _mark_read(self, given: Item, at: Instant) -> Item:
        found = self.world.bubble(str(given.get("message_id")))
        if given["status"] != "read" or found is None or found[1].is_shops:
            raise Refused(131009, "message_id is not a received message.")
        talk, upto = found
        for bubble in talk.bubbles:
            bubble.is_read = bubble.is_read or (not bubble.is_shops and bubble.at <= upto.at)
        if "typing_indicator" in given:
            talk.typing_until = at + _TYPING
        self.world.changes += 1
        return {"success": True}


def _accepted(given: Item, customer: Customer, bubble: Bubble) -> Item:
    said = given.get("to") or given.get("recipient")
    contact = {"input": said, "wa_id": customer.phone} if customer.phone else {"input": said}
    if "recipient" in given and "to" not in given:
        contact = {"input": said, "user_id": said}
    message = {"id": bubble.id}
    if bubble.kind == "template":
        message["message_status"] = "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}
