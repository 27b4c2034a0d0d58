"""How large things may grow, and the words they go by."""

import ast
import re
from statistics import median

import pytest

from machine import ROOT

CODE = sorted([*ROOT.glob("console/**/*.py"), *ROOT.glob("pages/*.py")])
TESTS = sorted(ROOT.glob("tests/**/*.py"))
PAGES = sorted(ROOT.glob("pages/*.py"))
MIGRATIONS = "console/store/migrations/versions"

# One word per thing: see the glossary of docs/tour.md for the word that is used.
UNUSED_WORDS = set("ticket chat user client manager helper helpers util utils service info".split())
OTHERS_NAMES = {
    "user": "`central user add` is what people type",
    "create_user": "the same",
    "user_agent": "a header's name",
    "get_extra_info": "httpcore asks a connection by this name",
}


def lines(file):
    return len(file.read_text().splitlines())


def functions(file):
    tree = ast.parse(file.read_text())
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function):
    return function.end_lineno - function.lineno + 1


def names(file):
    """What a file defines: itself, its classes, functions and fields."""
    yield file.stem
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def words(name):
    return set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))


def path(file):
    return file.relative_to(ROOT).as_posix()


def test_a_file_has_400_lines_at_most():
    assert [path(file) for file in CODE if lines(file) > 400] == []


def test_a_test_file_has_600_lines_at_most():
    assert [path(file) for file in TESTS if lines(file) > 600] == []


def test_a_page_has_60_lines_at_most():
    assert [path(file) for file in PAGES if lines(file) > 60] == []


def test_a_function_has_40_lines_at_most():
    found = [
        f"{path(file)}: {function.name} has {length(function)}"
        for file in CODE
        if not path(file).startswith(MIGRATIONS)  # a migration lists its tables in one go
        for function in functions(file)
        if length(function) > 40
    ]
    assert found == []


def test_the_median_function_has_fewer_than_10_lines():
    assert median(length(function) for file in CODE for function in functions(file)) < 10


def test_names_use_one_word_per_thing():
    found = [
        f"{path(file)}: {name}"
        for file in CODE
        for name in names(file)
        if words(name) & UNUSED_WORDS and name not in OTHERS_NAMES
    ]
    assert found == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK"])
def test_nothing_is_left_for_later(word):
    found = [path(file) for file in CODE if re.search(rf"\b{word}\b", file.read_text())]
    assert found == []


def test_an_inline_import_gives_its_reason():
    """Outside the command line, where every command imports what it needs."""
    found = [
        f"{path(file)}:{number}"
        for file in CODE
        if not path(file).startswith(("console/cli", "console/__main__"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if "noqa: PLC0415" in line and not re.search(r"noqa: PLC0415\W+\w+", line)
    ]
    assert found == []


def test_a_page_opens_no_store_by_itself():
    """Pages know screens, ui and actions; what is below comes through these."""
    below = re.compile(r"^(?:from|import) console\.(store|readmodel|gateway|imports)", re.MULTILINE)
    assert [path(file) for file in PAGES if below.search(file.read_text())] == []
