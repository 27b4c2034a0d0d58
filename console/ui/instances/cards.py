"""The numbers: a card for each instance, how it is, and its buttons."""

from __future__ import annotations

from functools import partial
from typing import Final, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from console import actions
from console.actions import Command
from console.domain import ids
from console.i18n import Text
from console.screens.instances import STANDING_NAMES, WAYS_OUT, Instances, Line, Standing
from console.screens.phones import phone_forms
from console.ui import context
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.format import moment, number, since
from console.ui.instances import dialogs, linking
from console.ui.instances.asked import asked
from console.ui.plain import plain
from console.ui.settings import instances as naming
from console.ui.settings import rows
from console.ui.words import instances as words
from console.ui.words import settings as setting_words

Colour = Literal["green", "orange", "red", "gray", "blue"]
_BADGES: Final[dict[Standing, tuple[str, Colour]]] = {
    Standing.OFF: (":material/power_off:", "gray"),
    Standing.UNLINKED: (":material/link_off:", "gray"),
    Standing.PAUSED: (":material/pause:", "orange"),
    Standing.AUTH: (":material/key_off:", "red"),
    Standing.DISCONNECTED: (":material/phonelink_off:", "red"),
    Standing.HELD: (":material/hourglass_top:", "orange"),
    Standing.DOWN: (":material/cloud_off:", "red"),
    Standing.DEGRADED: (":material/warning:", "orange"),
    Standing.OK: (":material/check:", "green"),
    Standing.UNTESTED: (":material/help:", "gray"),
}
_SERIOUS: Final = {Standing.AUTH, Standing.DISCONNECTED, Standing.DOWN}


def draw(signed: Signed, shown: Instances) -> None:
    """The section with its head and every card."""
    language = signed.who.language
    if rows.head(words.INTRO, words.NEW, language, "instances:new"):
        rows.ask(words.NEW, language, partial(naming.form, None, language))
    if not shown.lines:
        st.info(words.NONE.in_(language), icon=":material/cell_tower:")
    for line in shown.lines:
        _card(signed, line)


def _card(signed: Signed, line: Line) -> None:
    language, one = signed.who.language, line.instance
    with st.container(border=True, key=f"instance-{one.id}", gap="small"):
        head = st.container(horizontal=True, vertical_alignment="center", gap="small")
        head.markdown(f"**{plain(one.name)}**", width="content")
        icon, colour = _BADGES[line.standing]
        head.badge(STANDING_NAMES[line.standing].in_(language), icon=icon, color=colour)
        st.caption(_facts(line, language))
        _trouble(line, language)
        if line.provider and line.provider.key == "evolution":
            st.caption(words.EVOLUTION.in_(language))
        _buttons(signed, line, st.container(horizontal=True, gap="small"))


def _facts(line: Line, language: str) -> str:
    one, link = line.instance, line.link
    named = phone_forms(one.phone).national if one.phone else None
    facts = [named or words.NO_NUMBER.in_(language)]
    if line.provider:
        facts.append(line.provider.name.in_(language))
    if link:
        heard = words.NEVER_HEARD
        if link.inbound_at:
            heard = words.HEARD.with_(when=_ago(link.inbound_at, language))
        facts.append(heard.in_(language))
        if link.state_at:
            tested = words.TESTED.with_(when=_ago(link.state_at, language))
            facts.append(tested.in_(language))
    return plain(" · ".join(facts))


def _trouble(line: Line, language: str) -> None:
    """Why it does not send as it should, what waits, and the way out."""
    told = [WAYS_OUT[line.standing].in_(language)] if line.standing in WAYS_OUT else []
    link = line.link
    if line.standing is Standing.HELD and link and link.held_until_at:
        told.append(words.GOES_ON.with_(when=_on(link.held_until_at, language)).in_(language))
    if link and link.state_detail and line.standing not in {Standing.OK, Standing.PAUSED}:
        told += [words.PROVIDER_SAID.in_(language), f"{link.state_detail}."]
    is_held = line.standing not in {Standing.OK, Standing.UNTESTED}
    if line.waiting and (is_held or told):
        told.append(_queue(line, language))
    if told:
        show = st.error if line.standing in _SERIOUS else st.warning
        show(plain(" ".join(told)))


