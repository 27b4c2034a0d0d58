"""Instants and numbers in three languages."""

from zoneinfo import ZoneInfo

import pytest

from build import MONDAY_9H
from console.domain.ids import DAY, HOUR, SECOND
from console.ui.format import (
    brief,
    clock,
    day_of_year,
    duration,
    length,
    moment,
    number,
    short,
    since,
    size,
)

ZONE = ZoneInfo("America/Sao_Paulo")


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("pt", "2 de nov. de 2026, 09:00"),
        ("en", "Nov 2, 2026, 9:00\u202fAM"),
        ("es", "2 nov 2026, 9:00\u202fa.m."),
        ("xx", "2 de nov. de 2026, 09:00"),
    ],
)
def test_a_moment_is_written_as_at_home(language, shown):
    assert moment(MONDAY_9H, language, ZONE) == shown


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (20 * SECOND, "agora"),
        (2 * HOUR, "há 2 horas"),
        (3 * DAY, "há 3 dias"),
        (8 * DAY, "2 de nov. de 2026, 09:00"),
    ],
)
def test_what_is_recent_is_told_as_passed_time(passed, shown):
    assert since(MONDAY_9H, MONDAY_9H + passed, "pt", ZONE) == shown


@pytest.mark.parametrize(
    ("wait", "shown"),
    [
        (9 * HOUR, "18:00"),
        (15 * HOUR - 1, "23:59"),
        (15 * HOUR, "03/11, 00:00"),
        (60 * DAY, "01/01/2027"),
    ],
)
def test_a_moment_is_told_in_few_signs(wait, shown):
    assert short(MONDAY_9H + wait, MONDAY_9H, "pt", ZONE) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("pt", "12.345"), ("en", "12,345"), ("es", "12,345")]
)
def test_large_numbers_are_grouped(language, shown):
    assert number(12_345, language) == shown


def test_means_have_a_decimal_sign_of_their_language():
    assert [number(1_234.5, language) for language in ("pt", "en")] == ["1.234,5", "1,234.5"]


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 min"),
        (59, "0 min"),
        (7 * 60, "7 min"),
        (7_500, "2h05"),
        (7_200, "2h00"),
        (93_600, "1d 2h"),
        (863_999, "9d 23h"),
        (900_000, "10d"),
    ],
)
def test_a_wait_is_short_enough_for_a_wall(seconds, shown):
    assert brief(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "pt", "en", "es"),
    [
        (0, "0 min", "0 min", "0 min"),
        (59, "0 min", "0 min", "0 min"),
        (60, "1 min", "1 min", "1 min"),
        (3_599, "59 min", "59 min", "59 min"),
        (3_600, "1 h", "1 hr", "1 h"),
        (8_100, "2 h 15 min", "2 hr 15 min", "2 h 15 min"),
        (86_400, "1 dia", "1 day", "1 d."),
        (86_400 + 59 * 60, "1 dia", "1 day", "1 d."),
        (90_000 + 59, "1 dia 1 h", "1 day 1 hr", "1 d. 1 h"),
        (400 * 86_400, "400 dias", "400 days", "400 dd."),
    ],
)
def test_a_length_of_time_has_its_two_largest_units_in_each_language(seconds, pt, en, es):
    assert [duration(seconds, language) for language in ("pt", "en", "es")] == [pt, en, es]
    assert duration(seconds, "xx") == pt


def test_the_time_of_day_and_the_day_are_written_as_at_home():
    at = MONDAY_9H + 31 * SECOND
    assert clock(at, "pt", ZONE) == "09:00:31"
    assert clock(at, "en", ZONE) == "9:00:31\u202fAM"
    assert day_of_year(at, "pt", ZONE) == "02/11"
    assert day_of_year(at, "en", ZONE) == "11/2"


def test_a_file_is_so_large():
    assert [size(n, "pt") for n in (0, 999, 1_000, 1_234_567)] == [
        "0 B",
        "999 B",
        "1 kB",
        "1.234 kB",
    ]


def test_a_length_below_zero_is_that_of_its_opposite_with_a_sign():
    assert [length(s, "pt") for s in (-5, -125, -3_900)] == ["−5 s", "−2 min 05 s", "−1 h 5 min"]
