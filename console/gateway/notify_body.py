"""What systems send us: JSON of any origin, read into a wish or refused in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.actions.notify import Addressee, Notify
from console.domain.errors import RuleError
from console.domain.template import read_template
from console.i18n import Text
from console.store.integrations import Integration
from console.store.people import Instance

BAD_JSON: Final = Text(
    "O corpo precisa ser um objeto JSON em UTF-8.",
    "The body must be a JSON object in UTF-8.",
    "El cuerpo debe ser un objeto JSON en UTF-8.",
)
UNKNOWN_FIELD: Final = Text(
    "O campo “{name}” não existe. Existem: {known}.",
    "There is no field “{name}”. There are: {known}.",
    "No existe el campo “{name}”. Existen: {known}.",
)
BAD_FIELD: Final = Text(
    "O campo “{name}” precisa ser um texto de até {most} caracteres.",
    "The field “{name}” must be a text of at most {most} characters.",
    "El campo “{name}” debe ser un texto de hasta {most} caracteres.",
)
BAD_TO: Final = Text(
    "O campo “to” precisa ser um objeto com phone, contact_id ou bsuid.",
    "The field “to” must be an object with phone, contact_id or bsuid.",
    "El campo “to” debe ser un objeto con phone, contact_id o bsuid.",
)
BAD_ID: Final = Text(
    "O contato é um número, como a Central o mostra.",
    "A contact is a number, as Central shows it.",
    "El contacto es un número, como Central lo muestra.",
)
UNKNOWN_INSTANCE: Final = Text(
    "Não existe a instância “{key}”. Existem: {known}.",
    "There is no instance “{key}”. There are: {known}.",
    "No existe la instancia “{key}”. Existen: {known}.",
)
_FIELDS: Final[Mapping[str, int]] = {  # the longest text of each
    "instance": 100,
    "text": 10_000,  # the command knows the bound of WhatsApp, and says it
    "name": 100,
    "idempotency_key": 200,
    "external_id": 200,
}
_OTHERS: Final = ("to", "template")
_TO: Final = ("phone", "contact_id", "bsuid")
_LARGEST_ID: Final = 2**63


@dataclass(frozen=True, slots=True)
class Asked:
    """A notification as somebody asked for it; without a key it is never a repetition."""

    wish: Notify
    key: str


def read_asked(
    body: bytes, header_key: str, integration: Integration, instances: list[Instance]
) -> Asked:
    """The wish in a body; raises RuleError for what is none."""
    given = _object(body)
    texts = {name: _text(given, name) for name in _FIELDS}
    template = given.get("template")
    wish = Notify(
        instance_id=_instance(texts["instance"], instances),
        to=_to(given.get("to"), texts["name"]),
        source=integration.name,
        text=texts["text"],
        template=None if template is None else read_template(template),
        integration_id=integration.id,
        external_id=texts["external_id"],
    )
    return Asked(wish, texts["idempotency_key"] or _short("Idempotency-Key", header_key))


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise RuleError(BAD_JSON) from None
    if not isinstance(found, dict):
        raise RuleError(BAD_JSON)
    known = (*_FIELDS, *_OTHERS)
    strange = [name for name in found if name not in known]
    if strange:
        raise RuleError(UNKNOWN_FIELD.with_(name=strange[0][:40], known=", ".join(known)))
    return found


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _FIELDS[name]:
        raise RuleError(BAD_FIELD.with_(name=name, most=_FIELDS[name]))
    return value


def _short(name: str, value: str) -> str:
    most = _FIELDS["idempotency_key"]
    if len(value) > most:
        raise RuleError(BAD_FIELD.with_(name=name, most=most))
    return value


def _to(given: object, name: str) -> Addressee:
    if not isinstance(given, dict) or set(given) - set(_TO):
        raise RuleError(BAD_TO)
    phone, bsuid = given.get("phone") or "", given.get("bsuid") or ""
    if not (isinstance(phone, str) and isinstance(bsuid, str)):
        raise RuleError(BAD_TO)
    return Addressee(phone[:40], bsuid[:200], _contact_id(given.get("contact_id")), name)


def _contact_id(given: object) -> int | None:
    """Browsers and JSON of many languages spoil numbers of this size: they come as texts."""
    if given is None:
        return None
    is_text = isinstance(given, str) and given.isascii() and given.isdigit()
    is_number = isinstance(given, int) and not isinstance(given, bool)
    if not (is_text or is_number) or not 0 < int(str(given)[:20]) < _LARGEST_ID:
        raise RuleError(BAD_ID)
    return int(str(given))


def _instance(key: str, instances: list[Instance]) -> int:
    found = [one.id for one in instances if key in {one.key, str(one.id)}]
    if not found:
        known = ", ".join(one.key for one in instances) or "—"
        raise RuleError(UNKNOWN_INSTANCE.with_(key=key, known=known))
    return found[0]
