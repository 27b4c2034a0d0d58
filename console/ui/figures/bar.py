"""The question bar: period, comparison, filter and options, kept in the address of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from console.domain.errors import RuleError
from console.i18n import Text
from console.readmodel import expression
from console.readmodel.model import ReadModel
from console.screens.figures.asked import zones
from console.screens.figures.wanted import (
    NAMES,
    PRESETS_BY_KEY,
    USUAL,
    Wanted,
    from_address,
    own_days,
    to_address,
)
from console.ui.figures import look
from console.ui.format import days_between
from console.ui.words import figures as words

_OWN: Final = "own"
_KEPT: Final = "figures:wanted"
_WRITTEN: Final = "figures:address"
_PAGE: Final = "figures:page"
_FORMATS: Final = {"en": "MM/DD/YYYY"}
_WIDTH: Final = 180
_WIDE: Final = 280


@dataclass(frozen=True, slots=True)
class Choice:
    """What one page lets people choose beside the rest, by key; the first one is the usual."""

    title: Text
    options: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page asks about; `credits` are the rules of its metrics, none for no choice."""

    page: str
    metric: Choice | None = None
    by: Choice | None = None
    credits: Mapping[str, Text] = field(default_factory=dict)
    is_credit_shown: bool = False  # beside the period, for pages that are about it
    has_clock: bool = True
    is_compared: bool = True

    def check(self, wanted: Wanted) -> None:
        """Raise RuleError for a choice that the page does not offer."""
        for name in ("metric", "by"):
            choice: Choice | None = getattr(self, name)
            value = getattr(wanted, name)
            if choice and value and value not in choice.options:
                raise RuleError(words.NOT_OFFERED)


def draw(offer: Offer, model: ReadModel, today: date, language: str) -> Wanted:
    """Draw the bar; what is asked now, which also stands in the address."""
    given, is_fresh = _given(offer)
    usable = _usable(given, offer)
    _seed(usable, today, is_fresh=is_fresh)
    chosen: dict[str, Any] = {}
    row = look.row()
    with look.bar():
        for name in ("metric", "by"):
            choice: Choice | None = getattr(offer, name)
            if choice:
                chosen[name] = _select(name, choice.title, choice.options, language)
        if offer.is_credit_shown:
            chosen["credit"] = _credit(offer, language)
        chosen["period"] = _period(usable.period, today, language)
        if offer.is_compared:
            title, options = words.COMPARE, words.COMPARISONS
            chosen["compare"] = _select("compare", title, options, language)
        chosen["filter"] = _filter(language)
        with st.popover(words.MORE.in_(language), icon=":material/tune:"):
            chosen |= _options(offer, model, language)
            link = st.container()
    made = replace(usable, **_without_usual(chosen, offer))
    asked = given if made == usable else made
    _keep(asked)
    with link:
        _fixed(asked, today, language)
    look.fill(row, _in_short(asked, offer, language), language)
    return asked


def _in_short(asked: Wanted, offer: Offer, language: str) -> str:
    """What is chosen, in few words: the period, the page's own choices, and the filter."""
    given = own_days(asked.period)
    preset = PRESETS_BY_KEY.get(asked.period)
    told = [preset.name.in_(language)] if preset else []
    told += [days_between(*given, language)] if given and given[0] <= given[1] else []
    for name, choice in _choices(offer):
        value = getattr(asked, name) or next(iter(choice.options))
        told += [choice.options[value].in_(language)] if value in choice.options else []
    return " · ".join([*told, *filter(None, [asked.filter])])


def _given(offer: Offer) -> tuple[Wanted, bool]:
    """The question so far, and whether it comes from outside: an address, or another page."""
    address = {name: st.query_params[name] for name in NAMES if name in st.query_params}
    kept: Wanted | None = st.session_state.get(_KEPT)
    is_other = st.session_state.get(_PAGE) != offer.page
    st.session_state[_PAGE] = offer.page
    if kept is not None and not is_other and address == st.session_state.get(_WRITTEN):
        return kept, False
    if kept is not None and is_other and not address:
        return replace(kept, metric="", by="", credit=""), True
    return from_address(address), True


def _usable(given: Wanted, offer: Offer) -> Wanted:
    """The question with the usual for what no control can show."""
    is_own = own_days(given.period) is not None
    fits = {
        "period": given.period in PRESETS_BY_KEY or is_own,
        "compare": given.compare in words.COMPARISONS,
        "clock": given.clock in words.CLOCKS,
        "zone": given.zone in zones(),
        "credit": given.credit in offer.credits,
        "metric": offer.metric is not None and given.metric in offer.metric.options,
        "by": offer.by is not None and given.by in offer.by.options,
    }
    return replace(given, **{n: getattr(USUAL, n) for n, is_fit in fits.items() if not is_fit})


