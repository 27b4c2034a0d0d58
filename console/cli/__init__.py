"""The command line. Every command imports what it needs, so that `central --help` stays fast."""

from __future__ import annotations

from typing import Final

import click

from console.cli import (
    bulk,
    care,
    conversations,
    exports,
    incoming,
    instances,
    integrations,
    metric,
    people,
    running,
    simulate,
    webhooks,
)
from console.cli.base import Program, example, version

COMMANDS: Final[tuple[click.Command, ...]] = (
    running.demo,
    running.serve,
    running.worker,
    running.init,
    running.migrate,
    people.user,
    instances.instance,
    integrations.integration,
    integrations.secrets,
    incoming.import_,
    webhooks.webhooks,
    conversations.conversations,
    exports.export,
    bulk.bulk,
    metric.metric,
    care.sync,
    care.doctor,
    care.bench,
    simulate.simulator,
)


def _say_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        click.echo(f"central {version()}")
        context.exit()


@click.group(cls=Program, epilog=example("central demo", "central conversations --help"))
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Show the version and exit.",
)
@click.option("--traceback", is_flag=True, help="Show where an unexpected error came from.")
def central(traceback: bool) -> None:
    """The supervisor console of a WhatsApp customer-service centre."""


for command in COMMANDS:
    central.add_command(command)
