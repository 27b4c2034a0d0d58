"""The people who work with Central."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from console.cli.base import (
    CliError,
    carried_out,
    example,
    existing_store,
    json_or_table,
    show,
)

if TYPE_CHECKING:
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
    outcome = carried_out(store, SaveAgent(mail, name, Role(role), team_ids))
    agent_id = outcome.done[0]
    carried_out(store, SetPassword(agent_id, hashed))
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
    carried_out(store, SetPassword(agent.id, hash_password(_password(is_stdin))))
    click.echo(f"{agent.email} has a new password.")


@user.command(epilog=example("central user disable ana@example.com"))
@click.argument("mail")
def disable(mail: str) -> None:
    """Take a person's access away at once; what they did stays."""
    from console.actions import SaveAgent

    store, _ = existing_store()
    agent = _agent(store, mail)
    carried_out(
        store,
        SaveAgent(agent.email, agent.name, agent.role, agent.team_ids, False, agent.id),
    )
    click.echo(f"{agent.email} cannot sign in any more.")


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
