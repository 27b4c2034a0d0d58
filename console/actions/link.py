"""Links: an instance and its provider, the address of its webhooks, and whether it may send."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from console.actions.base import Recorded
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.provider import Provider, checked_url, provider_of
from console.domain.template import Template
from console.i18n import Text
from console.store import accounts, dead_letters, holds, people_write, templates
from console.store.accounts import Link, Sealed
from console.store.work import Connection

NO_INSTANCE: Final = Text(
    "Essa instância não existe mais. Recarregue a página.",
    "There is no such instance any more. Reload the page.",
    "Esa instancia ya no existe. Recarga la página.",
)
NOT_LINKED: Final = Text(
    "Esta instância ainda não está ligada a um provedor. Ligue-a primeiro.",
    "This instance is not linked to a provider yet. Link it first.",
    "Esta instancia todavía no está vinculada a un proveedor. Vincúlala primero.",
)
NO_PROVIDER: Final = Text(
    "Escolha o canal da lista.", "Choose the channel from the list.", "Elige el canal de la lista."
)
BAD_NAME: Final = Text(
    "O provedor não usa um identificador assim. Copie-o de lá, sem espaços em volta.",
    "The provider has no identifiers like this. Copy it from there, without spaces.",
    "El proveedor no usa un identificador así. Cópialo de allí, sin espacios.",
)
BAD_BUSINESS: Final = Text(
    "Informe o ID da conta do WhatsApp Business, só com números.",
    "Give the id of the WhatsApp Business account, digits only.",
    "Indica el ID de la cuenta de WhatsApp Business, solo números.",
)
NO_TOKEN: Final = Text(
    "Informe o token de acesso.", "Give the access token.", "Indica el token de acceso."
)
TOKEN_FOR_NEW_ADDRESS: Final = Text(
    "O endereço ou o canal mudou: informe os segredos de novo, para que não vão a outro lugar.",
    "Address or channel has changed: give the secrets again, so that they go nowhere else.",
    "Cambió la dirección o el canal: indica los secretos otra vez, para que no vayan a otro lugar.",
)
NO_SECRET: Final = Text(
    "Sem o segredo não há como saber se uma mensagem veio mesmo do provedor. Informe-o.",
    "Without the secret nobody can tell whether a message is the provider's. Give it.",
    "Sin el secreto no se puede saber si un mensaje es del proveedor. Indícalo.",
)
NO_VERIFY_TOKEN: Final = Text(
    "Informe o token de verificação que será digitado na Meta.",
    "Give the verify token that is typed at Meta.",
    "Indica el token de verificación que se escribirá en Meta.",
)
ALREADY_LINKED: Final = Text(
    "Outra instância já usa esta conexão. Cada número pertence a uma só instância.",
    "Another instance uses this connection. Each number belongs to one instance.",
    "Otra instancia ya usa esta conexión. Cada número pertenece a una sola instancia.",
)
ALREADY_PAUSED: Final = Text(
    "O envio já estava pausado.", "Sending was paused already.", "El envío ya estaba en pausa."
)
NOT_PAUSED: Final = Text(
    "O envio não estava pausado.", "Sending was not paused.", "El envío no estaba en pausa."
)
NOT_DEAD: Final = Text(
    "Essas mensagens já foram processadas ou estão na fila.",
    "These have been taken in already, or wait for it.",
    "Estos ya fueron procesados o están en la cola.",
)


@dataclass(frozen=True, slots=True)
class LinkInstance:
    """Link an instance to its provider. Secrets come sealed; None keeps the one that is there.

    `provider_name` is what the provider calls the instance: phone number id or instance name.
    """

    kind: ClassVar = "link_instance"
    title: ClassVar = Text("Ligar instância", "Link instance", "Vincular instancia")
    right: ClassVar = Right.SETTINGS

    instance_id: int
    channel: str
    provider_name: str
    base_url: str = ""
    business: str = ""
    token: str | None = None
    webhook_secrets: tuple[str, ...] | None = None
    verify_token: str | None = None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for what could not work, and for secrets that would go to a new address."""
        del actor
        provider = provider_of(self.channel)
        if provider is None:
            raise RuleError(NO_PROVIDER)
        values = self._checked(provider)
        others = accounts.links(connection)
        known = others.pop(self.instance_id, None)
        if any(_is_same(one, self.channel, values) for one in others.values()):
            raise RuleError(ALREADY_LINKED)
        sealed = self._sealed(provider, known, values["base_url"])
        more = {"channel": provider.key}
        if not people_write.update_instance(connection, self.instance_id, more):
            raise RuleError(NO_INSTANCE)
        fresh = {"state": "unknown", "state_detail": "", "state_at": None}
        accounts.save_link(connection, self.instance_id, values | fresh, sealed, at)
        holds.release(connection, self.instance_id)
        return Recorded(EventKind.INSTANCE_LINKED, "instance", self.instance_id)

    def _checked(self, provider: Provider) -> dict[str, Any]:
        name, business = self.provider_name.strip(), self.business.strip()
        if not re.fullmatch(provider.names, name):
            raise RuleError(BAD_NAME)
        if provider.has_business and not re.fullmatch(provider.names, business):
            raise RuleError(BAD_BUSINESS)
        return {
            "provider_name": name,
            "base_url": checked_url(provider, self.base_url),
            "business": business if provider.has_business else "",
        }

    def _sealed(self, provider: Provider, known: Link | None, base_url: str) -> Sealed:
        """The secrets as they are to be kept."""
        if known and (known.channel, known.base_url) != (provider.key, base_url):
            known = None
            if self.token is None or self.webhook_secrets is None:
                raise RuleError(TOKEN_FOR_NEW_ADDRESS)
        before = known.sealed if known else Sealed()
        sealed = Sealed(
            before.token if self.token is None else self.token,
            before.webhook_secrets if self.webhook_secrets is None else self.webhook_secrets,
            before.verify_token if self.verify_token is None else self.verify_token,
        )
        _check_secrets(provider, sealed)
        return sealed


