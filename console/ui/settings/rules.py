"""Rules of the centre: above how many conversations a bulk run asks for more."""

from __future__ import annotations

from typing import Final

import streamlit as st

from console import actions
from console.domain.centre import CentreSettings
from console.screens.settings import Settings
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.words import settings as words

_MOST: Final = 10_000_000
_USUAL_SECOND: Final = 1_000


def draw(signed: Signed, shown: Settings) -> None:
    """One form."""
    language, centre = signed.who.language, shown.centre
    st.caption(words.RULES_INTRO.in_(language))
    second = centre.bulk_second_above
    with st.form("rules:form", width=560):
        confirm = st.number_input(
            words.CONFIRM_ABOVE.in_(language), 0, _MOST, centre.bulk_confirm_above
        )
        asks = st.checkbox(words.ASK_SECOND.in_(language), second is not None)
        above = st.number_input(
            words.SECOND_ABOVE.in_(language), 0, _MOST, _USUAL_SECOND if second is None else second
        )
        if not st.form_submit_button(words.SAVE.in_(language), type="primary"):
            return
    wish = actions.SaveCentre(CentreSettings(int(confirm), int(above) if asks else None))
    if act(wish, said=words.RULES_SAVED) is not None:
        st.rerun()
