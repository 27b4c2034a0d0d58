"""Making a store and running the server."""

from __future__ import annotations

import click

from console.cli.base import example, progress, progress_done, settings


@click.command(epilog=example("central init", "CENTRAL_STORE=postgresql:///central central init"))
def init() -> None:
    """Make the store that CENTRAL_STORE names, and its tables; an existing one is kept."""
    from console.store.schema import migrate as make
    from console.store.work import open_store

    given = settings()
    given.home.mkdir(parents=True, exist_ok=True)
    make(open_store(given.store_url))
    click.echo(f"The store is ready: {_without_password(given.store_url)}")
    click.echo("Next: central user add MAIL --name NAME --role admin; central instance add KEY")


@click.command(epilog=example("central migrate"))
def migrate() -> None:
    """Bring the store's tables to this version; a newer store is refused."""
    from console.cli.base import store_of_any_revision
    from console.store.schema import migrate as upgrade
    from console.store.schema import revision

    store, _ = store_of_any_revision()
    before = revision(store)
    upgrade(store)
    after = revision(store)
    known = f"The store was already of revision {after}."
    click.echo(known if before == after else f"The store went from {before} to {after}.")
