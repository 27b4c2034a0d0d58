"""Instances: the connected WhatsApp numbers."""

from __future__ import annotations

from functools import partial

import streamlit as st

from console import actions
from console.screens.phones import phone_forms
from console.screens.settings import Settings
from console.store.people import Instance
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.settings import rows
from console.ui.words import settings as words


def draw(signed: Signed, shown: Settings) -> None:
    """The list with its buttons."""
    language = signed.who.language
    if rows.head(words.INSTANCES_INTRO, words.NEW_INSTANCE, language, "instances:new"):
        rows.ask(words.NEW_INSTANCE, language, partial(form, None, language))
    if not shown.known.instances:
        st.info(words.NO_INSTANCES.in_(language))
    for instance in shown.known.instances:
        place = rows.row(instance.name, _facts(instance, language), f"instance-{instance.id}")
        if place.button(words.EDIT.in_(language), key=f"instances:edit:{instance.id}"):
            rows.ask(words.EDIT_INSTANCE, language, partial(form, instance, language))


def _facts(instance: Instance, language: str) -> str:
    number = phone_forms(instance.phone).national if instance.phone else None
    state = words.ACTIVE if instance.is_active else words.INACTIVE
    facts = [number or words.NO_NUMBER.in_(language), state.in_(language)]
    return " · ".join([*facts, f"{words.KEY.in_(language)}: instance:{instance.key}"])


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
