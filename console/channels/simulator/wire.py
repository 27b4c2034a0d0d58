"""Webhook bodies in the published format: envelope, items, bytes and their signature."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from console.channels.simulator.people import Customer, Number
from console.domain.ids import SECOND, Instant

SIGNATURE: Final = "x-hub-signature-256"
_FIELDS: Final = {"message_echoes": "smb_message_echoes"}  # all others come under `messages`

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Update:
    """One item of a body: `kind` is messages, message_echoes or statuses.

    `contact` is None where Meta sends none (system messages, and statuses of unknown people).
    """

    kind: str
    item: Item
    contact: Customer | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A body on its way: what, for whom, and whether its signature is of another secret."""

    number: Number
    body: bytes
    is_missigned: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


def signature(secret: str, body: bytes) -> str:
    """The value of X-Hub-Signature-256."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def told(number: Number, updates: Sequence[Update], *, is_missigned: bool = False) -> Told:
    """The signed body of these updates."""
    body = encoded(envelope(number, updates))
    secret = f"not {number.secret}" if is_missigned else number.secret
    headers = {
        "content-type": "application/json",
        "user-agent": "facebookexternalua",
        SIGNATURE: signature(secret, body),
    }
    return Told(number, body, is_missigned, headers)


def encoded(payload: object) -> bytes:
    """JSON as Meta writes it: without spaces, everything but ASCII and the slash escaped."""
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def envelope(number: Number, updates: Sequence[Update]) -> Item:
    """One entry; updates of one kind that follow each other share a change."""
    runs = groupby(updates, key=lambda update: update.kind)
    changes = [_change(number, kind, list(run)) for kind, run in runs]
    entry = {"id": number.business, "changes": changes}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def timestamp(at: Instant) -> str:
    """Seconds as text, as every item has them."""
    return str(at // SECOND)


def contact_of(number: Number, customer: Customer) -> Item:
    """An entry of `contacts`."""
    profile: Item = {"name": customer.name}
    if customer.username:
        profile["username"] = customer.username
    found: Item = {"profile": profile}
    if customer.phone:
        found["wa_id"] = customer.phone
    if _tells_bsuid(number, customer):
        found["user_id"] = customer.bsuid
    return found


def peer_of(number: Number, customer: Customer, phone: str, bsuid: str) -> Item:
    """Who an item is about, under these keys, as far as it is told."""
    found: Item = {phone: customer.phone} if customer.phone else {}
    if _tells_bsuid(number, customer):
        found[bsuid] = customer.bsuid
    return found


def _tells_bsuid(number: Number, customer: Customer) -> bool:
    return bool(customer.bsuid) and (number.tells_bsuids or not customer.phone)


def _change(number: Number, kind: str, updates: Sequence[Update]) -> Item:
    value: Item = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.phone, "phone_number_id": number.id},
    }
    people = dict.fromkeys(update.contact for update in updates if update.contact)
    if people:
        value["contacts"] = [contact_of(number, customer) for customer in people]
    value[kind] = [update.item for update in updates]
    return {"value": value, "field": _FIELDS.get(kind, "messages")}
