"""Hours and targets as people type them, and what is said of what cannot be read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.actions.hours import BAD_BLOCK, BLOCKS_MEET
from console.domain.errors import RuleError
from console.domain.hours import Block
from console.domain.sla import CENTRE, Owner, SlaPolicy, Timetable
from console.screens import hours
from console.screens.directory import Directory
from console.store.people import Instance, Team

CLOSED = ("",) * 6
SHOP = (Block(540, 720), Block(780, 1080))


def monday(text):
    return hours.read_week((text, *CLOSED))[0]


def refusal(read, *given):
    with pytest.raises(RuleError) as refused:
        read(*given)
    return refused.value.text


@pytest.mark.parametrize(
    "text",
    [
        "09:00-12:00, 13:00-18:00",
        "13:00-18:00; 9:00 – 12:00",
        "9-12, 13-18",
        "9h-12h, 13h00—18h",
        "9 às 12 e 13 às 18",
        "9 to 12 and 13 to 18",
        " 9:00 a 12:00 y 13:00 a 18:00 ",
    ],
)
def test_a_day_is_read_however_it_is_written(text):
    assert monday(text) == SHOP


def test_a_blank_day_is_closed_and_a_day_may_end_at_midnight():
    assert monday("  ") == ()
    assert monday("0-24") == (Block(0, 1440),)


@pytest.mark.parametrize("text", ["nove", "9", "09:00-", "9:60-12", "09:00-12:00 13:00-18:00", "-"])
def test_a_day_that_cannot_be_read_is_named_with_an_example(text):
    told = refusal(hours.read_week, ("", text, *CLOSED[1:]))
    assert (
        told.pt == f"Terça-feira: não entendemos “{text}”. Escreva como 09:00-12:00, 13:00-18:00."
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [("12-9", BAD_BLOCK), ("9-25", BAD_BLOCK), ("9-12, 11-13", BLOCKS_MEET)],
)
def test_a_day_that_nobody_can_keep_is_named(text, problem):
    assert refusal(monday, text).en == f"Monday: {problem.en}"


edges = st.lists(st.integers(0, 1440), min_size=2, max_size=8, unique=True).map(sorted)


@given(edges)
def test_what_is_written_is_read_again(minutes):
    blocks = tuple(Block(a, b) for a, b in zip(minutes[::2], minutes[1::2], strict=False))
    assert monday(hours.write_blocks(blocks)) == blocks


DAYS = (date(2026, 2, 17), date(2026, 12, 24))


@pytest.mark.parametrize("language", ["pt", "en", "es"])
def test_days_are_read_as_they_are_written(language):
    assert hours.read_days(hours.write_days(DAYS, language)) == DAYS


def test_days_come_in_order_and_once():
    assert hours.read_days("24/12/2026, 2026-02-17\n24/12/2026;") == DAYS
    assert hours.read_days(" ") == ()


@pytest.mark.parametrize("text", ["31/02/2026", "amanhã", "24-12", "12/24/2026"])
def test_a_day_that_is_none_is_said(text):
    assert refusal(hours.read_days, f"24/12/2026 {text}").pt.startswith(
        f"Não entendemos o dia “{text}”"
    )


@pytest.mark.parametrize(
    "policy",
    [SlaPolicy(900, None, 86_400), SlaPolicy(None, 5_400), SlaPolicy(60, 3_600, 604_800)],
)
def test_targets_are_read_as_they_are_written(policy):
    read = hours.read_policy(hours.write_targets(policy), "pt", is_business=True)
    assert read == policy


def test_targets_take_spaces_and_blanks():
    policy = hours.read_policy(("1h 30m", " ", ""), "pt", is_business=False)
    assert policy == SlaPolicy(5_400, is_business=False)
    assert hours.write_targets(None) == ("", "", "")


def test_a_target_that_cannot_be_read_is_named():
    told = refusal(lambda: hours.read_policy(("", "logo", ""), "pt", is_business=True))
    assert told.pt == "“logo” não serve para Próximas respostas: escreva 15m, 2h ou 3d."


def test_hours_are_told_in_one_line():
    week = (*([SHOP] * 5), (Block(540, 780),), ())
    table = Timetable(week, "America/Sao_Paulo", "BR-SP")
    assert hours.told_hours(table, "pt") == (
        "seg–sex 09:00–12:00, 13:00–18:00 · sáb 09:00–13:00 · feriados BR-SP · America/Sao_Paulo"
    )
    assert hours.told_hours(Timetable((SHOP, *((),) * 6), "UTC"), "en").startswith(
        "Mon 09:00–12:00"
    )
    assert hours.told_policy(SlaPolicy(900, is_business=False), "en") == (
        "First response 15m · The clock, day and night"
    )


def test_the_centre_comes_first_and_names_are_told():
    known = Directory(
        teams=(Team(5, "vendas", "Vendas"),),
        instances=(Instance(2, "loja", "Loja", "none", None, is_active=True),),
    )
    assert [(owner, name.pt) for owner, name in hours.owners(known)] == [
        (CENTRE, "Toda a Central"),
        (Owner("instance", 2), "Instância Loja"),
        (Owner("team", 5), "Equipe Vendas"),
    ]
