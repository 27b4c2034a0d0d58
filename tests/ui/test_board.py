"""The board in plain values: in each language, with a link for every figure that has a list."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest

from build import MONDAY_9H
from console.config import Settings
from console.domain.ids import DAY
from console.i18n import LANGUAGES, Text
from console.screens.board import Before, Board, Figure, Group, Hour, Line, Tone
from console.ui.board.shown import shown

NAME = Text("Bia <b>", "Bia <b>", "Bia <b>")
NO_TEXT = Text("", "", "")
FIGURE = Figure(Text("Esperando", "Waiting", "Esperando"), 12_345, 'label:"a b" waiting')
WAIT = Figure(NO_TEXT, 93_600, "waiting", Tone.LATE, is_wait=True)
NOTHING = Figure(NO_TEXT, None, "waiting", Tone.CALM, is_wait=True)
ZERO = Figure(NO_TEXT, 0, "pending", Tone.WATCH)


@dataclass(frozen=True)
class Person:
    """What the board asks of whoever looks at it."""

    language: str = "pt"
    theme: str = "system"

    @property
    def who(self):
        return self

    @property
    def person(self):
        return self


def drawn(board, is_wall=False, **person):
    return shown(board, Person(**person), Settings(), every_s=5, is_wall=is_wall)


def test_a_link_carries_the_whole_filter():
    (card,) = drawn(Board(MONDAY_9H, cards=(FIGURE,)))["cards"]
    assert (card["label"], card["text"], card["tone"]) == ("Esperando", "12.345", "plain")
    assert card["filter"] == FIGURE.filter
    link = urlsplit(card["href"])
    assert (link.path, parse_qs(link.query)) == ("/supervision", {"filter": [FIGURE.filter]})


def test_nothing_in_a_table_is_no_link_and_has_no_colour():
    lines = (Line(NAME, (ZERO, WAIT, NOTHING), is_online=True),)
    (group,) = drawn(Board(MONDAY_9H, groups=(Group("agent", NAME, lines),)))["groups"]
    (line,) = group["lines"]
    assert (line["name"], line["is_online"], line["is_nobody"]) == ("Bia <b>", True, False)
    cells = [(cell["text"], bool(cell["href"]), cell["tone"]) for cell in line["cells"]]
    assert cells == [("0", False, "plain"), ("1d 2h", True, "late"), ("–", False, "plain")]


def test_a_group_without_lines_is_not_drawn():
    assert drawn(Board(MONDAY_9H, groups=(Group("team", NAME, ()),)))["groups"] == []


def test_a_band_is_as_long_as_its_share():
    bands = (Figure(NO_TEXT, 3, "waiting"), Figure(NO_TEXT, 1, "waiting"))
    told = drawn(Board(MONDAY_9H, bands=bands))
    assert [band["share"] for band in told["bands"]] == [0.75, 0.25]
    assert told["has_waiting"]
    nobody = drawn(Board(MONDAY_9H, bands=(ZERO,)))
    assert not nobody["has_waiting"]
    assert [band["share"] for band in nobody["bands"]] == [0]


def test_the_weeks_before_stand_from_old_to_new():
    before = (Before(MONDAY_9H - 7 * DAY, 4), Before(MONDAY_9H - 14 * DAY, None))
    (hour,) = drawn(Board(MONDAY_9H, hours=(Hour(NAME, 2, before),)))["hours"]
    bars = [(bar["label"], bar["text"], bar["share"]) for bar in hour["bars"]]
    assert bars == [("19/10", "–", 0), ("26/10", "4", 1), ("agora", "2", 0.5)]
    assert (hour["text"], hour["mean"]) == ("2", "média: 4")
    (none,) = drawn(Board(MONDAY_9H, hours=(Hour(NAME, 0, before[1:]),)))["hours"]
    assert none["mean"] == "ainda sem média"


@pytest.mark.parametrize(
    ("counts", "told"), [((4, 5), "média: 4,5"), ((12, 13), "média: 12"), ((0,), "média: 0")]
)
def test_a_small_mean_has_a_decimal_and_a_large_one_has_none(counts, told):
    before = tuple(Before(MONDAY_9H, n) for n in counts)
    (hour,) = drawn(Board(MONDAY_9H, hours=(Hour(NAME, 2, before),)))["hours"]
    assert hour["mean"] == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_in_each_language(language):
    problem = Text("Não deu", "It failed", "No se pudo")
    told = drawn(Board(MONDAY_9H, stale_s=95, problem=problem), language=language)
    assert told["problem"] == problem.in_(language)
    assert all(told["words"].values())
    assert all(told[key] for key in ("at", "lost", "stale", "ended", "language"))
    assert "{" not in "".join(told[key] for key in ("at", "lost", "stale", "ended"))


@pytest.mark.parametrize(
    ("is_wall", "theme", "is_dark"),
    [(False, "dark", False), (True, "system", True), (True, "dark", True), (True, "light", False)],
)
def test_a_wall_is_dark_unless_the_person_wants_light(is_wall, theme, is_dark):
    told = drawn(Board(MONDAY_9H), is_wall=is_wall, theme=theme)
    assert (told["is_wall"], told["is_dark"]) == (is_wall, is_dark)
    assert told["sign_in"] == "/sign-in?next=/board%3Fwall%3D1"
