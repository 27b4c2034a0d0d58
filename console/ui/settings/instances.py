"""Instances: the connected WhatsApp numbers."""

from __future__ import annotations

import streamlit as st

from console import actions
from console.screens.phones import phone_forms
from console.screens.settings import Settings
from console.store.people import Instance
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.frame import pages_folder
from console.ui.words import instances as page_words
from console.ui.words import settings as words


def draw(signed: Signed, shown: Settings) -> None:
    """Where they are looked after: a page of their own."""
    language = signed.who.language
    st.caption(page_words.MOVED.in_(language))
    page = pages_folder() / "instances.py"
    st.page_link(page, label=page_words.OPEN_PAGE.in_(language), icon=":material/cell_tower:")
    if any(one.channel == "evolution" for one in shown.known.instances):
        st.caption(page_words.EVOLUTION.in_(language))


def form(instance: Instance | None, language: str) -> None:
    """Ask for the instance, and write it down."""
    with st.form("instances:form", border=False):
        name = st.text_input(
            words.NAME.in_(language), instance.name if instance else "", max_chars=100
        )
        phone = st.text_input(
            words.NUMBER.in_(language),
            phone_forms(instance.phone).e164 if instance and instance.phone else "",
            max_chars=30,
            placeholder="(11) 90000-0000",
        )
        is_active = st.checkbox(
            words.IS_ACTIVE.in_(language),
            instance.is_active if instance else True,
            help=words.INACTIVE_HELP.in_(language),
        )
        if not st.form_submit_button(words.SAVE.in_(language), type="primary"):
            return
    _save(instance, name, phone, is_active=is_active)


def _save(instance: Instance | None, name: str, phone: str, *, is_active: bool) -> None:
    channel = instance.channel if instance else "none"
    wish = actions.SaveInstance(
        name, channel, phone, is_active, instance_id=instance.id if instance else None
    )
    if act(wish, said=words.INSTANCE_SAVED) is not None:
        st.rerun()
