"""The README does not rot: its commands exist, its links lead somewhere."""

import re
import shlex

import click
import pytest

from machine import ROOT

README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines() if line.strip()]
CENTRAL = [line for line in LINES if line.startswith("central ")]
TARGETS = sorted({*re.findall(r"\bmake ([a-z][a-z-]*)", README)})
LINKS = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]


def test_the_readme_shows_commands():
    assert len(CENTRAL) >= 5


@pytest.mark.parametrize("line", CENTRAL)
def test_a_command_of_the_readme_is_understood(line, tmp_path, monkeypatch):
    from console.cli import central

    monkeypatch.chdir(tmp_path)
    (tmp_path / "conversas.jsonl.zst").touch()
    words = shlex.split(line)[1:]
    assert parse(central, words).params is not None


def parse(program, words):
    """Let click read a whole line of the README without running it."""
    context = program.make_context("central", list(words), resilient_parsing=False)
    while isinstance(context.command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, command, words = context.command.resolve_command(context, rest)
        context = command.make_context(name, words, parent=context)
    return context


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_what_the_readme_asks_of_it(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_of_the_readme_leads_somewhere(link):
    assert (ROOT / link.split("#")[0]).exists()
