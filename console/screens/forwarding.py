"""To whom a message may be forwarded, and what came of it for each of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from console import actions
from console.actions.forward import MOST_RECIPIENTS
from console.domain.agent import Acting
from console.domain.contact import Contact
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.ids import Instant
from console.domain.provider import provider_of
from console.domain.window import is_open
from console.i18n import Text
from console.readmodel import ask
from console.readmodel.model import ReadModel
from console.readmodel.rows import Row
from console.readmodel.tree import Condition, Everything, Tree, any_of
from console.screens import asked
from console.screens.asked import Action
from console.screens.choice import Choice
from console.screens.desk import Desk, Handled, Wish, carried
from console.screens.phones import phone_forms
from console.screens.thread_items import milliseconds
from console.store import people
from console.store.contacts import contact_page, contacts_without_conversation
from console.store.originals import windowed
from console.store.people import Instance
from console.store.rows import load_contacts, load_conversations
from console.store.work import Connection

MOST_SHOWN: Final = 30
LONGEST_SEARCH: Final = 100
_NOBODY_YET: Final = re.compile(r"([1-9]\d{0,18})-([1-9]\d{0,18})")
_FEWEST_DIGITS: Final = 3

TOO_MANY: Final = Text(
    "Escolha de 1 a {most} destinatários de cada vez.",
    "Choose 1 to {most} recipients at a time.",
    "Elige de 1 a {most} destinatarios a la vez.",
).with_(most=MOST_RECIPIENTS)


def recipients(
    connection: Connection, model: ReadModel, who: Acting, wanted: str, now: Instant
) -> list[dict[str, Any]]:
    """Conversations one may see by name or number, newest first, then people without any.

    `closed` are those whose customers have not written for too long to be sent a text.
    """
    page = ask.page(model, _tree(wanted), who, now=now, limit=MOST_SHOWN)
    found = load_conversations(connection, [row.id for row in page.rows])
    states, bound = {state.id: state for state in found}, windowed(connection)
    people_too = _without_conversation(connection, who, wanted) if wanted.strip() else []
    rows = [row for row in page.rows if row.id in states]
    known = [_conversation(row, states[row.id], bound, now) for row in rows]
    return [*known, *people_too][:MOST_SHOWN]


def _tree(wanted: str) -> Tree:
    text = wanted.strip()
    digits = re.sub(r"\D", "", text)
    if not text:
        return Everything()
    named = Condition("contact", "=", (text,))
    is_number = len(digits) >= _FEWEST_DIGITS and not re.search(r"[^\d\s()+.\-]", text)
    return any_of([named, Condition("phone", "=", (digits,))]) if is_number else named


def _conversation(
    row: Row, state: Conversation, bound: frozenset[int], now: Instant
) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "name": row.contact_name,
        "phone": phone_forms(row.contact_phone).national if row.contact_phone else "",
        "instance": row.instance_name,
        "at": milliseconds(row.last_activity_at),
        "closed": row.instance_id in bound and not is_open(state.inbound_at, now),
    }


def _without_conversation(connection: Connection, who: Acting, wanted: str) -> list[dict[str, Any]]:
    """People known by name only, on each instance that takes a text at any time."""
    free = [i for i in people.instances(connection, only_active=True) if _is_free(i)]
    if not free:
        return []
    ids, _ = contact_page(connection, who.scope, wanted, limit=MOST_SHOWN, offset=0)
    alone = contacts_without_conversation(connection, ids)
    return [_contact(one, i) for one in load_contacts(connection, alone) for i in free]


def _is_free(instance: Instance) -> bool:
    provider = provider_of(instance.channel)
    return provider is not None and not provider.has_window


def _contact(contact: Contact, instance: Instance) -> dict[str, Any]:
    phones = [a.value for a in contact.addresses if a.kind == "phone"]
    return {
        "id": f"{contact.id}-{instance.id}",
        "name": contact.name,
        "phone": phone_forms(phones[0]).national if phones else "",
        "instance": instance.name,
        "at": None,
        "closed": False,
    }


def forwarded(desk: Desk, choice: Choice, action: Action) -> Handled:
    """Forward a message to everybody chosen; the same key again has the same results."""
    wish, key = actions.Forward(asked.an_id(action.get("message"))), asked.key(action)
    named = asked.texts(action, "to")
    if not 0 < len(named) <= MOST_RECIPIENTS:
        raise RuleError(TOO_MANY)
    refused: dict[str, Text | None] = {}
    ids: dict[str, int] = {}
    for name in named:
        try:
            ids[name] = _place(desk, wish, name, key)
        except RuleError as error:
            refused[name] = error.text
    outcome = carried(desk, Wish(wish, tuple(ids.values())), key)
    problems = refused | _problems(ids, outcome.refused)
    return Handled(choice, results={key: {name: problems.get(name) for name in named}})


def _problems(ids: Mapping[str, int], refused: Mapping[int, Text]) -> dict[str, Text | None]:
    return {name: refused.get(i) for name, i in ids.items()}


def _place(desk: Desk, wish: actions.Forward, name: str, key: str) -> int:
    """The conversation of a recipient; one is opened for whom has none, if it can be sent at all.

    Raises RuleError.
    """
    found = _NOBODY_YET.fullmatch(name)
    if found is None:
        return asked.an_id(name)
    contact_id, instance_id = asked.an_id(found[1]), asked.an_id(found[2])
    with desk.store.read() as connection:
        blank = Conversation(0, instance_id, contact_id)
        wish.read(connection, desk.who).decide(blank, desk.who, desk.now)
    opened = carried(desk, Wish(actions.Open(instance_id, contact_id), ()), f"{key}:{name}")
    if opened.problem:
        raise RuleError(opened.problem)
    return opened.done[0]
