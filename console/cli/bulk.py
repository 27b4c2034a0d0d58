"""Bulk runs in the terminal: one command per action, and the ledger."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import click

from console.cli.base import (
    CliError,
    acting_as,
    example,
    existing_store,
    progress,
    progress_done,
    settings,
)
from console.cli.model import opened_model
from console.cli.runs import COMMANDS, carried, say, wish

if TYPE_CHECKING:
    from console.actions.bulk import BulkCommand
    from console.domain.agent import Acting
    from console.domain.bulk import BulkRun
    from console.store.work import Store


class Actions(click.Group):
    """A group with a command for every entry of the registry that may be done in bulk."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in menu order, then those about runs."""
        return [*_actions(), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them."""
        command = _actions().get(cmd_name)
        return _action(cmd_name, command) if command else super().get_command(ctx, cmd_name)


@click.group(
    cls=Actions,
    epilog=example(
        "central bulk resolve --filter 'status:pending idle>30d' --preview",
        "central bulk assign --to ana@example.com --filter 'unassigned team:vendas' --yes",
        "central bulk undo RUN",
    ),
)
def bulk() -> None:
    """Act on everything a filter matches: preview, run, result per row, undo."""


def _actions() -> dict[str, Any]:
    from console.actions.advance import BULK_COMMANDS

    return {kind.replace("_", "-"): command for kind, command in BULK_COMMANDS.items()}


def _action(name: str, command: Any) -> click.Command:
    from dataclasses import fields

    params: list[click.Parameter] = [_OPTIONS[f.name] for f in fields(command)]
    options = (
        click.Option(["--filter", "expression"], required=True, help="What to act on."),
        click.Option(["--preview"], is_flag=True, help="Only say what would happen."),
        click.Option(["--yes"], is_flag=True, help="Do not ask before running."),
        click.Option(["--as", "email"], metavar="MAIL", help="Act as this person."),
        click.Option(
            ["--format", "form"],
            type=click.Choice(["table", "json"]),
            default="table",
            show_default=True,
            help="How to print.",
        ),
    )
    needed = "".join(f" {_SAMPLES[f.name]}" for f in fields(command) if f.name in _SAMPLES)
    return click.Command(
        name,
        params=[*params, *options],
        callback=_doing(command),
        help=f"{command.title.en}, everything a filter matches.",
        epilog=example(f"central bulk {name}{needed} --filter 'status:pending' --preview"),
    )


_OPTIONS: Final[Mapping[str, click.Option]] = {
    "agent_id": click.Option(
        ["--to", "agent_id"], metavar="MAIL|none", required=True, help="Whom to give them to."
    ),
    "agent_ids": click.Option(
        ["--to", "agent_ids"], metavar="MAIL,MAIL", required=True, help="Who shares them."
    ),
    "rule": click.Option(
        ["--rule"],
        type=click.Choice(["even", "least_loaded"]),
        default="even",
        show_default=True,
        help="As many to each, or to whoever has the fewest.",
    ),
    "team_id": click.Option(
        ["--team", "team_id"], metavar="KEY|none", required=True, help="Which team gets them."
    ),
    "label_id": click.Option(
        ["--label", "label_id"], metavar="KEY", required=True, help="Which label."
    ),
    "priority": click.Option(
        ["--priority"],
        type=click.Choice(["urgent", "high", "medium", "low", "none"]),
        required=True,
        help="How urgent they are.",
    ),
    "until_at": click.Option(
        ["--until", "until_at"],
        type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d"]),
        required=True,
        help="When they come back, in the centre's time zone.",
    ),
    "on": click.Option(["--on/--off"], default=True, help="Put it on, or take it off."),
    "in_window": click.Option(
        ["--in-window/--any-time", "in_window"],
        default=True,
        show_default=True,
        help="Only where the customer wrote within 24 hours, or everywhere.",
    ),
    "text": click.Option(["--text"], required=True, help="The words."),
    "reason": click.Option(
        ["--reason"],
        type=click.Choice(["asked", "complained", "wrong_number", "too_many"]),
        callback=lambda _context, _option, reason: reason or "",
        help="Why system messages are blocked.",
    ),
}
_SAMPLES: Final = {
    "agent_id": "--to ana@example.com",
    "agent_ids": "--to ana@example.com,bia@example.com",
    "team_id": "--team vendas",
    "label_id": "--label vip",
    "priority": "--priority urgent",
    "until_at": "--until 2026-11-30T09:00",
    "text": "--text 'Bom dia!'",
}


def _doing(command: Any) -> Callable[..., None]:
    def do(
        expression: str, preview: bool, yes: bool, email: str | None, form: str, **given: Any
    ) -> None:
        from console.readmodel.expression import parse

        tree = parse(expression)
        store, given_settings = existing_store()
        who = acting_as(store, email)
        made = command(**_known(store, given))
        with opened_model(store, given_settings) as model:
            planned = _planned(store, model, made, tree, who)
        if preview or form == "table":
            say(store, planned, who, form, is_done=False)
        if not preview:
            _confirmed(planned, is_sure=yes)
            _started(store, planned, who, form)

    return do


def _planned(store: Store, model: Any, command: BulkCommand, tree: Any, who: Acting) -> BulkRun:
    from console.bulk import plan
    from console.domain.ids import new_id, now

    progress("Looking at what would happen …")
    planned = plan(store, model, command, tree, who=who, at=now(), key=f"cli:{new_id()}")
    progress_done()
    return planned


def _known(store: Store, given: Mapping[str, Any]) -> dict[str, Any]:
    """The ids of what was named on the command line."""
    return {name: _FINDERS[name](store, v) if name in _FINDERS else v for name, v in given.items()}


def _agent(store: Store, email: str) -> int | None:
    from console.store import people

    if email == "none":
        return None
    with store.read() as connection:
        found = people.agent_by_email(connection, email)
    if found is None:
        raise CliError(f"Nobody has the address {email}: see `central user list`")
    return int(found.id)


def _keyed(what: str) -> Callable[[Store, str], int | None]:
    def find(store: Store, key: str) -> int | None:
        from console.store import people

        if key == "none" and what == "team":
            return None
        with store.read() as connection:
            teams, labels = people.teams(connection), people.labels(connection)
        known = {entry.key: entry.id for entry in (teams if what == "team" else labels)}
        if key not in known:
            raise CliError(f"There is no {what} {key}; there are: {', '.join(known) or 'none'}")
        return known[key]

    return find


def _priority(_: Store, key: str) -> str | None:
    return None if key == "none" else key


def _instant(_: Store, at: datetime) -> int:
    from console.domain.ids import SECOND

    return int(at.replace(tzinfo=settings().zone).timestamp()) * SECOND


def _agents(store: Store, emails: str) -> tuple[int, ...]:
    found = (_agent(store, email.strip()) for email in emails.split(","))
    return tuple(i for i in found if i is not None)


_FINDERS: Final[Mapping[str, Callable[[Store, Any], Any]]] = {
    "agent_id": _agent,
    "agent_ids": _agents,
    "priority": _priority,
    "until_at": _instant,
    "team_id": _keyed("team"),
    "label_id": _keyed("label"),
}


def _confirmed(planned: BulkRun, *, is_sure: bool) -> None:
    if is_sure or not planned.waiting_n:
        return
    if not sys.stdin.isatty():
        raise CliError(f"Nothing was run: say --yes to change {planned.waiting_n} conversations")
    typed = click.prompt(f"Type {planned.waiting_n} to run, anything else to leave", err=True)
    if typed.strip() != str(planned.waiting_n):
        raise CliError("Nothing was run")


def _started(store: Store, planned: BulkRun, who: Acting, form: str) -> None:
    from console.actions import StartBulk

    if planned.waiting_n:
        wish(store, StartBulk(planned.id, planned.waiting_n), who)
    carried(store, planned.id, who, form)


for _one in COMMANDS:
    bulk.add_command(_one)
