"""The dialog that links an instance: its channel, the fields that needs, and what comes after."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from console.domain.errors import RuleError
from console.domain.provider import PROVIDERS, Provider, provider_of
from console.i18n import Text
from console.screens import instances
from console.screens.instances import Line
from console.screens.linking import Prepared, Typed, prepare
from console.store.accounts import Link
from console.store.vault import VaultError
from console.ui import context
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.instances import dialogs
from console.ui.instances.asked import vault
from console.ui.plain import plain
from console.ui.words import instances as words

Asked = Callable[[Provider, Link | None, str], Typed]


def open_dialog(signed: Signed, line: Line) -> None:
    """Open it for one instance."""
    title = (words.CHANGES["link"] if line.link else words.LINK).in_(signed.who.language)
    st.dialog(title, width="medium")(ask)(line, signed.who.language)


def ask(line: Line, language: str) -> None:
    """Ask for the channel and its fields; link, and tell what to type at the provider."""
    provider = _provider(line, language)
    known = line.link if line.link and line.link.channel == provider.key else None
    with st.form(f"instances:link:{provider.key}", border=False):
        typed = _FORMS[provider.wire](provider, known, language)
        is_wished = st.form_submit_button(words.SAVE.in_(language), type="primary")
    made = _linked(line, typed, language) if is_wished else None
    if made is not None:
        _tell(line, made, language)


def _provider(line: Line, language: str) -> Provider:
    keys = [provider.key for provider in PROVIDERS]
    names = {provider.key: provider.name.in_(language) for provider in PROVIDERS}
    present = keys.index(line.instance.channel) if line.instance.channel in keys else 0
    chosen = st.selectbox(
        words.CHANNEL.in_(language),
        keys,
        index=present,
        format_func=names.__getitem__,
        key=f"instances:channel:{line.instance.id}",
    )
    return provider_of(chosen or keys[present]) or PROVIDERS[0]


def _cloud(provider: Provider, known: Link | None, language: str) -> Typed:
    line = partial(_line, language=language)
    name = line(words.NUMBER_ID, words.NUMBER_ID_HELP, known.provider_name if known else "")
    business = line(words.BUSINESS, words.BUSINESS_HELP, known.business if known else "")
    secret = partial(_secret, language=language, is_kept=known is not None)
    token = secret(words.TOKEN, words.TOKEN_HELP)
    app = secret(words.SECRET, words.SECRET_HELP)
    verify = secret(words.VERIFY, words.VERIFY_HELP)
    present = known.base_url if known else provider.base_url
    url = line(words.URL, words.META_URL_HELP if provider.base_url else words.URL_HELP, present)
    return Typed(provider.key, name, url, business, token, app, verify)


def _evolution(provider: Provider, known: Link | None, language: str) -> Typed:
    line = partial(_line, language=language)
    url = line(words.URL, words.URL_HELP, known.base_url if known else "")
    name = line(words.NAME_THERE, words.NAME_THERE_HELP, known.provider_name if known else "")
    secret = partial(_secret, language=language, is_kept=known is not None)
    token = secret(words.APIKEY, words.APIKEY_HELP)
    hook = secret(words.HOOK_SECRET, words.HOOK_SECRET_HELP)
    return Typed(provider.key, name, url, token=token, webhook_secrets=hook)


_FORMS: Final[dict[str, Asked]] = {"cloud": _cloud, "evolution": _evolution}


def _line(title: Text, told: Text, value: str, *, language: str) -> str:
    return st.text_input(title.in_(language), value, max_chars=300, help=told.in_(language))


def _secret(title: Text, told: Text, *, language: str, is_kept: bool) -> str:
    """A field that is never filled with what is there."""
    return st.text_input(
        title.in_(language),
        type="password",
        autocomplete="new-password",
        max_chars=1_000,
        help=told.in_(language),
        placeholder=words.KEPT.in_(language) if is_kept else None,
    )


def _linked(line: Line, typed: Typed, language: str) -> Prepared | None:
    """What was linked; None after the error was shown."""
    try:
        made = prepare(vault(), line.instance.id, typed, line.link)
    except RuleError as error:
        st.error(plain(error.text.in_(language)))
        return None
    except VaultError:
        st.error(plain(words.KEY_MISSING.in_(language)))
        return None
    return made if act(made.wish, said=words.LINKED) is not None else None


def _tell(line: Line, made: Prepared, language: str) -> None:
    """What to type at the provider now; the toast of the next run would say it again."""
    st.session_state.pop("toast:told", None)
    shown = instances.build(context.runtime().store, 0)
    linked = instances.line_of(shown, line.instance.id)
    if linked is None:
        return
    st.success(words.LINKED.in_(language), icon=":material/check_circle:")
    dialogs.addresses(linked, language, made_secret=made.made_secret)
    if st.button(words.DONE.in_(language), type="primary", key="instances:link:done"):
        st.rerun()
