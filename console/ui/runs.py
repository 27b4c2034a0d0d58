"""The page of the ledger: every bulk run, what became of each row, and taking it back."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from console.domain import ids
from console.domain.bulk import STATUS_NAMES, RowResult
from console.screens import runs
from console.screens.runs import Ends, Ledger, Line
from console.screens.taken import Shown
from console.ui import context, state, taken
from console.ui.context import Signed
from console.ui.drawn import toasts
from console.ui.format import moment, number
from console.ui.plain import marked, plain
from console.ui.supervision import preview, running
from console.ui.taken import Offer, of_frame
from console.ui.words import supervision as words

_PAGE: Final = "runs:page"
_RUN: Final = "run"
_ALL: Final = ""  # results of every sort
_RESULTS: Final = {_ALL: words.ALL_RESULTS, **words.RESULT_NAMES}


def draw() -> None:
    """The whole page: the list, and the run that was chosen in it or in the address."""
    signed = context.present()
    state.leave_inbox()
    toasts()
    language, held = signed.who.language, context.runtime()
    st.title(words.LEDGER_TITLE.in_(language))
    running.draw(signed, tells_end=False)
    shown = runs.build(held.store, held.model, signed.who, st.session_state.get(_PAGE, 1))
    if not shown.lines:
        st.info(words.EMPTY_LEDGER.in_(language))
        return
    _list(signed, shown)
    chosen = _chosen()
    if chosen is None:
        st.caption(words.PICK_RUN.in_(language))
    else:
        _detail(signed, chosen)


def _list(signed: Signed, shown: Ledger) -> None:
    key = f"runs:rows:{shown.page}:{'-'.join(str(x.run.id % 9973) for x in shown.lines)}"
    wanted = [n for n, line in enumerate(shown.lines) if line.run.id == _chosen()]
    st.dataframe(
        _frame(signed, shown),
        hide_index=True,
        on_select=lambda: _choose(shown, st.session_state.get(key)),
        selection_mode="single-row",
        selection_default={"selection": {"rows": wanted}},
        height="content",
        column_config=preview.counted(
            words.MATCHED, words.DONE, words.SKIPPED, language=signed.who.language
        ),
        key=key,
    )
    if shown.pages > 1:
        st.pagination(shown.pages, key=_PAGE)
    taken.offer(Offer(partial(_every, signed), min(shown.total, runs.MOST)), key="runs")


def _every(signed: Signed) -> Shown:
    """The whole ledger as a file."""
    held = context.runtime()
    found = runs.every(held.store, held.model, signed.who)
    return of_frame(_frame(signed, found), words.LEDGER_TITLE.in_(signed.who.language), {})


def _choose(shown: Ledger, chosen: Any) -> None:
    rows = chosen["selection"]["rows"] if chosen else []
    rows = [r for r in rows if isinstance(r, int) and 0 <= r < len(shown.lines)]
    if rows:
        st.query_params[_RUN] = str(shown.lines[rows[0]].run.id)
    else:
        st.query_params.pop(_RUN, None)


def _chosen() -> int | None:
    text = st.query_params.get(_RUN, "")
    return int(text) if text.isdecimal() and len(text) < 20 else None  # noqa: PLR2004 - 63 bits


def _frame(signed: Signed, shown: Ledger) -> pd.DataFrame:
    language, lines = signed.who.language, shown.lines
    return pd.DataFrame(
        {
            words.WHEN.in_(language): [_when(line, language) for line in lines],
            words.WHO.in_(language): [marked(line.author) for line in lines],
            words.ACTION.in_(language): [line.title.in_(language) for line in lines],
            words.FILTER.in_(language): [_filter(line, language) for line in lines],
            words.MATCHED.in_(language): [line.run.total_n for line in lines],
            words.DONE.in_(language): [line.run.done_n for line in lines],
            words.SKIPPED.in_(language): [line.run.refused_n for line in lines],
            words.STATE.in_(language): [STATUS_NAMES[x.run.status].in_(language) for x in lines],
            words.UNDONE.in_(language): [
                words.YES.in_(language) if line.undone_by else "" for line in lines
            ],
        }
    )


def _filter(line: Line, language: str) -> str:
    return marked(line.run.filter) or words.EVERYTHING.in_(language)


def _when(line: Line, language: str) -> str:
    at = line.run.started_at or line.run.planned_at
    return moment(at, language, context.runtime().settings.zone)


def _detail(signed: Signed, run_id: int) -> None:
    held, language = context.runtime(), signed.who.language
    shown = runs.preview(held.store, held.model, signed.who, run_id, ids.now())
    if shown is None:
        st.warning(words.GONE.in_(language))
        return
    line = shown.line
    with st.container(border=True):
        head = st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        )
        head.subheader(plain(line.title.in_(language)), anchor=False, width="content")
        with head:
            running.buttons(line, signed, "ledger")
        when = plain(_when(line, language))
        st.caption(words.BY.with_(who=plain(line.author), when=when).in_(language))
        st.code(line.run.filter or words.EVERYTHING.in_(language), language=None, wrap_lines=True)
        preview.numbers(line.run, language)
        preview.reasons(shown, language)
        _ends(signed, line)


def _ends(signed: Signed, line: Line) -> None:
    held, language, run = context.runtime(), signed.who.language, line.run
    chosen = st.segmented_control(
        words.RESULT.in_(language),
        [_ALL, *RowResult],
        default=_ALL,
        required=True,
        format_func=lambda key: plain(_RESULTS[key].in_(language)),
        key=f"runs:result:{run.id}",
    )
    wanted = RowResult(chosen) if chosen else None
    page_key = f"runs:ends:{run.id}:{wanted}"
    found = runs.ends(
        held.store,
        held.model,
        signed.who,
        run,
        wanted,
        st.session_state.get(page_key, 1),
        ids.now(),
    )
    st.dataframe(_results(found, language), hide_index=True, height="content")
    foot = st.container(horizontal=True, vertical_alignment="center")
    foot.caption(words.FOUND.with_(n=number(found.total, language)).in_(language))
    foot.link_button(
        words.EXPORT.in_(language), f"/runs/results?run={run.id}", icon=":material/download:"
    )
    if found.pages > 1:
        foot.pagination(found.pages, key=page_key)


def _results(found: Ends, language: str) -> pd.DataFrame:
    rows = [found.rows.get(one.conversation_id) for one in found.results]
    return pd.DataFrame(
        {
            words.CONVERSATION.in_(language): [str(r.conversation_id) for r in found.results],
            words.CONTACT.in_(language): [marked(row.contact_name) if row else "" for row in rows],
            words.RESULT.in_(language): [
                words.RESULT_NAMES[r.result.value].in_(language) for r in found.results
            ],
            words.REASON.in_(language): [
                r.reason.in_(language) if r.reason else "" for r in found.results
            ],
        }
    )
