"""The templates of the simulated account, and whether a message fills one rightly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from console.channels.simulator.graph import Refused
from console.channels.simulator.wire import Item

_SLOT: Final = re.compile(r"\{\{\d+\}\}")
_LANGUAGE: Final = "pt_BR"
_PAGE: Final = 25


def _template(number: int, name: str, category: str, status: str, *components: Item) -> Item:
    return {
        "name": name,
        "parameter_format": "POSITIONAL",
        "components": list(components),
        "language": _LANGUAGE,
        "status": status,
        "category": category,
        "id": f"5940000000000{number:02}",
    }


def _body(text: str, *examples: str) -> Item:
    example = {"example": {"body_text": [list(examples)]}} if examples else {}
    return {"type": "BODY", "text": text, **example}


def _footer(text: str) -> Item:
    return {"type": "FOOTER", "text": text}


def _buttons(*buttons: Item) -> Item:
    return {"type": "BUTTONS", "buttons": list(buttons)}


def _quick_reply(text: str) -> Item:
    return {"type": "QUICK_REPLY", "text": text}


TEMPLATES: Final[Sequence[Item]] = (
    _template(
        1,
        "pedido_pago",
        "UTILITY",
        "APPROVED",
        {"type": "HEADER", "format": "TEXT", "text": "Pagamento confirmado ✅"},
        _body(
            "Olá, {{1}}! Recebemos o pagamento do pedido {{2}}, no valor de R$ {{3}}."
            " Já estamos separando tudo para o envio.",
            "Marina",
            "A-20417",
            "189,90",
        ),
        _footer("Loja Aurora"),
    ),
    _template(
        2,
        "codigo_de_rastreio",
        "UTILITY",
        "APPROVED",
        _body(
            "{{1}}, seu pedido saiu para entrega pela transportadora."
            " O código de rastreio é {{2}}.",
            "Marina",
            "AB123456789BR",
        ),
        _buttons(
            {
                "type": "URL",
                "text": "Acompanhar entrega",
                "url": "https://loja.example/rastreio/{{1}}",
                "example": ["https://loja.example/rastreio/AB123456789BR"],
            }
        ),
    ),
    _template(
        3,
        "lembrete_de_horario",
        "UTILITY",
        "APPROVED",
        _body(
            "Olá, {{1}}! Lembrete: seu horário é {{2}}, às {{3}}. Você confirma?",
            "Marina",
            "quinta-feira, 26/11",
            "14h30",
        ),
        _buttons(_quick_reply("Confirmo"), _quick_reply("Preciso remarcar")),
    ),
    _template(
        4,
        "podemos_continuar",
        "UTILITY",
        "APPROVED",
        _body(
            "Olá, {{1}}! Ficamos sem concluir o seu atendimento."
            " Podemos continuar a conversa por aqui?",
            "Marina",
        ),
        _buttons(_quick_reply("Sim, pode continuar"), _quick_reply("Já resolvi")),
    ),
    _template(
        5,
        "novidades_da_semana",
        "MARKETING",
        "APPROVED",
        {
            "type": "HEADER",
            "format": "IMAGE",
            "example": {"header_handle": ["https://loja.example/novidades.jpg"]},
        },
        _body("Chegou novidade na Loja Aurora: {{1}}, com frete grátis até domingo.", "velas"),
        _footer("Responda SAIR para não receber mais"),
    ),
    _template(
        6,
        "pesquisa_de_satisfacao",
        "MARKETING",
        "PENDING",
        _body("Oi, {{1}}! De 0 a 10, quanto você recomendaria a nossa loja?", "Marina"),
    ),
    _template(
        7,
        "ultima_chance",
        "MARKETING",
        "REJECTED",
        _body("ÚLTIMA CHANCE!!! Clique agora e ganhe um prêmio."),
    )
    | {"rejected_reason": "ABUSIVE_CONTENT"},
)


def page_of(after: str, limit: str) -> Item:
    """One page of the list, with the cursors of the published answer."""
    size = int(limit) if limit.isdecimal() and int(limit) else _PAGE
    begin = int(after) if after.isdecimal() else 0
    shown = list(TEMPLATES[begin : begin + size])
    end = begin + len(shown)
    paging: Item = {"cursors": {"before": str(begin), "after": str(end)}}
    if end < len(TEMPLATES):
        paging["next"] = f"?limit={size}&after={end}"
    return {"data": shown, "paging": paging}


def check_template(given: Item) -> Item:
    """The template a message names; refused when there is none or it is not filled rightly."""
    name, language = given.get("name"), (given.get("language") or {}).get("code")
    found = next((t for t in TEMPLATES if (t["name"], t["language"]) == (name, language)), None)
    if found is None or found["status"] != "APPROVED":
        raise Refused(132001, f"template name ({name}) does not exist in {language}")
    components = given.get("components") or []
    for component in found["components"]:
        _CHECKS.get(component["type"], _no_check)(component, components)
    return found


def filled(template: Item, given: Item) -> str:
    """The text that the customer reads."""
    body = next(c["text"] for c in template["components"] if c["type"] == "BODY")
    values = [str(p.get("text", "")) for p in _parameters(given.get("components") or [], "body")]
    return _SLOT.sub(lambda slot: values[int(slot[0][2:-2]) - 1], body)


def buttons_of(template: Item) -> list[Item]:
    """What the customer can press: a quick reply (`button`) or a link (`url`)."""
    kinds = {"QUICK_REPLY": "button", "URL": "url"}
    found = [c["buttons"] for c in template["components"] if c["type"] == "BUTTONS"]
    return [{"kind": kinds[b["type"]], "text": b["text"]} for buttons in found for b in buttons]


def _no_check(_: Item, __: Sequence[Item]) -> None:
    """A footer takes no values."""


def _check_text(component: Item, given: Sequence[Item]) -> None:
    place = component["type"].lower()
    if component.get("format", "TEXT") != "TEXT":
        _check_media_header(component["format"].lower(), _parameters(given, place))
        return
    _check_count(place, component["text"], _parameters(given, place))


def _check_media_header(form: str, parameters: Sequence[Mapping[str, Any]]) -> None:
    if len(parameters) != 1:
        raise Refused(132000, f"header: number of parameters ({len(parameters)}) is not 1")
    if parameters[0].get("type") != form:
        raise Refused(132012, f"header: Format mismatch, expected {form.upper()}")


def _check_count(place: str, text: str, parameters: Sequence[Mapping[str, Any]]) -> None:
    wanted = len(_SLOT.findall(text))
    if len(parameters) != wanted:
        raise Refused(
            132000,
            f"{place}: number of localizable_params ({len(parameters)}) does not match the"
            f" expected number of params ({wanted})",
        )
    if any(p.get("type") == "text" and not p.get("text") for p in parameters):
        raise Refused(131008, f"{place}: a text parameter is empty")


def _check_buttons(component: Item, given: Sequence[Item]) -> None:
    for index, button in enumerate(component["buttons"]):
        _check_count(f"button {index}", button.get("url", ""), _of_button(given, index, button))


def _of_button(given: Sequence[Item], index: int, button: Item) -> list[Item]:
    """The values of a URL button; a quick reply may carry a payload, which is no value."""
    if button["type"] != "URL":
        return []
    of_index = [c for c in given if c.get("type") == "button" and str(c.get("index")) == str(index)]
    return [p for c in of_index for p in c.get("parameters", [])]


def _parameters(given: Sequence[Item], place: str) -> list[Item]:
    of_place = [c for c in given if c.get("type") == place]
    return [parameter for c in of_place for parameter in c.get("parameters", [])]


_CHECKS: Final = {"HEADER": _check_text, "BODY": _check_text, "BUTTONS": _check_buttons}
