"""What the inbox component asked for: another choice, or a command and what to say about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from console import actions
from console.actions import Command
from console.actions.base import LONGEST_TEXT, ContactCommand
from console.domain.attachment import SentFile
from console.domain.contact import Contact
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.priority import Priority
from console.domain.template import checked_call, read_template, shown
from console.i18n import Text
from console.readmodel.expression import LONGEST
from console.readmodel.rows import SORTS
from console.screens import asked
from console.screens.asked import Action
from console.screens.choice import MOST_ROWS, WINDOW, Choice, is_tab
from console.screens.contact_acts import CONTACT_WISHES, new_contact_of
from console.screens.desk import Desk, Handled, Wish, carried
from console.screens.explain import explained
from console.screens.forwarding import forwarded
from console.screens.snooze_times import snooze_until
from console.screens.undo import Notice, success
from console.store.rows import load_contacts, load_conversations
from console.store.templates import templates

NOT_HERE: Final = Text(
    "O arquivo não está mais à espera de envio. Anexe-o de novo.",
    "The file does not wait to be sent any more. Attach it again.",
    "El archivo ya no espera el envío. Adjúntalo de nuevo.",
)
INSTANCES_SETTING: Final = "inbox_instances"
SORT_SETTING: Final = "inbox_sort"


def handle(desk: Desk, choice: Choice, action: Action) -> Handled:
    """Carry out one action; what cannot be done is said, and the choice stays."""
    try:
        return _answered(desk, choice, action)
    except RuleError as error:
        return _refused(choice, action, error.text)


def _answered(desk: Desk, choice: Choice, action: Action) -> Handled:
    kind = action["kind"]
    if kind in _ANSWERED:
        return _ANSWERED[kind](desk, choice, action)
    if kind in _CHOOSING:
        return _chosen(desk, _CHOOSING[kind](choice, action), action)
    if kind in _AT_DESK:
        return _carried_out(desk, choice, action, _AT_DESK[kind](desk, action))
    if kind in _WISHING:
        return _carried_out(desk, choice, action, _WISHING[kind](action))
    if kind == "new_contact":
        return _begun(desk, choice, action)
    raise RuleError(asked.NOT_UNDERSTOOD)


def _chosen(desk: Desk, choice: Choice, action: Action) -> Handled:
    match action["kind"]:
        case "select":
            _read_by_assignee(desk, choice.conversation or 0, action)
        case "instances":
            _remember(desk, action, {INSTANCES_SETTING: list(choice.instances)})
        case "sort":
            _remember(desk, action, {SORT_SETTING: choice.sort})
    return Handled(choice)


def _read_by_assignee(desk: Desk, conversation_id: int, action: Action) -> None:
    """Opening means reading only for whoever has the conversation."""
    with desk.store.read() as connection:
        found = load_conversations(connection, [conversation_id])
    if found and found[0].unread_n and found[0].assignee_id == desk.who.agent_id:
        wish = Wish(actions.MarkRead(), (conversation_id,))
        carried(desk, wish, _own_key(action))


def _remember(desk: Desk, action: Action, settings: Mapping[str, object]) -> None:
    carried(desk, Wish(actions.SavePreferences(settings=dict(settings)), ()), _own_key(action))


def _own_key(action: Action) -> str:
    """The key of a choice that also writes: the browser made none for it."""
    return f"{action['mount']}:{action['n']}"


def _carried_out(desk: Desk, choice: Choice, action: Action, wish: Wish) -> Handled:
    before = _before(desk, wish)
    outcome = carried(desk, wish, asked.key(action))
    if outcome.refused:
        conversation_id, refusal = next(iter(outcome.refused.items()))
        told = explained(desk.store, desk.who, conversation_id, refusal)
        return _refused(choice, action, told)
    shown = choice.opened(outcome.done[0]) if isinstance(wish.command, actions.Open) else choice
    return Handled(shown, success(action, before, outcome.made))


def _begun(desk: Desk, choice: Choice, action: Action) -> Handled:
    """A new contact, and the conversation with it."""
    wish, key = new_contact_of(action), asked.key(action)
    made = carried(desk, Wish(wish, ()), key)
    opened = actions.Open(asked.an_id(action.get("instance")), made.done[0])
    talk = carried(desk, Wish(opened, ()), f"{key}:open")
    return Handled(choice.opened(talk.done[0]), success(action, None, talk.made))


def _before(desk: Desk, wish: Wish) -> Conversation | Contact | None:
    if len(wish.ids) != 1:
        return None
    with desk.store.read() as connection:
        if isinstance(wish.command, ContactCommand):
            return next(iter(load_contacts(connection, wish.ids)), None)
        return next(iter(load_conversations(connection, wish.ids)), None)


def _refused(choice: Choice, action: Action, text: Text) -> Handled:
    key = action.get("key")
    refused = {key: text} if isinstance(key, str) else {}
    return Handled(choice, Notice("warning", text), refused)


def _select(choice: Choice, action: Action) -> Choice:
    wanted = asked.an_id_or_none(action.get("message"))
    return choice.opened(asked.an_id(action.get("id")), wanted)


def _filter(choice: Choice, action: Action) -> Choice:
    key = asked.text(action, "key", 20)
    if not is_tab(key):
        raise RuleError(asked.NOT_UNDERSTOOD)
    return choice.narrowed(tab=key)


def _instances(choice: Choice, action: Action) -> Choice:
    return choice.narrowed(instances=asked.texts(action, "keys"))


def _expression(choice: Choice, action: Action) -> Choice:
    return choice.narrowed(expression=asked.text(action, "text", 2 * LONGEST).strip())


def _search(choice: Choice, action: Action) -> Choice:
    return choice.narrowed(search=asked.text(action, "text", 2 * LONGEST).strip())


def _sort(choice: Choice, action: Action) -> Choice:
    key = asked.text(action, "key", 20)
    if key not in SORTS:
        raise RuleError(asked.NOT_UNDERSTOOD)
    return choice.narrowed(sort=key)


def _more(choice: Choice, _: Action) -> Choice:
    return replace(choice, limit=min(2 * choice.limit, MOST_ROWS))


def _older(choice: Choice, _: Action) -> Choice:
    return replace(choice, older_n=choice.older_n + WINDOW)


def _newer(choice: Choice, _: Action) -> Choice:
    return replace(choice, newer_n=choice.newer_n + WINDOW)


def _focus(choice: Choice, action: Action) -> Choice:
    return choice.opened(choice.conversation, asked.an_id(action.get("message")))


def _close(choice: Choice, _: Action) -> Choice:
    return choice.opened(None)


def _refresh(choice: Choice, _: Action) -> Choice:
    return choice


def _one(action: Action) -> tuple[int, ...]:
    return (asked.an_id(action.get("id")),)


def _reply(action: Action) -> Wish:
    # Without the version: a customer who writes on meanwhile is no reason to hold an answer back.
    text, answers = asked.text(action, "text", 4 * LONGEST_TEXT), _answers(action)
    command = actions.Reply(text) if answers is None else actions.Quote(text, answers)
    return Wish(command, _one(action))


def _answers(action: Action) -> int | None:
    """The message that is quoted, if any."""
    return asked.an_id_or_none(action.get("answers"))


def _resend(action: Action) -> Wish:
    message_id, text = asked.an_id(action.get("message")), None
    if action.get("text") is not None:
        text = asked.text(action, "text", 4 * LONGEST_TEXT)
    return Wish(actions.Resend(message_id, text), _one(action))


def _consider(action: Action) -> Wish:
    return Wish(actions.ConsiderSent(asked.an_id(action.get("message"))), _one(action))


def _file(desk: Desk, action: Action) -> Wish:
    """The file that was uploaded under this handle, given to the messages for good."""
    handle, caption = asked.text(action, "handle", 64), asked.text(action, "text", LONGEST_TEXT)
    agent_id, uploads = desk.who.agent_id, desk.uploads
    upload = uploads.find(agent_id, handle) if uploads else None
    if uploads is None or upload is None or not uploads.hand_over(agent_id, upload):
        raise RuleError(NOT_HERE)
    file = SentFile(upload.kind, upload.mime, upload.name, upload.size, upload.sha256)
    command = actions.SendFile(file, caption.strip(), answers=_answers(action))
    return Wish(command, _one(action))


def _template(desk: Desk, action: Action) -> Wish:
    """A template of the conversation's instance, with the words that its customer reads."""
    call, wanted = read_template(action.get("template")), _one(action)
    with desk.store.read() as connection:
        states = load_conversations(connection, wanted)
        instance_id = states[0].instance_id if states else 0
        found = checked_call(call, templates(connection, instance_id))
    return Wish(actions.SendTemplate(instance_id, call, shown(call, found)), wanted)


