"""How instances reach their providers: rows whose secrets stay sealed until they are needed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from console.domain.ids import MINUTE, Instant
from console.store import tables
from console.store.vault import Vault
from console.store.work import Store

CATCH_UP_EVERY: Final = 2 * MINUTE
POLLED: Final = ("evolution",)  # providers whose webhooks can be lost, and that can be asked
_ROUTE_BYTES: Final = 24  # 192 bit: nobody finds an address by guessing


@dataclass(frozen=True, slots=True)
class Sealed:
    """The secrets of one link as they are kept; each stands for itself, so that one can change."""

    token: str = field(repr=False, default="")
    webhook_secrets: tuple[str, ...] = field(repr=False, default=())
    verify_token: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Opened:
    """The same secrets in the clear: only for the moment in which a channel is made."""

    token: str = field(repr=False, default="")
    webhook_secrets: tuple[str, ...] = field(repr=False, default=())
    verify_token: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Link:
    """One instance and its provider. `route` is the end of its webhook address.

    `state` is what was told last: unknown, ok, degraded, down, auth, or a state of the phone.
    `held_until_at` is when sending goes on by itself, `held_for` why it waits, `held_n` how often
    in a row; `stopped_at` is since when nothing goes out. `inbound_at` is our clock when the
    provider last brought something.
    """

    instance_id: int
    provider_name: str
    base_url: str
    business: str
    route: str
    sealed: Sealed
    is_paused: bool
    state: str
    state_detail: str
    state_at: Instant | None
    held_until_at: Instant | None
    held_for: str | None
    held_n: int
    inbound_at: Instant | None
    caught_up_at: Instant | None
    pairing: str | None
    created_at: Instant
    stopped_at: Instant | None
    channel: str
    is_active: bool

    @property
    def mark(self) -> tuple[object, ...]:
        """What a channel is made of: it is made anew when any of it has changed."""
        return (self.channel, self.provider_name, self.base_url, self.business, self.sealed)


def links(connection: Connection) -> dict[int, Link]:
    """Every linked instance by its id."""
    return {row["instance_id"]: _link(row) for row in connection.execute(_WANTED).mappings()}


def link(connection: Connection, instance_id: int) -> Link | None:
    """The link of one instance."""
    return _one(connection, tables.channel_account.c.instance_id == instance_id)


def link_by_route(connection: Connection, route: str) -> Link | None:
    """The link whose webhook address ends like this."""
    return _one(connection, tables.channel_account.c.route == route)


def opened(vault: Vault, sealed: Sealed) -> Opened:
    """The secrets in the clear; raises VaultError without their key."""
    return Opened(
        vault.open(sealed.token) if sealed.token else "",
        tuple(vault.open(secret) for secret in sealed.webhook_secrets),
        vault.open(sealed.verify_token) if sealed.verify_token else "",
    )


def new_route() -> str:
    """The end of a webhook address that nobody can guess."""
    return secrets.token_urlsafe(_ROUTE_BYTES)


def save_link(
    connection: Connection,
    instance_id: int,
    values: Mapping[str, Any],
    sealed: Sealed,
    at: Instant,
) -> None:
    """Insert or update the link of an instance; its route and state stay."""
    table = tables.channel_account
    changed = {**values, "secrets": _written(sealed)}
    saved = connection.execute(
        update(table).where(table.c.instance_id == instance_id).values(**changed)
    )
    if not saved.rowcount:
        row = {"instance_id": instance_id, "route": new_route(), "created_at": at, "held_n": 0}
        connection.execute(insert(table).values(**row, **changed))


def update_link(connection: Connection, instance_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one link."""
    table = tables.channel_account
    connection.execute(update(table).where(table.c.instance_id == instance_id).values(**values))


def note_state(
    connection: Connection, instance_id: int, state: str, detail: str, at: Instant
) -> None:
    """Write down how the provider was found."""
    update_link(connection, instance_id, {"state": state, "state_detail": detail, "state_at": at})


def note_inbound(connection: Connection, instance_id: int, at: Instant) -> None:
    """Write down that the provider has brought something; an older instant changes nothing."""
    connection.execute(_NOTED, {"instance": instance_id, "now": at})


def to_catch_up(connection: Connection, now: Instant) -> Link | None:
    """The link that was asked longest ago what came in, when that is due; None otherwise."""
    table = tables.channel_account
    due = table.c.caught_up_at.is_(None) | (table.c.caught_up_at <= now - CATCH_UP_EVERY)
    polled = tables.instance.c.channel.in_(POLLED) & tables.instance.c.is_active
    oldest = _WANTED.where(due, polled).order_by(table.c.caught_up_at.nulls_first()).limit(1)
    row = connection.execute(oldest).mappings().first()
    return _link(row) if row else None


def renew_secrets(store: Store, vault: Vault) -> int:
    """Seal every secret with the newest key, in one transaction; gives the number of links."""

    def unit(connection: Connection) -> int:
        found = links(connection)
        for one in found.values():
            values = {"secrets": _written(_renewed(vault, one.sealed))}
            update_link(connection, one.instance_id, values)
        return len(found)

    return store.write(unit)


def _renewed(vault: Vault, sealed: Sealed) -> Sealed:
    return Sealed(
        vault.renew(sealed.token) if sealed.token else "",
        tuple(vault.renew(secret) for secret in sealed.webhook_secrets),
        vault.renew(sealed.verify_token) if sealed.verify_token else "",
    )


def _one(connection: Connection, condition: Any) -> Link | None:
    row = connection.execute(_WANTED.where(condition)).mappings().first()
    return _link(row) if row else None


def _link(row: Mapping[Any, Any]) -> Link:
    values = {**row, "sealed": _read(row["secrets"])}
    del values["secrets"]
    values["is_paused"], values["is_active"] = bool(row["is_paused"]), bool(row["is_active"])
    return Link(**values)


def _written(sealed: Sealed) -> str:
    return json.dumps(
        {
            "token": sealed.token,
            "webhook_secrets": sealed.webhook_secrets,
            "verify_token": sealed.verify_token,
        }
    )


def _read(text: str) -> Sealed:
    found: dict[str, Any] = json.loads(text)
    return Sealed(
        found.get("token", ""),
        tuple(found.get("webhook_secrets", ())),
        found.get("verify_token", ""),
    )


_WANTED: Final = select(
    tables.channel_account, tables.instance.c.channel, tables.instance.c.is_active
).join(tables.instance, tables.instance.c.id == tables.channel_account.c.instance_id)
_NOTED: Final = (  # made once: it is said of every message that comes in
    update(tables.channel_account)
    .where(
        tables.channel_account.c.instance_id == bindparam("instance"),
        tables.channel_account.c.inbound_at.is_(None)
        | (tables.channel_account.c.inbound_at < bindparam("now")),
    )
    .values(inbound_at=bindparam("now"))
)
