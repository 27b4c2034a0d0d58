"""Settings: people, teams, instances, labels, and what each person prefers."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from console.actions.base import NOT_ALLOWED, Recorded
from console.actions.contacts import BAD_EMAIL, BAD_PHONE, checked_email, checked_name
from console.domain.agent import Acting, Right, Role
from console.domain.centre import CentreSettings
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.phone import typed_phone
from console.i18n import LANGUAGES, Text
from console.store import people, people_write
from console.store.centre import save_centre_settings
from console.store.work import Connection

EMAIL_TAKEN = Text(
    "Já existe uma pessoa com esse e-mail.",
    "Somebody has this e-mail already.",
    "Ya existe una persona con ese correo.",
)
LAST_ADMIN = Text(
    "A Central precisa de pelo menos uma pessoa na administração.",
    "Central needs at least one admin.",
    "Central necesita al menos una persona en administración.",
)
KEY_TAKEN = Text(
    "Já existe um registro com esse nome. Escolha outro.",
    "There is one of this name already. Choose another.",
    "Ya existe uno con ese nombre. Elige otro.",
)
BAD_COLOUR = Text(
    "A cor precisa ter a forma #1a7f5a.",
    "The colour must look like #1a7f5a.",
    "El color debe tener la forma #1a7f5a.",
)


BAD_LIMITS = Text(
    "A segunda pessoa só pode ser pedida acima do limite de confirmação.",
    "A second person can only be asked above the limit for confirming.",
    "La segunda persona solo puede pedirse por encima del límite de confirmación.",
)


def checked_colour(colour: str) -> str:
    """A colour as `#rrggbb`; raises RuleError for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise RuleError(BAD_COLOUR)
    return colour


def slug(name: str) -> str:
    """The key of a name: lower case, without accents, words joined by hyphens."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-") or "x"


@dataclass(frozen=True, slots=True)
class SaveAgent:
    """Write down a person or change one (`agent_id`)."""

    kind: ClassVar = "save_agent"
    title: ClassVar = Text("Salvar pessoa", "Save person", "Guardar persona")
    right: ClassVar = Right.SETTINGS

    email: str
    name: str
    role: Role
    team_ids: tuple[int, ...] = ()
    is_active: bool = True
    agent_id: int | None = None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for an e-mail in use, and for taking away the last admin."""
        del actor
        email = checked_email(self.email.lower())
        if email is None:
            raise RuleError(BAD_EMAIL)
        holder = people.agent_by_email(connection, email)
        if holder is not None and holder.id != self.agent_id:
            raise RuleError(EMAIL_TAKEN)
        values = {
            "email": email,
            "name": checked_name(self.name),
            "role": Role(self.role),
            "is_active": self.is_active,
        }
        had_admin = people_write.has_admin(connection)
        saved = people_write.save_agent(connection, self.agent_id, values, self.team_ids, at)
        if had_admin and not people_write.has_admin(connection):
            raise RuleError(LAST_ADMIN)
        return Recorded(EventKind.AGENT_SAVED, "agent", saved)


@dataclass(frozen=True, slots=True)
class SetPassword:
    """Give a person a new password (its hash); everybody may change their own."""

    kind: ClassVar = "set_password"
    title: ClassVar = Text("Trocar senha", "Change password", "Cambiar contraseña")
    right: ClassVar = Right.READ

    agent_id: int
    password_hash: str

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """All other sign-ins of the person end."""
        del at
        if self.agent_id != actor.agent_id and not actor.may(Right.SETTINGS):
            raise RuleError(NOT_ALLOWED)
        people_write.set_password(connection, self.agent_id, self.password_hash)
        return Recorded(EventKind.PASSWORD_SET, "agent", self.agent_id)


