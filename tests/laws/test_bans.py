"""Nothing that is banned stands in the code, and each ban finds what it bans."""

import pytest
from bans import BANS, Module

from machine import ROOT

CODE = [
    Module.read(ROOT, file)
    for file in sorted([*ROOT.glob("console/**/*.py"), *ROOT.glob("pages/*.py")])
]


def _examples(kind):
    return [
        pytest.param(ban, source, id=f"{ban.find.__name__}-{number}")
        for ban in BANS
        for number, source in enumerate(getattr(ban, kind))
    ]


@pytest.mark.parametrize(("ban", "source"), _examples("bad"))
def test_a_ban_finds_what_it_bans(ban, source):
    assert len(list(ban.find(Module.of(ban.path, source)))) >= 1


@pytest.mark.parametrize(("ban", "source"), _examples("good"))
def test_a_ban_leaves_the_rest_alone(ban, source):
    assert list(ban.find(Module.of(ban.path, source))) == []


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.find.__name__)
def test_nothing_banned_stands_in_the_code(ban):
    found = [f"{module.path}:{node.lineno}" for module in CODE for node in ban.find(module)]
    assert found == [], ban.why
