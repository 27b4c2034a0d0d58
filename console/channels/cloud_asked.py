"""What the Cloud API answers about itself: its templates, and how a number is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from console.channels.base import (
    Action,
    Health,
    HealthState,
    Rejected,
    Template,
    TemplatePart,
)
from console.channels.cloud_peers import phone_of
from console.channels.json_in import Fields, listed, part, word, words

HEALTH_FIELDS: Final = "display_phone_number,verified_name,status,quality_rating"
TEMPLATE_FIELDS: Final = "name,language,category,status,components"

_PLACEHOLDER: Final = re.compile(r"\{\{\s*(\w{1,60})\s*\}\}")
# Anything that is not listed is no reason to worry.
_STATES: Final[Mapping[str, HealthState]] = {
    "FLAGGED": HealthState.DEGRADED,
    "RESTRICTED": HealthState.DEGRADED,
    "RATE_LIMITED": HealthState.DEGRADED,
    "PENDING": HealthState.DOWN,
    "DISCONNECTED": HealthState.DOWN,
    "UNVERIFIED": HealthState.DOWN,
    "MIGRATED": HealthState.DOWN,
    "DELETED": HealthState.DOWN,
    "BANNED": HealthState.DOWN,
}


def health_of(number: Fields) -> Health:
    """How a number is by what the API says of it."""
    status, quality = word(number, "status") or "", word(number, "quality_rating") or ""
    state = _STATES.get(status, HealthState.OK)
    if state is HealthState.OK and quality == "RED":
        state = HealthState.DEGRADED
    told = {"status": status, "quality": quality}
    return Health(
        state,
        detail=", ".join(f"{name} {value}" for name, value in told.items() if value),
        phone=phone_of(word(number, "display_phone_number")),
        name=word(number, "verified_name"),
    )


def unhealthy(refusal: Rejected) -> Health:
    """How a number is whose question was refused, or did not arrive."""
    state = _UNHEALTHY.get(refusal.action, HealthState.DOWN)
    error = refusal.error
    told = [str(error.code)] if error.code is not None else []
    return Health(state, detail=" ".join(told + [part for part in (error.title,) if part]))


_UNHEALTHY: Final[Mapping[Action, HealthState]] = {
    Action.AUTH: HealthState.AUTH,
    Action.THROTTLE_NUMBER: HealthState.DEGRADED,
}


def templates_of(page: Fields) -> list[Template]:
    """The templates on one page of the list; an entry without a name is none."""
    return [made for entry in listed(page, "data") for made in _template(entry)]


def next_page(page: Fields) -> str | None:
    """Where the next page begins; None on the last one."""
    paging = part(page, "paging")
    return word(part(paging, "cursors"), "after") if words(paging, "next") else None


def _template(entry: Any) -> Iterator[Template]:
    name, language = word(entry, "name"), word(entry, "language")
    if name and language:
        yield Template(
            name,
            language,
            category=word(entry, "category") or "",
            status=word(entry, "status") or "",
            parts=tuple(
                made for component in listed(entry, "components") for made in _parts(component)
            ),
        )


def _parts(component: Any) -> list[TemplatePart]:
    read = _COMPONENTS.get((word(component, "type") or "").upper())
    return read(component) if read else []


def _header(component: Any) -> list[TemplatePart]:
    return [_texts("header", component, (word(component, "format") or "text").lower())]


def _body(component: Any) -> list[TemplatePart]:
    return [_texts("body", component, "text")]


def _footer(component: Any) -> list[TemplatePart]:
    return [_texts("footer", component, "text")]


def _buttons(component: Any) -> list[TemplatePart]:
    return [_button(given) for given in listed(component, "buttons")]


def _button(given: Any) -> TemplatePart:
    """The text of a button; the value of a URL button goes into its address."""
    form = (word(given, "type") or "").lower()
    n = len(_placeholders(words(given, "url"))) if form == "url" else 0
    return TemplatePart("button", words(given, "text"), n, form)


def _texts(kind: str, component: Any, form: str) -> TemplatePart:
    text = words(component, "text")
    found = _placeholders(text)
    is_named = not all(name.isdigit() for name in found)
    return TemplatePart(kind, text, len(found), form, found if is_named else ())


def _placeholders(text: str) -> tuple[str, ...]:
    """The values that go into a text, each once, in the order in which they are given."""
    found = dict.fromkeys(_PLACEHOLDER.findall(text))
    if all(name.isdigit() for name in found):
        return tuple(sorted(found, key=int))
    return tuple(found)


_COMPONENTS: Final[Mapping[str, Callable[[Any], list[TemplatePart]]]] = {
    "HEADER": _header,
    "BODY": _body,
    "FOOTER": _footer,
    "BUTTONS": _buttons,
}
