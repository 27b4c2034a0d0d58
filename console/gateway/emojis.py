"""The emojis for the composer: the same for everybody, so that browsers keep them."""

from __future__ import annotations

from functools import partial
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from console.i18n import DEFAULT_LANGUAGE, LANGUAGES
from console.screens.emojis import TONES, emojis_json

_KEPT: Final = {"cache-control": "private, max-age=86400"}


async def emojis(request: Request) -> Response:
    """`GET /emojis?lang=…`: all of them by group, and the skin tones."""
    asked = request.query_params.get("lang")
    language = next((one for one in LANGUAGES if one == asked), DEFAULT_LANGUAGE)
    found = await to_thread.run_sync(partial(emojis_json, language))
    return JSONResponse({"groups": found, "tones": TONES}, 200, _KEPT)
