"""A call of a template: which approved text to send, and what goes into its gaps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from console.domain.errors import RuleError
from console.i18n import Text

BAD_TEMPLATE: Final = Text(
    "Diga qual modelo enviar: nome, idioma, e os textos de cabeçalho, corpo e botões.",
    "Say which template to send: its name, language, and the texts of header, body and buttons.",
    "Di qué plantilla enviar: nombre, idioma, y los textos de encabezado, cuerpo y botones.",
)
MOST_VALUES: Final = 100  # of one part; templates of the Cloud API have far fewer
LONGEST_VALUE: Final = 1_024  # Cloud API, components.parameters.text


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A part of a template: `kind` is header, body, footer or button; `n` values go into it.

    `names` has the names of these values where the template names them.
    """

    kind: str
    text: str
    n: int = 0
    form: str = "text"  # a header may be image, video or document; a button url, quick_reply…
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A text that the provider has approved; `status` is its word (`APPROVED`…)."""

    name: str
    language: str
    category: str
    status: str
    parts: tuple[TemplatePart, ...]


@dataclass(frozen=True, slots=True)
class TemplateCall:
    """One template with positional texts; `buttons` are positions and texts of URL buttons.

    It stands under `template` in the payload of an outbox row.
    """

    name: str
    language: str
    header: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    buttons: tuple[tuple[int, str], ...] = ()


def payload_of(call: TemplateCall) -> str:
    """The payload of the outbox row that sends it: JSON."""
    return json.dumps({"template": asdict(call)}, ensure_ascii=False)


def template_in(payload: str) -> TemplateCall | None:
    """The call that `payload_of` wrote down, None for a row that sends none."""
    found: Mapping[str, Any] = json.loads(payload)
    call = found.get("template")
    return read_template(call) if call is not None else None


def read_template(given: object) -> TemplateCall:
    """A call out of JSON of any origin; raises RuleError for what is none."""
    if not isinstance(given, Mapping):
        raise RuleError(BAD_TEMPLATE)
    name, language = given.get("name"), given.get("language")
    if not (_is_word(name) and _is_word(language)):
        raise RuleError(BAD_TEMPLATE)
    return TemplateCall(
        str(name),
        str(language),
        _values(given.get("header")),
        _values(given.get("body")),
        tuple(map(_button, _listed(given.get("buttons")))),
    )


def _is_word(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_VALUE


def _listed(value: object) -> list[Any]:
    listed = [] if value is None else value
    if not isinstance(listed, list) or len(listed) > MOST_VALUES:
        raise RuleError(BAD_TEMPLATE)
    return listed


def _values(value: object) -> tuple[str, ...]:
    return tuple(map(_text, _listed(value)))


def _text(value: object) -> str:
    if not _is_word(value):  # a provider refuses an empty value
        raise RuleError(BAD_TEMPLATE)
    return str(value)


def _button(value: object) -> tuple[int, str]:
    match value:
        case [int(place), str(text)] if not isinstance(place, bool) and 0 <= place < MOST_VALUES:
            return place, _text(text)
    raise RuleError(BAD_TEMPLATE)
