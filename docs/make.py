"""The pages of docs/ that are made from the code: `python docs/make.py` writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click

from console.actions import COMMANDS
from console.channels.simulator.faults import FAULTS
from console.channels.simulator.graph import CATALOGUE
from console.cli import central
from console.config import Settings
from console.readmodel.filters import FILTERS
from console.readmodel.metrics import METRICS, Metric

FOLDER = Path(__file__).parent
MADE = "<!-- Made by docs/make.py from the code: change it there. -->\n"


def configuration() -> str:
    """Every variable with its default and meaning."""
    head = f"""# Configuration

{MADE}
Everything Central is told comes from its environment, read once at start. A value that makes no
sense is refused with the name of its variable.

| variable | default | meaning |
|---|---|---|
"""
    rows = (
        f"| `{f.metadata['env']}` | {_default(f.default)} | {f.metadata['help']} |"
        for f in fields(Settings)
    )
    return head + "\n".join(rows) + "\n"


def _default(value: object) -> str:
    if value == Path():
        return ""
    return {True: "`1`", False: "off"}[value] if isinstance(value, bool) else _shown(str(value))


def _shown(value: str) -> str:
    return f"`{value}`" if value else ""


def commands() -> str:
    """Every command of `central` with its help."""
    head = f"""# Commands

{MADE}
`central --help` lists them, `central COMMAND --help` shows one with an example. Errors go to stderr
in one sentence with the way out.
"""
    return head + "\n".join(_sections(central, "central"))


def _sections(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, max_content_width=96, terminal_width=96)
    if isinstance(command, click.Group):
        for key, part in command.commands.items():
            yield from _sections(part, f"{name} {key}")
    else:
        yield f"\n## {name}\n\n```text\n{command.get_help(context).strip()}\n```"


def filters() -> str:
    """Every field of the filter expression with its words and an example."""
    head = f"""# Fields of the filter expression

{MADE}
A space means *and*; `or`, `-` (not) and parentheses combine; `"a phrase"` searches messages, names
and phones; values are listed with commas, spans written `2026-11-01..2026-11-07` or `7d..`,
durations `15m`, `2h`, `3d`. Accents and case make no difference, `-` and `_` are the same.

| field | em português | example | may also be written |
|---|---|---|---|
"""
    rows = (
        f"| `{f.key}` | {f.name.pt} | `{f.example}` | {', '.join(f'`{w}`' for w in f.words)} |"
        for f in FILTERS
    )
    return head + "\n".join(rows) + "\n"


def actions() -> str:
    """Every command of `console.actions` with what it does and who may."""
    head = f"""# Commands to the centre

{MADE}
The only way to change anything: `run(store, command, ids, …)` decides each id by pure rules and
writes state, events, outbox and feed in one transaction. What was refused is answered per id.

| command | em português | does | needs the right |
|---|---|---|---|
"""
    rows = (
        f"| `{c.__name__}` | {c.title.pt} | {_first_line(c)} | {c.right.value} |" for c in COMMANDS
    )
    return head + "\n".join(rows) + "\n"


def metrics() -> str:
    """Every metric with its five choices, in Portuguese and English."""
    head = f"""# Metrics

{MADE}
Cada número carrega `métrica@versão`, o filtro e a marca dos dados; calculado de novo da mesma
marca, dá o mesmo valor. Períodos são dias inteiros no fuso da conta, `[de, até)`. Durações são
segundos até serem desenhadas, no relógio do calendário ou no comercial, nunca misturados. Robôs e
automações não param o relógio de uma pessoa. Uma ação em massa desfeita não conta. O que ainda
não terminou é dito ao lado do número, nunca descartado nem contado como zero.

Every figure carries `metric@version`, the filter and the data's watermark; counted again from the
same watermark it is equal. Periods are whole days in the account's time zone, `[from, to)`.
Durations are seconds until drawn, on the calendar or the business clock, never mixed. Bots and
automations stop no human clock. A bulk run that was undone does not count. What has no end yet is
said beside the figure, never dropped and never counted as zero.
"""
    return head + "\n".join(_metric(one) for one in METRICS) + "\n"


def _metric(one: Metric) -> str:
    said = one.definition
    short = f" ({one.short})" if one.short else ""
    rules = ", ".join(f"`{rule.key}`" for rule in one.credits) or "–"
    rows = (
        ("começa · starts", said.start),
        ("termina · ends", said.end),
        ("crédito · credit", said.credit),
        ("período · cohort", said.cohort),
        ("vazio · null", said.null),
    )
    table = "\n".join(f"| {what} | {text.pt} | {text.en} |" for what, text in rows)
    return f"""
## {one.name.pt}{short}

{one.name.en} · `{one.stamp}` · {one.form.value} · credit rules: {rules}

| | em português | in English |
|---|---|---|
{table}"""


def simulator() -> str:
    """Every fault of the simulated provider with the number that provokes it."""
    head = f"""# The simulator

{MADE}
`central simulator` speaks the wire format of the WhatsApp Cloud API on 127.0.0.1, for the demo and
for tests. It checks the bearer, the type and the size of what is sent and the window of 24 hours,
keeps files and templates, and posts signed webhooks. On its page `/phone` a person plays the
customers. It is written from the published format, apart from our own reading of it; what Meta does
beyond that format it does not know.

Things go wrong by the end of the recipient's number. A test orders the same by name, for sends,
reads, uploads, media, the number and templates alike: `sim.faults.next("cut_after")`. All these
endings are valid Brazilian mobiles: +55 11 9 **9800-0001**.

| number ends in | name | what happens | em português |
|---|---|---|---|
"""
    special = [one for one in FAULTS.values() if one.suffix.startswith("98")]
    rows = [
        f"| `{one.suffix}` | `{one.key}` | {one.words.en} | {one.words.pt} |"
        for one in sorted(special, key=lambda one: one.suffix)
    ]
    return head + "\n".join([*rows, _codes()])


def _codes() -> str:
    """Every error code, which six digits of a number provoke."""
    rows = "\n".join(
        f"| {one.code} | {one.http} | {one.title} | `99{one.code:06}` | `97{one.code:06}` |"
        for one in CATALOGUE.values()
    )
    return f"""
## Error codes

`99` and six digits: the send is refused with this code, `refuse_131047` by name. `97` and six
digits: it is accepted, told as sent, and fails, `fail_131047` by name.

| code | HTTP | title | refused at once | fails later |
|---|---|---|---|---|
{rows}
"""


def _first_line(command: type) -> str:
    return (command.__doc__ or "").strip().splitlines()[0]


PAGES = {
    "configuration.md": configuration,
    "commands.md": commands,
    "filters.md": filters,
    "actions.md": actions,
    "metrics.md": metrics,
    "simulator.md": simulator,
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
