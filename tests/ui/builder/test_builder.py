"""The builder's draft between browser and page, and its words."""

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager

from console.i18n import Text
from console.readmodel import expression
from console.readmodel.tree import Everything
from console.screens.builder import NO_VALUE, to_builder
from console.screens.builder_catalogue import catalogue
from console.screens.directory import Directory
from console.ui import builder, components
from console.ui.builder.words import WORDS, words
from readmodel.crowd import SUPERVISOR

ASSETS = Path(builder.__file__).parent / "assets"
KEY = "builder"
UNREAD, BLOCKED = expression.parse("unread"), expression.parse("blocked")


class Browser:
    """What the browser sends, and the pages that run after it."""

    def __init__(self, session):
        self.session = session
        self.n = 0

    def sends(self, text, *, edition=0, mount="m", **draft):
        self.n += 1
        sent = {**to_builder(expression.parse(text)), **draft}
        self.session[KEY] = {
            "draft": {"mount": mount, "n": self.n, "edition": edition, "filter": sent}
        }


@pytest.fixture
def session(monkeypatch):
    state = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


@pytest.fixture
def browser(session):
    return Browser(session)


def test_the_page_s_filter_is_opened_first(session):
    now = builder.asked(UNREAD, key=KEY)
    assert (now.tree, now.problem, now.edition) == (UNREAD, None, 0)
    assert now.draft == to_builder(UNREAD)


def test_a_change_is_told_and_stays_while_the_page_follows_it(session, browser):
    builder.asked(Everything(), key=KEY)
    browser.sends("unread")
    assert builder.asked(Everything(), key=KEY).tree == UNREAD
    now = builder.asked(UNREAD, key=KEY)
    assert (now.tree, now.edition, now.sent) == (UNREAD, 0, ("m", 1))


def test_a_faster_change_is_not_lost_to_the_address_of_the_one_before(session, browser):
    builder.asked(Everything(), key=KEY)
    browser.sends("unread")
    builder.asked(Everything(), key=KEY)
    browser.sends("unread blocked")
    now = builder.asked(UNREAD, key=KEY)
    assert (now.tree, now.edition) == (expression.parse("unread blocked"), 0)


def test_a_page_that_keeps_its_filter_does_not_undo_the_draft(session, browser):
    builder.asked(Everything(), key=KEY)
    browser.sends("unread")
    for _ in range(3):
        assert builder.asked(Everything(), key=KEY).tree == UNREAD


def test_another_filter_of_the_page_is_opened_in_place_of_the_draft(session, browser):
    builder.asked(Everything(), key=KEY)
    browser.sends("unread")
    builder.asked(UNREAD, key=KEY)
    now = builder.asked(BLOCKED, key=KEY)
    assert (now.tree, now.edition, now.draft) == (BLOCKED, 1, to_builder(BLOCKED))
    assert builder.asked(BLOCKED, key=KEY).edition == 1
    browser.sends("unread", edition=0)
    assert builder.asked(BLOCKED, key=KEY).tree == BLOCKED
    browser.sends("unread", edition=1)
    assert builder.asked(BLOCKED, key=KEY).tree == UNREAD


def test_the_filter_of_before_is_opened_again_when_the_person_goes_back(session, browser):
    builder.asked(BLOCKED, key=KEY)
    browser.sends("unread")
    builder.asked(BLOCKED, key=KEY)
    builder.asked(UNREAD, key=KEY)
    assert builder.asked(BLOCKED, key=KEY).draft == to_builder(BLOCKED)


def test_an_incomplete_draft_is_kept_without_a_tree(session, browser):
    builder.asked(UNREAD, key=KEY)
    empty = {
        "type": "condition",
        "field": "label",
        "op": "=",
        "values": [],
        "not": False,
    }
    browser.sends("", parts=[empty])
    for _ in range(2):
        now = builder.asked(UNREAD, key=KEY)
        assert now.tree is None
        assert now.problem.text == NO_VALUE.with_(field=Text("Etiqueta", "Label", "Etiqueta"))
        assert now.draft["parts"] == [empty]
    browser.sends("unread")
    assert builder.asked(UNREAD, key=KEY).tree == UNREAD


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "unread",
        {"mount": "m", "n": "1", "edition": 0, "filter": to_builder(UNREAD)},
        {"mount": 1, "n": 1, "edition": 0, "filter": to_builder(UNREAD)},
        {"mount": "m", "n": 1, "edition": 9, "filter": to_builder(UNREAD)},
        {"mount": "m", "n": 1, "edition": 0, "filter": {"type": "group"}},
        {"mount": "m", "n": 1, "edition": 0},
    ],
)
def test_what_is_no_draft_is_not_taken_over(session, sent):
    builder.asked(BLOCKED, key=KEY)
    session[KEY] = {"draft": sent}
    assert builder.asked(BLOCKED, key=KEY).tree == BLOCKED


