"""From what a person typed to the wish that links an instance; secrets are sealed on the way."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

from console.actions import LinkInstance
from console.config import Settings
from console.domain.errors import RuleError
from console.domain.provider import Provider, provider_of
from console.i18n import Text
from console.store.accounts import Link
from console.store.vault import Vault

SHORTEST_SECRET: Final = 8
TOO_SHORT: Final = Text(
    "O segredo é curto demais: use ao menos {least} caracteres.",
    "The secret is too short: use at least {least} characters.",
    "El secreto es demasiado corto: usa al menos {least} caracteres.",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed. A blank secret keeps the one that is there, or lets Central make one.

    Several webhook secrets stand with spaces between them: each is taken, so that one can be
    changed at the provider without a gap.
    """

    channel: str
    provider_name: str
    base_url: str = ""
    business: str = ""
    token: str = field(repr=False, default="")
    webhook_secrets: str = field(repr=False, default="")
    verify_token: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The wish, and the secrets that Central made: to be shown once, for the provider's page."""

    wish: LinkInstance
    made_secret: str = field(repr=False, default="")
    made_verify_token: str = field(repr=False, default="")


def prepare(vault: Vault, instance_id: int, typed: Typed, known: Link | None) -> Prepared:
    """Seal what was typed; raises RuleError for secrets anybody could guess."""
    provider = provider_of(typed.channel)
    given = typed.webhook_secrets.split()
    if any(len(secret) < SHORTEST_SECRET for secret in given):
        raise RuleError(TOO_SHORT.with_(least=SHORTEST_SECRET))
    is_new = known is None or known.channel != typed.channel
    made = "" if given else _made_secret(provider, is_new)
    made_verify = "" if typed.verify_token.strip() else _made_verify_token(provider, is_new)
    wanted = [*given, made] if made else given
    wish = LinkInstance(
        instance_id,
        typed.channel,
        typed.provider_name,
        typed.base_url,
        typed.business,
        _sealed(vault, typed.token),
        tuple(vault.seal(secret) for secret in wanted) or None,
        _sealed(vault, typed.verify_token.strip() or made_verify),
    )
    return Prepared(wish, made, made_verify)


def webhook_address(settings: Settings, link: Link) -> str:
    """Where the provider of an instance posts to."""
    provider = provider_of(link.channel)
    wire = provider.wire if provider else link.channel
    return f"{settings.origin}/wh/{wire}/{link.route}"


def _made_secret(provider: Provider | None, is_new: bool) -> str:
    """Evolution takes any secret of ours; Meta signs with the app's own."""
    makes = provider is not None and provider.wire == "evolution" and is_new
    return secrets.token_urlsafe(32) if makes else ""


def _made_verify_token(provider: Provider | None, is_new: bool) -> str:
    makes = provider is not None and provider.has_handshake and is_new
    return secrets.token_urlsafe(24) if makes else ""


def _sealed(vault: Vault, text: str) -> str | None:
    return vault.seal(text.strip()) if text.strip() else None
