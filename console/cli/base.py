"""What every command shares: errors in one sentence, tables and JSON, progress, the store."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

if TYPE_CHECKING:
    from console.actions import Command, Outcome
    from console.config import Settings
    from console.domain.agent import Acting
    from console.store.work import Store

WRONG: Final = 1  # something was looked for and found wrong
REFUSED: Final = 2  # the command could not do what was asked
STOPPED: Final = 130  # the person pressed Ctrl+C

json_or_table = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print.",
)


class CliError(Exception):
    """What is wrong, and the way out, in one sentence."""


class Program(click.Group):
    """A group whose commands end with one sentence on stderr, never with a traceback."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run, translate errors, and leave with the code that scripts can trust."""
        extra["standalone_mode"] = False
        try:
            code = super().main(*args, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(REFUSED)
        except (click.Abort, KeyboardInterrupt):
            click.echo("Stopped.", err=True)
            sys.exit(STOPPED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(REFUSED)
        except Exception as error:  # noqa: BLE001 - the edge of the program
            click.echo(f"central: {sentence(error)}", err=True)
            sys.exit(REFUSED)
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; `--traceback` shows what an unexpected error would hide."""
        try:
            return super().invoke(ctx)
        except Exception:
            if ctx.params.get("traceback"):
                import traceback

                traceback.print_exc()
            raise


def sentence(error: Exception) -> str:
    """One sentence for a person: what happened and the way out."""
    from console.domain.errors import ConfigError, RuleError, StoreError

    match error:
        case click.UsageError():
            path = error.ctx.command_path if error.ctx else "central"
            return f"{_ended(error.format_message())} `{path} --help` shows how."
        case click.ClickException():
            return _ended(error.format_message())
        case RuleError():
            return _ended(error.text.en)
        case ConfigError():
            return f"{_ended(str(error))} Correct the environment variable {error.variable}."
        case CliError() | StoreError():
            return _ended(str(error))
        case OSError():
            return _ended(f"{error.strerror or error}: {error.filename or 'no file name'}")
        case _ if type(error).__module__.startswith("sqlalchemy."):
            return f"{_database_says(error)} Check CENTRAL_STORE, then `central migrate`."
    return (
        f"An unexpected {type(error).__name__} stopped the command;"
        " `central --traceback …` shows where it came from."
    )


def example(*lines: str) -> str:
    """The examples at the end of a command's help."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


def version() -> str:
    """The version that is installed, or that this is a checkout nobody installed."""
    from importlib import metadata

    try:
        return metadata.version("central-console")
    except metadata.PackageNotFoundError:
        return "not installed"


def settings() -> Settings:
    """The settings of the environment."""
    from console.config import load_settings

    return load_settings()


def existing_store() -> tuple[Store, Settings]:
    """The store that CENTRAL_STORE names, of this version's revision, and the settings."""
    from console.store.schema import check_revision

    store, given = store_of_any_revision()
    check_revision(store)
    return store, given


def store_of_any_revision() -> tuple[Store, Settings]:
    """The store that CENTRAL_STORE names; refused when nobody has made it yet."""
    from console.store.work import open_store

    given = settings()
    url = given.store_url
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        raise CliError(f"There is no store at {url} yet: `central init` makes one")
    store = open_store(url)
    click.get_current_context().call_on_close(store.close)
    return store, given


def without_password(url: str) -> str:
    """A store's address as it may be shown."""
    return re.sub(r"(://[^:/@]*):[^@/]*@", r"\1:…@", url)


def acting_as(store: Store, email: str | None) -> Acting:
    """The agent with this address, or one who sees everything."""
    from console.domain.agent import system
    from console.store import people

    if email is None:
        return system()
    with store.read() as connection:
        agent = people.agent_by_email(connection, email)
        acting = people.acting(connection, agent.id) if agent else None
    if acting is None:
        raise CliError(f"No active person has the address {email}: see `central user list`")
    return acting


def carried_out(store: Store, command: Command) -> Outcome:
    """What came of a command of the machine itself; raises RuleError when it is refused."""
    from console.actions import run
    from console.domain.agent import system
    from console.domain.ids import new_id, now

    return run(store, command, actor=system(), at=now(), key=f"cli:{new_id()}")


def show(rows: Sequence[Mapping[str, object]], form: str) -> None:
    """Print rows as a table for people or as JSON for programs."""
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        for line in table(rows, width):
            click.echo(line)


def table(rows: Sequence[Mapping[str, object]], width: int | None) -> list[str]:
    """Aligned columns, cut at the width of the terminal when there is one."""
    if not rows:
        return ["(nothing)"]
    heads = list(rows[0])
    cells = [heads, *([_cell(row[head]) for head in heads] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(heads))]
    lines = (
        "  ".join(cell.ljust(wide) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )
    if width is None:
        return list(lines)
    return [line if len(line) <= width else line[: width - 1] + "…" for line in lines]


def progress(text: str) -> None:
    """Say on the terminal what long work is doing; silent when nobody watches."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{text}", err=True, nl=False)


def progress_done() -> None:
    """End the line that `progress` wrote."""
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)


def _cell(value: object) -> str:
    """One line without control characters: a customer's words must not steer the terminal."""
    text = "" if value is None else " ".join(str(value).split())
    return "".join(c if c.isprintable() or c == "\u200d" else "\ufffd" for c in text)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _database_says(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return _ended(f"The store refused: {str(cause).strip().splitlines()[0]}")
