"""Looking after the store and its read model."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from console.cli.base import (
    WRONG,
    CliError,
    example,
    existing_store,
    json_or_table,
    progress,
    progress_done,
    settings,
    show,
    version,
    without_password,
)
from console.cli.model import opened_model

if TYPE_CHECKING:
    from console.config import Settings
    from console.readmodel.model import ReadModel
    from console.store.work import Store

_LEADING_ID: Final = re.compile(r"^[-+] \((\d+)", re.MULTILINE)


@click.command(epilog=example("central sync", "central sync --check", "central sync --rebuild"))
@click.option("--rebuild", "is_rebuild", is_flag=True, help="Load everything again.")
@click.option("--check", "is_check", is_flag=True, help="Compare with the store; exit 1 if unlike.")
@json_or_table
def sync(is_rebuild: bool, is_check: bool, form: str) -> None:
    """Bring the read model of CENTRAL_HOME up to date with the store."""
    store, given = existing_store()
    with opened_model(store, given) as model:
        if is_rebuild:
            progress("Loading the store …")
            model.rebuild()
            progress_done()
        if not is_check:
            click.echo("The read model agrees with the change feed.")
            return
        problems = list(_differences(model))
    show(problems, form) if problems or form == "json" else click.echo("No differences.")
    sys.exit(WRONG if problems else 0)


@click.command(epilog=example("central doctor", "central doctor --format json"))
@json_or_table
def doctor(form: str) -> None:
    """Ask the store and its read model every invariant; exit 1 with what does not hold."""
    store, given = existing_store()
    facts = _facts(store, given)
    problems = [*_broken(store), *_unlike(store, given)]
    if form == "json":
        show([{"facts": facts, "problems": problems}], form)
    else:
        show([{"fact": key, "value": value} for key, value in facts.items()], form)
        click.echo()
        show(problems, form) if problems else click.echo("Every invariant holds.")
    sys.exit(WRONG if problems else 0)


@click.command(
    epilog=example(
        "central bench",
        "central bench inbox --conversations 100000",
        "central bench webhooks --rate 100",
    )
)
@click.argument("name", required=False)
@click.option("--store", "file", type=click.Path(dir_okay=False), help="A SQLite store to use.")
@click.option(
    "--conversations",
    type=click.IntRange(100),
    help="How large a store to make when there is none; default 1000000, for webhooks 20000.",
)
@click.option("--webhooks", type=click.IntRange(1), default=10_000, show_default=True)
@click.option("--rate", type=click.FloatRange(1), default=200.0, help="Webhooks a second.")
@click.option("--browsers", type=click.IntRange(1, 10), default=5, help="People at work meanwhile.")
@click.option("--json", "is_json", is_flag=True, help="Print figures and gates as JSON.")
def bench(
    name: str | None, file: str | None, conversations: int | None, is_json: bool, **traffic: Any
) -> None:
    """Measure Central against SQL, pandas and the floors; exit 1 when a gate does not hold."""
    main = _benchmarks()
    wanted = main.Traffic(**traffic)
    holds = main.run(settings(), name, file, conversations, wanted, is_json=is_json)
    sys.exit(0 if holds else WRONG)


def _differences(model: ReadModel) -> Iterator[dict[str, object]]:
    """What a fresh load would answer differently; ids only, never the words of a row."""
    for one in model.check():
        yield {
            "invariant": "I7",
            "problem": f"the read model's {one.table} lacks {one.missing_n} rows"
            f" and has {one.surplus_n} too many",
            "first_ids": " ".join(_LEADING_ID.findall("\n".join(one.examples))),
        }


def _broken(store: Store) -> Iterator[dict[str, object]]:
    from console.store.doctor import examine

    progress("Asking every invariant …")
    with store.read() as connection:
        for one in examine(connection):
            yield {"invariant": one.invariant, "problem": one.text.en, "first_ids": _ids(one.ids)}
    progress_done()


def _unlike(store: Store, given: Settings) -> Iterator[dict[str, object]]:
    with opened_model(store, given) as model:
        progress("Comparing the read model with the store …")
        yield from _differences(model)
    progress_done()


def _facts(store: Store, given: Settings) -> dict[str, object]:
    from console.store.schema import newest_revision, revision

    asked = "select sqlite_version()" if store.dialect == "sqlite" else "show server_version"
    with store.read() as connection:
        library = connection.exec_driver_sql(asked).scalar_one()
    return {
        "central": version(),
        "store": without_password(store.url),
        store.dialect: library,
        "schema": f"{revision(store)} (this version: {newest_revision()})",
        "epoch": store.epoch(),
        **_chosen(given),
    }


def _chosen(given: Settings) -> dict[str, object]:
    """Every setting as it is in force; addresses without their passwords."""
    return {
        field.metadata["env"]: without_password(str(getattr(given, field.name)))
        for field in fields(given)
    }


def _benchmarks() -> Any:
    """The benchmarks lie beside the package in a checkout; a wheel does not carry them."""
    import importlib

    root = Path(__file__).resolve().parents[2]
    if not (root / "benchmarks" / "__init__.py").exists():
        raise CliError("The benchmarks need a checkout of the repository: run `make bench` there")
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    return importlib.import_module("benchmarks.main")


def _ids(ids: tuple[int, ...]) -> str:
    return " ".join(str(one) for one in ids)