def _check_secrets(provider: Provider, sealed: Sealed) -> None:
    if not sealed.token:
        raise RuleError(NO_TOKEN)
    if not sealed.webhook_secrets or not all(sealed.webhook_secrets):
        raise RuleError(NO_SECRET)
    if provider.has_handshake and not sealed.verify_token:
        raise RuleError(NO_VERIFY_TOKEN)


def _is_same(link: Link, channel: str, values: dict[str, Any]) -> bool:
    mine = (channel, values["base_url"], values["provider_name"])
    return (link.channel, link.base_url, link.provider_name) == mine


@dataclass(frozen=True, slots=True)
class RotateRoute:
    """Give an instance another webhook address; the old one ends at once."""

    kind: ClassVar = "rotate_route"
    title: ClassVar = Text(
        "Trocar endereço do webhook", "Change webhook address", "Cambiar dirección del webhook"
    )
    right: ClassVar = Right.SETTINGS

    instance_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for an instance without a link."""
        del actor, at
        linked(connection, self.instance_id)
        accounts.update_link(connection, self.instance_id, {"route": accounts.new_route()})
        return Recorded(EventKind.ROUTE_ROTATED, "instance", self.instance_id)


@dataclass(frozen=True, slots=True)
class PauseInstance:
    """Let nothing go out; what people write waits, and what customers write comes in."""

    kind: ClassVar = "pause_instance"
    title: ClassVar = Text("Pausar envio", "Pause sending", "Pausar envío")
    right: ClassVar = Right.SETTINGS

    instance_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused when it is paused."""
        del actor
        if linked(connection, self.instance_id).is_paused:
            raise RuleError(ALREADY_PAUSED)
        holds.pause(connection, self.instance_id, at)
        return Recorded(EventKind.INSTANCE_PAUSED, "instance", self.instance_id)


@dataclass(frozen=True, slots=True)
class ResumeInstance:
    """Let messages go out again, whether a person had paused it or the machine held it."""

    kind: ClassVar = "resume_instance"
    title: ClassVar = Text("Retomar envio", "Resume sending", "Reanudar envío")
    right: ClassVar = Right.SETTINGS

    instance_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused when nothing holds it."""
        del actor, at
        link = linked(connection, self.instance_id)
        if not link.is_paused and link.held_for is None:
            raise RuleError(NOT_PAUSED)
        holds.resume(connection, self.instance_id)
        return Recorded(EventKind.INSTANCE_RESUMED, "instance", self.instance_id)


@dataclass(frozen=True, slots=True)
class NoteHealth:
    """Write down what a provider answered when somebody tested the connection."""

    kind: ClassVar = "note_health"
    title: ClassVar = Text("Testar conexão", "Test connection", "Probar conexión")
    right: ClassVar = Right.SETTINGS

    instance_id: int
    state: str
    detail: str = ""

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for an instance without a link."""
        del actor
        linked(connection, self.instance_id)
        accounts.note_state(connection, self.instance_id, self.state, self.detail, at)
        return Recorded(EventKind.INSTANCE_CHECKED, "instance", self.instance_id)


@dataclass(frozen=True, slots=True)
class SaveTemplates:
    """Keep the templates that a provider told, in place of those known."""

    kind: ClassVar = "save_templates"
    title: ClassVar = Text("Atualizar modelos", "Update templates", "Actualizar plantillas")
    right: ClassVar = Right.SETTINGS

    instance_id: int
    templates: tuple[Template, ...]

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for an instance without a link."""
        del actor
        linked(connection, self.instance_id)
        templates.save_templates(connection, self.instance_id, self.templates, at)
        return Recorded(EventKind.TEMPLATES_FETCHED, "instance", self.instance_id)


@dataclass(frozen=True, slots=True)
class RetryWebhooks:
    """Take in again what was given up; safe to repeat, since nothing is written twice."""

    kind: ClassVar = "retry_webhooks"
    title: ClassVar = Text("Reprocessar", "Process again", "Reprocesar")
    right: ClassVar = Right.SETTINGS

    ids: tuple[int, ...]

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused when none of them is given up any more."""
        del actor
        retried = dead_letters.retry_dead(connection, self.ids, at)
        if not retried:
            raise RuleError(NOT_DEAD)
        return Recorded(EventKind.WEBHOOKS_RETRIED, "webhook", max(retried))


def linked(connection: Connection, instance_id: int) -> Link:
    """The link of an instance; raises RuleError when it has none."""
    found = accounts.link(connection, instance_id)
    if found is None:
        raise RuleError(NOT_LINKED)
    return found