def drawn(monkeypatch, now, **shown):
    given = []
    monkeypatch.setattr(builder, "_declared", lambda: lambda **kwargs: given.append(kwargs))
    monkeypatch.setattr(builder, "get_bidi_component_manager", Known)
    offered = catalogue(SUPERVISOR, Directory())
    builder.draw(now, builder.Shown(offered, shown.pop("language", "pt"), **shown), key=KEY)
    assert given[0]["key"] == KEY
    assert given[0]["on_draft_change"]() is None
    return given[0]["data"]


class Known:
    def get_component_asset_root(self, name):
        return ASSETS


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("pt", 12_345, "12.345 conversas"),
        ("en", 12_345, "12,345 conversations"),
        ("es", 1, "1 conversación"),
        ("pt", 0, "0 conversas"),
    ],
)
def test_the_answer_carries_expression_and_count(session, monkeypatch, language, n, said):
    data = drawn(monkeypatch, builder.asked(UNREAD, key=KEY), language=language, count=n)
    assert (data["expression"], data["count"], data["problem"]) == ("unread", said, None)
    assert data["words"] == words(language)


def test_the_answer_says_what_is_missing_and_where(session, browser, monkeypatch):
    builder.asked(UNREAD, key=KEY)
    empty = {"type": "words", "text": "", "phrase": False, "not": False}
    browser.sends("unread", parts=[*to_builder(UNREAD)["parts"], empty])
    data = drawn(monkeypatch, builder.asked(UNREAD, key=KEY), language="en")
    assert (data["expression"], data["count"]) == ("", None)
    assert data["problem"] == {
        "text": "Write the words to search for.",
        "path": [1],
        "is_incomplete": True,
    }


def test_the_answer_says_the_page_s_own_problem(session, monkeypatch):
    problem = Text("Não existe.", "There is none.", "No existe.")
    data = drawn(monkeypatch, builder.asked(UNREAD, key=KEY), problem=problem)
    assert data["problem"] == {"text": "Não existe.", "path": None, "is_incomplete": False}


def test_drawing_in_a_new_process_registers_the_files_first(session, monkeypatch):
    manager = BidiComponentManager()
    monkeypatch.setattr(components, "get_bidi_component_manager", lambda: manager)
    monkeypatch.setattr(builder, "get_bidi_component_manager", lambda: manager)
    monkeypatch.setattr(builder, "_declared", lambda: lambda **given: None)
    offered = catalogue(SUPERVISOR, Directory())
    builder.draw(builder.asked(UNREAD, key=KEY), builder.Shown(offered, "pt"), key=KEY)
    assert manager.get_component_asset_root(builder.NAME) == ASSETS
    assert (ASSETS / "builder.js").is_file()
    assert (ASSETS / "builder.css").is_file()


def test_every_word_has_each_language_with_the_same_places():
    for key, text in WORDS.items():
        places = [sorted(re.findall(r"\{\w+\}", getattr(text, x))) for x in ("pt", "en", "es")]
        assert places[0] == places[1] == places[2], key
        assert all(getattr(text, language).strip() for language in ("pt", "en", "es")), key


def test_the_browser_uses_known_words_and_every_word_is_used():
    source = "\n".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js"))
    asked = set(re.findall(r'\bt\("([a-z_0-9]+)"', source))
    assert asked <= set(WORDS)
    named = set(re.findall(r'\b([a-z_0-9]+)(?=: \(|: ")', source)) | set(
        re.findall(r'"([a-z_0-9]+)"', source)
    )
    made = re.compile(r"^(unit|join|add)_")
    assert {key for key in set(WORDS) - asked - named if not made.search(key)} == set()
