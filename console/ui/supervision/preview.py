"""What a run would do, before anybody lets it: numbers, reasons, groups, examples, consent."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from console.actions import StartBulk
from console.actions.take_back import WRITING
from console.domain import ids
from console.domain.bulk import BulkRun, RunStatus
from console.i18n import Text
from console.screens import runs
from console.screens.runs import Preview
from console.ui import context
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.format import number
from console.ui.plain import marked, plain
from console.ui.supervision import session
from console.ui.words import supervision as words

_WRITING: Final = frozenset(command.kind for command in WRITING)
_HEADS: Final = {
    "to": words.WHO,
    "assignee": words.ASSIGNEE,
    "team": words.TEAM,
    "status": words.STATUS,
    "instance": words.INSTANCE,
}
_FEW: Final = 6  # rows that need no scrolling
_HEIGHT: Final = 250


def ask(signed: Signed, run_id: int) -> None:
    """Open the dialog of a planned run."""
    title = words.PREVIEW.in_(signed.who.language)
    st.dialog(title, width="large")(_dialog)(signed, run_id)


def _dialog(signed: Signed, run_id: int) -> None:
    held, language = context.runtime(), signed.who.language
    shown = runs.preview(held.store, held.model, signed.who, run_id, ids.now())
    if shown is None:
        st.warning(words.GONE.in_(language))
        return
    st.markdown(f"**{plain(shown.line.title.in_(language))}**")
    numbers(shown.line.run, language)
    reasons(shown, language)
    spread(shown, language)
    _consent(shown, language)


def numbers(run: BulkRun, language: str) -> None:
    """How many rows there are, will change or have changed, and are skipped."""
    is_planned = run.status in (RunStatus.PLANNED, RunStatus.ASKED)
    cells = [(words.MATCHED, run.total_n)]
    cells += [(words.WILL_CHANGE, run.waiting_n)] if is_planned else [(words.DONE, run.done_n)]
    cells.append((words.SKIPPED, run.refused_n))
    if not is_planned and run.waiting_n:
        cells.append((words.WAITING, run.waiting_n))
    row = st.container(horizontal=True)
    for word, value in cells:
        told = number(value, language)
        row.metric(plain(word.in_(language)), told, border=True, width="content")


def reasons(shown: Preview, language: str) -> None:
    """Why rows are skipped, and how many for each reason."""
    if not shown.skipped:
        return
    st.markdown(f"**{words.WHY_SKIPPED.in_(language)}**")
    rows = {
        words.REASON.in_(language): [one.reason.in_(language) for one in shown.skipped],
        words.NUMBER.in_(language): [one.n for one in shown.skipped],
    }
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="content",
        column_config=counted(words.NUMBER, language=language),
    )


def counted(*columns: Text, language: str) -> dict[str, Any]:
    """Narrow columns of numbers, grouped as the browser's language does."""
    column = st.column_config.NumberColumn(format="localized", width="small")
    return {name.in_(language): column for name in columns}


def spread(shown: Preview, language: str) -> None:
    """How the matched rows are spread over agents, teams, statuses, instances; and examples."""
    found = [key for key, rows in shown.groups.items() if rows]
    names = [words.GROUPS[key].in_(language) for key in found]
    samples = [words.SAMPLE.in_(language)] if shown.sample else []
    if not names:
        return
    places = st.tabs([*names, *samples])
    for place, key in zip(places, found, strict=False):
        with place:
            _group(_HEADS[key], shown.groups[key], language)
    if samples:
        with places[-1]:
            _sample(shown, language)


def _group(name: Text, rows: tuple[tuple[str, int], ...], language: str) -> None:
    frame = pd.DataFrame(
        {
            name.in_(language): [marked(one) for one, _ in rows],
            words.NUMBER.in_(language): [n for _, n in rows],
        }
    )
    most = max(n for _, n in rows)
    bar = st.column_config.ProgressColumn(format="localized", min_value=0, max_value=most)
    st.dataframe(
        frame,
        hide_index=True,
        height="content" if len(rows) <= _FEW else _HEIGHT,
        column_config={words.NUMBER.in_(language): bar},
    )


def _sample(shown: Preview, language: str) -> None:
    rows = {
        words.CONTACT.in_(language): [marked(row.contact_name) for row in shown.sample],
        words.LAST.in_(language): [marked(row.last_preview) for row in shown.sample],
        words.ASSIGNEE.in_(language): [marked(row.assignee_name or "") for row in shown.sample],
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, height="content")


def _consent(shown: Preview, language: str) -> None:
    run = shown.line.run
    if not run.waiting_n:
        st.info(words.NOTHING.in_(language))
        return
    st.caption(words.FROZEN.in_(language))
    if run.kind in _WRITING:
        st.caption(words.NO_UNDO_OF_SENT.in_(language))
    if shown.needs_second:
        st.warning(words.SECOND.in_(language))
    many = number(run.waiting_n, language)
    with st.form("bulk:consent", border=False):
        typed = (
            st.text_input(words.TYPE_NUMBER.with_(n=many).in_(language), max_chars=12)
            if shown.typed_n
            else ""
        )
        if not st.form_submit_button(words.RUN.with_(n=many).in_(language), type="primary"):
            return
    digits = "".join(c for c in typed if c.isdigit())
    said = words.ASKED if shown.needs_second else words.STARTED
    if act(StartBulk(run.id, int(digits) if digits else None), said=said) is not None:
        context.runtime().wake()
        session.started(run.id)
        st.rerun()
