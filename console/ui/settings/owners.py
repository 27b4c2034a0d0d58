"""What hours and targets have in common: one row per owner, and a form that saves or gives up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeVar

import streamlit as st

from console.domain.sla import CENTRE, Owner
from console.i18n import Text
from console.screens import hours as written
from console.screens.directory import Directory
from console.ui.plain import plain
from console.ui.settings import rows
from console.ui.words import hours as words
from console.ui.words import settings as common

T = TypeVar("T")


def opened(
    known: Directory,
    kept: Mapping[Owner, T],
    facts: Callable[[Owner, T | None, str], str],
    language: str,
    kind: str,
) -> Iterator[tuple[Owner, Text, T | None]]:
    """Draw a row for everybody who may have something of their own; those to be changed now."""
    for owner, name in written.owners(known):
        own = kept.get(owner)
        key = f"{kind}-{owner.kind}-{owner.id}"
        place = rows.row(name.in_(language), facts(owner, own, language), key)
        if place.button(common.EDIT.in_(language), key=f"{key}:edit"):
            yield owner, name, own


def pressed(owner: Owner, language: str, *, has_own: bool) -> Literal["save", "remove"] | None:
    """The buttons of a form: save, or let the wider ones hold again where there are own ones."""
    buttons = st.container(horizontal=True)
    is_saved = buttons.form_submit_button(common.SAVE.in_(language), type="primary")
    is_removed = has_own and buttons.form_submit_button(
        plain((words.REMOVE if owner == CENTRE else words.USE_DEFAULT).in_(language))
    )
    if is_removed:
        return "remove"
    return "save" if is_saved else None
