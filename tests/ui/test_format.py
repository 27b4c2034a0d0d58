"""Instants and numbers in three languages."""

from zoneinfo import ZoneInfo

import pytest

from build import MONDAY_9H
from console.domain.ids import DAY, HOUR, SECOND
from console.ui.format import moment, number, since

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
    ("language", "shown"), [("pt", "12.345"), ("en", "12,345"), ("es", "12,345")]
)
def test_large_numbers_are_grouped(language, shown):
    assert number(12_345, language) == shown
