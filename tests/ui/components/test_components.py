"""Registering the inbox component, its actions handled once, and its words."""

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager

from console.i18n import Text
from console.ui import components
from console.ui.components.words import WORDS, words

ASSETS = Path(components.__file__).parent / "assets"
MOUNT = "a" * 32


def wish(n, kind="read", mount=MOUNT):
    return {"n": n, "mount": mount, "kind": kind}


@pytest.fixture
def session(monkeypatch):
    state = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_registering_tells_streamlit_where_the_files_are(monkeypatch):
    manager = BidiComponentManager()
    monkeypatch.setattr(components, "get_bidi_component_manager", lambda: manager)
    components.register()
    assert manager.get_component_path(components.NAME) == str(ASSETS)
    assert (ASSETS / "inbox.js").is_file()
    assert (ASSETS / "inbox.css").is_file()


def test_actions_arrive_oldest_first_and_go_when_acknowledged(session):
    session["inbox"] = {"actions": [wish(2, "reply"), wish(1)]}
    components._take("inbox")
    assert [a["n"] for a in components.arrived("inbox")] == [1, 2]
    components.acknowledge("inbox", wish(1))
    assert [a["n"] for a in components.arrived("inbox")] == [2]
    components.acknowledge("inbox", wish(2))
    assert components.arrived("inbox") == []


def test_an_action_sent_again_is_not_handled_again(session):
    session["inbox"] = {"actions": [wish(1)]}
    components._take("inbox")
    components.acknowledge("inbox", wish(1))
    session["inbox"] = {"actions": [wish(1), wish(2)]}
    components._take("inbox")
    assert [a["n"] for a in components.arrived("inbox")] == [2]


def test_a_new_mount_counts_from_one_again(session):
    components.acknowledge("inbox", wish(9))
    session["inbox"] = {"actions": [wish(1, mount="b" * 32)]}
    components._take("inbox")
    assert [a["n"] for a in components.arrived("inbox")] == [1]


def test_what_has_not_the_shape_of_an_action_is_dropped(session):
    forged = [
        None,
        "x",
        {},
        {"n": "1", "mount": MOUNT, "kind": "read"},
        wish(True),
        wish(0),
        wish(1, kind=""),
        wish(1, mount=3),
    ]
    session["inbox"] = {"actions": [*forged, wish(4)]}
    components._take("inbox")
    assert components.arrived("inbox") == [wish(4)]
    session["inbox"] = {"actions": {"n": 1}}
    components._take("inbox")
    assert components.arrived("inbox") == []


def test_mounting_draws_with_what_was_acknowledged(session, monkeypatch):
    drawn = []
    monkeypatch.setattr(components, "_renderer", lambda: lambda **given: drawn.append(given))
    components.acknowledge("inbox", wish(3))
    assert components.inbox({"lang": "pt"}, key="inbox") == []
    assert drawn[0]["data"] == {"lang": "pt", "acked": {"mount": MOUNT, "n": 3}}
    assert drawn[0]["key"] == "inbox"
    session["inbox"] = {"actions": [wish(4)]}
    drawn[0]["on_actions_change"]()
    assert components.arrived("inbox") == [wish(4)]


def test_another_runtime_is_told_too(monkeypatch):
    managers = [BidiComponentManager(), BidiComponentManager()]
    monkeypatch.setattr(components, "_declared", lambda: "renderer")
    for manager in managers:
        monkeypatch.setattr(
            components, "get_bidi_component_manager", lambda manager=manager: manager
        )
        assert components._renderer() == "renderer"
        assert manager.get_component_asset_root(components.NAME) == ASSETS


def test_every_word_has_each_language_with_the_same_places():
    for key, text in WORDS.items():
        places = [sorted(re.findall(r"\{\w+\}", getattr(text, x))) for x in ("pt", "en", "es")]
        assert places[0] == places[1] == places[2], key
        assert all(getattr(text, language).strip() for language in ("pt", "en", "es")), key


def test_the_words_of_one_language_are_plain_texts():
    assert words("en")["resolve"] == WORDS["resolve"].en
    assert words("de")["resolve"] == WORDS["resolve"].pt
    assert isinstance(WORDS["resolve"], Text)


def test_the_browser_uses_known_words_and_every_word_is_used():
    source = "\n".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js"))
    asked = set(re.findall(r'\bt\("([a-z_]+)"', source))
    counted = {
        f"{k}_{n}" for k in re.findall(r'\bmany\("([a-z_]+)"', source) for n in ("one", "many")
    }
    assert asked | counted <= set(WORDS)
    made = re.compile(
        r"^(block|delivery|from|kind|moved|priority|send|snooze|stopped|write)_|_hint$"
    )
    quoted = set(re.findall(r'"([a-z_]+)"', source))
    assert {key for key in set(WORDS) - asked - counted - quoted if not made.search(key)} == set()
