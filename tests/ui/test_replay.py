"""The queue over time in plain values, and what the browser may say of it."""

import pytest

from console.i18n import LANGUAGES
from console.screens import queue
from console.screens.figures.wanted import Wanted
from console.ui.replay import Clicked, clicked_of
from console.ui.replay.shown import shown
from screens.test_figures import SUPERVISOR, understood


@pytest.fixture
def asked(traffic):
    return understood(traffic[1], wanted=Wanted(period="7d"))


def drawn(asked, written=""):
    steps = queue.steps(asked)
    return shown(asked, queue.reel(asked, steps), queue.then(asked, written, steps))


def test_every_line_has_a_value_for_each_step(asked):
    told = drawn(asked)
    frames, n = told["frames"], len(queue.steps(asked))
    lines = [frames["told"], frames["written"], frames["oldest"], *frames["lines"].values()]
    assert {len(line) for line in [*lines, *frames["bands"]]} == {n}
    assert {len(line) for line in [*frames["held"], *frames["waited"]]} == {n}
    assert len(frames["held"]) == len(frames["waited"]) == len(told["agents"])
    assert [sum(at) for at in zip(*frames["held"], strict=True)] == [*frames["lines"]["backlog"]]
    assert [sum(at) for at in zip(*frames["bands"], strict=True)] == [*frames["lines"]["waiting"]]


def test_the_exact_instant_stands_beside_the_steps(asked):
    told = drawn(asked, "2026-10-30T15:34")
    assert told["exact"]["written"] == ["2026-10-30T15:34"]
    assert told["exact"]["told"] == ["30 de out. de 2026, 15:34:00"]
    assert (told["at"], told["outside"]) == ("2026-10-30T15:34", "")
    assert told["frames"]["written"][told["place"]] == "2026-10-30T15:00"
    assert drawn(asked, "2026-10-01T15:34")["outside"].startswith("Este instante está fora")


def test_ids_are_texts_because_the_browser_has_no_such_numbers(asked):
    keys = [agent["key"] for agent in drawn(asked)["agents"]]
    assert keys[0] is None
    assert all(int(key) > 2**53 for key in keys[1:])
    assert clicked_of({"at": "", "key": "backlog", "part": ["agent", keys[1]]}).part == (
        "agent",
        int(keys[1]),
    )


def test_the_end_has_no_instant_in_the_address(asked):
    told = drawn(asked)
    assert (told["exact"]["written"], told["frames"]["written"][-1]) == ([""], "")
    assert told["at"] == told["latest"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_those_of_the_person(traffic, language):
    who = SUPERVISOR.__class__(1, "Carla", SUPERVISOR.role, language=language)
    told = drawn(understood(traffic[1], who, Wanted(period="7d")))
    assert [*told["titles"]] == [*queue.STATES, queue.OLDEST]
    assert len({*told["words"].values()}) == len(told["words"])


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({"at": "", "key": "backlog", "part": None}, Clicked("", "backlog", None)),
        ({"at": "x", "key": "a", "part": ["agent", "7"]}, Clicked("x", "a", ("agent", 7))),
        ({"at": "x", "key": "a", "part": ["agent", None]}, Clicked("x", "a", ("agent", None))),
        (None, None),
        ("backlog", None),
        ({"at": "x", "key": "a"}, None),
        ({"at": 1, "key": "a", "part": None}, None),
        ({"at": "x", "key": "a" * 99, "part": None}, None),
        ({"at": "x", "key": "a", "part": ["agent", True]}, None),
        ({"at": "x", "key": "a", "part": ["agent", 7]}, None),
        ({"at": "x", "key": "a", "part": ["agent", "-7"]}, None),
        ({"at": "x", "key": "a", "part": ["agent", "9" * 30]}, None),
        ({"at": "x", "key": "a", "part": ["agent"]}, None),
        ({"at": "x", "key": "a", "part": {"agent": 7}}, None),
    ],
)
def test_what_the_browser_sends_is_taken_in_one_shape_only(sent, read):
    assert clicked_of(sent) == read
