"""A provider to try things on: the simulated Cloud API, alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from console.cli.base import CliError, example


@click.command(
    epilog=example(
        "central simulator",
        "central simulator --port 8790 --webhook http://127.0.0.1:8501/wh/cloud/…"
        " --secret SIM-secret",
    )
)
@click.option("--port", type=click.IntRange(1, 65535), default=8790, show_default=True)
@click.option("--webhook", default="", help="Where messages and statuses are posted.")
@click.option("--secret", help="Signs what is posted (the app secret).")
@click.option("--token", help="What calls must bring as their bearer.")
@click.option("--verify-token", help="What the webhook must know to be connected.")
@click.option("--number-id", help="Its phone number id.")
@click.option("--business", help="Its WhatsApp business account id.")
@click.option("--phone", help="Its phone, digits.")
@click.option("--name", help="The shop's name, as customers see it.")
@click.option("--ledger", type=click.Path(path_type=Path), help="Keep accepted sends in this file.")
@click.option("--seed", type=int, default=1, show_default=True, help="Decides drawn delays.")
def simulator(
    port: int, webhook: str, ledger: Path | None, seed: int, **settings: str | None
) -> None:
    """Simulate the WhatsApp Cloud API on this machine; play its customers at /phone.

    It listens on 127.0.0.1 only and has no sign-in. What is not given is made up and printed.
    Recipients by whose number a send goes wrong: …99131047 is refused with 131047 (window closed),
    …97131026 fails later with 131026, …98000001 is accepted and never answered.
    """
    from console.channels.simulator import Number, serve

    names = {"number_id": "id"}
    given: dict[str, Any] = {names.get(key, key): value for key, value in settings.items() if value}
    number = Number(webhook=webhook, **given)
    try:
        serve(number, port=port, seed=seed, ledger_file=ledger, told=_tell)
    except OSError:
        raise CliError(f"Port {port} is taken: choose another with --port") from None


def _tell(origin: str, base_url: str, number: object) -> None:
    """What an instance has to be configured with."""
    click.echo(f"The simulator listens at {origin}; Ctrl+C ends it.")
    click.echo(f"  customers      {origin}/phone")
    click.echo(f"  base URL       {base_url}")
    for name in ("id", "business", "phone", "token", "secret", "verify_token", "webhook"):
        click.echo(f"  {name.replace('_', ' '):<14} {getattr(number, name) or '(none)'}")
