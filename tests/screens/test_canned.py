"""Canned replies as a list and as a file: what a person finds, and what a file would do."""

import pytest

from build import Role
from console import actions
from console.actions.canned import BAD_SHORTCUT, TEXT_MISSING
from console.domain.audience import Audience
from console.domain.errors import RuleError
from console.screens import canned
from console.screens.canned import MOST_LINES, NOT_A_TABLE, TOO_MANY
from office import Office

PRIVATE, TEAM, EVERYBODY = Audience


@pytest.fixture
def office(sqlite_store):
    made = Office(sqlite_store)
    made.davi = made.agent("Davi", Role.AGENT, made.team_id)
    for by, shortcut, text, audience in [
        (made.bia, "pix", "A chave é =loja", EVERYBODY),
        (made.bia, "troca", "Até 7 dias", EVERYBODY),
        (made.davi, "pix", "Minha chave", PRIVATE),
    ]:
        made.run(actions.SaveCanned(shortcut, text, audience), by=by)
    return made


def shown(office, who, sought=""):
    lines = canned.build(office.store, who, sought)
    return [(line.reply.shortcut, line.reply.text, line.may_change) for line in lines]


def known(office, who):
    return [line.reply for line in canned.build(office.store, who)]


def read(office, content, who=None, audience=PRIVATE):
    who = who or office.davi
    return canned.from_csv(content.encode(), known(office, who), audience, None, who)


def test_the_list_tells_which_ones_a_person_may_change(office):
    assert shown(office, office.davi) == [
        ("pix", "Minha chave", True),
        ("pix", "A chave é =loja", False),
        ("troca", "Até 7 dias", False),
    ]
    assert [change for *_, change in shown(office, office.bia)] == [True, True]


def test_replies_are_sought_by_shortcut_and_words_without_accents(office):
    assert shown(office, office.davi, " /PIX ") == shown(office, office.davi)[:2]
    assert [key for key, *_ in shown(office, office.davi, "ate 7")] == ["troca"]
    assert shown(office, office.davi, "nada") == []


def test_a_file_of_everything_comes_back_as_it_was(office):
    text = canned.as_file(known(office, office.bia))
    found = read(office, text, office.bia, EVERYBODY)
    assert (found.new_n, found.changed_n, found.same_n, found.problems) == (0, 0, 2, ())
    to_davi = read(office, text)
    assert [(wish.shortcut, wish.text) for wish in to_davi.wishes] == [
        ("pix", "A chave é =loja"),
        ("troca", "Até 7 dias"),
    ]
    assert (to_davi.new_n, to_davi.changed_n) == (1, 1)


def test_what_would_be_a_formula_and_line_breaks_survive_a_file(office):
    texts = {"a": "=1+1", "b": 'duas\nlinhas; e, "aspas"', "c": "'@x", "d": "😀 {nome}"}
    for shortcut, text in texts.items():
        office.run(actions.SaveCanned(shortcut, text), by=office.lia)
    written = canned.as_file([one for one in known(office, office.lia) if one.audience is PRIVATE])
    assert "\n=1+1" not in written
    found = read(office, written)
    assert {wish.shortcut: wish.text for wish in found.wishes} == texts


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", NOT_A_TABLE),
        ("a,b\n1,2\n", NOT_A_TABLE),
        ("só texto", NOT_A_TABLE),
        ("atalho,texto\n" + "x,y\n" * (MOST_LINES + 1), TOO_MANY),
        ('atalho,texto\n"' + "x" * 200_000, NOT_A_TABLE),
    ],
)
def test_what_is_no_such_table_is_refused_in_words(office, content, problem):
    with pytest.raises(RuleError) as refused:
        read(office, content)
    assert refused.value.text == problem


def test_lines_that_cannot_be_kept_are_told_and_the_others_count(office):
    content = "short_code;content\nduas palavras;x\n\noi;\n/Oi;Olá!\noi;Olá, {nome}\nso\n"
    found = read(office, content)
    assert found.problems == ((2, BAD_SHORTCUT), (4, TEXT_MISSING), (7, TEXT_MISSING))
    assert [(wish.shortcut, wish.text) for wish in found.wishes] == [("oi", "Olá, {nome}")]


def test_files_of_older_spreadsheets_keep_their_accents(office):
    found = canned.from_csv(
        "Atalho\tTexto\nola\tOlá, você\n".encode("cp1252"), [], PRIVATE, None, office.davi
    )
    assert [(wish.shortcut, wish.text) for wish in found.wishes] == [("ola", "Olá, você")]
