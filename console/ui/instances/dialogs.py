"""What opens over the page: the webhook's address, the code to scan, the templates."""

from __future__ import annotations

import base64
import binascii
from typing import Final

import streamlit as st

from console import actions
from console.channels.base import Pairing
from console.domain import ids
from console.domain.template import Template
from console.gateway.asking import known_templates
from console.i18n import Text
from console.screens import instances
from console.screens.instances import Line, Webhook
from console.store.vault import VaultError
from console.ui import context
from console.ui.drawn import act
from console.ui.format import number, since
from console.ui.instances.asked import asked, vault
from console.ui.plain import plain
from console.ui.words import instances as words

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_CODE_EVERY_S: Final = 5.0


def webhook(line: Line, language: str) -> None:
    """The address with what goes with it, and the button that changes it."""
    addresses(line, language)
    with st.popover(words.ROTATE.in_(language), icon=":material/autorenew:"):
        st.warning(words.ROTATE_SURE.in_(language))
        if st.button(words.ROTATE.in_(language), type="primary", key="instances:rotate"):
            if act(actions.RotateRoute(line.instance.id), said=words.ROTATED) is None:
                return
            st.rerun()


def addresses(line: Line, language: str, *, made_secret: str = "") -> None:
    """What has to be typed at the provider, each with a button that copies it."""
    found = _webhook(line, language)
    if found is None or line.provider is None:
        return
    _copied(words.WEBHOOK, found.address, language)
    if found.verify_token:
        _copied(words.VERIFY, found.verify_token, language)
    if made_secret:
        _copied(words.MADE_SECRET, made_secret, language)
    st.caption(words.WEBHOOKS[line.provider.wire].in_(language))
    if not context.runtime().settings.is_https and line.provider.key == "cloud":
        st.warning(words.NOT_PUBLIC.in_(language))


def _webhook(line: Line, language: str) -> Webhook | None:
    if line.link is None:
        return None
    try:
        return instances.webhook(context.runtime().settings, vault(), line.link)
    except VaultError:
        st.error(plain(words.KEY_MISSING.in_(language)))
        return None


def _copied(title: Text, value: str, language: str) -> None:
    st.caption(plain(title.in_(language)))
    st.code(value, language=None, wrap_lines=True)


def pair(line: Line, language: str) -> None:
    """The code to scan, until the phone is connected."""
    st.caption(words.PAIR_HOW.in_(language))
    st.fragment(_code, run_every=_CODE_EVERY_S)(line, language)


def _code(line: Line, language: str) -> None:
    found = asked(line.instance.id, lambda channel: channel.pairing() or Pairing(), language)
    if found is None:
        return
    picture = png_of(found.qr_png_b64 or "")
    if picture:
        st.image(picture, width=280)
    if found.code:
        _copied(words.PAIR_CODE, found.code, language)
    if not picture and not found.code:
        st.success(words.PAIRED.in_(language), icon=":material/check_circle:")


def png_of(text: str) -> bytes | None:
    """The picture in base 64, with or without the beginning of a data address; None for others."""
    try:
        found = base64.b64decode(text.partition(",")[2] or text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if found.startswith(_PNG) else None


def open_templates(line: Line, language: str) -> None:
    """Open the dialog of templates."""
    title = words.CHANGES["templates"].in_(language)
    st.dialog(title, width="large")(templates)(line, language)


def templates(line: Line, language: str) -> None:
    """Every template, and the button that fetches them."""
    title = words.TEMPLATES_UPDATE.in_(language)
    if st.button(title, icon=":material/refresh:", type="primary", key="instances:templates"):
        _fetch(line, language)
    found, at = instances.known_templates(context.runtime().store, line.instance.id)
    if at is None:
        st.info(words.TEMPLATES_NONE.in_(language))
        return
    when = since(at, ids.now(), language, context.runtime().settings.zone)
    st.caption(words.TEMPLATES_AT.with_(when=plain(when)).in_(language))
    titles = [title.in_(language) for title in words.TEMPLATE_COLUMNS]
    listed = [dict(zip(titles, _row(one, language), strict=True)) for one in found]
    st.dataframe(listed, hide_index=True, column_config={titles[3]: {"width": "large"}})


def _row(template: Template, language: str) -> tuple[str, ...]:
    state = words.TEMPLATE_STATES.get(template.status.upper())
    shown = state.in_(language) if state else template.status
    return template.name, template.language, shown, instances.body_of(template)


def _fetch(line: Line, language: str) -> None:
    found = asked(line.instance.id, lambda channel: known_templates(channel.templates()), language)
    if found is None:
        return
    told = words.TEMPLATES_UPDATED.with_(n=number(len(found), language))
    if act(actions.SaveTemplates(line.instance.id, found), said=told) is not None:
        st.success(plain(told.in_(language)))
