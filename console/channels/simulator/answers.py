"""JSON that any text fits into: half a character of UTF-16 has no UTF-8."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse


class AsciiJSON(JSONResponse):
    """An answer in which everything but ASCII is escaped, as Graph's are."""

    def render(self, content: Any) -> bytes:
        """The body."""
        return json.dumps(content, separators=(",", ":")).encode("ascii")
