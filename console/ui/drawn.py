"""What pages draw and do alike: the inbox with its actions, commands with their toasts."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from console import actions
from console.actions import Command
from console.domain import ids
from console.domain.errors import RuleError
from console.i18n import Text
from console.screens import inbox
from console.screens.desk import Desk, Handled
from console.screens.inbox_acts import handle
from console.store.files import FileStore, media_folder
from console.store.uploads import Uploads
from console.ui import components, context, state
from console.ui.components.words import words
from console.ui.plain import plain

INBOX: Final = "inbox"
_TOLD: Final = "toast:told"


def draw_inbox() -> None:
    """Act on what the browser asked for, then draw what came of it."""
    signed, held = context.present(), context.runtime()
    uploads = Uploads(FileStore(media_folder(held.settings.home)))
    desk = Desk(held.store, held.model, signed.who, ids.now(), uploads)
    choice = state.chosen(signed.person)
    said: dict[str, Any] = {"notice": None, "refused": [], "results": []}
    for action in components.arrived(INBOX):
        handled = handle(desk, choice, action)
        components.acknowledge(INBOX, action)
        choice = handled.choice
        said = _said(said, handled, signed.who.language, action["n"])
        held.wake()  # what was written may have to be sent
    state.keep(choice, signed.person)
    data = inbox.build(held.store, held.model, desk.who, choice, desk.now, held.settings.time_zone)
    spoken = {"words": words(signed.who.language), "csrf": signed.csrf}
    components.inbox({**data, **spoken, **said}, key=INBOX)


def _said(said: dict[str, Any], handled: Handled, language: str, n: int) -> dict[str, Any]:
    notice = handled.notice.json(language, n) if handled.notice else said["notice"]
    refused = [{"key": k, "text": t.in_(language)} for k, t in handled.refused.items()]
    results = [
        {"key": key, "rows": [_result(to, why, language) for to, why in rows.items()]}
        for key, rows in handled.results.items()
    ]
    return {
        "notice": notice,
        "refused": [*said["refused"], *refused],
        "results": [*said["results"], *results],
    }


def _result(to: str, why: Text | None, language: str) -> dict[str, str | None]:
    return {"id": to, "problem": why.in_(language) if why else None}


def act(command: Command, *about: int, said: Text) -> int | None:
    """Run a command for the acting person; the id it was done on, or None when refused.

    A refusal is shown where the caller stands; success is told by a toast of the next run.
    """
    held, who, at = context.runtime(), context.acting(), ids.now()
    try:
        key = f"page:{ids.new_id()}"
        outcome = actions.run(held.store, command, about, actor=who, at=at, key=key)
    except RuleError as error:
        st.error(plain(error.text.in_(who.language)))
        return None
    held.model.sync()
    if outcome.problem:
        st.error(plain(outcome.problem.in_(who.language)))
        return None
    st.session_state[_TOLD] = said.in_(who.language)
    return outcome.done[0]


def toasts() -> None:
    """Say what the run before has done."""
    told = st.session_state.pop(_TOLD, None)
    if told:
        st.toast(plain(told), icon=":material/check_circle:")
