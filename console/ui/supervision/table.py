"""The table of supervision: numbered pages from the server, and the rows that were ticked."""

from __future__ import annotations

import hashlib
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from console.domain import ids
from console.domain.ids import SECOND, Instant
from console.domain.priority import PRIORITY_NAMES, Priority
from console.i18n import Text
from console.readmodel.rows import Row
from console.screens.supervision import Supervision
from console.ui import context
from console.ui.context import Signed
from console.ui.format import duration, short
from console.ui.plain import marked
from console.ui.words import supervision as words

_ROWS: Final = "supervision:rows"
_USUAL_N: Final = 10  # columns, when no row has a priority or is snoozed
_WORDS: Final = 340  # pixels of the last message among them
_ONE_MORE: Final = 85  # that it gives to each further one
_LIST: Final = "supervision:list"


def page_of(text: str, sort: str) -> int:
    """The page of this list that the person has turned to."""
    page: int = st.session_state.get(_page_key(text, sort), 1)
    st.session_state[_LIST] = _page_key(text, sort)
    return page


def picked(shown: Supervision) -> tuple[int, ...]:
    """The ids that are ticked on the page that is shown: positions mean nothing by themselves."""
    state: Any = st.session_state.get(_key(shown), {})
    chosen = state.get("selection", {}).get("rows", [])
    rows = [r for r in chosen if isinstance(r, int) and 0 <= r < len(shown.rows)]
    return tuple(shown.rows[r].id for r in rows)


def draw(signed: Signed, shown: Supervision) -> None:
    """The rows with their boxes, and the numbers of the pages."""
    frame = _frame(signed, shown)
    st.dataframe(
        frame,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        height="content",
        column_config=_columns(signed.who.language, len(frame.columns)),
        key=_key(shown),
    )
    if shown.pages > 1:
        st.pagination(shown.pages, key=st.session_state[_LIST])


def _page_key(text: str, sort: str) -> str:
    return f"supervision:page:{sort}:{text}"


def _key(shown: Supervision) -> str:
    """Another list is another widget: what was ticked in it stays with its rows."""
    ids_shown = ",".join(str(row.id) for row in shown.rows)
    return f"{_ROWS}:{hashlib.sha256(ids_shown.encode()).hexdigest()[:16]}"


def _frame(signed: Signed, shown: Supervision) -> pd.DataFrame:
    """The page as cells; a customer's words are only marked, cells are no Markdown."""
    language, zone, now = signed.who.language, context.runtime().settings.zone, ids.now()
    return pd.DataFrame(
        {
            words.CONTACT.in_(language): [marked(r.contact_name) for r in shown.rows],
            words.LAST.in_(language): [marked(r.last_preview) for r in shown.rows],
            words.STATUS.in_(language): [
                words.STATUS_CELLS[r.status].in_(language) for r in shown.rows
            ],
            **_where_any(words.PRIORITY, [_priority(r, language) for r in shown.rows], language),
            words.WAITS.in_(language): [_wait(r, now, language) for r in shown.rows],
            **_where_any(
                words.SNOOZED, [_snoozed(r, now, language, zone) for r in shown.rows], language
            ),
            words.ASSIGNEE.in_(language): [marked(r.assignee_name or "") for r in shown.rows],
            words.TEAM.in_(language): [
                marked(shown.team_names.get(r.team_id or 0, "")) for r in shown.rows
            ],
            words.INSTANCE.in_(language): [marked(r.instance_name) for r in shown.rows],
            words.UNREAD.in_(language): [r.unread_n for r in shown.rows],
            words.LABELS.in_(language): [
                [marked(shown.label_names.get(key, key)) for key in r.labels] for r in shown.rows
            ],
            words.ACTIVITY.in_(language): [
                short(r.last_activity_at, now, language, zone) for r in shown.rows
            ],
        }
    )


def _where_any(name: Text, cells: list[str], language: str) -> dict[str, list[str]]:
    """A column that is there only when a row has something in it."""
    return {name.in_(language): cells} if any(cells) else {}


def _priority(row: Row, language: str) -> str:
    if row.priority is None:
        return ""
    priority = Priority(row.priority)
    return words.URGENCY.get(priority, "") + PRIORITY_NAMES[priority].in_(language)


def _snoozed(row: Row, now: Instant, language: str, zone: ZoneInfo) -> str:
    at = row.snoozed_until_at
    return "" if at is None else short(at, now, language, zone)


def _wait(row: Row, now: int, language: str) -> str:
    if row.waiting_since_at is None:
        return ""
    return duration(max(0, now - row.waiting_since_at) // SECOND, language)


def _columns(language: str, columns_n: int) -> dict[str, Any]:
    """Widths in pixels with which a screen of 1440 shows the whole table."""
    column = st.column_config
    words_left = _WORDS - _ONE_MORE * (columns_n - _USUAL_N)
    return {
        words.CONTACT.in_(language): column.TextColumn(width=180),
        words.LAST.in_(language): column.TextColumn(width=words_left),
        words.UNREAD.in_(language): column.NumberColumn(width="small"),
        words.LABELS.in_(language): column.ListColumn(width="small"),
    }
