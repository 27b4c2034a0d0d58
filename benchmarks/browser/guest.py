"""A supervisor of the bench: written down in the store, signed in with a browser."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.browser.page import new_context
from benchmarks.browser.servers import Server
from console.actions import Command, Outcome, SaveAgent, SetPassword, run
from console.auth import hash_password
from console.domain.agent import Role, system
from console.domain.ids import now
from console.store.work import Store, open_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MAIL: Final = "bench@central.invalid"
LISTED: Final = "document.body && centralFind('.row')"


def let_in(home: Path, mail: str = MAIL) -> str:
    """Write down a supervisor who can sign in; the password of this run."""
    password = secrets.token_urlsafe(16)
    store = open_store(f"sqlite:///{home / 'central.db'}")
    saved = _run(store, SaveAgent(mail, "Bench", Role.SUPERVISOR)).done[0]
    _run(store, SetPassword(saved, hash_password(password)))
    store.close()
    return password


def signed_in(chrome: Browser, server: Server, password: str, mail: str = MAIL) -> Any:
    """The cookies of a signed-in browser, once the inbox is listed."""
    context = new_context(chrome)
    page = context.new_page()
    page.goto(f"{server.url}/sign-in")
    page.fill("#email", mail)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_function(f"() => {LISTED}", timeout=60_000)
    state = context.storage_state()
    context.close()
    return state


def _run(store: Store, command: Command) -> Outcome:
    return run(store, command, actor=system(), at=now(), key=secrets.token_hex(16))
