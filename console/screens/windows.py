"""Until when a customer can be written to freely, and what can be sent afterwards."""

from __future__ import annotations

from typing import Any, Final

from console.domain.conversation import Conversation
from console.domain.provider import provider_of
from console.domain.template import Template, TemplatePart
from console.domain.window import WINDOW
from console.screens.directory import Directory
from console.screens.thread_items import milliseconds
from console.store.templates import templates
from console.store.work import Connection

MOST: Final = 200  # templates in a picker; an account may have 6,000


def window_json(
    connection: Connection, state: Conversation, known: Directory
) -> dict[str, Any] | None:
    """When the window closes, 0 when it never opened; None where a provider has no window."""
    instance = next((i for i in known.instances if i.id == state.instance_id), None)
    provider = provider_of(instance.channel) if instance else None
    if provider is None or not provider.has_window:
        return None
    closes_at = state.inbound_at + WINDOW if state.inbound_at else 0
    found = templates(connection, state.instance_id) if provider.has_templates else []
    ready = [one for one in found if _is_ready(one)]
    return {
        "closes_at": milliseconds(closes_at),
        "templates": [_template(one) for one in ready[:MOST]],
    }


def _is_ready(template: Template) -> bool:
    """Approved, and without a file in its header: files cannot be sent from here."""
    files = [p for p in template.parts if p.kind == "header" and p.form != "text"]
    return template.status.upper() == "APPROVED" and not files


def _template(template: Template) -> dict[str, Any]:
    buttons = [part for part in template.parts if part.kind == "button"]
    return {
        "name": template.name,
        "language": template.language,
        **{kind: _part(template, kind) for kind in ("header", "body", "footer")},
        "buttons": [{"place": n, "text": part.text, "n": part.n} for n, part in enumerate(buttons)],
    }


def _part(template: Template, kind: str) -> dict[str, Any]:
    part = next((p for p in template.parts if p.kind == kind), TemplatePart(kind, ""))
    names = list(part.names) or [str(number) for number in range(1, part.n + 1)]
    return {"text": part.text, "names": names}
