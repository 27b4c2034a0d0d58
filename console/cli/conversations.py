"""The inbox in the terminal: the same filters and the same numbers as on the screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

import click

from console.cli.base import acting_as, example, existing_store, json_or_table, show
from console.cli.model import opened_model

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from console.domain.agent import Acting
    from console.readmodel.model import ReadModel
    from console.readmodel.rows import Row, Sort
    from console.readmodel.tree import Tree

SORTS: Final = ("newest", "oldest", "waiting", "unread")


@click.command(
    epilog=example(
        "central conversations --filter 'status:pending unread' --limit 20",
        "central conversations --filter 'waiting>15m -assignee:me' --as ana@example.com --count",
    )
)
@click.option("--filter", "expression", default="", help="A filter expression; empty is all.")
@click.option("--count", "is_count", is_flag=True, help="Print only how many there are.")
@click.option("--sort", type=click.Choice(SORTS), default="newest", show_default=True)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@click.option("--as", "email", metavar="MAIL", help="See what this person sees; default: all.")
@json_or_table
def conversations(
    expression: str, is_count: bool, sort: Sort, limit: int, email: str | None, form: str
) -> None:
    """List or count conversations."""
    from console.domain.ids import now
    from console.readmodel import ask
    from console.readmodel.expression import parse

    tree = parse(expression)
    store, given = existing_store()
    who = acting_as(store, email)
    with opened_model(store, given) as model:
        if is_count:
            _show_count(ask.count(model, tree, who, now()), form)
        else:
            rows = _rows(model, tree, who, sort, limit)
            show([_line(row, given.zone, form) for row in rows], form)


def _show_count(count: int, form: str) -> None:
    click.echo(f'{{"count": {count}}}' if form == "json" else str(count))


def _rows(model: ReadModel, tree: Tree, who: Acting, sort: Sort, limit: int) -> list[Row]:
    from console.domain.ids import now
    from console.readmodel import ask

    rows: list[Row] = []
    at, after = now(), None
    while len(rows) < limit:
        wanted = min(limit - len(rows), 500)
        page = ask.page(model, tree, who, now=at, sort=sort, after=after, limit=wanted)
        rows.extend(page.rows)
        after = page.next
        if after is None:
            break
    return rows


def _line(row: Row, zone: ZoneInfo, form: str) -> dict[str, object]:
    line: dict[str, object] = {
        "id": str(row.id),
        "status": row.status,
        "unread": row.unread_n,
        "last_activity": _local(row.last_activity_at, zone),
        "waiting_since": _local(row.waiting_since_at, zone),
        "instance": row.instance_key,
        "assignee": row.assignee_name,
        "contact": row.contact_name,
        "preview": row.last_preview,
    }
    if form == "json":
        line["labels"] = list(row.labels)
    return line


def _local(at: int | None, zone: ZoneInfo) -> str | None:
    if at is None:
        return None
    return datetime.fromtimestamp(at / 1_000_000, tz=zone).isoformat(" ", "seconds")
