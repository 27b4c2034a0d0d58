"""Security headers on every answer: pages, assets, errors, redirects, WebSocket handshakes."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

INLINE_SCRIPT: Final = "sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA="
"""The one inline script of Streamlit's page (1.67, pinned by a test): `prerenderReady = false`."""
_STARTS: Final = frozenset(
    {"http.response.start", "websocket.accept", "websocket.http.response.start"}
)


def policy(origin: str) -> str:
    """The content security policy for a page of this origin.

    Charts, data frames and our own packaged components work under it (measured with Streamlit
    1.67); `blob:` scripts do not, which is why components come as files of the package.
    """
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
            "frame-src 'none'",
            "frame-ancestors 'none'",
        )
    )


def security_headers(origin: str) -> dict[str, str]:
    """Every header an answer must carry when people come by this origin."""
    headers = {
        "content-security-policy": policy(origin),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if origin.startswith("https://"):
        headers["strict-transport-security"] = "max-age=31536000"
    return headers


def sealed(send: Send, origin: str) -> Send:
    """`send` that adds the headers; what names no cache rule of its own is never stored."""
    wanted = security_headers(origin)

    async def send_sealed(message: Message) -> None:
        if message["type"] in _STARTS:
            message.setdefault("headers", [])
            headers = MutableHeaders(scope=message)
            for name, value in wanted.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return send_sealed
