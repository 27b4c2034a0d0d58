"""Rows of a filter as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from console.cli.base import (
    CliError,
    acting_as,
    example,
    existing_store,
    progress,
    progress_done,
)
from console.cli.model import opened_model
from console.cli.schedules import FORMATS, GRAINS, columns_option, schedule

if TYPE_CHECKING:
    from console.domain.agent import Acting
    from console.exports.make import Made, Wish
    from console.store.work import Store


_EXAMPLES: Final = {
    "conversations": "--filter 'status:pending' --format xlsx --out fila.xlsx",
    "episodes": "--columns conversation_id,served_by,queue_s --format csv --out episodios.csv",
    "messages": "--filter 'team:vendas last_activity:30d..' --format parquet --out vendas.parquet",
    "events": "--format jsonl --out eventos.jsonl",
}


@click.group(
    epilog=example(
        *(f"central export {grain} {rest}" for grain, rest in _EXAMPLES.items()),
        "central export schedule list",
    )
)
def export() -> None:
    """Write what a filter matches into a file, now or again and again."""


class _Written(click.Command):
    """A command whose help names the columns, which are looked up only then: a slow import."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from console.exports.grains import BY_KEY

        columns = BY_KEY[(self.name or "").removesuffix("s")].every
        with formatter.section("Columns"):
            formatter.write_text(" ".join(column.name for column in columns))
        super().format_epilog(ctx, formatter)


_out_option = click.option(
    "--out",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file; FILE.manifest.json comes beside it.",
)


def _of(grain: str) -> click.Command:
    @click.command(
        grain,
        cls=_Written,
        help=f"Write the {grain} that a filter matches into a file, with a manifest.",
        epilog=example(f"central export {grain} {_EXAMPLES[grain]}"),
    )
    @click.option("--filter", "expression", default="", help="A filter expression; empty is all.")
    @click.option("--format", "form", type=click.Choice(FORMATS), required=True)
    @_out_option
    @columns_option
    @click.option("--force", is_flag=True, help="Replace a file of that name.")
    @click.option(
        "--separator",
        type=click.Choice([",", ";", "\t"]),
        default=",",
        help="Of CSV; else a comma.",
    )
    @click.option("--as", "email", metavar="MAIL", help="What this person may see; default: all.")
    def written(
        expression: str,
        form: str,
        path: Path,
        columns: tuple[str, ...],
        force: bool,
        separator: str,
        email: str | None,
    ) -> None:
        from console.exports.make import Wish

        _check(path, force)
        wish = Wish(grain.removesuffix("s"), form, expression, separator, columns)
        made = _made(wish, path, email)
        click.echo(f"{made.rows_n} rows in {path} ({made.path.stat().st_size} bytes)")

    return written


def _check(path: Path, force: bool) -> None:
    if not path.parent.is_dir():
        raise CliError(f"There is no folder {path.parent}: make it first")
    if path.exists() and not force:
        raise CliError(f"{path} is there already: use --force to replace it")


def _made(wish: Wish, path: Path, email: str | None) -> Made:
    from console.domain.ids import now
    from console.exports.make import export as write

    store, given = existing_store()
    who = acting_as(store, email)
    with opened_model(store, given) as model:
        try:
            made = write(store, model, who, wish, path, now=now(), told=_say)
        finally:
            progress_done()
    _note(store, who, wish, made)
    return made


def _note(store: Store, who: Acting, wish: Wish, made: Made) -> None:
    """Put it down that somebody took rows away."""
    from console.actions import NoteExport, run
    from console.domain.ids import new_id, now

    noted = NoteExport(wish.grain, wish.format, wish.filter, made.rows_n, made.sha256, wish.columns)
    run(store, noted, actor=who, at=now(), key=f"cli:{new_id()}")


def _say(rows_n: int) -> None:
    progress(f"{rows_n:,} rows …")


for one in GRAINS:
    export.add_command(_of(one))
export.add_command(schedule)
