"""What the page asks providers, in words when they do not answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from console.channels.base import Channel
from console.domain.errors import RuleError
from console.gateway.asking import ask
from console.store.vault import Vault, VaultError, open_vault
from console.ui import context
from console.ui.plain import plain
from console.ui.words import instances as words

T = TypeVar("T")


def vault() -> Vault:
    """The vault of the running process."""
    held = context.runtime()
    return open_vault(held.store, held.settings)


def asked(instance_id: int, question: Callable[[Channel], T], language: str) -> T | None:
    """The answer of a provider; None after the error was shown."""
    try:
        with st.spinner(words.ASKING.in_(language)):
            return ask(context.runtime().store, vault(), instance_id, question)
    except RuleError as error:
        st.error(plain(error.text.in_(language)))
    except VaultError:
        st.error(plain(words.KEY_MISSING.in_(language)))
    return None
