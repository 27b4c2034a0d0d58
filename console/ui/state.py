"""What a person has chosen in the inbox: in the address for links, in the session for the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from console.domain.agent import Role
from console.domain.errors import RuleError
from console.readmodel.rows import SORTS
from console.screens.asked import an_id
from console.screens.choice import Choice, filter_text, with_filter
from console.screens.inbox_acts import INSTANCES_SETTING, SORT_SETTING
from console.store.people import Agent

_CHOICE: Final = "inbox:choice"
_ADDRESS: Final = "inbox:address"
_NAMES: Final = ("conversation", "message", "filter", "sort")


def start(person: Agent) -> Choice:
    """What a person sees first: own conversations or the pending ones, as they left them."""
    tab = "mine" if person.role is Role.AGENT else "pending"
    sort = person.settings.get(SORT_SETTING)
    kept = person.settings.get(INSTANCES_SETTING)
    return Choice(
        tab=tab,
        instances=tuple(map(str, kept)) if isinstance(kept, list) else (),
        sort=sort if sort in SORTS else "newest",
    )


def chosen(person: Agent) -> Choice:
    """The choice of this session, or of the address when somebody changed it."""
    kept: Choice | None = st.session_state.get(_CHOICE)
    address = _address()
    if kept is not None and address == st.session_state.get(_ADDRESS):
        return kept
    return from_address(kept or start(person), address)


def keep(choice: Choice, person: Agent) -> None:
    """Remember the choice and write it into the address, where it differs."""
    st.session_state[_CHOICE] = choice
    wanted = to_address(choice, Choice(tab=start(person).tab))
    if _address() != wanted:
        # In one step: a reload between two of them would find half an address.
        st.query_params.from_dict({**_others(), **wanted})
    st.session_state[_ADDRESS] = wanted


def leave_inbox() -> None:
    """Another page is open: coming back without an address means the inbox as it was left."""
    st.session_state[_ADDRESS] = {}


def from_address(choice: Choice, address: dict[str, str]) -> Choice:
    """The choice with everything that an address says laid over it."""
    if "filter" in address and address["filter"] != filter_text(choice):
        choice = with_filter(choice, address["filter"])
    sort = address.get("sort", choice.sort)
    if sort in SORTS:
        choice = replace(choice, sort=sort)
    wanted, focus = _id_in(address, "conversation"), _id_in(address, "message")
    if (wanted, focus) == (choice.conversation, choice.focus):
        return choice
    return choice.opened(wanted, focus if wanted else None)


def to_address(choice: Choice, usual: Choice) -> dict[str, str]:
    """What the address says of a choice; what everybody starts with is left out."""
    address = {}
    if choice.conversation is not None:
        address["conversation"] = str(choice.conversation)
        if choice.focus is not None:
            address["message"] = str(choice.focus)
    if filter_text(choice) != filter_text(usual):
        address["filter"] = filter_text(choice)
    if choice.sort != usual.sort:
        address["sort"] = choice.sort
    return address


def _address() -> dict[str, str]:
    return {name: st.query_params[name] for name in _NAMES if name in st.query_params}


def _others() -> dict[str, list[str]]:
    """What the address says that is not ours."""
    return {n: st.query_params.get_all(n) for n in st.query_params if n not in _NAMES}


def _id_in(address: dict[str, str], name: str) -> int | None:
    """The linked conversation or message; 0, which none of them has, for what is no id."""
    if name not in address:
        return None
    try:
        return an_id(address[name])
    except RuleError:
        return 0
