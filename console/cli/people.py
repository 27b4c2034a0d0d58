"""The people who work with Central, and the numbers they answer."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Final

import click

from console.cli.base import CliError, example, existing_store, json_or_table, show

if TYPE_CHECKING:
    from console.actions import Command, Outcome
    from console.store.people import Agent
    from console.store.work import Store

ROLES: Final = ("admin", "supervisor", "team_lead", "agent", "analyst")

from_stdin = click.option(
    "--password-stdin", "is_stdin", is_flag=True, help="Read the password from standard input."
)


@click.group(epilog=example("central user add ana@example.com --name Ana --role supervisor"))
def user() -> None:
    """The people who may sign in."""


@user.command(
    epilog=example(
        "central user add ana@example.com --name 'Ana Souza' --role supervisor",
        "pass show central/ana | central user add ana@example.com --name Ana --password-stdin",
    )
)
@click.argument("mail")
@click.option("--name", required=True, help="As colleagues read it.")
@click.option("--role", type=click.Choice(ROLES), default="agent", show_default=True)
@click.option("--team", "teams", multiple=True, help="Key of a team; may be given several times.")
@from_stdin
def add(mail: str, name: str, role: str, teams: tuple[str, ...], is_stdin: bool) -> None:
    """Add a person; asks for the password."""
    from console.actions import SaveAgent, SetPassword
    from console.auth import hash_password
    from console.domain.agent import Role

    store, _ = existing_store()
    team_ids = _team_ids(store, teams)
    hashed = hash_password(_password(is_stdin))
    outcome = _run(store, SaveAgent(mail, name, Role(role), team_ids))
    agent_id = outcome.done[0]
    _run(store, SetPassword(agent_id, hashed))
    click.echo(f"Added {mail} ({role}), id {agent_id}.")


@user.command("list", epilog=example("central user list", "central user list --format json"))
@json_or_table
def list_users(form: str) -> None:
    """List everybody."""
    from console.store import people

    store, _ = existing_store()
    with store.read() as connection:
        agents = people.agents(connection)
        keys = {team.id: team.key for team in people.teams(connection)}
    rows = [
        {
            "id": str(agent.id),
            "mail": agent.email,
            "name": agent.name,
            "role": agent.role.value,
            "teams": " ".join(keys[i] for i in agent.team_ids),
            "state": _state(agent),
        }
        for agent in agents
    ]
    show(rows, form)


@user.command(epilog=example("central user password ana@example.com"))
@click.argument("mail")
@from_stdin
def password(mail: str, is_stdin: bool) -> None:
    """Give a person a new password; every sign-in of theirs ends."""
    from console.actions import SetPassword
    from console.auth import hash_password

    store, _ = existing_store()
    agent = _agent(store, mail)
    _run(store, SetPassword(agent.id, hash_password(_password(is_stdin))))
    click.echo(f"{agent.email} has a new password.")


@user.command(epilog=example("central user disable ana@example.com"))
@click.argument("mail")
def disable(mail: str) -> None:
    """Take a person's access away at once; what they did stays."""
    from console.actions import SaveAgent

    store, _ = existing_store()
    agent = _agent(store, mail)
    _run(
        store,
        SaveAgent(agent.email, agent.name, agent.role, agent.team_ids, False, agent.id),
    )
    click.echo(f"{agent.email} cannot sign in any more.")


@click.group(epilog=example("central instance add --key loja-1 --name 'Loja 1'"))
def instance() -> None:
    """The connected WhatsApp numbers."""


@instance.command(
    "add", epilog=example("central instance add --name 'Loja 1' --phone '+55 11 91234-5678'")
)
@click.option("--name", required=True, help="As people read it.")
@click.option("--key", default="", help="Its short name in filters; default: made from the name.")
@click.option("--phone", default="", help="The number, in any way of writing it.")
@click.option("--channel", default="none", show_default=True, help="What carries its messages.")
def add_instance(name: str, key: str, phone: str, channel: str) -> None:
    """Add an instance."""
    from console.actions import SaveInstance
    from console.actions.settings import slug

    store, _ = existing_store()
    outcome = _run(store, SaveInstance(name, channel, phone, key=key))
    click.echo(f"Added instance {slug(key or name)}, id {outcome.done[0]}.")


@instance.command("list", epilog=example("central instance list --format json"))
@json_or_table
def list_instances(form: str) -> None:
    """List every instance."""
    from console.store import people

    store, _ = existing_store()
    with store.read() as connection:
        instances = people.instances(connection)
    rows = [
        {
            "id": str(one.id),
            "key": one.key,
            "name": one.name,
            "channel": one.channel,
            "phone": one.phone,
            "state": "active" if one.is_active else "off",
        }
        for one in instances
    ]
    show(rows, form)


def _run(store: Store, command: Command) -> Outcome:
    from console.actions import run
    from console.domain.agent import system
    from console.domain.ids import now

    return run(store, command, actor=system(), at=now(), key=secrets.token_hex(16))


def _agent(store: Store, mail: str) -> Agent:
    from console.store import people

    with store.read() as connection:
        agent = people.agent_by_email(connection, mail)
    if agent is None:
        raise CliError(f"Nobody has the address {mail}: see `central user list`")
    return agent


def _team_ids(store: Store, keys: tuple[str, ...]) -> tuple[int, ...]:
    from console.store import people

    with store.read() as connection:
        known = {team.key: team.id for team in people.teams(connection)}
    unknown = [key for key in keys if key not in known]
    if unknown:
        names = ", ".join(sorted(known)) or "none yet; make one on the Settings page"
        raise CliError(f"There is no team {unknown[0]}; there are: {names}")
    return tuple(known[key] for key in keys)


def _password(is_stdin: bool) -> str:
    if is_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CliError("There is no terminal to ask for the password: use --password-stdin")
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return given


def _state(agent: Agent) -> str:
    if not agent.is_active:
        return "disabled"
    return "active" if agent.can_sign_in else "no password"