@dataclass(frozen=True, slots=True)
class SavePreferences:
    """What a person prefers: language, theme, and remembered choices of pages."""

    kind: ClassVar = "save_preferences"
    title: ClassVar = Text("Salvar preferências", "Save preferences", "Guardar preferencias")
    right: ClassVar = Right.READ

    language: str | None = None
    theme: str | None = None
    settings: Mapping[str, Any] | None = None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Only one's own; `settings` are laid over the ones kept."""
        del at
        values: dict[str, Any] = {}
        if self.language in LANGUAGES:
            values["language"] = self.language
        if self.theme in {"light", "dark", "system"}:
            values["theme"] = self.theme
        if self.settings is not None:
            kept = people.agent(connection, actor.agent_id)
            values["settings"] = json.dumps({**(kept.settings if kept else {}), **self.settings})
        people_write.update_agent(connection, actor.agent_id, values)
        return Recorded(EventKind.AGENT_SAVED, "agent", actor.agent_id)


@dataclass(frozen=True, slots=True)
class SaveTeam:
    """Write down a team or rename one (`team_id`); its key stays."""

    kind: ClassVar = "save_team"
    title: ClassVar = Text("Salvar equipe", "Save team", "Guardar equipo")
    right: ClassVar = Right.SETTINGS

    name: str
    team_id: int | None = None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for a name in use."""
        del actor
        name = checked_name(self.name)
        saved = people_write.save_keyed(connection, "team", self.team_id, slug(name), name, at)
        if saved is None:
            raise RuleError(KEY_TAKEN)
        return Recorded(EventKind.TEAM_SAVED, "team", saved)


@dataclass(frozen=True, slots=True)
class SaveInstance:
    """Write down an instance or change one (`instance_id`); its key stays."""

    kind: ClassVar = "save_instance"
    title: ClassVar = Text("Salvar instância", "Save instance", "Guardar instancia")
    right: ClassVar = Right.SETTINGS

    name: str
    channel: str = "none"
    phone: str = ""
    is_active: bool = True
    key: str = ""
    instance_id: int | None = None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for a key in use and for an incomplete number."""
        del actor
        name = checked_name(self.name)
        address = typed_phone(self.phone) if self.phone.strip() else None
        if self.phone.strip() and address is None:
            raise RuleError(BAD_PHONE)
        more = {
            "channel": self.channel,
            "phone": address.value if address else None,
            "is_active": self.is_active,
        }
        key = slug(self.key or name)
        saved = people_write.save_keyed(
            connection, "instance", self.instance_id, key, name, at, more
        )
        if saved is None:
            raise RuleError(KEY_TAKEN)
        return Recorded(EventKind.INSTANCE_SAVED, "instance", saved)


@dataclass(frozen=True, slots=True)
class SaveLabel:
    """Write down a label or change one (`label_id`); its key stays."""

    kind: ClassVar = "save_label"
    title: ClassVar = Text("Salvar etiqueta", "Save label", "Guardar etiqueta")
    right: ClassVar = Right.LABELS

    name: str
    colour: str = "#1a7f5a"
    label_id: int | None = None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for a name in use and for a colour that is none."""
        del actor
        name = checked_name(self.name)
        more = {"colour": checked_colour(self.colour)}
        saved = people_write.save_keyed(
            connection, "label", self.label_id, slug(name), name, at, more
        )
        if saved is None:
            raise RuleError(KEY_TAKEN)
        return Recorded(EventKind.LABEL_SAVED, "label", saved)


@dataclass(frozen=True, slots=True)
class SaveCentre:
    """Keep what an admin sets for the whole centre."""

    kind: ClassVar = "save_centre"
    title: ClassVar = Text("Salvar regras", "Save rules", "Guardar reglas")
    right: ClassVar = Right.SETTINGS

    settings: CentreSettings

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for numbers below zero, and for a second person before the first asks."""
        del actor, at
        above, second = self.settings.bulk_confirm_above, self.settings.bulk_second_above
        if above < 0 or (second is not None and second < above):
            raise RuleError(BAD_LIMITS)
        save_centre_settings(connection, self.settings)
        return Recorded(EventKind.CENTRE_SAVED, "setting", 0)
