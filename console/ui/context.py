"""Who acts in this run and what the process holds open, for pages and screens."""

from __future__ import annotations

import streamlit as st

from console import auth
from console.domain import ids
from console.domain.agent import Acting
from console.gate.runtime import HOUSE, Runtime
from console.i18n import Text
from console.store import people
from console.ui.options import SESSION_KEY

_SIGNED_OUT = Text(
    "Sua sessão terminou. Entre de novo para continuar; os rascunhos ficaram guardados.",
    "Your session has ended. Sign in again to go on; your drafts were kept.",
    "Su sesión terminó. Ingrese de nuevo para continuar; los borradores quedaron guardados.",
)
_SIGN_IN = Text("Entrar", "Sign in", "Ingresar")


def runtime() -> Runtime:
    """Settings, store and read model of the running process."""
    return HOUSE.runtime


def acting() -> Acting:
    """The person of this run, read from the store each time; stops the run when signed out."""
    found = acting_or_none()
    if found is None:
        language = "pt"
        st.info(_SIGNED_OUT.in_(language))
        st.link_button(_SIGN_IN.in_(language), "/sign-in", type="primary")
        st.stop()
    return found


def acting_or_none() -> Acting | None:
    """The person of this run, None when the session or the account has ended."""
    id_hash = session_hash()
    if id_hash is None:
        return None
    held = runtime()
    row = auth.alive_sessions(held.store, held.settings, [id_hash], ids.now()).get(id_hash)
    if row is None:
        return None
    with held.store.read() as conn:
        return people.acting(conn, row.agent_id)


def session_hash() -> str | None:
    """The auth session that the gate vouched for when this browser connected."""
    value = st.user.get(SESSION_KEY)
    return value if isinstance(value, str) and value else None
