"""The page of contacts: a searched list on the left, the chosen contact on the right."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from console import actions
from console.domain import ids
from console.domain.agent import Right
from console.domain.conversation import Conversation
from console.screens import contacts
from console.screens.contacts import Card, ContactList
from console.screens.taken import Shown
from console.store.people import Instance
from console.ui import context, state, taken
from console.ui.context import Signed
from console.ui.drawn import act, toasts
from console.ui.format import number, since
from console.ui.frame import pages_folder
from console.ui.plain import marked, plain
from console.ui.taken import Offer, of_frame
from console.ui.words import contacts as words

_PICKED: Final = "contacts:picked"
_WANTED: Final = "contacts:wanted"


def draw() -> None:
    """The whole page."""
    signed = context.present()
    state.leave_inbox()
    toasts()
    language = signed.who.language
    head = st.container(horizontal=True, vertical_alignment="center")
    head.title(words.TITLE.in_(language))
    wanted = st.session_state.get(_WANTED, "")
    page = st.session_state.get(_page_key(wanted), 1)
    shown = contacts.build(context.runtime().store, signed.who, wanted, page)
    if signed.who.may(Right.CONTACTS) and head.button(
        words.NEW.in_(language), type="primary", icon=":material/person_add:", key="contacts:new"
    ):
        st.dialog(words.NEW.in_(language))(new)(signed, shown)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _list(signed, shown, wanted)
    with right:
        _detail(signed, shown)


def _page_key(wanted: str) -> str:
    return f"contacts:page:{wanted}"


def _list(signed: Signed, shown: ContactList, wanted: str) -> None:
    language = signed.who.language
    st.text_input(
        words.SEARCH.in_(language),
        key=_WANTED,
        placeholder=words.SEARCH_HINT.in_(language),
        icon=":material/search:",
        label_visibility="collapsed",
        max_chars=100,
    )
    if not shown.cards:
        _nobody(wanted, language)
        return
    chosen = st.dataframe(
        _frame(signed, shown),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height="content",
        key=f"contacts:rows:{wanted}:{shown.page}:{_token(shown)}",
    )
    _pick(shown, chosen)
    foot = st.container(horizontal=True, vertical_alignment="center")
    if shown.total == 1:
        foot.caption(words.COUNT_ONE.in_(language))
    else:
        foot.caption(words.COUNT.with_(n=number(shown.total, language)).in_(language))
    if shown.pages > 1:
        foot.pagination(shown.pages, key=_page_key(wanted))
    taken.offer(_offer(signed, shown, wanted), key="contacts")


def _offer(signed: Signed, shown: ContactList, wanted: str) -> Offer:
    """Everybody who was found as a file."""

    def make() -> Shown:
        found = contacts.every(context.runtime().store, signed.who, wanted)
        title = words.TITLE.in_(signed.who.language)
        return of_frame(_frame(signed, found), title, {"filter": wanted}, is_personal=True)

    return Offer(make, min(shown.total, contacts.MOST), is_personal=True)


def _nobody(wanted: str, language: str) -> None:
    if wanted:
        st.info(words.NOT_FOUND.with_(wanted=plain(wanted)).in_(language))
    else:
        st.info(words.NOBODY.in_(language))


def _frame(signed: Signed, shown: ContactList) -> pd.DataFrame:
    """The page as cells; a contact's words are only marked, cells are no Markdown."""
    language, zone = signed.who.language, context.runtime().settings.zone
    now = ids.now()
    return pd.DataFrame(
        {
            words.NAME.in_(language): [marked(card.contact.name) for card in shown.cards],
            words.WHATSAPP.in_(language): [_first_phone(card) for card in shown.cards],
            words.EMAIL.in_(language): [marked(card.contact.email or "") for card in shown.cards],
            words.TALKS.in_(language): [len(card.conversations) for card in shown.cards],
            words.LAST.in_(language): [
                since(card.conversations[0].last_activity_at, now, language, zone)
                if card.conversations
                else ""
                for card in shown.cards
            ],
        }
    )


def _first_phone(card: Card) -> str:
    return card.phones[0]["national"] if card.phones else ""


def _token(shown: ContactList) -> str:
    """Positions are only believed for the list that was shown (a new list, a new widget)."""
    return "-".join(str(card.contact.id % 9973) for card in shown.cards)


def _pick(shown: ContactList, chosen: Any) -> None:
    rows = [r for r in chosen.selection.rows if isinstance(r, int) and 0 <= r < len(shown.cards)]
    st.session_state[_PICKED] = shown.cards[rows[0]].contact.id if rows else None


def _detail(signed: Signed, shown: ContactList) -> None:
    language = signed.who.language
    picked = st.session_state.get(_PICKED)
    card = contacts.card(context.runtime().store, signed.who, picked) if picked else None
    with st.container(border=True):
        if card is None:
            st.caption(words.PICK.in_(language))
            return
        _facts(signed, card)
        _talks(signed, shown, card)


