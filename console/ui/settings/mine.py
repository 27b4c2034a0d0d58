"""What each person chooses for themselves: language, theme, password."""

from __future__ import annotations

import streamlit as st

from console import actions
from console.domain.errors import RuleError
from console.i18n import Text
from console.screens import settings
from console.screens.settings import Settings
from console.ui import context
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.plain import plain
from console.ui.words import settings as words


def draw(signed: Signed, _: Settings) -> None:
    """Two forms: preferences, and the password."""
    left, right = st.columns(2, gap="large")
    with left:
        _preferences(signed)
    with right:
        _password(signed)


def _preferences(signed: Signed) -> None:
    language, person = signed.who.language, signed.person
    with st.form("mine:preferences"):
        st.subheader(words.MINE.in_(language))
        languages = list(words.LANGUAGES)
        wanted = st.selectbox(
            words.LANGUAGE.in_(language),
            languages,
            index=languages.index(language) if language in languages else 0,
            format_func=lambda key: words.LANGUAGES[key].in_(language),
        )
        themes = list(words.THEMES)
        theme = st.selectbox(
            words.THEME.in_(language),
            themes,
            index=themes.index(person.theme) if person.theme in themes else 0,
            format_func=lambda key: words.THEMES[key].in_(language),
            help=words.THEME_HELP.in_(language),
        )
        if not st.form_submit_button(words.SAVE.in_(language), type="primary"):
            return
    if act(actions.SavePreferences(wanted, theme), said=words.PREFERENCES_SAVED) is not None:
        st.rerun()


def _password(signed: Signed) -> None:
    language = signed.who.language
    with st.form("mine:password", clear_on_submit=True):
        st.subheader(words.PASSWORD.in_(language))
        current = _secret(words.CURRENT, language, "current-password")
        new = _secret(words.NEW, language, "new-password")
        again = _secret(words.AGAIN, language, "new-password")
        st.caption(words.CHANGE_NOTE.in_(language))
        if not st.form_submit_button(words.CHANGE.in_(language)):
            return
    try:
        wish = settings.own_password(context.runtime().store, signed.who, current, new, again)
    except RuleError as error:
        st.error(plain(error.text.in_(language)))
        return
    if act(wish, said=words.RESET_DONE) is not None:
        st.rerun()


def _secret(word: Text, language: str, autocomplete: str) -> str:
    label = plain(word.in_(language))
    return st.text_input(label, type="password", autocomplete=autocomplete, max_chars=128)
