"""Systems that may send notifications, and the key that secrets are sealed with."""

from __future__ import annotations

import click

from console.cli.base import CliError, carried_out, example, existing_store, json_or_table, show


@click.group(epilog=example("central integration add 'ERP da loja'"))
def integration() -> None:
    """The systems that may send notifications."""


@integration.command(epilog=example("central integration add 'ERP da loja'"))
@click.argument("name")
def add(name: str) -> None:
    """Let a system send notifications; prints its token, which is not shown again."""
    from console.actions import SaveIntegration
    from console.store.integrations import hash_of, new_token

    store, _ = existing_store()
    token = new_token()
    carried_out(store, SaveIntegration(name, hash_of(token)))
    click.echo(f"{name} may send notifications. Its token, not shown again:", err=True)
    click.echo(token)


@integration.command("list", epilog=example("central integration list --format json"))
@json_or_table
def list_integrations(form: str) -> None:
    """List every system."""
    from console.store import integrations

    store, _ = existing_store()
    with store.read() as connection:
        known = integrations.integrations(connection)
    rows = [
        {
            "id": str(one.id),
            "key": one.key,
            "name": one.name,
            "state": "active" if one.is_active else "revoked",
        }
        for one in known
    ]
    show(rows, form)


@integration.command(epilog=example("central integration revoke erp-da-loja"))
@click.argument("key")
def revoke(key: str) -> None:
    """End the token of a system at once; what it has sent stays."""
    from console.actions import RevokeIntegration
    from console.store import integrations

    store, _ = existing_store()
    with store.read() as connection:
        ids = {one.key: one.id for one in integrations.integrations(connection)}
    if key not in ids:
        raise CliError(f"There is no integration {key}: see `central integration list`")
    carried_out(store, RevokeIntegration(ids[key]))
    click.echo(f"The token of {key} is worth nothing any more.")


@click.group(epilog=example("central secrets rotate"))
def secrets() -> None:
    """The key that the secrets of channels are sealed with."""


@secrets.command(
    epilog=example("central secrets key", "CENTRAL_SECRET_KEY=$(central secrets key) central serve")
)
def key() -> None:
    """Print a fresh key for CENTRAL_SECRET_KEY; nothing is changed."""
    from console.store.vault import new_key

    click.echo(new_key())


@secrets.command(epilog=example("central secrets rotate"))
def rotate() -> None:
    """Seal every secret with a new key, and forget the old one.

    With CENTRAL_SECRET_KEY: put a new key before the old one there, rotate, then take the old one
    away. A backup of before needs the key of then.
    """
    from console.store.accounts import renew_secrets
    from console.store.vault import open_vault

    store, settings = existing_store()
    vault = open_vault(store, settings)
    if vault.is_own:
        vault.add_key()
    renewed_n = renew_secrets(store, vault)
    if vault.is_own:
        vault.forget_old_keys()
    click.echo(f"The secrets of {renewed_n} instances are sealed with the newest key.")
