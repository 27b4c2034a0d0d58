"""The command line. Every command imports what it needs, so that `central --help` stays fast."""

from __future__ import annotations

from typing import Final

import click

from console.cli import care, conversations, incoming, people, running
from console.cli.base import Program, example

COMMANDS: Final[tuple[click.Command, ...]] = (
    running.demo,
    running.serve,
    running.init,
    running.migrate,
    people.user,
    people.instance,
    incoming.import_,
    conversations.conversations,
    care.sync,
    care.doctor,
    care.bench,
)


@click.group(cls=Program, epilog=example("central demo", "central conversations --help"))
@click.version_option(package_name="central-console", prog_name="central")
@click.option("--traceback", is_flag=True, help="Show where an unexpected error came from.")
def central(traceback: bool) -> None:  # noqa: ARG001 - read by Program from the context
    """The supervisor console of a WhatsApp customer-service centre."""


for command in COMMANDS:
    central.add_command(command)