def _seed(usable: Wanted, today: date, *, is_fresh: bool) -> None:
    """Give the controls their values, before they are drawn, when they have none of their own."""
    days_ = own_days(usable.period)
    values: dict[str, Any] = {name: getattr(usable, name) for name in NAMES}
    values["period"] = _OWN if days_ else usable.period
    for name, value in values.items():
        if is_fresh or _key(name) not in st.session_state:
            st.session_state[_key(name)] = value or None if name in _FIRST_IS_USUAL else value
    if is_fresh or _key("days") not in st.session_state:
        st.session_state[_key("days")] = days_ or PRESETS_BY_KEY[usable.period].days(today)


_FIRST_IS_USUAL: Final = frozenset({"metric", "by"})


def _period(before: str, today: date, language: str) -> str:
    names = {key: preset.name for key, preset in PRESETS_BY_KEY.items()} | {_OWN: words.OWN}
    if st.session_state[_key("period")] == _OWN and before in PRESETS_BY_KEY:
        st.session_state[_key("days")] = PRESETS_BY_KEY[before].days(today)
    key = _select("period", words.PERIOD, names, language)
    if key != _OWN:
        return key
    chosen: Any = st.date_input(
        words.DAYS.in_(language),
        key=_key("days"),
        format=_FORMATS.get(language, "DD/MM/YYYY"),
        width=_WIDTH + 40,
    )
    if not isinstance(chosen, tuple) or len(chosen) != len(("first", "last")):
        return before  # the second day is still to be clicked
    return Wanted().with_days(*chosen).period


def _select(name: str, title: Text, options: Mapping[str, Text], language: str) -> str:
    if st.session_state.get(_key(name)) not in options:
        st.session_state[_key(name)] = next(iter(options))
    return st.selectbox(
        title.in_(language),
        list(options),
        format_func=lambda key: options[key].in_(language),
        key=_key(name),
        width=_WIDE if name == "metric" else _WIDTH,
    )


def _filter(language: str) -> str:
    text = st.text_input(
        words.FILTER.in_(language),
        key=_key("filter"),
        placeholder=words.FILTER_HINT.in_(language),
        help=words.FILTER_HELP.in_(language),
        icon=":material/filter_alt:",
        max_chars=expression.LONGEST,
    )
    return text or ""


def _options(offer: Offer, model: ReadModel, language: str) -> dict[str, str]:
    """What is needed less often."""
    chosen: dict[str, str] = {}
    if offer.has_clock:
        chosen["clock"] = st.radio(
            words.CLOCK.in_(language),
            list(words.CLOCKS),
            format_func=lambda key: words.CLOCKS[key].in_(language),
            key=_key("clock"),
            help=words.CLOCK_HELP.in_(language),
            horizontal=True,
        )
    accounts = f"{model.zone.key} {words.ACCOUNTS.in_(language)}"
    chosen["zone"] = st.selectbox(
        words.ZONE.in_(language),
        ["", *zones()],
        format_func=lambda name: name or accounts,
        key=_key("zone"),
    )
    if offer.credits and not offer.is_credit_shown:
        chosen["credit"] = _credit(offer, language)
    return chosen


def _credit(offer: Offer, language: str) -> str:
    """Whom the rows count for; each metric knows one that is its usual."""
    usual = {} if offer.is_credit_shown else {"": words.USUAL_CREDIT}
    return _select("credit", words.CREDIT, {**usual, **offer.credits}, language)


def _without_usual(chosen: Mapping[str, Any], offer: Offer) -> dict[str, Any]:
    """The first choice of a page is told by an empty value, so that it may become another one."""
    usual = {n: next(iter(c.options)) for n, c in _choices(offer)}
    if offer.is_credit_shown:
        usual["credit"] = next(iter(offer.credits))
    return {n: "" if n in usual and value == usual[n] else value for n, value in chosen.items()}


def _choices(offer: Offer) -> Iterable[tuple[str, Choice]]:
    given = (("metric", offer.metric), ("by", offer.by))
    return [(name, choice) for name, choice in given if choice]


def _keep(asked: Wanted) -> None:
    """Remember the question and write it into the address, in one step, where it differs."""
    address = to_address(asked)
    ours = {name: st.query_params[name] for name in NAMES if name in st.query_params}
    others = {n: st.query_params.get_all(n) for n in st.query_params if n not in NAMES}
    if ours != address:
        st.query_params.from_dict({**others, **address})
    st.session_state[_KEPT], st.session_state[_WRITTEN] = asked, address


def _fixed(asked: Wanted, today: date, language: str) -> None:
    """The address that means the same days tomorrow."""
    preset = PRESETS_BY_KEY.get(asked.period)
    if preset is None:
        return
    address = to_address(asked.with_days(*preset.days(today)))
    st.caption(words.FIXED.in_(language))
    base = (st.context.url or "").partition("?")[0]
    st.code(f"{base}?{urlencode(address)}", language=None, wrap_lines=True)


def _key(name: str) -> str:
    return f"figures:{name}"
