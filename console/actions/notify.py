"""Notify: a system of the house sends a message to a customer, and no person did.

It goes through the outbox like any other message, and it counts as nobody's answer: it stops no
clock, marks nothing as read, and leaves a resolved conversation resolved. A conversation that it
has to open is resolved at once: it needs nobody until the customer writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from console.actions.base import CONTACT_NOT_FOUND, Fact, Facts, Outcome, Words
from console.actions.contacts import BAD_PHONE
from console.actions.link import NOT_LINKED
from console.actions.open import NO_SUCH_INSTANCE, found_or_new
from console.actions.reply import WINDOW_CLOSED, written
from console.actions.run import run
from console.domain.agent import Acting, Right, a_bot
from console.domain.contact import Address, Contact
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Direction
from console.domain.phone import typed_phone
from console.domain.provider import Provider, provider_of
from console.domain.template import TemplateCall, checked_call, payload_of, shown
from console.domain.text import clean
from console.domain.window import is_open
from console.i18n import Text
from console.store import accounts
from console.store.accounts import Link
from console.store.contacts import contact_by_address
from console.store.identity import contact_of
from console.store.merges import current
from console.store.rows import load_contacts
from console.store.templates import templates
from console.store.work import Connection, Store

BLOCKED: Final = Text(
    "Este contato bloqueou mensagens do sistema: notificações automáticas não são enviadas.",
    "System messages to this contact are blocked: no automated notification is sent.",
    "Los mensajes del sistema a este contacto están bloqueados: no se envían avisos automáticos.",
)
NOT_BLOCKED: Final = Text(
    "As mensagens do sistema estão liberadas para este contato.",
    "System messages to this contact are allowed.",
    "Los mensajes del sistema están permitidos para este contacto.",
)
ONE_ADDRESSEE: Final = Text(
    "Diga a quem enviar de um só modo: telefone, contato ou identificador da Meta (bsuid).",
    "Say in one way whom to send to: phone, contact, or identifier of Meta (bsuid).",
    "Di de un solo modo a quién enviar: teléfono, contacto o identificador de Meta (bsuid).",
)
BAD_BSUID: Final = Text(
    "O identificador da Meta tem a forma BR.13491208655302741918.",
    "An identifier of Meta looks like BR.13491208655302741918.",
    "El identificador de Meta tiene la forma BR.13491208655302741918.",
)
UNREACHABLE: Final = Text(
    "O contato não tem número nem identificador pelo qual esta instância possa enviar.",
    "The contact has no number or identifier that this instance could send to.",
    "El contacto no tiene número ni identificador al que esta instancia pueda enviar.",
)
TEXT_OR_TEMPLATE: Final = Text(
    "Envie um texto ou um modelo, e não os dois.",
    "Send a text or a template, not both.",
    "Envía un texto o una plantilla, no ambos.",
)
NO_TEMPLATES: Final = Text(
    "O canal desta instância não tem modelos: envie um texto.",
    "The channel of this instance has no templates: send a text.",
    "El canal de esta instancia no tiene plantillas: envía un texto.",
)
_BSUID: Final = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")  # Meta, business-scoped user IDs
_WAYS: Final[Mapping[str, frozenset[str]]] = {
    "cloud": frozenset({"phone", "bsuid"}),
    "evolution": frozenset({"phone", "lid", "group"}),
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a notification is for: one of the three. `name` is for somebody unknown so far."""

    phone: str = ""
    bsuid: str = ""
    contact_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Notify:
    """Send a text or a template on behalf of a system; `source` is its name."""

    kind: ClassVar = "notify"
    title: ClassVar = Text("Notificar", "Notify", "Notificar")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ()

    instance_id: int
    to: Addressee
    source: str
    text: str = ""
    template: TemplateCall | None = None
    integration_id: int = 0
    external_id: str = ""
    words: str = field(repr=False, default="")  # what is read; the wish is the same without

    def check(self, connection: Connection, actor: Acting) -> None:
        """Refused for what is neither text nor template, and for a template called wrongly."""
        del actor
        if bool(self.text) == (self.template is not None):
            raise RuleError(TEXT_OR_TEMPLATE)
        _, provider = _sending(connection, self.instance_id)
        if self.template is None:
            written(self.text)
        elif provider.has_templates:
            checked_call(self.template, templates(connection, self.instance_id))
        else:
            raise RuleError(NO_TEMPLATES)

    def place(self, connection: Connection, actor: Acting, at: Instant) -> list[Conversation]:
        """The conversation with the addressee; both are made when unknown.

        Refused for whom automated messages are blocked, and when only a template may be sent.
        """
        del actor
        link, provider = _sending(connection, self.instance_id)
        contact = _addressee(connection, self.to, link, at)
        if contact.is_blocked:
            raise RuleError(BLOCKED)
        if not any(_is_way(address, provider, link) for address in contact.addresses):
            raise RuleError(UNREACHABLE)
        state = found_or_new(connection, self.instance_id, contact.id)
        if self.template is None and provider.has_window and not is_open(state.inbound_at, at):
            raise RuleError(WINDOW_CLOSED)
        return [state]

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """A conversation that begins with a notification is resolved at once."""
        del actor, at
        told = {"integration": str(self.integration_id), "external_id": self.external_id}
        words = Words(
            Direction.OUT,
            self.words or self._text(),
            "text" if self.template is None else "template",
            author_name=self.source,
            is_sent=True,
            content=json.dumps({"notification": told}),
            payload="{}" if self.template is None else payload_of(self.template),
        )
        sent = Fact(EventKind.REPLIED, words=words)
        if not state.is_new:
            return (sent,)
        opened = Fact(EventKind.OPENED, to_id=state.contact_id)
        return (opened, sent, Fact(EventKind.RESOLVED))

    def _text(self) -> str:
        return self.text if self.template is None else shown(self.template, None)


