"""One item of a Cloud API body becomes one fact; whatever cannot be read is `Unhandled`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.channels.cloud_content import beside, content, provider_error
from console.channels.cloud_peers import Known, is_phone, person, phone_of
from console.channels.inbound import (
    Inbound,
    Kind,
    MessageEdited,
    MessageIn,
    MessageRevoked,
    PeerChanged,
    PeerId,
    ReactionIn,
    Status,
    StatusIn,
    Unhandled,
)
from console.channels.json_in import is_set, listed, number, part, word, words
from console.domain.ids import SECOND, Instant

_YEAR_2100: Final = 4_102_444_800  # a later clock is no clock
_LONGEST_NAME: Final = 80  # characters of what an unhandled item is called


@dataclass(frozen=True, slots=True)
class Change:
    """What the items of one change share: the instance, its own number, who is named, errors."""

    instance: str
    ours: str | None
    known: Known
    errors: list[Any]
    at: Instant


def message(change: Change, item: Any) -> Inbound:
    """A message of a customer."""
    return _message(change, item, is_echo=False)


def echo(change: Change, item: Any) -> Inbound:
    """A message that was written on our own phone."""
    return _message(change, item, is_echo=True)


def status(change: Change, item: Any) -> Inbound:
    """What became of a message of ours; the states of calls are none."""
    said, target = word(item, "status") or "", word(item, "id")
    is_call = word(item, "type") == "call"
    if target is None or is_call or said not in _STATUSES:
        return unhandled(change, f"{'call' if is_call else 'status'} {said}", item)
    return StatusIn(
        instance=change.instance,
        at=clock(item, "timestamp", change.at),
        id=target,
        status=_STATUSES[said],
        errors=tuple(provider_error(error) for error in listed(item, "errors")),
        correlation=word(item, "biz_opaque_callback_data"),
        peer=_recipient(change, item),
    )


def unhandled(change: Change, what: str, item: Any) -> Unhandled:
    """An item this channel does not know, with what it says of itself."""
    return Unhandled(
        instance=change.instance,
        at=clock(item, "timestamp", change.at),
        what=what.strip()[:_LONGEST_NAME],
        id=word(item, "id"),
        peer=_concerned(change, item),
    )


def error(change: Change, item: Any) -> Unhandled:
    """An error that the provider tells beside the items."""
    told = provider_error(item)
    return unhandled(change, f"error {told.code or ''} {told.title}", item)


def clock(value: Any, key: str, otherwise: Instant) -> Instant:
    """The provider's clock, which counts seconds."""
    seconds = number(value, key)
    return seconds * SECOND if seconds and seconds < _YEAR_2100 else otherwise


# Anything else that a status may be called (`deleted`, `warning`) is unhandled.
_STATUSES: Final = {
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "played": Status.PLAYED,
    "failed": Status.FAILED,
}


def _concerned(change: Change, item: Any) -> PeerId | None:
    """Whom an item is about, whichever way it went."""
    if word(item, "recipient_id") or word(item, "recipient_user_id"):
        return _recipient(change, item)
    peer, _ = _parties(change, item, is_echo=is_phone(word(item, "from"), change.ours))
    return peer