def _fetch(action: Action) -> Wish:
    return Wish(actions.FetchFile(asked.an_id(action.get("file"))), ())


def _note(action: Action) -> Wish:
    return Wish(actions.Note(asked.text(action, "text", 4 * LONGEST_TEXT)), _one(action))


def _resolve(action: Action) -> Wish:
    return Wish(actions.Resolve(), asked.ids(action), _versions(action))


def _reopen(action: Action) -> Wish:
    return Wish(actions.Reopen(), asked.ids(action), _versions(action))


def _versions(action: Action) -> Mapping[int, int] | None:
    return asked.versions(action) if action.get("versions") is not None else None


def _assign(action: Action) -> Wish:
    return Wish(actions.Assign(asked.an_id_or_none(action.get("agent"))), asked.ids(action))


def _team(action: Action) -> Wish:
    return Wish(actions.AssignTeam(asked.an_id_or_none(action.get("team"))), asked.ids(action))


def _read(action: Action) -> Wish:
    return Wish(actions.MarkRead(), asked.ids(action))


def _unread(action: Action) -> Wish:
    return Wish(actions.MarkUnread(), asked.ids(action))


def _priority(action: Action) -> Wish:
    wanted = action.get("priority")
    if wanted is None:
        return Wish(actions.SetPriority(None), asked.ids(action))
    if not isinstance(wanted, str) or wanted not in set(Priority):
        raise RuleError(asked.NOT_UNDERSTOOD)
    return Wish(actions.SetPriority(Priority(wanted)), asked.ids(action))


