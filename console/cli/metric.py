"""Figures in the terminal: the same metrics and the same numbers as on the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from console.cli.base import acting_as, example, existing_store, json_or_table, show
from console.cli.model import opened_model

if TYPE_CHECKING:
    import pyarrow as pa

    from console.readmodel.explain import Explanation
    from console.readmodel.measure import Question
    from console.readmodel.metrics import Metric

CLOCKS: Final = ("calendar", "business")


@click.group(epilog=example("central metric list", "central metric show first_response --by agent"))
def metric() -> None:
    """Figures with their definitions."""


@metric.command("list", epilog=example("central metric list --format json"))
@json_or_table
def list_(form: str) -> None:
    """Every metric with its key, its name and what it is counted from."""
    from console.readmodel.metrics import METRICS

    show([_listed(one, form) for one in METRICS], form)


@metric.command(
    "show",
    epilog=example(
        "central metric show first_response --from 7d --by agent",
        "central metric show resolved --from 2026-11-01 --to 2026-11-07 --by team,day",
        "central metric show reply_time --clock business --filter 'instance:loja-1' --format json",
    ),
)
@click.argument("key")
@click.option("--from", "first", default="", metavar="DAY", help="Default: 29 days ago.")
@click.option("--to", "last", default="", metavar="DAY", help="The last day; default: today.")
@click.option("--by", default="", metavar="X,Y", help="Break down: agent, team, instance, label, …")
@click.option("--filter", default="", help="A filter expression; empty is all.")
@click.option("--credit", default="", help="Whom a row counts for; default: the first rule.")
@click.option("--clock", type=click.Choice(CLOCKS), default="calendar", show_default=True)
@click.option("--as", "email", metavar="MAIL", help="See what this person sees; default: all.")
@json_or_table
def show_(key: str, by: str, email: str | None, form: str, **words: Any) -> None:
    """A figure, or one for each part; durations are seconds.

    DAY is written 2026-11-01, 7d, today or yesterday.
    """
    from console.domain.ids import now
    from console.readmodel import inquiry

    store, given = existing_store()
    who = acting_as(store, email)
    with opened_model(store, given) as model:
        at = now()
        asked = inquiry.question(model, key, at, **words)
        model.count_all()
        found = inquiry.table(model, asked, inquiry.dimensions(asked, by), who, at)
        watermark = model.watermark
    if form == "json":
        click.echo(_json(asked, found, by, watermark))
    else:
        show(found.to_pylist(), form)


@metric.command(
    epilog=example(
        "central metric explain first_response --from 7d --by agent",
        "central metric explain resolved --from 2026-11-01 --to 2026-11-15"
        " --against 2026-10-01..2026-10-15 --by team --format json",
    )
)
@click.argument("key")
@click.option("--from", "first", default="", metavar="DAY", help="Default: 29 days ago.")
@click.option("--to", "last", default="", metavar="DAY", help="The last day; default: today.")
@click.option("--against", default="", metavar="DAY..DAY", help="Default: the period before.")
@click.option("--by", default="", metavar="X", help="agent, team, instance, hour, weekday, label.")
@click.option("--filter", default="", help="A filter expression; empty is all.")
@click.option("--credit", default="", help="Whom a row counts for; default: the first rule.")
@click.option("--clock", type=click.Choice(CLOCKS), default="calendar", show_default=True)
@click.option("--as", "email", metavar="MAIL", help="See what this person sees; default: all.")
@json_or_table
def explain(key: str, against: str, by: str, email: str | None, form: str, **words: Any) -> None:
    """What each group adds to the change of a figure since other days.

    Of a mean or a share: `mix` is due to groups that weigh more or less, `rate` to values within
    them; together they are the change. Durations are seconds.
    """
    from console.domain.ids import now
    from console.readmodel import inquiry
    from console.readmodel.explain import explain as explained

    store, given = existing_store()
    who = acting_as(store, email)
    with opened_model(store, given) as model:
        at = now()
        asked = inquiry.question(model, key, at, **words)
        before, wanted = inquiry.against(model, asked, against, at), inquiry.dimension(asked, by)
        model.count_all()
        found = explained(model, asked, before, wanted, who, at)
        parts = inquiry.explained(found, model.directory).to_pylist()
        watermark = model.watermark
    if form == "json":
        whole = _head(asked, watermark) | _change(found) | {"parts": parts}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        show(parts, form)


def _listed(one: Metric, form: str) -> dict[str, object]:
    line: dict[str, object] = {
        "key": one.key,
        "name": f"{one.name.pt} ({one.short})" if one.short else one.name.pt,
        "form": one.form.value,
        "fact": one.fact,
    }
    if form == "json":
        line |= {"version": one.version, "credits": [rule.key for rule in one.credits]}
    return line


def _json(asked: Question, found: pa.Table, by: str, watermark: str) -> str:
    rows = found.to_pylist()
    answer = _head(asked, watermark)
    answer |= {"parts": rows} if by else rows[0]
    return json.dumps(answer, ensure_ascii=False, indent=1)


def _head(asked: Question, watermark: str) -> dict[str, object]:
    """What an answer says of itself."""
    first, last = asked.period.days
    return {
        "metric": asked.metric.stamp,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "time_zone": str(asked.period.zone),
        "clock": asked.clock,
        "watermark": watermark,
    }


def _change(found: Explanation) -> dict[str, object]:
    first, last = found.against.period.days
    told: dict[str, object] = {
        "against_from": first.isoformat(),
        "against_to": last.isoformat(),
        "by": found.by,
        "before": found.before,
        "now": found.now,
        "change": found.change,
    }
    return told | ({"mix": found.mix, "rate": found.rate} if found.is_mean else {})
