"""Who talks in the simulator: the shop's numbers and their customers."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Final

# Brazilian mobile numbers before and after the ninth digit came.
_WITHOUT: Final = re.compile(r"55[1-9]{2}[6-9]\d{7}")
_WITH: Final = re.compile(r"55[1-9]{2}9[6-9]\d{7}")


@dataclass(frozen=True, slots=True)
class Number:
    """A business number of the Cloud API, and where it tells what happens.

    `id` is the phone_number_id, `business` the account (WABA) that owns its templates. `webhook`
    is the URL that gets signed bodies; while it is empty, nothing is posted. `tells_bsuids`:
    customers come with the identifier that Meta scopes to a business, too.
    `tells_media_urls`: files come with their address, as newer accounts get them.
    """

    id: str = "100000000000001"
    business: str = "200000000000001"
    phone: str = "551130031000"
    name: str = "Loja Aurora"
    token: str = field(repr=False, default="SIM-token")
    secret: str = field(repr=False, default="SIM-secret")
    verify_token: str = field(repr=False, default="SIM-verify")
    webhook: str = ""
    tells_bsuids: bool = True
    tells_media_urls: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who writes to a number; `phone` in digits, absent for who hides behind a username.

    `bsuid` is the identifier that Meta scopes to a business; it or `phone` is there.
    """

    phone: str | None
    name: str = ""
    bsuid: str | None = None
    username: str | None = None

    @property
    def key(self) -> str:
        """What tells this customer from others."""
        return self.phone or self.bsuid or ""


def bsuid_of(business: str, phone: str) -> str:
    """The identifier that a business gets for a phone: always the same one, as at Meta."""
    drawn = hashlib.sha256(f"{business}:{phone}".encode()).digest()
    return f"BR.{int.from_bytes(drawn[:8]) % 10**17:017}"


def other_spelling(phone: str) -> str | None:
    """A Brazilian mobile number without its ninth digit, or with it; None for all others."""
    if _WITHOUT.fullmatch(phone):
        return f"{phone[:4]}9{phone[4:]}"
    return f"{phone[:4]}{phone[5:]}" if _WITH.fullmatch(phone) else None