def _facts(signed: Signed, card: Card) -> None:
    language, contact = signed.who.language, card.contact
    head = st.container(horizontal=True, vertical_alignment="center")
    head.subheader(plain(contact.name))
    if signed.who.may(Right.CONTACTS) and head.button(
        words.EDIT.in_(language), icon=":material/edit:", key=f"contacts:edit:{contact.id}"
    ):
        st.dialog(words.EDIT.in_(language))(edit)(signed, card)
    for phone in card.phones:
        with st.container(gap="xxsmall"):
            st.caption(words.WHATSAPP.in_(language))
            st.text(f"{phone['national']} · {phone['e164']}")
    if contact.email:
        with st.container(gap="xxsmall"):
            st.caption(words.EMAIL.in_(language))
            st.text(marked(contact.email))
    if contact.is_blocked:
        st.badge(words.BLOCKED.in_(language), icon=":material/notifications_off:", color="gray")


def _talks(signed: Signed, shown: ContactList, card: Card) -> None:
    language = signed.who.language
    st.caption(words.TALKS.in_(language))
    if not card.conversations:
        st.text(words.NONE_YET.in_(language))
    for talk in card.conversations[:20]:
        label = f"{_name(shown, talk)} · {_state(talk, language)} · {_when(talk, language)}"
        if st.button(plain(label), key=f"contacts:talk:{talk.id}", width="stretch"):
            _go_to(talk.id)
    if signed.who.may(Right.ANSWER):
        _start(signed, shown, card)


def _name(shown: ContactList, talk: Conversation) -> str:
    instance = shown.instances.get(talk.instance_id)
    return instance.name if instance else ""


def _state(talk: Conversation, language: str) -> str:
    return words.STATUS[talk.status].in_(language)


def _when(talk: Conversation, language: str) -> str:
    zone = context.runtime().settings.zone
    return since(talk.last_activity_at, ids.now(), language, zone)


def _go_to(conversation_id: int) -> None:
    st.switch_page(pages_folder() / "inbox.py", query_params={"conversation": str(conversation_id)})


def _active(shown: ContactList) -> dict[int, Instance]:
    return {i: instance for i, instance in shown.instances.items() if instance.is_active}


def _start(signed: Signed, shown: ContactList, card: Card) -> None:
    language, active = signed.who.language, _active(shown)
    if not active:
        st.caption(words.NO_INSTANCE.in_(language))
        return
    with st.form(f"contacts:start:{card.contact.id}", border=False):
        chosen = _instance(active, language)
        if st.form_submit_button(words.START.in_(language), icon=":material/chat:"):
            opened = act(actions.Open(chosen, card.contact.id), said=words.OPENED)
            if opened is not None:
                _go_to(opened)


def _instance(active: dict[int, Instance], language: str) -> int:
    """The choice of an instance, only asked when there is one."""
    if len(active) == 1:
        return next(iter(active))
    names = {i: marked(instance.name) for i, instance in active.items()}
    return st.selectbox(words.INSTANCE.in_(language), list(names), format_func=names.__getitem__)


def edit(signed: Signed, card: Card) -> None:
    """Ask for name and e-mail of a contact."""
    language, contact = signed.who.language, card.contact
    with st.form(f"contacts:edit-form:{contact.id}", border=False):
        name = st.text_input(words.NAME.in_(language), contact.name, max_chars=200)
        email = st.text_input(words.EMAIL.in_(language), contact.email or "", max_chars=200)
        if not st.form_submit_button(words.SAVE.in_(language), type="primary"):
            return
    if act(actions.EditContact(name, email), contact.id, said=words.SAVED) is not None:
        st.rerun()


def new(signed: Signed, shown: ContactList) -> None:
    """Ask for a new contact, and open a conversation with it."""
    language, active = signed.who.language, _active(shown)
    if not active:
        st.info(words.NO_INSTANCE.in_(language))
        return
    with st.form("contacts:new-form", border=False):
        name = st.text_input(words.NAME.in_(language), max_chars=200)
        phone = st.text_input(
            words.WHATSAPP.in_(language),
            max_chars=30,
            placeholder="(11) 90000-0000",
            help=words.NUMBER_HELP.in_(language),
        )
        email = st.text_input(words.EMAIL.in_(language), max_chars=200)
        instance_id = _instance(active, language)
        if not st.form_submit_button(words.CREATE.in_(language), type="primary"):
            return
    _create(actions.CreateContact(name, phone, email), instance_id)


def _create(wish: actions.CreateContact, instance_id: int) -> None:
    contact_id = act(wish, said=words.CREATED)
    if contact_id is None:
        return
    opened = act(actions.Open(instance_id, contact_id), said=words.CREATED)
    if opened is not None:
        _go_to(opened)