def _recipient(change: Change, item: Any) -> PeerId | None:
    given = word(item, "recipient_id")
    if word(item, "recipient_type") == "group":
        return PeerId(group=given) if given else None
    bsuid, parent = word(item, "recipient_user_id"), word(item, "recipient_parent_user_id")
    return person(given, bsuid, parent, change.known)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message before its type is looked at."""

    change: Change
    item: Any
    id: str
    peer: PeerId
    author: PeerId | None
    from_me: bool

    @property
    def told(self) -> dict[str, Any]:
        return {
            "instance": self.change.instance,
            "at": clock(self.item, "timestamp", self.change.at),
        }


def _message(change: Change, item: Any, *, is_echo: bool) -> Inbound:
    kind, given = word(item, "type") or "", word(item, "id")
    peer, author = _parties(change, item, is_echo=is_echo)
    if given is None or peer is None:
        return unhandled(change, f"message {kind}", item)
    letter = _Letter(change, item, given, peer, author, is_echo)
    found = _SPECIAL.get(kind, _written)(letter)
    return found or unhandled(change, f"message {kind}", item)


def _parties(change: Change, item: Any, *, is_echo: bool) -> tuple[PeerId | None, PeerId | None]:
    """Whom we talk with, and in a group the person who wrote."""
    side = "to" if is_echo and not is_phone(word(item, "to"), change.ours) else "from"
    bsuid, parent = word(item, f"{side}_user_id"), word(item, f"{side}_parent_user_id")
    one = person(word(item, side), bsuid, parent, change.known)
    group = word(item, "group_id")
    return (PeerId(group=group), None if is_echo else one) if group else (one, None)


def _written(letter: _Letter) -> Inbound:
    context = part(letter.item, "context")
    found = content(letter.item, letter.change.errors)
    is_forwarded = is_set(context, "forwarded") or is_set(context, "frequently_forwarded")
    return MessageIn(
        **letter.told,
        id=letter.id,
        peer=letter.peer,
        kind=found.kind,
        from_me=letter.from_me,
        author=letter.author,
        text=found.text,
        media=found.media,
        reply_to=word(context, "id"),
        is_forwarded=is_forwarded,
        data=beside(letter.item, found),
        correlation=word(letter.item, "biz_opaque_callback_data"),
    )


def _reaction(letter: _Letter) -> Inbound | None:
    """An emoji that is absent or empty takes the reaction away."""
    given = part(letter.item, "reaction")
    target = word(given, "message_id")
    if target is None:
        return None
    return ReactionIn(
        **letter.told,
        id=letter.id,
        peer=letter.peer,
        target=target,
        emoji=word(given, "emoji"),
        from_me=letter.from_me,
        author=letter.author,
    )


def _edit(letter: _Letter) -> Inbound | None:
    given = part(letter.item, "edit")
    target, found = word(given, "original_message_id"), content(given.get("message"), [])
    if target is None or found.kind is Kind.UNSUPPORTED:
        return None
    return MessageEdited(
        **letter.told, target=target, text=found.text, peer=letter.peer, from_me=letter.from_me
    )


def _revoke(letter: _Letter) -> Inbound | None:
    target = word(part(letter.item, "revoke"), "original_message_id")
    if target is None:
        return None
    return MessageRevoked(**letter.told, target=target, peer=letter.peer, from_me=letter.from_me)


def _system(letter: _Letter) -> Inbound | None:
    """`from` is who the person was; the notice names who they are now."""
    given = part(letter.item, "system")
    read = _NOTICES.get(word(given, "type") or "")
    new = read(given, letter.peer) if read else None
    if new is None:
        return None
    return PeerChanged(
        **letter.told, id=letter.id, old=letter.peer, new=new, text=words(given, "body")
    )


def _renamed(given: Any, old: PeerId) -> PeerId | None:
    del old
    new = PeerId(
        phone=phone_of(word(given, "new_wa_id") or word(given, "wa_id")),
        bsuid=word(given, "new_user_id") or word(given, "user_id"),
        parent_bsuid=word(given, "new_parent_user_id") or word(given, "parent_user_id"),
    )
    return new if new.phone or new.bsuid else None


def _unchanged(given: Any, old: PeerId) -> PeerId:
    del given
    return old


def _unknown(letter: _Letter) -> None:
    """Somebody has opened the chat and written nothing yet."""
    del letter


_NOTICES: Final[Mapping[str, Callable[[Any, PeerId], PeerId | None]]] = {
    "user_changed_number": _renamed,
    "customer_changed_number": _renamed,  # the older name of the same
    "user_changed_user_id": _renamed,
    "customer_identity_changed": _unchanged,
}
_SPECIAL: Final[Mapping[str, Callable[[_Letter], Inbound | None]]] = {
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
    "system": _system,
    "request_welcome": _unknown,
}
