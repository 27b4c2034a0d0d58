"""Taking conversations over from files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from console.cli.base import (
    REFUSED,
    CliError,
    example,
    existing_store,
    json_or_table,
    progress,
    progress_done,
    show,
)

if TYPE_CHECKING:
    from console.imports.report import Report


@click.command(
    "import",
    epilog=example(
        "central import jsonl conversations.jsonl.zst --instance loja-1 --dry-run",
        "central import jsonl conversations.jsonl --instance loja-1 --time-zone America/Manaus",
    ),
)
@click.argument("kind", type=click.Choice(["jsonl"]))
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--instance", "instance_key", required=True, help="Key of the instance.")
@click.option("--time-zone", help="Zone of times that name none; default: CENTRAL_TIME_ZONE.")
@click.option("--dry-run", is_flag=True, help="Report, and write nothing.")
@json_or_table
def import_(
    kind: str, path: Path, instance_key: str, time_zone: str | None, dry_run: bool, form: str
) -> None:
    """Take conversations over; safe to repeat. Exit 2 when something was refused."""
    from console.imports.jsonl import import_jsonl

    store, given = existing_store()
    zone = _zone(time_zone) if time_zone else given.zone
    take = {"jsonl": import_jsonl}[kind]
    report = take(store, path, instance_key, zone, dry_run, _say)
    progress_done()
    show([_document(report)], form) if form == "json" else _print(report)
    sys.exit(REFUSED if report.refused_n else 0)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise CliError(f"{name} is no IANA time zone: try America/Sao_Paulo") from None


def _say(done: int, whole: int) -> None:
    progress(f"{done * 100 // max(whole, 1)} % of the file …")


def _print(report: Report) -> None:
    click.echo(report.summary.en)
    for refusal in report.refused:
        click.echo(f"line {refusal.line}: {refusal.reason.en}", err=True)
    unlisted = report.refused_n - len(report.refused)
    if unlisted:
        click.echo(f"… and {unlisted} more lines.", err=True)


def _document(report: Report) -> dict[str, object]:
    return {
        "dry_run": report.is_dry_run,
        "read": report.read,
        "new": report.new,
        "known": report.known,
        "refused": report.refused_n,
        "messages_new": report.messages_new,
        "messages_known": report.messages_known,
        "contacts_new": report.contacts_new,
        "agents_new": report.agents_new,
        "refusals": [{"line": r.line, "reason": r.reason.en} for r in report.refused],
    }
