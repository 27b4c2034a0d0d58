"""Security headers on every answer: pages, assets, errors, redirects, WebSocket handshakes."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from console.gate.places import PAGES

INLINE_SCRIPT: Final = "sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA="
"""The one inline script of Streamlit's page (1.67, pinned by a test): `prerenderReady = false`."""
REFRESHER: Final = "/component/streamlit_autorefresh.st_autorefresh/index.html"
"""The one document that is shown in a frame: the clock of the live board on a wall."""
REFRESHER_SCRIPT: Final = "sha256-vTT6TZeKJdvj21Cng47kT65a206oPC1/o3+gMDOJp5g="
"""Its inline script (streamlit-autorefresh 1.0.1, pinned by a test): it loads the other two."""
ATTACHMENTS: Final = "/attachment/"
"""Below it are customers' files: whatever they are, nothing in them runs or loads anything."""
_STARTS: Final = frozenset(
    {"http.response.start", "websocket.accept", "websocket.http.response.start"}
)


def policy(origin: str, path: str = "") -> str:
    """The content security policy of an answer under this origin and path.

    Charts, data frames and our own packaged components work under it (measured with Streamlit
    1.67); `blob:` scripts do not, which is why components come as files of the package.
    """
    if path == REFRESHER:
        return _REFRESHER_POLICY
    if path.startswith(ATTACHMENTS):
        return _FILE_POLICY
    socket = origin.replace("http", "ws", 1)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' '{INLINE_SCRIPT}'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' {socket}",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-src {_framed(origin, path)}",
            "frame-ancestors 'none'",
        )
    )


_REFRESHER_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' '{REFRESHER_SCRIPT}'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)

# The style is of the browser's own page around a picture.
_FILE_POLICY: Final = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'; sandbox"
)


def _framed(origin: str, path: str) -> str:
    """What a document may frame: a page of the interface that one clock, all else nothing.

    Each page, because the browser keeps the policy of the page it came by while Streamlit
    changes to the board without loading another document.
    """
    return f"{origin}{REFRESHER}" if path.removeprefix("/") in PAGES else "'none'"


def security_headers(origin: str, path: str = "") -> dict[str, str]:
    """Every header that the answer to this path must carry when people come by this origin."""
    headers = {
        "content-security-policy": policy(origin, path),
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN" if path == REFRESHER else "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if origin.startswith("https://"):
        headers["strict-transport-security"] = "max-age=31536000"
    return headers


def sealed(send: Send, origin: str, path: str) -> Send:
    """`send` that adds the headers; what names no cache rule of its own is never stored."""
    wanted = security_headers(origin, path)

    async def send_sealed(message: Message) -> None:
        if message["type"] in _STARTS:
            message.setdefault("headers", [])
            headers = MutableHeaders(scope=message)
            for name, value in wanted.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return send_sealed
