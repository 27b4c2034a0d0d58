"""The gate's own pages: plain HTML without scripts, with one stylesheet and one drawing."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from console.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, language_of

_FOLDER: Final = Path(__file__).parent / "assets"
ICON: Final = _FOLDER / "icon.svg"
_KINDS: Final = {"gate.css": "text/css", "icon.svg": "image/svg+xml"}
_TAGS: Final = {"pt": "pt-BR", "en": "en", "es": "es"}
_FRAME: Final = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))


def page(title: str, body: str, language: Language, status: int = 200) -> HTMLResponse:
    """A whole page around `body`, which is HTML already; the title is escaped here."""
    words = {"tag": _TAGS[language], "title": escape(title), "body": body}
    return HTMLResponse(_FRAME.substitute(words), status)


def reader_language(request: Request) -> Language:
    """The first of the browser's languages that we speak."""
    for part in request.headers.get("accept-language", "").split(","):
        prefix = part.split(";")[0].strip()
        if prefix.split("-")[0].lower() in LANGUAGES:
            return language_of(prefix)
    return DEFAULT_LANGUAGE


async def asset(request: Request) -> Response:
    """A file of the gate's own pages; nothing else lies below `/gate/`."""
    name = request.path_params["name"]
    if name not in _KINDS:
        return Response(status_code=404)
    headers = {"cache-control": "public, max-age=3600"}
    return FileResponse(_FOLDER / name, media_type=_KINDS[name], headers=headers)