def _queue(line: Line, language: str) -> str:
    found = line.waiting
    if found is None:
        return ""
    if found.n == 1:
        one = words.ONE_WAITS.with_(when=_ago(found.since_at, language))
        return one.in_(language)
    many = words.MANY_WAIT.with_(n=number(found.n, language), when=_ago(found.since_at, language))
    return many.in_(language)


def _buttons(signed: Signed, line: Line, place: DeltaGenerator) -> None:
    language, key = signed.who.language, f"instances:{line.instance.id}"
    if line.link is None or line.provider is None:
        title = words.LINK.in_(language)
        if place.button(title, icon=":material/link:", key=f"{key}:link", type="primary"):
            linking.open_dialog(signed, line)
        _menu(signed, line, place, ("edit",))
        return
    _way_out(signed, line, place)
    if _small(place, words.TEST, ":material/network_check:", f"{key}:test", language):
        _test(line, language)
    if line.can_resume:
        if _small(place, words.RESUME, ":material/play_arrow:", f"{key}:resume", language):
            _do(actions.ResumeInstance(line.instance.id), words.RESUMED)
    elif _small(place, words.PAUSE, ":material/pause:", f"{key}:pause", language):
        _do(actions.PauseInstance(line.instance.id), words.PAUSED)
    offered = ["webhook", "link", "edit"]
    if line.provider.has_templates:
        offered.insert(0, "templates")
    if line.provider.is_paired:
        offered.insert(0, "pair")
    _menu(signed, line, place, tuple(offered))


def _way_out(signed: Signed, line: Line, place: DeltaGenerator) -> None:
    """The one button that mends what is wrong."""
    language, key = signed.who.language, f"instances:{line.instance.id}"
    if line.standing is Standing.AUTH:
        title = words.CHANGES["link"].in_(language)
        if place.button(title, icon=":material/key:", key=f"{key}:mend", type="primary"):
            linking.open_dialog(signed, line)
    elif line.needs_phone:
        title = words.CHANGES["pair"].in_(language)
        if place.button(title, icon=":material/qr_code:", key=f"{key}:pair", type="primary"):
            rows.ask(words.CHANGES["pair"], language, partial(dialogs.pair, line, language))


def _menu(signed: Signed, line: Line, place: DeltaGenerator, offered: tuple[str, ...]) -> None:
    language = signed.who.language
    chosen = place.menu_button(
        words.MORE.in_(language),
        offered,
        key=f"instances:menu:{line.instance.id}",
        format_func=lambda key: words.CHANGES[key].in_(language),
    )
    match chosen:
        case "edit":
            asked_for = partial(naming.form, line.instance, language)
            rows.ask(setting_words.EDIT_INSTANCE, language, asked_for)
        case "link":
            linking.open_dialog(signed, line)
        case "webhook":
            rows.ask(words.WEBHOOK, language, partial(dialogs.webhook, line, language))
        case "templates":
            dialogs.open_templates(line, language)
        case "pair":
            rows.ask(words.CHANGES["pair"], language, partial(dialogs.pair, line, language))


def _test(line: Line, language: str) -> None:
    """Ask the provider, and keep what it said."""
    health = asked(line.instance.id, lambda channel: channel.health(), language)
    if health is None:
        return
    wish = actions.NoteHealth(line.instance.id, health.state.value, health.detail)
    state = STANDING_NAMES[Standing(health.state.value)]
    if act(wish, said=words.FOUND.with_(state=plain(state.in_(language)))) is not None:
        st.rerun()


def _do(command: Command, said: Text) -> None:
    if act(command, said=said) is not None:
        context.runtime().wake()
        st.rerun()


def _small(place: DeltaGenerator, title: Text, icon: str, key: str, language: str) -> bool:
    return place.button(plain(title.in_(language)), icon=icon, key=key)


def _ago(at: int, language: str) -> str:
    return since(at, ids.now(), language, context.runtime().settings.zone)


def _on(at: int, language: str) -> str:
    return moment(at, language, context.runtime().settings.zone)
