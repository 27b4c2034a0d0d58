"""Making a store and running the server."""

from __future__ import annotations

import click

from console.cli.base import (
    example,
    existing_store,
    settings,
    store_of_any_revision,
    without_password,
)


@click.command(epilog=example("central init", "CENTRAL_STORE=postgresql:///central central init"))
def init() -> None:
    """Make the store that CENTRAL_STORE names, and its tables; an existing one is kept."""
    from console.store.schema import migrate as make
    from console.store.work import open_store

    given = settings()
    given.home.mkdir(parents=True, exist_ok=True)
    make(open_store(given.store_url))
    click.echo(f"The store is ready: {without_password(given.store_url)}")
    click.echo("Next: central instance add --name NAME; central user add MAIL --name NAME")


@click.command(epilog=example("central migrate"))
def migrate() -> None:
    """Bring the store's tables to this version; a newer store is refused."""
    from console.store.schema import migrate as upgrade
    from console.store.schema import revision

    store, _ = store_of_any_revision()
    before = revision(store)
    upgrade(store)
    after = revision(store)
    known = f"The store was already of revision {after}."
    click.echo(known if before == after else f"The store went from {before} to {after}.")


@click.command(epilog=example("central serve", "CENTRAL_PORT=8600 central serve"))
def serve() -> None:
    """Serve the console until a signal comes; sign in at the address it prints."""
    from console.server import serve as run_server

    _, given = existing_store()
    click.echo(f"Central listens on {given.origin}")
    run_server(given)


@click.command(
    epilog=example("central demo", "central demo --conversations 20000 --days 60 --port 8600")
)
@click.option("--conversations", type=click.IntRange(1), default=2000, show_default=True)
@click.option("--days", type=click.IntRange(1), default=30, show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), help="Default: CENTRAL_PORT.")
@click.option("--fresh", is_flag=True, help="Throw the last demo away and make a new one.")
def demo(conversations: int, days: int, port: int | None, fresh: bool) -> None:
    """Try Central on generated traffic, with new messages coming in while it runs."""
