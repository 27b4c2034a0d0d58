"""Exports that come round: listed, planned, paused and run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import click

from console.cli.base import CliError, acting_as, example, existing_store, json_or_table, show
from console.cli.model import opened_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.actions import Command
    from console.config import Settings
    from console.domain.agent import Acting
    from console.domain.schedule import Plan
    from console.screens.schedules import Planned
    from console.store.work import Store

GRAINS: Final = ("conversations", "episodes", "messages", "events")
FORMATS: Final = ("csv", "xlsx", "parquet", "jsonl", "duckdb")
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPANS: Final = ("all", "today", "yesterday", "last_week", "last_month")
FIELDS: Final = ("last_activity", "contact_activity", "opened", "resolved")
_LAST: Final = "last"

as_person = click.option(
    "--as", "email", metavar="MAIL", required=True, help="Whose it is, and whose rights it has."
)
of_id = click.argument("schedule_id", type=int, metavar="ID")


def _names(_ctx: click.Context, _option: click.Parameter, text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


columns_option = click.option(
    "--columns", default="", callback=_names, metavar="A,B,…", help="Only these; default: all."
)


@click.group(epilog=example("central export schedule list", "central export schedule run 7 --as …"))
def schedule() -> None:
    """Exports that a running server makes again and again, into a folder or by e-mail."""


@schedule.command("list", epilog=example("central export schedule list --as ana@example.com"))
@click.option("--as", "email", metavar="MAIL", help="Those of this person; default: all.")
@json_or_table
def list_schedules(email: str | None, form: str) -> None:
    """List them with their next run and how the last one went."""
    from console.screens import schedules

    store, _ = existing_store()
    show([_row(one) for one in schedules.build(store, acting_as(store, email))], form)


@schedule.command(
    epilog=example(
        "central export schedule add 'Resolvidas da semana' conversations --format xlsx"
        " --filter status:resolved --weekly mon --at 08:00 --span last_week --by resolved"
        " --folder relatorios --keep 12 --reason 'reunião' --as ana@example.com",
        "central export schedule add Fila episodes --format csv --daily --at 07:30"
        " --mail ana@example.com --link --as ana@example.com",
    )
)
@click.argument("name")
@click.argument("grain", type=click.Choice(GRAINS))
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("--filter", "expression", default="", help="A filter expression; empty is all.")
@columns_option
@click.option("--daily", is_flag=True, help="Every day.")
@click.option("--weekly", metavar="DAYS", help="Such as mon,thu.")
@click.option("--monthly", metavar="N|last", help="A day of the month; short months end earlier.")
@click.option("--at", "time", metavar="HH:MM", required=True, help="In the account's time zone.")
@click.option("--span", type=click.Choice(SPANS), default="all", show_default=True)
@click.option(
    "--by",
    type=click.Choice(FIELDS),
    default=FIELDS[0],
    show_default=True,
    help="What --span bounds.",
)
@click.option("--folder", help="Below CENTRAL_EXPORT_FOLDER; `.` is that folder itself.")
@click.option("--keep", type=int, default=0, help="How many files stay; default: all.")
@click.option("--mail", multiple=True, metavar="MAIL", help="Who gets a letter; may be repeated.")
@click.option("--link", is_flag=True, help="Send a link that is good once in place of the file.")
@click.option("--reason", default="", help="What the customers' data is for.")
@as_person
def add(email: str, **given: Any) -> None:
    """Plan an export that comes round."""
    from console.actions import SaveSchedule
    from console.domain.ids import now
    from console.screens import schedules

    store, settings = existing_store()
    who = acting_as(store, email)
    with opened_model(store, settings) as model:
        plan = schedules.checked(store, model, settings, who, _plan(settings, given), now())
    made = _run(store, SaveSchedule(plan), who)
    click.echo(f"{made}: {_told(plan)}")


def _acting(name: str, command: str, said: str, help_: str) -> click.Command:
    """A command about one schedule."""

    @click.command(
        name, help=help_, epilog=example(f"central export schedule {name} 7 --as ana@example.com")
    )
    @of_id
    @as_person
    def one(schedule_id: int, email: str) -> None:
        from console import actions

        store, _ = existing_store()
        wished: Callable[[int], Command] = getattr(actions, command)
        _run(store, wished(schedule_id), acting_as(store, email))
        click.echo(said)

    return one


for _given in (
    ("pause", "PauseSchedule", "Paused.", "Let it come round no more until it is resumed."),
    ("resume", "ResumeSchedule", "Resumed.", "Let it come round again, from now on."),
    ("remove", "RemoveSchedule", "Removed.", "Take it away; its files stay where they are."),
    ("run", "RunSchedule", "A running server makes it now.", "Run it once, beside its times."),
):
    schedule.add_command(_acting(*_given))


def _run(store: Store, command: Command, who: Acting) -> int:
    from console.actions import run
    from console.domain.ids import new_id, now

    return run(store, command, actor=who, at=now(), key=f"cli:{new_id()}").done[0]


def _plan(settings: Settings, given: dict[str, Any]) -> Plan:
    from console.domain.schedule import Plan, Span, Target

    if bool(given["mail"]) == (given["folder"] is not None):
        raise CliError("Say where it goes: either --folder or --mail")
    return Plan(
        name=given["name"],
        grain=given["grain"].removesuffix("s"),
        format=given["form"],
        zone=settings.time_zone,
        filter=given["expression"],
        span=Span(given["span"]),
        span_field=given["by"],
        target=Target.MAIL if given["mail"] else Target.FOLDER,
        folder="" if given["folder"] in (None, ".") else given["folder"],
        keep_n=given["keep"],
        recipients=given["mail"],
        is_attached=not given["link"],
        reason=given["reason"],
        columns=given["columns"],
        **_recurrence(given),
    )


def _recurrence(given: dict[str, Any]) -> dict[str, Any]:
    from console.domain.recurrence import LAST_DAY, Every

    if sum(map(bool, (given["daily"], given["weekly"], given["monthly"]))) != 1:
        raise CliError("Say when: one of --daily, --weekly mon,thu and --monthly 5")
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", given["time"])
    if found is None:
        raise CliError("Write the time like 08:00")
    minute = int(found[1]) * 60 + int(found[2])
    if given["daily"]:
        return {"every": Every.DAY, "minute": minute}
    if given["weekly"]:
        return {"every": Every.WEEK, "minute": minute, "weekdays": _weekdays(given["weekly"])}
    day = LAST_DAY if given["monthly"] == _LAST else _day(given["monthly"])
    return {"every": Every.MONTH, "minute": minute, "day": day}


def _weekdays(text: str) -> tuple[int, ...]:
    wanted = [part.strip().lower()[:3] for part in text.split(",")]
    unknown = [part for part in wanted if part not in DAYS]
    if unknown:
        raise CliError(f"There is no day {unknown[0]}: write {','.join(DAYS)}")
    return tuple(sorted({DAYS.index(part) for part in wanted}))


def _day(text: str) -> int:
    if not re.fullmatch(r"[1-9]|[12]\d|3[01]", text):
        raise CliError("Write a day from 1 to 31, or `last`")
    return int(text)


def _row(planned: Planned) -> dict[str, object]:
    found = planned.schedule
    problem = found.paused_for or found.last_problem
    return {
        "id": str(found.id),
        "name": found.plan.name,
        "owner": planned.owner,
        "state": found.status.value,
        "does": _told(found.plan),
        "next": _time(found.next_at),
        "last": _time(found.last_at),
        "rows": found.last_rows_n,
        "place": found.last_place,
        "problem": problem.en if problem else None,
    }


def _time(at: int | None) -> str | None:
    from datetime import UTC, datetime

    from console.domain.ids import SECOND

    return None if at is None else datetime.fromtimestamp(at // SECOND, UTC).isoformat()


def _told(plan: Plan) -> str:
    from console.screens.schedules import told

    return told(plan, plan.zone).en