def _snooze(desk: Desk, action: Action) -> Wish:
    until = snooze_until(action.get("until"), desk.now, desk.model.zone)
    return Wish(actions.Snooze(until), asked.ids(action))


def _unsnooze(action: Action) -> Wish:
    return Wish(actions.Unsnooze(), asked.ids(action))


def _label(action: Action) -> Wish:
    label_id = asked.an_id(action.get("label"))
    return Wish(actions.Label(label_id, asked.yes_or_no(action, "on")), asked.ids(action))


def _about(wish_of: Callable[[Action], tuple[Command, tuple[int, ...]]], action: Action) -> Wish:
    return Wish(*wish_of(action))


_CHOOSING: Final[Mapping[str, Callable[[Choice, Action], Choice]]] = {
    "select": _select,
    "filter": _filter,
    "instances": _instances,
    "expression": _expression,
    "search": _search,
    "sort": _sort,
    "more": _more,
    "older": _older,
    "newer": _newer,
    "focus": _focus,
    "close": _close,
    "refresh": _refresh,
}
_ANSWERED: Final[Mapping[str, Callable[[Desk, Choice, Action], Handled]]] = {
    "forward": forwarded,
}
_AT_DESK: Final[Mapping[str, Callable[[Desk, Action], Wish]]] = {
    "snooze": _snooze,
    "file": _file,
    "template": _template,
}
_WISHING: Final[Mapping[str, Callable[[Action], Wish]]] = {
    "reply": _reply,
    "note": _note,
    "resend": _resend,
    "consider": _consider,
    "resolve": _resolve,
    "reopen": _reopen,
    "assign": _assign,
    "team": _team,
    "read": _read,
    "unread": _unread,
    "priority": _priority,
    "unsnooze": _unsnooze,
    "label": _label,
    "fetch": _fetch,
    **{kind: partial(_about, wish_of) for kind, wish_of in CONTACT_WISHES.items()},
}
