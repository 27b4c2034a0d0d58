"""Who acts in this run and what the process holds open, for pages and screens."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import Final

import streamlit as st

from console.domain import ids
from console.domain.agent import Acting
from console.gate.quiet import where
from console.gate.runtime import HOUSE, Runtime
from console.i18n import Text, language_of
from console.store import people, sessions
from console.store.people import Agent
from console.ui.options import SESSION_KEY

log = logging.getLogger(__name__)

_SIGNED_OUT: Final = Text(
    "Sua sessão terminou. Entre de novo para continuar; os rascunhos ficaram guardados.",
    "Your session has ended. Sign in again to go on; your drafts were kept.",
    "Tu sesión terminó. Ingresa de nuevo para continuar; los borradores quedaron guardados.",
)
_BROKEN: Final = Text(
    "Algo deu errado. O erro foi anotado com o código {code}.",
    "Something went wrong. The error was noted under the code {code}.",
    "Algo salió mal. El error fue anotado con el código {code}.",
)
_SIGN_IN: Final = Text("Entrar", "Sign in", "Ingresar")


def runtime() -> Runtime:
    """Settings, store and read model of the running process."""
    return HOUSE.runtime


@dataclass(frozen=True, slots=True)
class Signed:
    """A person whose session stands, with what the frame shows of them."""

    who: Acting
    person: Agent
    csrf: str


def acting() -> Acting:
    """The person of this run, read from the store each time; stops the run when signed out."""
    return present().who


def present() -> Signed:
    """The person of this run with what they prefer; stops the run when signed out."""
    found = signed()
    if found is None:
        language = language_of(st.context.locale)
        st.info(_SIGNED_OUT.in_(language))
        st.link_button(_SIGN_IN.in_(language), "/sign-in", type="primary")
        st.stop()
    return found


def signed() -> Signed | None:
    """The person of this run, None when the session or the account has ended."""
    id_hash = session_hash()
    if id_hash is None:
        return None
    held, at = runtime(), ids.now()
    idle = held.settings.session_idle_minutes * ids.MINUTE
    with held.store.read() as conn:
        row = sessions.alive(conn, [id_hash], at, idle).get(id_hash)
        who = people.acting(conn, row.agent_id) if row else None
        person = people.agent(conn, row.agent_id) if row else None
    return Signed(who, person, row.csrf) if row and who and person else None


def session_hash() -> str | None:
    """The auth session that the gate vouched for when this browser connected."""
    value = st.user.get(SESSION_KEY)
    return value if isinstance(value, str) and value else None


def report_error(error: Exception) -> bool:
    """Show a code that stands in the log beside the place of the error, never its message."""
    error_id = secrets.token_hex(4)
    log.error("error %s: %s at %s", error_id, type(error).__name__, where(error))
    found = signed()
    language = found.who.language if found else language_of(st.context.locale)
    st.error(_BROKEN.with_(code=error_id).in_(language))
    return True
