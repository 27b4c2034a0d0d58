"""The WhatsApp Cloud API of Meta: one number of a business account.

The base address has the version in it (`https://graph.facebook.com/v23.0`). The simulator speaks
the same format, so that the demo and the tests run this very code.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx

from console.channels.addresses import Reach
from console.channels.base import (
    Account,
    Action,
    Fetched,
    Health,
    Limit,
    MediaOut,
    Outbound,
    Pairing,
    Rejected,
    SendResult,
    Template,
    Uploaded,
)
from console.channels.cloud_asked import (
    HEALTH_FIELDS,
    TEMPLATE_FIELDS,
    health_of,
    next_page,
    templates_of,
    unhealthy,
)
from console.channels.cloud_read import read_cloud
from console.channels.cloud_upload import UploadForm
from console.channels.cloud_write import LIMITS, body_of, problem_of, read_receipt
from console.channels.exchange import Answer, Lost, exchange, timeouts
from console.channels.fetching import Wanted, safe_fetch
from console.channels.graph_answers import answered, outcome
from console.channels.inbound import Inbound, Kind, MediaRef, PeerId
from console.channels.json_in import Fields, number, word, words
from console.channels.own_errors import own_error
from console.channels.signature import is_signed
from console.channels.wire import Wire
from console.domain.ids import DAY, MINUTE, Instant

# Where Meta keeps files; the API answers with addresses of the first two.
MEDIA_HOSTS: Final = ("lookaside.fbsbx.com", "graph.facebook.com", ".whatsapp.net")
WINDOW: Final = DAY - MINUTE  # the minute keeps a message from arriving too late
UPLOAD_KEPT: Final = 30 * DAY
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,512}")  # of a number, an account or a file
_PAGES: Final = 50  # of templates; an account may have 6,000
_PAGE: Final = 200


class Cloud:
    """One number; safe to use in several threads."""

    name = "cloud"
    limits: Mapping[Kind, Limit] = LIMITS
    per_second = 20.0  # a number takes 80, one that also runs the phone app 20
    echoes_correlation = True

    def __init__(self, account: Account, transport: httpx.BaseTransport | None = None) -> None:
        self.scope = account.business
        self._account = account
        self._reach = Reach(account.base_url, account.may_be_local, MEDIA_HOSTS)
        self._web = httpx.Client(
            transport=transport or Wire(self._reach), timeout=timeouts(), trust_env=False
        )

    def close(self) -> None:
        """Close every kept connection."""
        self._web.close()

    def verify(self, headers: Mapping[str, str], body: bytes, at: Instant) -> bool:
        """Whether the body is signed with one of the account's secrets."""
        del at
        return is_signed(headers, body, self._account.webhook_secrets)

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """The challenge, to whoever knows our verify token."""
        token = self._account.verify_token.encode()
        given = query.get("hub.verify_token", "").encode("utf-8", "surrogatepass")
        is_ours = hmac.compare_digest(given, token) and bool(token)
        return query.get("hub.challenge") if is_ours and _asks_to_subscribe(query) else None

    def redact(self, body: bytes) -> bytes:
        """Bodies of the Cloud API hold no secrets."""
        return body

    def parse_webhook(self, body: bytes, received_at: Instant) -> list[Inbound]:
        """The facts in a body."""
        return read_cloud(body, received_at)

    def send(self, out: Outbound) -> SendResult:
        """Post one message."""
        problem = problem_of(out)
        if problem:
            return Rejected(problem, Action.PERMANENT)
        return outcome(self._ask("POST", self._account.name, "messages", json=body_of(out)))

    def mark_read(self, peer: PeerId, message_id: str) -> SendResult:
        """Mark a message and all before it as read; the message's own id is the answer."""
        del peer
        body = read_receipt(message_id)
        return outcome(self._ask("POST", self._account.name, "messages", json=body), message_id)

    def upload(self, media: MediaOut, at: Instant) -> Uploaded | Rejected | None:
        """Hand a file over; Meta keeps it for 30 days."""
        limit = self.limits.get(media.kind)
        if limit is None or media.size > limit.most or _bare(media.mime) not in limit.mimes:
            return Rejected(own_error("file_refused"), Action.PERMANENT)
        try:
            found = self._uploaded(media)
        except OSError:
            return Rejected(own_error("file_missing"), Action.PERMANENT)
        if isinstance(found, Rejected):
            return found
        given = word(found.json, "id")
        if given is None:
            return Rejected(own_error("unreachable", "no id"), Action.RETRY)
        return Uploaded(given, at + UPLOAD_KEPT)

    def _uploaded(self, media: MediaOut) -> Answer | Rejected:
        """The answer to an upload; raises OSError when the file is gone or has another size."""
        with media.path.open("rb") as file:
            form = UploadForm(file, media)
            found = self._ask(
                "POST", self._account.name, "media", content=form, headers=form.headers
            )
        return answered(found)

    def fetch_media(self, ref: MediaRef, to: Path, most: int) -> Fetched | Rejected:
        """Ask where a file is, and get it from there: such an address holds for five minutes."""
        found = self._whereabouts(ref)
        if isinstance(found, Rejected):
            return found
        size = number(found, "file_size")
        if size is not None and size > most:
            return Rejected(own_error("not_fetched", "too large"), Action.PERMANENT)
        wanted = Wanted(
            words(found, "url"),
            most,
            sha256=ref.sha256 or word(found, "sha256"),
            headers=self._headers,
        )
        fetched = safe_fetch(self._web, self._reach, wanted, to)
        mime = ref.mime or word(found, "mime_type")
        return replace(fetched, mime=mime) if isinstance(fetched, Fetched) and mime else fetched

    def _whereabouts(self, ref: MediaRef) -> Fields | Rejected:
        """Where a file is, as the API tells it; a webhook may have told it already."""
        if ref.provider_id is None and ref.url:
            return {"url": ref.url}
        if not _ID.fullmatch(ref.provider_id or ""):
            return Rejected(own_error("not_fetched", "no id"), Action.PERMANENT)
        query = {"phone_number_id": self._account.name}
        found = answered(self._ask("GET", ref.provider_id or "", params=query))
        return found if isinstance(found, Rejected) else found.json

    def templates(self) -> list[Template] | Rejected:
        """All templates of the business account."""
        found: list[Template] = []
        after: str | None = None
        for _ in range(_PAGES):
            query = {"fields": TEMPLATE_FIELDS, "limit": str(_PAGE)}
            query |= {"after": after} if after else {}
            page = answered(self._ask("GET", self.scope, "message_templates", params=query))
            if isinstance(page, Rejected):
                return page
            found += templates_of(page.json)
            after = next_page(page.json)
            if after is None:
                break
        return found

    def health(self) -> Health:
        """Ask for the state and the quality of the number."""
        query = {"fields": HEALTH_FIELDS}
        found = answered(self._ask("GET", self._account.name, params=query))
        return unhealthy(found) if isinstance(found, Rejected) else health_of(found.json)

    def find_sent(self, out: Outbound, since: Instant) -> str | None:
        """The API has no such question; a status with the outbox id tells."""
        del out, since
        return None

    def catch_up(self, since: Instant, at: Instant) -> list[Inbound]:
        """The API has no such question; Meta repeats its webhooks for days."""
        del since, at
        return []

    def window_closes_at(self, last_inbound: Instant | None) -> Instant | None:
        """A day after the customer wrote, by the provider's clock."""
        return 0 if last_inbound is None else last_inbound + WINDOW

    def pairing(self) -> Pairing | None:
        """Numbers are registered at Meta, not linked by a phone."""
        return None

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._account.token.strip()}"}

    def _ask(self, method: str, *path: str, **request: Any) -> Answer | Lost:
        """Ask the API; an address that the account does not own is never asked."""
        url = "/".join([self._account.base_url.rstrip("/"), *path])
        if not (all(map(_ID.fullmatch, path)) and self._may_ask(url)):
            return Lost("forbidden address", may_have_arrived=False, is_unaskable=True)
        headers = {**self._headers, **request.pop("headers", {})}
        return exchange(self._web, method, url, headers=headers, **request)

    def _may_ask(self, url: str) -> bool:
        try:
            return self._reach.allows(httpx.URL(url))
        except httpx.InvalidURL:
            return False


def _asks_to_subscribe(query: Mapping[str, str]) -> bool:
    return query.get("hub.mode") == "subscribe"


def _bare(mime: str) -> str:
    """A type without its parameters."""
    return mime.split(";", maxsplit=1)[0].strip().lower()
