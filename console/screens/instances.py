"""Instances: how each is linked, how it is, and what waits; integrations; what was given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.config import Settings
from console.domain.ids import Instant
from console.domain.provider import Provider, provider_of
from console.domain.template import Template
from console.i18n import Text
from console.screens.linking import webhook_address
from console.store import accounts, dead_letters, integrations, people, templates
from console.store.accounts import Link
from console.store.dead_letters import DeadLetter
from console.store.integrations import Integration
from console.store.people import Instance
from console.store.vault import Vault
from console.store.waiting import Waiting, waiting
from console.store.work import Store

SECTION: Final = "section"
"""The parameter of the address that names the section."""


class Section(StrEnum):
    """The parts of the page."""

    NUMBERS = "numbers"
    SYSTEMS = "systems"
    LETTERS = "letters"


class Standing(StrEnum):
    """How an instance is, in the order of what matters most."""

    OFF = "off"
    UNLINKED = "unlinked"
    PAUSED = "paused"
    AUTH = "auth"
    DISCONNECTED = "disconnected"
    HELD = "held"
    DOWN = "down"
    DEGRADED = "degraded"
    OK = "ok"
    UNTESTED = "untested"


STANDING_NAMES: Final = {
    Standing.OFF: Text("inativa", "inactive", "inactiva"),
    Standing.UNLINKED: Text("sem canal", "no channel", "sin canal"),
    Standing.PAUSED: Text("pausada", "paused", "en pausa"),
    Standing.AUTH: Text("acesso recusado", "access refused", "acceso rechazado"),
    Standing.DISCONNECTED: Text("telefone desconectado", "phone offline", "teléfono desconectado"),
    Standing.HELD: Text("envio em espera", "sending on hold", "envío en espera"),
    Standing.DOWN: Text("fora do ar", "down", "fuera de servicio"),
    Standing.DEGRADED: Text("degradada", "degraded", "degradada"),
    Standing.OK: Text("funcionando", "working", "funcionando"),
    Standing.UNTESTED: Text("ainda não testada", "not tested yet", "aún sin probar"),
}
WAYS_OUT: Final[Mapping[Standing, Text]] = {
    Standing.PAUSED: Text(
        "Alguém pausou o envio. O que a equipe escrever espera; o que os clientes escrevem chega.",
        "Somebody paused sending. What the team writes waits; what customers write comes in.",
        "Alguien pausó el envío. Lo que escriba el equipo espera; lo que escriben los clientes"
        " llega.",
    ),
    Standing.AUTH: Text(
        "O provedor recusou o acesso: o token venceu ou perdeu permissões. Informe outro em"
        " “Alterar ligação”.",
        "The provider refused access: the token has ended or lost rights. Give another under"
        " “Change link”.",
        "El proveedor rechazó el acceso: el token venció o perdió permisos. Indica otro en"
        " “Cambiar vínculo”.",
    ),
    Standing.DISCONNECTED: Text(
        "O telefone deixou de estar conectado. Leia o código QR de novo.",
        "The phone is not connected any more. Scan the QR code again.",
        "El teléfono dejó de estar conectado. Escanea el código QR otra vez.",
    ),
    Standing.HELD: Text(
        "O provedor pediu para esperar. O envio continua sozinho.",
        "The provider asked to wait. Sending goes on by itself.",
        "El proveedor pidió esperar. El envío sigue solo.",
    ),
    Standing.DOWN: Text(
        "O provedor não respondeu ao último teste.",
        "The provider did not answer the last test.",
        "El proveedor no respondió a la última prueba.",
    ),
}
_TOLD: Final[Mapping[str, Standing]] = {
    "ok": Standing.OK,
    "open": Standing.OK,
    "degraded": Standing.DEGRADED,
    "connecting": Standing.DEGRADED,
    "down": Standing.DOWN,
    "auth": Standing.AUTH,
    "close": Standing.DISCONNECTED,
    "disconnected": Standing.DISCONNECTED,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One instance with its link, its standing and what waits to be sent."""

    instance: Instance
    link: Link | None
    provider: Provider | None
    standing: Standing
    waiting: Waiting | None

    @property
    def can_resume(self) -> bool:
        """Whether somebody or something holds its sending."""
        return self.link is not None and (self.link.is_paused or self.link.held_for is not None)

    @property
    def needs_phone(self) -> bool:
        """Whether somebody has to link a phone by a code."""
        is_paired = self.provider is not None and self.provider.is_paired
        return is_paired and self.standing in {Standing.DISCONNECTED, Standing.UNTESTED}


@dataclass(frozen=True, slots=True)
class Instances:
    """Everything the page shows."""

    lines: tuple[Line, ...]
    systems: tuple[Integration, ...]
    letters: tuple[DeadLetter, ...]
    letter_n: int

    @property
    def uses_evolution(self) -> bool:
        """Whether the notice of its licence has to be shown."""
        return any(line.instance.channel == "evolution" for line in self.lines)

    def name_of(self, instance_id: int) -> str:
        """The name of an instance."""
        names = {line.instance.id: line.instance.name for line in self.lines}
        return names.get(instance_id, str(instance_id))


@dataclass(frozen=True, slots=True)
class Webhook:
    """What has to be typed at the provider."""

    address: str
    verify_token: str


def build(store: Store, now: Instant) -> Instances:
    """The page in one snapshot."""
    with store.read() as connection:
        links, queued = accounts.links(connection), waiting(connection)
        lines = tuple(
            _line(one, links.get(one.id), queued.get(one.id), now)
            for one in people.instances(connection)
        )
        return Instances(
            lines,
            tuple(integrations.integrations(connection)),
            tuple(dead_letters.dead_letters(connection)),
            dead_letters.dead_n(connection),
        )


def line_of(shown: Instances, instance_id: int) -> Line | None:
    """The line of one instance."""
    return next((line for line in shown.lines if line.instance.id == instance_id), None)


def webhook(settings: Settings, vault: Vault, link: Link) -> Webhook:
    """What to type at the provider; raises VaultError without the key of the secrets."""
    return Webhook(
        webhook_address(settings, link), accounts.opened(vault, link.sealed).verify_token
    )


def known_templates(store: Store, instance_id: int) -> tuple[tuple[Template, ...], Instant | None]:
    """The templates of an instance, and when they were told."""
    with store.read() as connection:
        found = templates.templates(connection, instance_id)
        return tuple(found), templates.fetched_at(connection, instance_id)


def body_of(template: Template) -> str:
    """What a template says."""
    return next((part.text for part in template.parts if part.kind == "body"), "")


def standing_of(instance: Instance, link: Link | None, now: Instant) -> Standing:
    """What matters most about an instance now."""
    if not instance.is_active:
        return Standing.OFF
    if link is None or provider_of(link.channel) is None:
        return Standing.UNLINKED
    if link.is_paused:
        return Standing.PAUSED
    if link.held_for is not None and (link.held_until_at is None or link.held_until_at > now):
        return _TOLD.get(link.held_for, Standing.HELD)
    return _TOLD.get(link.state, Standing.UNTESTED)


def _line(instance: Instance, link: Link | None, queued: Waiting | None, now: Instant) -> Line:
    standing = standing_of(instance, link, now)
    return Line(instance, link, provider_of(instance.channel), standing, queued)
