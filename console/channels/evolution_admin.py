"""Setting an instance up at its Evolution server: what operators do once, and when a phone leaves.

Making and removing an instance wants the global key of the server in the account, the rest takes
the key of the instance as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from console.channels.base import Action, ChannelError, Pairing, Rejected
from console.channels.evolution_answers import answered
from console.channels.evolution_auth import HEADER
from console.channels.evolution_http import Answer, Lost, Server
from console.channels.evolution_link import qr_png
from console.channels.evolution_shapes import Json, mapping, peer_of, word
from console.channels.inbound import PeerId
from console.channels.own_errors import own_error

# The only events that are read; the server refuses a name that it does not know.
EVENTS: Final = (
    "MESSAGES_UPSERT",
    "MESSAGES_UPDATE",
    "MESSAGES_EDITED",
    "MESSAGES_DELETE",
    "SEND_MESSAGE",
    "CONNECTION_UPDATE",
    "QRCODE_UPDATED",
)

_STATE_S: Final = 10.0  # asked before each message: both together stay below the lease of a worker

# Central tells what was read, and takes no part in groups. The server demands every one of these.
SETTINGS: Final[Mapping[str, Any]] = {
    "rejectCall": False,
    "groupsIgnore": True,
    "alwaysOnline": False,
    "readMessages": False,
    "readStatus": False,
    "syncFullHistory": False,
}


@dataclass(frozen=True, slots=True)
class Hook:
    """Where the server tells what happens: the address with its secret path, and the secret.

    `is_signed` has it make a JWT of the secret, which then needs 32 bytes, instead of sending it.
    """

    url: str = field(repr=False)
    secret: str = field(repr=False)
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """A new instance; `token` is its key, told this once."""

    token: str = field(repr=False)
    pairing: Pairing


def webhook_of(hook: Hook) -> dict[str, Any]:
    """The webhook of an instance; files come by their own call, never inside of it."""
    headers = {"jwt_key" if hook.is_signed else HEADER: hook.secret}
    return {
        "enabled": True,
        "url": hook.url,
        "headers": headers,
        "byEvents": False,
        "base64": False,
        "events": list(EVENTS),
    }


def create(server: Server, name: str, hook: Hook) -> Created:
    """Make an instance for a number that a phone links; raises ChannelError."""
    told = {
        "instanceName": name,
        "integration": "WHATSAPP-BAILEYS",
        "qrcode": True,
        **SETTINGS,
        "webhook": webhook_of(hook),
    }
    made = _told(server.post("instance/create", told))
    token = word(made.get("hash")) or word(mapping(made.get("hash")).get("apikey"))
    if not token:
        raise ChannelError(Rejected(own_error("refused", "no key"), Action.PERMANENT))
    return Created(token, _pairing(mapping(made.get("qrcode"))))


def connect(server: Server) -> Pairing:
    """What to scan or type on the phone; raises ChannelError while there is nothing yet.

    The server waits for WhatsApp to give a code: without a network it has none (`{"count": 0}`).
    """
    told = _told(server.get("instance/connect"))
    if mapping(told.get("instance")).get("state") == "open":
        return Pairing()
    found = _pairing(told if "code" in told or "base64" in told else mapping(told.get("qrcode")))
    if found == Pairing():
        raise ChannelError(Rejected(own_error("no_code"), Action.RETRY))
    return found


def state(server: Server) -> str | Rejected:
    """How the instance is linked: open, connecting or close, which is also any other word."""
    found = answered(server.get("instance/connectionState", _STATE_S))
    if isinstance(found, Rejected):
        return found
    told = mapping(found.json).get("instance")
    if not isinstance(told, dict):
        return Rejected(own_error("refused", "no state"), Action.RETRY)
    linked = word(told.get("state"))
    return linked if linked in {"open", "connecting"} else "close"


def owner(server: Server, name: str) -> PeerId:
    """The number and the name of the phone that is linked; empty where the server tells none.

    Its answer holds keys too, of which nothing is kept.
    """
    found = answered(server.get("instance/fetchInstances", instanceName=name))
    told = found.json if isinstance(found, Answer) else None
    first = mapping(told[0]) if isinstance(told, list) and told else {}
    shown = word(first.get("profileName")) or None
    return peer_of(first.get("ownerJid"), name=shown) or PeerId(name=shown)


def set_webhook(server: Server, hook: Hook) -> None:
    """Name the address and the secret anew; raises ChannelError."""
    _told(server.post("webhook/set", {"webhook": webhook_of(hook)}))


def set_settings(server: Server) -> None:
    """Turn off what Central does itself or takes no part in; raises ChannelError."""
    _told(server.post("settings/set", SETTINGS))


def logout(server: Server) -> None:
    """Unlink the phone, unless none is linked; raises ChannelError."""
    found = state(server)
    if isinstance(found, Rejected):
        raise ChannelError(found)
    if found != "close":
        _told(server.delete("instance/logout"))


def delete(server: Server) -> None:
    """Remove the instance from the server; raises ChannelError."""
    _told(server.delete("instance/delete"))


def _pairing(told: Json) -> Pairing:
    return Pairing(qr_png(told.get("base64")), word(told.get("pairingCode")) or None)


def _told(found: Answer | Lost) -> Json:
    answer = answered(found)
    if isinstance(answer, Rejected):
        raise ChannelError(answer)
    return mapping(answer.json)
