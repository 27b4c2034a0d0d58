"""The filter builder in the browser: groups and conditions, answered after every change.

    asked = builder.asked(tree_of_the_address, key="supervision:builder")
    if asked.tree is not None:
        total = ask.count(...)
    builder.draw(asked, Shown(...), key="supervision:builder")

`asked.tree` is None while the draft is incomplete: then nothing may be counted or done with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.types import ComponentRenderer

from console.domain.errors import RuleError
from console.i18n import Text
from console.readmodel.expression import to_text
from console.readmodel.tree import Tree
from console.screens.builder import DraftError, Node, from_builder, is_draft, to_builder
from console.ui import components
from console.ui.builder.words import COUNT, COUNT_ONE, words
from console.ui.format import number

NAME: Final = "console.builder"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person built: a tree, or why it is none yet; `draft` is what the browser holds.

    A new `edition` tells the browser to drop its draft for this one; `sent` names the change
    that is answered.
    """

    tree: Tree | None
    problem: RuleError | None
    draft: Node
    edition: int = 0
    sent: tuple[str, int] = ("", 0)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page answers: `catalogue` offers, how many match, and why they were not counted."""

    catalogue: dict[str, Any]
    language: str
    count: int | None = None
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What a session remembers of one builder: its draft, and the trees it told and was told."""

    asked: Asked
    told: Tree | None
    given: Tree


def asked(given: Tree, *, key: str) -> Asked:
    """What the person asks for now; ask before building what depends on it.

    `given` is the filter the page stands on, from its address. The draft stays while that is
    the tree it was opened with or the one it told; any other tree is opened instead.
    """
    known: _Known | None = st.session_state.get(_memory(key))
    now = _opened(given, 0) if known is None else _changed(known.asked, key)
    if known is not None and given not in (known.given, known.told, now.tree):
        now = replace(_opened(given, now.edition + 1), sent=now.sent)
    told = known.told if known is not None and now.tree is None else now.tree
    st.session_state[_memory(key)] = _Known(now, told, given)
    return now


def draw(now: Asked, shown: Shown, *, key: str) -> None:
    """Draw the draft with its answer; a change in the browser runs the page again."""
    if get_bidi_component_manager().get_component_asset_root(NAME) is None:
        components.register()
    _declared()(key=key, data=_data(now, shown), on_draft_change=_nothing)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component(NAME, js="builder.js", css="builder.css")


def _nothing() -> None:
    """The draft lies in the session state: the run that follows reads it there."""


def _memory(key: str) -> str:
    return f"{key}:known"


def _opened(tree: Tree, edition: int) -> Asked:
    return Asked(tree, None, to_builder(tree), edition)


def _changed(last: Asked, key: str) -> Asked:
    """The draft the browser sent last; what is no draft at all is not taken over."""
    sent = st.session_state.get(key, {}).get("draft")
    match sent:
        case {"mount": str(mount), "n": int(n), "edition": last.edition, "filter": draft}:
            if (mount, n) == last.sent or not is_draft(draft):
                return last
            return _read(replace(last, draft=draft, sent=(mount[:64], n)))
        case _:
            return last


def _read(now: Asked) -> Asked:
    try:
        return replace(now, tree=from_builder(now.draft), problem=None)
    except RuleError as problem:
        return replace(now, tree=None, problem=problem)


def _data(now: Asked, shown: Shown) -> dict[str, Any]:
    language = shown.language
    return {
        "lang": language,
        "words": words(language),
        "catalogue": shown.catalogue,
        "draft": now.draft,
        "edition": now.edition,
        "answered": {"mount": now.sent[0], "n": now.sent[1]},
        "expression": "" if now.tree is None else to_text(now.tree),
        "count": _count(shown.count, language),
        "problem": _problem(now, shown),
    }


def _count(count: int | None, language: str) -> str | None:
    if count is None:
        return None
    phrase = COUNT_ONE if count == 1 else COUNT.with_(n=number(count, language))
    return phrase.in_(language)


def _problem(now: Asked, shown: Shown) -> dict[str, Any] | None:
    """What keeps the draft from being counted, and at which part."""
    text = now.problem.text if now.problem else shown.problem
    if text is None:
        return None
    draft = now.problem if isinstance(now.problem, DraftError) else None
    return {
        "text": text.in_(shown.language),
        "path": list(draft.path) if draft else None,
        "is_incomplete": bool(draft and draft.is_incomplete),
    }
