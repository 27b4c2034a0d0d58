"""The gear at the top right: who is signed in, theme, language, the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final
from uuid import uuid4

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.types import ComponentRenderer

from console.actions import SavePreferences, run
from console.domain import ids
from console.domain.agent import ROLE_NAMES, Acting
from console.i18n import LANGUAGES, Text
from console.store.people import Agent
from console.ui import components
from console.ui.context import runtime

NAME: Final = "console.menu"
THEMES: Final = ("system", "light", "dark")
_KEY: Final = "menu"
_WORDS: Final = {
    "menu": Text("Menu da conta", "Account menu", "Menú de la cuenta"),
    "theme": Text("Tema", "Theme", "Tema"),
    "system": Text("Sistema", "System", "Sistema"),
    "light": Text("Claro", "Light", "Claro"),
    "dark": Text("Escuro", "Dark", "Oscuro"),
    "language": Text("Idioma", "Language", "Idioma"),
    "sign_out": Text("Sair", "Sign out", "Salir"),
}
LANGUAGE_NAMES: Final = {"pt": "Português", "en": "English", "es": "Español"}


@dataclass(frozen=True, slots=True)
class Menu:
    """What the gear shows; `csrf` goes with the sign-out form.

    `section` is the list of pages that holds the open one: its name in the navigation is marked.
    """

    who: Acting
    person: Agent
    csrf: str
    paths: tuple[str, ...]  # addresses whose theme is kept by the browser
    section: str = ""


def menu(shown: Menu) -> None:
    """Draw the gear; a choice is kept at once."""
    if get_bidi_component_manager().get_component_asset_root(NAME) is None:
        components.register()
    _declared()(
        key=_KEY,
        data=_data(shown),
        on_language_change=partial(_choose, "language", shown.who),
        on_theme_change=partial(_choose, "theme", shown.who),
    )


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component(NAME, js="menu.js", css="menu.css")


def _data(shown: Menu) -> Mapping[str, Any]:
    language = shown.who.language
    return {
        "words": {key: text.in_(language) for key, text in _WORDS.items()},
        "name": shown.person.name,
        "email": shown.person.email,
        "role": ROLE_NAMES[shown.who.role].in_(language),
        "language": language,
        "languages": [{"key": key, "name": LANGUAGE_NAMES[key]} for key in LANGUAGES],
        "theme": shown.person.theme,
        "themes": list(THEMES),
        "paths": list(shown.paths),
        "csrf": shown.csrf,
        "section": shown.section,
    }


def _choose(what: str, who: Acting) -> None:
    """Keep a choice; the command ignores what is not offered."""
    chosen = st.session_state[_KEY].get(what)
    if isinstance(chosen, str):
        is_language = what == "language"
        wish = SavePreferences(language=chosen) if is_language else SavePreferences(theme=chosen)
        run(runtime().store, wish, (), actor=who, at=ids.now(), key=uuid4().hex)
