"""Webhooks at the terminal: recorded bodies once more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

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
    from console.gateway.replay import Line


@click.group(epilog=example("central webhooks replay bodies.jsonl --instance loja-1"))
def webhooks() -> None:
    """What providers posted."""


@webhooks.command(
    epilog=example(
        "central webhooks replay bodies.jsonl --instance loja-1",
        "central webhooks replay bodies.jsonl --instance loja-1 --format json",
    )
)
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--instance", "instance_key", required=True, help="Key of the instance.")
@json_or_table
def replay(path: Path, instance_key: str, form: str) -> None:
    """Feed recorded bodies through the way of webhooks; repeating changes nothing.

    Each line is {"headers": …, "body": …}; a body is an object or a text. Says of each line what
    became of it. Exit 2 when a line was refused or failed.
    """
    from console.gateway.links import Links
    from console.gateway.replay import FAILED, Replay
    from console.gateway.replay import REFUSED as BAD
    from console.store import people
    from console.store.vault import open_vault

    store, given = existing_store()
    with store.read() as connection:
        instance = people.instance_by_key(connection, instance_key)
    if instance is None:
        raise CliError(f"There is no instance {instance_key}: central instance list names them")
    links = Links(store, open_vault(store, given))
    lines = list(_told(Replay(store, links, instance.id).lines(_lines(path))))
    progress_done()
    links.close()
    show([line.document for line in lines], form)
    sys.exit(REFUSED if {line.became for line in lines} & {BAD, FAILED} else 0)


def _told(lines: Iterator[Line]) -> Iterator[Line]:
    for line in lines:
        progress(f"line {line.number:,} …")
        yield line


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        yield from file
