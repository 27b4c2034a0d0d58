"""Contacts: writing down a new one, and editing name and e-mail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from console.actions.base import Fact, Facts, Recorded
from console.domain.agent import Acting, Right
from console.domain.contact import Contact
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.phone import typed_phone
from console.domain.text import clean
from console.i18n import Text
from console.store.contacts import contact_by_address, create_contact
from console.store.work import Connection

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
NAME_MISSING = Text("Escreva o nome.", "Write the name.", "Escribe el nombre.")
BAD_EMAIL = Text(
    "Esse e-mail não parece completo. Exemplo: ana@exemplo.com.br",
    "That e-mail looks incomplete. Example: ana@example.com",
    "Ese correo parece incompleto. Ejemplo: ana@ejemplo.com",
)
BAD_PHONE = Text(
    "Esse número não parece completo. Exemplo: (11) 90000-0000 ou +351 912 345 678",
    "That number looks incomplete. Example: (11) 90000-0000 or +351 912 345 678",
    "Ese número parece incompleto. Ejemplo: (11) 90000-0000 o +351 912 345 678",
)
PHONE_TAKEN = Text(
    "Já existe um contato com esse WhatsApp. Procure pelo número na lista.",
    "A contact with this WhatsApp exists already. Search for the number.",
    "Ya existe un contacto con ese WhatsApp. Busca el número en la lista.",
)


@dataclass(frozen=True, slots=True)
class CreateContact:
    """Write down a person with their WhatsApp number."""

    kind: ClassVar = "create_contact"
    title: ClassVar = Text("Novo contato", "New contact", "Nuevo contacto")
    right: ClassVar = Right.CONTACTS

    name: str
    phone: str
    email: str = ""

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused without a name, and when the number is incomplete or known."""
        del actor
        address = typed_phone(self.phone)
        if address is None:
            raise RuleError(BAD_PHONE)
        if contact_by_address(connection, address) is not None:
            raise RuleError(PHONE_TAKEN)
        name, email = checked_name(self.name), checked_email(self.email)
        contact_id = create_contact(connection, name, email, [address], at, "person")
        return Recorded(EventKind.CONTACT_CREATED, "contact", contact_id)


@dataclass(frozen=True, slots=True)
class EditContact:
    """Change name and e-mail of a contact."""

    kind: ClassVar = "edit_contact"
    title: ClassVar = Text("Editar contato", "Edit contact", "Editar contacto")
    right: ClassVar = Right.CONTACTS
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ()

    name: str
    email: str

    def check(self, connection: Connection, actor: Acting) -> None:
        """Refused without a name, and for an incomplete e-mail."""
        del connection, actor
        self.columns()

    def decide_contact(self, state: Contact, actor: Acting, at: Instant) -> Facts:
        """The fact names no words: they may be erased one day, the fact may not."""
        del state, actor, at
        return (Fact(EventKind.CONTACT_EDITED),)

    def columns(self) -> Mapping[str, object]:
        """What changes on the contact."""
        return {"name": checked_name(self.name), "email": checked_email(self.email)}


def checked_name(name: str) -> str:
    """The name without white space around it; raises RuleError when nothing is left."""
    cleaned = clean(name).text.strip()
    if not cleaned:
        raise RuleError(NAME_MISSING)
    return cleaned


def checked_email(email: str) -> str | None:
    """A plausible e-mail address or None; raises RuleError for anything else."""
    cleaned = clean(email).text.strip()
    if cleaned and not _EMAIL.fullmatch(cleaned):
        raise RuleError(BAD_EMAIL)
    return cleaned or None
