"""The channel: a translator between one WhatsApp provider and our words.

Reading is pure (bytes in, facts out). Sending never raises for what a provider answers: it gives
`Accepted`, `Rejected` with what to do about it, or `Unknown` when the message may have gone out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from console.channels.inbound import Inbound, Kind, MediaRef, PeerId, ProviderError
from console.domain.ids import Instant
from console.domain.template import Template as Template  # noqa: PLC0414 - channels name them
from console.domain.template import TemplatePart as TemplatePart  # noqa: PLC0414 - the same


@dataclass(frozen=True, slots=True)
class Account:
    """How one instance reaches its provider. Nothing of it is ever shown or logged.

    `name` is the provider's name of the instance (phone number id, Evolution instance name).
    `webhook_secrets` are tried in turn, so that a secret can be changed without a gap; none at
    all means that no webhook is authentic. `business` is the account that owns templates and
    scopes business identifiers. `may_be_local` lets the base URL be plain HTTP to this machine
    (the simulator) or to a private address of the operator's own choice (Evolution).
    """

    name: str
    base_url: str
    token: str = field(repr=False, default="")
    webhook_secrets: tuple[str, ...] = field(repr=False, default=())
    verify_token: str = field(repr=False, default="")
    business: str = ""
    may_be_local: bool = False


class Action(StrEnum):
    """What the outbox does about a rejection."""

    PERMANENT = "permanent"  # failed; a person may edit and send again
    RETRY = "retry"  # nothing has gone out; later again
    THROTTLE_PEER = "throttle_peer"  # wait, this conversation only
    THROTTLE_NUMBER = "throttle_number"  # pause the instance for a while
    WINDOW_CLOSED = "window_closed"  # only a template may be sent now
    AUTH = "auth"  # stop the instance until somebody mends its access
    DISCONNECTED = "disconnected"  # stop the instance until its phone is back


@dataclass(frozen=True, slots=True)
class MediaOut:
    """A file to send: its bytes lie at `path`, or the provider has them as `provider_id`.

    `size` in bytes, `sha256` hexadecimal.
    """

    kind: Kind
    path: Path
    mime: str
    filename: str
    size: int
    sha256: str
    provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateOut:
    """A template with its values: texts of the header, the body and URL buttons, in their order.

    `header_names` and `body_names` are as long as the texts where the template names its values.
    `header_media` is the file at the top of a template that has one there.
    """

    name: str
    language: str
    header: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    buttons: tuple[tuple[int, str], ...] = ()  # position of the button, text of its URL
    header_names: tuple[str, ...] = ()
    body_names: tuple[str, ...] = ()
    header_media: MediaOut | None = None


@dataclass(frozen=True, slots=True)
class Outbound:
    """One thing to send. `outbox_id` comes back in statuses where the provider echoes it.

    Exactly one of `media`, `template` and `emoji` is set, or none of them for a text; `text` is
    the caption of media. `reply_to` is the provider id of the message quoted, and with `emoji`
    (empty takes it away) the one reacted to.
    """

    outbox_id: str
    to: PeerId
    text: str = ""
    media: MediaOut | None = None
    template: TemplateOut | None = None
    emoji: str | None = None
    reply_to: str | None = None
    reply_to_is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider has it, under this id."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The provider has refused it, or was not reached: nothing has gone out.

    `retry_after_s` is the provider's own word on how long to wait.
    """

    error: ProviderError
    action: Action
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have gone out, and may not: the machine never sends it again."""

    reason: str


SendResult = Accepted | Rejected | Unknown


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Bytes the provider keeps until `expires_at`."""

    provider_id: str
    expires_at: Instant


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes that lie at the path asked for; `sha256` hexadecimal, `mime` the provider's word."""

    sha256: str
    size: int
    mime: str


class HealthState(StrEnum):
    """How well an instance is linked."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"
    AUTH = "auth"


@dataclass(frozen=True, slots=True)
class Health:
    """What the provider answers when it is asked how it is; `detail` is for people who operate."""

    state: HealthState
    detail: str = ""
    phone: str | None = None  # the number it is connected with, digits
    name: str | None = None  # the name customers see


@dataclass(frozen=True, slots=True)
class Limit:
    """What may be sent of one kind: types (MIME, `*/*` for every one) and the most bytes."""

    mimes: tuple[str, ...]
    most: int

    def takes(self, mime: str, size: int) -> bool:
        """Whether a file of this type, parameters aside, and size may be sent."""
        bare = mime.split(";", maxsplit=1)[0].strip().lower()
        return size <= self.most and ("*/*" in self.mimes or bare in self.mimes)


@dataclass(frozen=True, slots=True)
class Pairing:
    """What to scan or type on the phone to link an instance; both None when it is linked."""

    qr_png_b64: str | None = None
    code: str | None = None


class ChannelError(Exception):
    """A question that the provider did not answer, where silence would be taken for an answer."""

    def __init__(self, rejected: Rejected) -> None:
        super().__init__(f"{rejected.error.title} {rejected.error.details}".strip())
        self.rejected = rejected


class Channel(Protocol):
    """One instance at one provider; made from its Account. Safe to use in several threads."""

    name: str
    limits: Mapping[Kind, Limit]
    per_second: float  # messages of the number; what its provider takes by default
    echoes_correlation: bool  # statuses bring the outbox id back
    scope: str  # of business identifiers and of lids, see domain.contact.Address

    def verify(self, headers: Mapping[str, str], body: bytes, at: Instant) -> bool:
        """Whether the provider has sent these bytes; header names in lower case."""
        ...

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """What to answer to a provider that asks whether the address is ours; None refuses."""
        ...

    def redact(self, body: bytes) -> bytes:
        """The body without secrets that its provider puts into it."""
        ...

    def parse_webhook(self, body: bytes, received_at: Instant) -> list[Inbound]:
        """The facts in a body, in its order; never fewer than its items, never raises."""
        ...

    def send(self, out: Outbound) -> SendResult:
        """Hand one message over."""
        ...

    def upload(self, media: MediaOut, at: Instant) -> Uploaded | Rejected | None:
        """Hand bytes over before the message; None where they go with the message itself."""
        ...

    def fetch_media(self, ref: MediaRef, to: Path, most: int) -> Fetched | Rejected:
        """Write the bytes of a message to a file, at most so many; a wrong hash is refused."""
        ...

    def mark_read(self, peer: PeerId, message_id: str) -> SendResult:
        """Tell the customer that their message was read."""
        ...

    def templates(self) -> list[Template] | Rejected:
        """The templates of the account; none where the provider has no such thing."""
        ...

    def find_sent(self, out: Outbound, since: Instant) -> str | None:
        """The provider id of a message whose sending ended unknown, where it can be asked.

        Raises ChannelError when there is no answer.
        """
        ...

    def catch_up(self, since: Instant, at: Instant) -> list[Inbound]:
        """What came in since, for providers whose webhooks can be lost; whole, or ChannelError."""
        ...

    def window_closes_at(self, last_inbound: Instant | None) -> Instant | None:
        """Until when free text is taken, 0 for not yet; None without such a bound."""
        ...

    def health(self) -> Health:
        """Ask the provider how it is."""
        ...

    def pairing(self) -> Pairing | None:
        """What to scan on the phone; None where numbers are not linked by a phone.

        Raises ChannelError when there is nothing to scan yet.
        """
        ...
