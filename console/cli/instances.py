"""The connected WhatsApp numbers: adding them, linking them to providers, letting them send."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import click

from console.cli.base import (
    WRONG,
    CliError,
    carried_out,
    example,
    existing_store,
    json_or_table,
    show,
)

if TYPE_CHECKING:
    from console.config import Settings
    from console.screens.linking import Prepared, Typed
    from console.store.accounts import Link
    from console.store.people import Instance
    from console.store.work import Store

CHANNELS: Final = ("cloud", "evolution", "simulator")
# Secrets never stand on the command line: other people of the machine can read it there.
SECRETS: Final[Mapping[str, tuple[str, str]]] = {
    "token": ("CENTRAL_LINK_TOKEN", "Access token"),
    "webhook_secrets": ("CENTRAL_LINK_SECRET", "App secret, or secret of the webhook"),
    "verify_token": ("CENTRAL_LINK_VERIFY_TOKEN", "Verify token"),
}

key_of_instance = click.argument("key")


@click.group(epilog=example("central instance add --key loja-1 --name 'Loja 1'"))
def instance() -> None:
    """The connected WhatsApp numbers."""


@instance.command(
    epilog=example("central instance add --name 'Loja 1' --phone '+55 11 91234-5678'")
)
@click.option("--name", required=True, help="As people read it.")
@click.option("--key", default="", help="Its short name in filters; default: made from the name.")
@click.option("--phone", default="", help="The number, in any way of writing it.")
def add(name: str, key: str, phone: str) -> None:
    """Add an instance; `central instance link` then tells what carries its messages."""
    from console.actions import SaveInstance
    from console.actions.settings import slug

    store, _ = existing_store()
    outcome = carried_out(store, SaveInstance(name, phone=phone, key=key))
    click.echo(f"Added instance {slug(key or name)}, id {outcome.done[0]}.")


@instance.command("list", epilog=example("central instance list --format json"))
@json_or_table
def list_instances(form: str) -> None:
    """List every instance."""
    from console.store import accounts, people

    store, _ = existing_store()
    with store.read() as connection:
        links = accounts.links(connection)
        known = people.instances(connection)
    rows = [
        {
            "id": str(one.id),
            "key": one.key,
            "name": one.name,
            "channel": one.channel,
            "phone": one.phone,
            "state": "active" if one.is_active else "off",
            **_link_facts(links.get(one.id)),
        }
        for one in known
    ]
    show(rows, form)


@instance.command(
    epilog=example(
        "central instance link loja-1 --channel cloud --provider-name 104000000000001 "
        "--business 77000000000001",
        "central instance link loja-2 --channel evolution --provider-name loja2 "
        "--url https://evolution.example.com",
    )
)
@key_of_instance
@click.option("--channel", type=click.Choice(CHANNELS), required=True, help="What carries it.")
@click.option(
    "--provider-name", required=True, help="Phone number id at Meta, instance name at Evolution."
)
@click.option("--url", default="", help="Address of the provider; default: the one of Meta.")
@click.option("--business", default="", help="Id of the WhatsApp Business account.")
@click.option(
    "--stdin",
    "is_stdin",
    is_flag=True,
    help="Read token, secret and verify token from standard input, a line each.",
)
def link(
    key: str, channel: str, provider_name: str, url: str, business: str, is_stdin: bool
) -> None:
    """Link an instance to its provider; secrets are asked for, and blank ones stay.

    They may also come from CENTRAL_LINK_TOKEN, CENTRAL_LINK_SECRET and CENTRAL_LINK_VERIFY_TOKEN.
    """
    from console.screens.linking import Typed

    store, settings = existing_store()
    found = _instance(store, key)
    typed = Typed(channel, provider_name, url, business, **_secrets(is_stdin, channel))
    made = _link(store, settings, found, typed)
    known = _linked(store, found)
    click.echo(f"{key} is linked. Its webhook address: {_address(settings, known)}")
    if made.made_verify_token:
        click.echo(f"Verify token for the provider's page: {made.made_verify_token}")
    if made.made_secret:
        click.echo(f"Secret for the webhook's headers, not shown again: {made.made_secret}")


@instance.command(epilog=example("central instance test loja-1"))
@key_of_instance
def test(key: str) -> None:
    """Ask the provider how the connection is; exit 1 when it is not well."""
    from console.actions import NoteHealth
    from console.channels.base import HealthState
    from console.gateway.asking import ask
    from console.store.vault import open_vault

    store, settings = existing_store()
    found = _instance(store, key)
    health = ask(store, open_vault(store, settings), found.id, lambda channel: channel.health())
    carried_out(store, NoteHealth(found.id, health.state.value, health.detail))
    click.echo(f"{key}: {health.state.value}{f' ({health.detail})' if health.detail else ''}")
    sys.exit(0 if health.state is HealthState.OK else WRONG)


@instance.command(epilog=example("central instance pause loja-1"))
@key_of_instance
def pause(key: str) -> None:
    """Let nothing go out; what people write waits."""
    from console.actions import PauseInstance

    store, _ = existing_store()
    carried_out(store, PauseInstance(_instance(store, key).id))
    click.echo(f"{key} sends nothing until `central instance resume {key}`.")


@instance.command(epilog=example("central instance resume loja-1"))
@key_of_instance
def resume(key: str) -> None:
    """Let messages go out again."""
    from console.actions import ResumeInstance

    store, _ = existing_store()
    carried_out(store, ResumeInstance(_instance(store, key).id))
    click.echo(f"{key} sends again.")


@instance.command(
    epilog=example("central instance route loja-1", "central instance route loja-1 --new")
)
@key_of_instance
@click.option("--new", "is_new", is_flag=True, help="Make another one; the old one ends at once.")
def route(key: str, is_new: bool) -> None:
    """Show the address that the provider posts to."""
    from console.actions import RotateRoute

    store, settings = existing_store()
    found = _instance(store, key)
    if is_new:
        carried_out(store, RotateRoute(found.id))
    click.echo(_address(settings, _linked(store, found)))


def _link(store: Store, settings: Settings, found: Instance, typed: Typed) -> Prepared:
    from console.screens.linking import prepare
    from console.store import accounts
    from console.store.vault import open_vault

    with store.read() as connection:
        known = accounts.link(connection, found.id)
    made = prepare(open_vault(store, settings), found.id, typed, known)
    carried_out(store, made.wish)
    return made


def _instance(store: Store, key: str) -> Instance:
    from console.store import people

    with store.read() as connection:
        found = people.instance_by_key(connection, key)
    if found is None:
        raise CliError(f"There is no instance {key}: see `central instance list`")
    return found


def _linked(store: Store, found: Instance) -> Link:
    from console.actions.link import linked

    with store.read() as connection:
        return linked(connection, found.id)


def _address(settings: Settings, link: Link) -> str:
    from console.screens.linking import webhook_address

    return webhook_address(settings, link)


def _secrets(is_stdin: bool, channel: str) -> dict[str, Any]:
    wanted = [n for n in SECRETS if n != "verify_token" or channel != "evolution"]
    if is_stdin:
        return {name: sys.stdin.readline().strip() for name in wanted}
    return {name: _secret(*SECRETS[name]) for name in wanted}


def _secret(variable: str, title: str) -> str:
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        return ""
    asked = f"{title} (blank keeps it)"
    given: str = click.prompt(asked, default="", hide_input=True, show_default=False, err=True)
    return given


def _link_facts(link: Link | None) -> dict[str, str]:
    if link is None:
        return {"link": "none", "held": ""}
    held = "paused" if link.is_paused else link.held_for or ""
    return {"link": link.state, "held": held}
