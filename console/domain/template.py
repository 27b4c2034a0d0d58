"""Templates: texts a provider has approved, and the call that fills the gaps of one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
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


NO_SUCH_TEMPLATE: Final = Text(
    "Esta instância não tem o modelo “{name}” em {language}. Atualize os modelos e confira o nome.",
    "This instance has no template “{name}” in {language}. Update templates and check the name.",
    "Esta instancia no tiene la plantilla “{name}” en {language}. Actualiza y revisa el nombre.",
)
NOT_APPROVED: Final = Text(
    "O modelo “{name}” não pode ser enviado: a Meta o marcou como {status}.",
    "The template “{name}” cannot be sent: Meta has marked it {status}.",
    "La plantilla “{name}” no se puede enviar: Meta la marcó como {status}.",
)
WRONG_VALUES: Final = Text(
    "O modelo “{name}” pede {header} textos no cabeçalho, {body} no corpo e botões {buttons}.",
    "The template “{name}” takes {header} texts in header, {body} in body, and buttons {buttons}.",
    "La plantilla “{name}” pide {header} textos arriba, {body} en el cuerpo y botones {buttons}.",
)
MEDIA_HEADER: Final = Text(
    "O modelo “{name}” tem um arquivo no cabeçalho, e arquivos não podem ser enviados por aqui.",
    "The template “{name}” has a file in its header, and files cannot be sent from here.",
    "La plantilla “{name}” tiene un archivo en el encabezado, y aquí no se pueden enviar archivos.",
)
_APPROVED: Final = "APPROVED"
_GAP: Final = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")


def checked_call(call: TemplateCall, known: Sequence[Template]) -> Template | None:
    """The template that is called; None while those of the instance were never told.

    Raises RuleError when the provider would refuse the call.
    """
    if not known:
        return None
    called = [t for t in known if (t.name, t.language) == (call.name, call.language)]
    if not called:
        raise RuleError(NO_SUCH_TEMPLATE.with_(name=call.name, language=call.language))
    found = called[0]
    if found.status.upper() != _APPROVED:
        raise RuleError(NOT_APPROVED.with_(name=call.name, status=found.status))
    _check_values(call, found)
    return found


def _check_values(call: TemplateCall, found: Template) -> None:
    header, body = _part(found, "header"), _part(found, "body")
    if header.form != "text":
        raise RuleError(MEDIA_HEADER.with_(name=call.name))
    buttons = [part for part in found.parts if part.kind == "button"]
    wanted = [place for place, part in enumerate(buttons) if part.n]
    given = (len(call.header), len(call.body), sorted(place for place, _ in call.buttons))
    if given != (header.n, body.n, wanted):
        listed = ", ".join(map(str, wanted)) or "—"
        told = {"header": header.n, "body": body.n, "buttons": listed}
        raise RuleError(WRONG_VALUES.with_(name=call.name, **told))


def shown(call: TemplateCall, template: Template | None) -> str:
    """What the customer reads, as far as it is known."""
    if template is None:
        return " · ".join([call.name, *call.header, *call.body])
    parts = [
        _filled(_part(template, "header"), call.header),
        _filled(_part(template, "body"), call.body),
        _part(template, "footer").text,
    ]
    return "\n\n".join(part for part in parts if part)


def _part(template: Template, kind: str) -> TemplatePart:
    return next((part for part in template.parts if part.kind == kind), TemplatePart(kind, ""))


def _filled(part: TemplatePart, values: Sequence[str]) -> str:
    """A text with its gaps filled; a value that looks like a gap stays as it is."""
    names = part.names or [str(number) for number in range(1, len(values) + 1)]
    known = dict(zip(names, values, strict=False))
    return _GAP.sub(lambda gap: known.get(gap[1], gap[0]), part.text)
