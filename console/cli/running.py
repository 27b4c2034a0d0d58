"""Making a store and running the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from console.cli.base import (
    CliError,
    example,
    existing_store,
    progress,
    progress_done,
    settings,
    store_of_any_revision,
    without_password,
)

if TYPE_CHECKING:
    from console.config import Settings


@click.command(epilog=example("central init", "CENTRAL_STORE=postgresql:///central central init"))
def init() -> None:
    """Make the store that CENTRAL_STORE names, and its tables; an existing one is kept."""
    from console.store.schema import migrate as make
    from console.store.work import open_store

    given = settings()
    given.home.mkdir(parents=True, exist_ok=True)
    store = open_store(given.store_url)
    make(store)
    store.close()
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
@click.option(
    "--without",
    type=click.Choice(["worker"]),
    multiple=True,
    help="What another process does: `worker` is `central worker`.",
)
def serve(without: tuple[str, ...]) -> None:
    """Serve the console until a signal comes."""
    store, given = existing_store()
    store.close()
    _check_port(given)
    click.echo(f"Central is starting at {given.origin}; Ctrl+C ends it.")
    _serve(given, has_worker="worker" not in without)


@click.command(epilog=example("central worker", "central serve --without worker"))
def worker() -> None:
    """Send, work through webhooks and carry bulk runs on until a signal comes; no pages.

    Several may run on one store, beside any number of servers.
    """
    import signal
    import threading

    from console.gateway.links import Links
    from console.gateway.post import Post
    from console.gateway.worker import Worker
    from console.store.vault import open_vault

    store, given = existing_store()
    links = Links(store, open_vault(store, given))
    post, beside = Post(store, given.home, links), Worker(store)
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    post.start()
    beside.start()
    click.echo("The worker is at work; Ctrl+C ends it.")
    over.wait()
    beside.stop()
    post.stop()
    links.close()
    store.close()


@click.command(
    epilog=example("central demo", "central demo --conversations 20000 --days 60 --port 8600")
)
@click.option("--conversations", type=click.IntRange(1), default=2000, show_default=True)
@click.option("--days", type=click.IntRange(1), default=30, show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), help="Default: CENTRAL_PORT.")
@click.option("--fresh", is_flag=True, help="Throw the last demo away and make a new one.")
def demo(conversations: int, days: int, port: int | None, fresh: bool) -> None:
    """Try Central on generated traffic; new messages keep coming in while it runs."""
    from dataclasses import replace

    from console.demo.live import live_traffic
    from console.demo.phones import phones
    from console.demo.start import prepare

    given = settings()
    given = replace(given, port=port or given.port)
    _check_port(given)
    prepared = prepare(given, conversations, days, fresh=fresh, progress=_say)
    progress_done()
    click.echo(f"Central is starting at {prepared.settings.origin}; Ctrl+C ends it. Sign in as:")
    for one in prepared.sign_ins:
        click.echo(f"  {one.role.value:<11} {one.email:<32} {one.password}")
    with phones(prepared.store, prepared.settings) as held:
        click.echo(f"Play a customer at {held.simulator.origin}/phone")
        with live_traffic(prepared.store, speak=held.speak):
            _serve(prepared.settings)


def _serve(given: Settings, *, has_worker: bool = True) -> None:
    from console.server import serve as run_server

    run_server(given, has_worker=has_worker)


def _check_port(given: Settings) -> None:
    """Say that the port is taken before anything is opened."""
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((given.host, given.port))
        except OSError:
            raise CliError(
                f"Port {given.port} of {given.host} cannot be used: choose another, for example"
                f" with CENTRAL_PORT={given.port + 1}"
            ) from None


def _say(done: int, wanted: int) -> None:
    progress(f"Generating: {done:,} of {wanted:,} conversations …")
