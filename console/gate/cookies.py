"""The session cookie and the sign-in form's token."""

from __future__ import annotations

from starlette.responses import Response

from console.config import Settings


def session_cookie(settings: Settings) -> str:
    """The cookie's name: `__Host-` binds it to this host, and browsers take it over https only."""
    return "__Host-central_session" if settings.is_https else "central_session"


def form_cookie(settings: Settings) -> str:
    """The name of the cookie that must agree with the sign-in form."""
    return "__Host-central_form" if settings.is_https else "central_form"


def give(response: Response, settings: Settings, name: str, value: str, path: str = "/") -> None:
    """Set a cookie that scripts cannot read and that ends with the browser.

    Lax, not Strict: a link from mail or chat must arrive signed in. Nothing is written by a GET,
    and every other request and every socket names its exact origin (decision 0006).
    """
    response.set_cookie(
        name, value, path=path, httponly=True, secure=settings.is_https, samesite="lax"
    )


def take(response: Response, settings: Settings, name: str) -> None:
    """Have the browser forget a cookie."""
    response.delete_cookie(name, httponly=True, secure=settings.is_https, samesite="lax")
