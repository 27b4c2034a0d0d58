"""The door for systems: `POST /api/notifications`, and what has become of one.

Whoever has the token of an integration may send; every answer is JSON, errors with a code for
programs and a sentence for people.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from console.actions import base, link, notify, reply
from console.actions import open as opening
from console.actions.notify import notify as send
from console.domain.errors import RuleError
from console.domain.ids import SECOND, Instant, new_id, now
from console.domain.message import Message
from console.gate.runtime import House, Runtime
from console.gateway import notify_body
from console.gateway.buckets import Buckets
from console.gateway.notify_body import read_asked
from console.i18n import Text
from console.store import people
from console.store.integrations import Integration, integration_of, note_use
from console.store.thread import message_by_id

PATH: Final = "/api/notifications"
MOST_BYTES: Final = 65_536
PER_SECOND: Final = 20.0  # of one integration: what a number of the Cloud API is sent at most
BURST: Final = 100.0
_TRIES_PER_SECOND: Final = 0.5  # with wrong tokens, of one address
_TRIES: Final = 20.0

NO_ACCESS: Final = Text(
    "O token não é válido ou foi revogado. Envie “Authorization: Bearer …”.",
    "The token is not valid or was revoked. Send “Authorization: Bearer …”.",
    "El token no es válido o fue revocado. Envía “Authorization: Bearer …”.",
)
SLOW_DOWN: Final = Text(
    "Pedidos demais. Tente de novo em {seconds} s.",
    "Too many requests. Try again in {seconds} s.",
    "Demasiadas solicitudes. Inténtalo de nuevo en {seconds} s.",
)
TOO_LARGE: Final = Text(
    "O corpo tem mais de 64 kB.", "The body is larger than 64 kB.", "El cuerpo supera los 64 kB."
)
NOT_JSON: Final = Text(
    "Envie o corpo como application/json.",
    "Send the body as application/json.",
    "Envía el cuerpo como application/json.",
)
NO_SUCH: Final = Text(
    "Esta integração não enviou uma notificação com esse número.",
    "This integration has sent no notification of that number.",
    "Esta integración no ha enviado un aviso con ese número.",
)

# Refusals a program may tell apart; all others are `refused`, with 422.
_CODES: Final[Mapping[str, tuple[int, str]]] = {
    notify_body.BAD_JSON.en: (400, "bad_json"),
    notify.BLOCKED.en: (409, "blocked"),
    base.KEY_REUSED.en: (409, "key_reused"),
    link.NOT_LINKED.en: (409, "not_linked"),
    opening.NO_SUCH_INSTANCE.en: (409, "instance_inactive"),
    reply.WINDOW_CLOSED.en: (422, "window_closed"),
    notify.UNREACHABLE.en: (422, "unreachable"),
    base.CONTACT_NOT_FOUND.en: (422, "unknown_contact"),
}


class _RefusedError(Exception):
    """An answer that is none of the wished ones."""

    def __init__(self, status: int, code: str, text: Text, wait_s: float = 0) -> None:
        super().__init__(code)
        self.status, self.code, self.text, self.wait_s = status, code, text, wait_s


@dataclass(frozen=True, slots=True)
class _Sent:
    message: Message
    is_new: bool


class Notifications:
    """Both addresses of the door."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._pace = Buckets(PER_SECOND, BURST)
        self._tries = Buckets(_TRIES_PER_SECOND, _TRIES)

    async def send(self, request: Request) -> Response:
        """202 with the notification; 200 when the same key was answered before."""
        try:
            integration = await self._who(request)
            body = await _body(request)
            key = request.headers.get("idempotency-key", "")
            wanted = partial(_send, self._house.runtime, integration, body, key)
            sent = await to_thread.run_sync(wanted)
        except _RefusedError as refused:
            return _refusal(refused)
        except RuleError as error:
            status, code = _CODES.get(error.text.en, (422, "refused"))
            return _refusal(_RefusedError(status, code, error.text))
        self._house.runtime.wake()
        return _answer(shown(sent.message), 202 if sent.is_new else 200)

    async def read(self, request: Request) -> Response:
        """What has become of a notification of one's own; 404 for every other number."""
        try:
            integration = await self._who(request)
            wanted = partial(_find, self._house.runtime, integration, request.path_params["number"])
            found = await to_thread.run_sync(wanted)
        except _RefusedError as refused:
            return _refusal(refused)
        return _answer(shown(found), 200)

    async def _who(self, request: Request) -> Integration:
        """Whose token it is; wrong ones are heard ever more slowly."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        found = None
        if kind.lower() == "bearer" and token.strip():
            look = partial(_holder, self._house.runtime, token.strip())
            found = await to_thread.run_sync(look)
        if found is None:
            address = request.client.host if request.client else ""
            _wait(self._tries.take(address))
            raise _RefusedError(401, "unauthorized", NO_ACCESS)
        _wait(self._pace.take(found.id))
        return found


def shown(message: Message) -> dict[str, Any]:
    """A notification as programs read it; instants in ISO 8601, UTC."""
    failure = json.loads(message.failure) if message.failure else None
    return {
        "id": str(message.id),
        "state": message.delivery,
        "conversation_id": str(message.conversation_id),
        "external_id": _told(message).get("external_id") or None,
        "created_at": _iso(message.created_at),
        "accepted_at": _iso(message.accepted_at),
        "sent_at": _iso(message.sent_at),
        "delivered_at": _iso(message.delivered_at),
        "read_at": _iso(message.read_at),
        "failure": failure,
    }


def _holder(runtime: Runtime, token: str) -> Integration | None:
    with runtime.store.read() as connection:
        found = integration_of(connection, token)
    if found:
        note_use(runtime.store, found, now())
    return found


def _send(runtime: Runtime, integration: Integration, body: bytes, header_key: str) -> _Sent:
    with runtime.store.read() as connection:
        instances = people.instances(connection)
    asked = read_asked(body, header_key, integration, instances)
    at = now()
    outcome = send(runtime.store, asked.wish, at=at, key=_key(integration, asked.key))
    (message_id,) = outcome.made.values()
    message = _message(runtime, message_id)
    return _Sent(message, message.created_at == at)


def _key(integration: Integration, given: str) -> str:
    """A key of this integration alone; a hash, for what systems use as keys is none of ours."""
    own = hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest() if given else new_id()
    return f"notify:{integration.id}:{own}"


def _find(runtime: Runtime, integration: Integration, number: str) -> Message:
    is_number = number.isascii() and number.isdigit() and len(number) < 20  # noqa: PLR2004
    message = _of(runtime, integration, int(number)) if is_number else None
    if message is None:
        raise _RefusedError(404, "not_found", NO_SUCH)
    return message


def _of(runtime: Runtime, integration: Integration, message_id: int) -> Message | None:
    with runtime.store.read() as connection:
        message = message_by_id(connection, message_id) if message_id < 2**63 else None
    if message is None:
        return None
    return message if _told(message).get("integration") == str(integration.id) else None


def _told(message: Message) -> Mapping[str, Any]:
    """What is kept of a notification; nothing for every other message."""
    content = json.loads(message.content or "{}")
    told: Mapping[str, Any] = content.get("notification", {}) if isinstance(content, dict) else {}
    return told


def _message(runtime: Runtime, message_id: int) -> Message:
    with runtime.store.read() as connection:
        found = message_by_id(connection, message_id)
    if found is None:
        raise _RefusedError(404, "not_found", NO_SUCH)
    return found


async def _body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise _RefusedError(415, "not_json", NOT_JSON)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise _RefusedError(413, "too_large", TOO_LARGE)
    return bytes(body)


def _wait(seconds: float) -> None:
    if seconds:
        whole = max(1, round(seconds + 0.5))
        raise _RefusedError(429, "slow_down", SLOW_DOWN.with_(seconds=whole), whole)


def _refusal(refused: _RefusedError) -> Response:
    text = refused.text
    error = {"code": refused.code, "message": text.en, "mensagem": text.pt}
    headers = {"retry-after": str(round(refused.wait_s))} if refused.wait_s else {}
    if refused.status == 401:  # noqa: PLR2004
        headers["www-authenticate"] = "Bearer"
    return _answer({"error": error}, refused.status, headers)


def _answer(
    content: Mapping[str, Any], status: int, headers: Mapping[str, str] | None = None
) -> Response:
    return JSONResponse(content, status, {"cache-control": "no-store", **(headers or {})})


def _iso(at: Instant | None) -> str | None:
    if at is None:
        return None
    return datetime.fromtimestamp(at / SECOND, UTC).isoformat(timespec="milliseconds")