@dataclass(frozen=True, slots=True)
class RefuseNotification:
    """Write down that a notification was refused because of the contact's block."""

    kind: ClassVar = "refuse_notification"
    title: ClassVar = Text("Recusar notificação", "Refuse notification", "Rechazar aviso")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ("is_blocked",)

    def decide_contact(self, state: Contact, actor: Acting, at: Instant) -> Facts:
        """Refused when nothing is blocked."""
        del actor, at
        if not state.is_blocked:
            raise RuleError(NOT_BLOCKED)
        return (Fact(EventKind.NOTIFICATION_REFUSED),)

    def columns(self) -> Mapping[str, object]:
        """Nothing of the contact changes."""
        return {}


def notify(store: Store, wish: Notify, *, at: Instant, key: str) -> Outcome:
    """Send a notification once per `key`; raises RuleError when it is refused.

    A refusal because of a block is written down.
    """
    known = wish if wish.template is None else replace(wish, words=_words(store, wish))
    try:
        return run(store, known, actor=a_bot(), at=at, key=key)
    except RuleError as error:
        if error.text == BLOCKED:
            _note_refusal(store, wish, at, key)
        raise


def _words(store: Store, wish: Notify) -> str:
    """What the customer reads; the template's name while its text was never told."""
    call = wish.template or TemplateCall("", "")
    with store.read() as connection:
        known = templates(connection, wish.instance_id)
    same = [t for t in known if (t.name, t.language) == (call.name, call.language)]
    return shown(call, same[0] if same else None)


def _note_refusal(store: Store, wish: Notify, at: Instant, key: str) -> None:
    with store.read() as connection:
        link, _ = _sending(connection, wish.instance_id)
        contact_id = _known(connection, wish.to, link)
    ids = [] if contact_id is None else [contact_id]
    run(store, RefuseNotification(), ids, actor=a_bot(), at=at, key=f"{key}:refused")


def _sending(connection: Connection, instance_id: int) -> tuple[Link, Provider]:
    """The link of an instance that sends, and its provider; raises RuleError otherwise."""
    link = accounts.link(connection, instance_id)
    provider = provider_of(link.channel) if link else None
    if link is None or provider is None:
        raise RuleError(NOT_LINKED)
    if not link.is_active:
        raise RuleError(NO_SUCH_INSTANCE)
    return link, provider


def _addressee(connection: Connection, to: Addressee, link: Link, at: Instant) -> Contact:
    """The contact, locked; made when nobody has the address yet."""
    address = _address(to, link)
    contact_id = current(connection, to.contact_id) if to.contact_id else None
    if address is not None:
        contact_id = contact_of(connection, (address,), clean(to.name).text.strip(), at)
    found = load_contacts(connection, [contact_id or 0], lock=True)
    if not found:
        raise RuleError(CONTACT_NOT_FOUND)
    return found[0]


def _known(connection: Connection, to: Addressee, link: Link) -> int | None:
    address = _address(to, link)
    if address is not None:
        return contact_by_address(connection, address)
    return current(connection, to.contact_id) if to.contact_id else None


def _address(to: Addressee, link: Link) -> Address | None:
    """What identifies the addressee; None for a contact. Raises RuleError for what does not."""
    if sum((bool(to.phone), bool(to.bsuid), to.contact_id is not None)) != 1:
        raise RuleError(ONE_ADDRESSEE)
    if to.phone:
        phone = typed_phone(to.phone)
        if phone is None:
            raise RuleError(BAD_PHONE)
        return phone
    if to.bsuid and not _BSUID.fullmatch(to.bsuid):
        raise RuleError(BAD_BSUID)
    return Address("bsuid", to.bsuid, to.bsuid, link.business) if to.bsuid else None


def _is_way(address: Address, provider: Provider, link: Link) -> bool:
    """Whether the provider can send to this address; identifiers of others' customers are none."""
    is_own = address.kind != "bsuid" or address.scope == link.business
    return address.kind in _WAYS[provider.wire] and is_own
