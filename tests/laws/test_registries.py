"""What is written is also listed: commands, pages, settings, programs."""

import ast
import importlib
from dataclasses import fields

import pytest
from bans import Module

from machine import ROOT

PARTS_OF_ACTIONS = {
    *("__init__", "base", "run", "carry", "advance", "take_back", "wake"),
    "audience",  # what every kept thing asks of whom it is for
    "effects",  # what channels tell of messages: EFFECTS
    "copying",  # what sending again and forwarding have in common
}


def test_every_module_of_a_command_is_listed():
    actions = importlib.import_module("console.actions")
    listed = {command.__module__.rsplit(".", 1)[-1] for command in actions.COMMANDS}
    files = (ROOT / "console/actions").glob("*.py")
    written = {file.stem for file in files if file.stem not in PARTS_OF_ACTIONS}
    assert written == listed


def test_every_page_is_registered():
    frame = Module.read(ROOT, ROOT / "console/ui/frame.py")
    texts = {
        node.value
        for node in ast.walk(frame.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    registered = {text.removesuffix(".py").split("/")[-1] for text in texts}
    assert {file.stem for file in (ROOT / "pages").glob("*.py")} - registered == set()


def test_every_page_has_a_screen_of_its_name():
    screens = {file.stem for file in (ROOT / "console/screens").glob("*.py")}
    assert {file.stem for file in (ROOT / "pages").glob("*.py")} - screens == set()


def test_the_entry_script_has_no_pages_beside_it():
    """Beside `pages/`, Streamlit would run them without the frame, and so without sign-in."""
    assert not (ROOT / "console/ui/pages").exists()
    assert sorted(file.name for file in ROOT.glob("*.py")) == []


@pytest.mark.parametrize("file", sorted((ROOT / "console").glob("*/__init__.py")), ids=str)
def test_every_package_says_what_it_is(file):
    assert ast.get_docstring(ast.parse(file.read_text()))


def test_every_field_of_a_bulk_command_has_a_control_and_an_option():
    from console.actions.advance import BULK_COMMANDS
    from console.cli.bulk import _OPTIONS
    from console.ui.supervision.arguments import _CONTROLS

    wanted = {field.name for command in BULK_COMMANDS.values() for field in fields(command)}
    assert set(_CONTROLS) == set(_OPTIONS) == wanted
