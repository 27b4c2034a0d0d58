"""An instance of Evolution API v2: one number, linked by its phone (Baileys).

Evolution API runs beside Central on a server of the operator's own. Central asks it for the state
of the phone before it sends, gets files by the id of their message, and catches up on what its
webhooks have lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import httpx

from console.channels import evolution_admin, evolution_history
from console.channels.base import (
    Accepted,
    Account,
    Action,
    Fetched,
    Health,
    HealthState,
    Limit,
    MediaOut,
    Outbound,
    Pairing,
    Rejected,
    SendResult,
    Template,
    Uploaded,
)
from console.channels.evolution_answers import answered, outcome
from console.channels.evolution_auth import is_authentic
from console.channels.evolution_http import Answer, Server, reading
from console.channels.evolution_media import FileInJson, pieces_of_text, write_file
from console.channels.evolution_read import read_webhook
from console.channels.evolution_redact import redact
from console.channels.evolution_shapes import jid_of, word
from console.channels.evolution_write import LIMITS, problem_of, request_of
from console.channels.inbound import Inbound, Kind, MediaRef, PeerId
from console.channels.own_errors import own_error
from console.domain.ids import Instant

_FILE: Final = "chat/getBase64FromMediaMessage"
_FILE_S: Final = 120.0  # the server gets the file from WhatsApp first

_UNLINKED: Final = {"connecting": HealthState.DEGRADED, "close": HealthState.DOWN}


class Evolution:
    """One instance; safe to use in several threads."""

    name = "evolution"
    limits: Mapping[Kind, Limit] = LIMITS
    per_second = 1.0  # faster ones are taken for robots and banned
    echoes_correlation = False
    scope = "baileys"  # LIDs and groups are the same for every number linked by a phone

    def __init__(self, account: Account, transport: httpx.BaseTransport | None = None) -> None:
        self._account = account
        self.server = Server(account, transport)

    def close(self) -> None:
        """Close every kept connection."""
        self.server.close()

    def verify(self, headers: Mapping[str, str], body: bytes, at: Instant) -> bool:
        """Whether the request brings one of the account's secrets; the server signs no body."""
        del body
        return is_authentic(headers, self._account.webhook_secrets, at)

    def redact(self, body: bytes) -> bytes:
        """The body as it may be kept: without the key of the instance."""
        return redact(body, [self._account.token])

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """The server asks nothing before it tells."""
        del query
        return None

    def parse_webhook(self, body: bytes, received_at: Instant) -> list[Inbound]:
        """The facts in a body."""
        return read_webhook(body, received_at)

    def send(self, out: Outbound) -> SendResult:
        """Send one message, if the phone is connected."""
        problem = problem_of(out)
        if problem:
            return Rejected(problem, Action.PERMANENT)
        return self._not_open() or self._sent(out)

    def _sent(self, out: Outbound) -> SendResult:
        request = request_of(out)
        if request.file is None:
            return outcome(self.server.post(request.call, request.told))
        try:
            return outcome(
                self.server.post_file(request.call, request.told, request.place, request.file)
            )
        except OSError:
            return Rejected(own_error("file_missing"), Action.PERMANENT)

    def _not_open(self) -> Rejected | None:
        state = evolution_admin.state(self.server)
        if isinstance(state, Rejected) or state == "open":
            return state if isinstance(state, Rejected) else None
        return Rejected(own_error("disconnected", state), Action.DISCONNECTED)

    def mark_read(self, peer: PeerId, message_id: str) -> SendResult:
        """Mark a message as read; the server (2.3.6) passes over people known by a LID alone."""
        key = {"remoteJid": jid_of(peer), "fromMe": False, "id": message_id}
        gone = self._not_open()
        if gone:
            return gone
        found = self.server.post("chat/markMessageAsRead", {"readMessages": [key]})
        is_done = isinstance(found, Answer) and found.is_ok
        return Accepted(message_id) if is_done else outcome(found)

    def upload(self, media: MediaOut, at: Instant) -> Uploaded | Rejected | None:
        """Files go with their message."""
        del media, at
        return None

    def fetch_media(self, ref: MediaRef, to: Path, most: int) -> Fetched | Rejected:
        """Have the server get a file from WhatsApp, and write it down as it comes."""
        if ref.inline_b64:
            found = write_file(pieces_of_text(ref.inline_b64), to, most, ref.sha256)
            return replace(found, mime=ref.mime) if isinstance(found, Fetched) else found
        if not ref.provider_id:
            return Rejected(own_error("not_fetched", "no id"), Action.PERMANENT)
        return self._fetch(ref, to, most)

    def _fetch(self, ref: MediaRef, to: Path, most: int) -> Fetched | Rejected:
        told, file = {"message": {"key": {"id": ref.provider_id}}}, FileInJson()
        written: list[Fetched | Rejected] = []

        def read(answer: httpx.Response) -> bytes:
            if not answer.is_success:
                return reading()(answer)
            pieces = file.pieces(answer.iter_bytes())
            written.append(write_file(pieces, to, most, ref.sha256))
            return b""

        asked = answered(self.server.post(_FILE, told, read=read, total_s=_FILE_S))
        if isinstance(asked, Rejected):
            return asked
        found = written[0]
        if isinstance(found, Rejected):
            return found
        return replace(found, mime=ref.mime or word(file.around.get("mimetype")))

    def templates(self) -> list[Template] | Rejected:
        """The channel has none."""
        return []

    def find_sent(self, out: Outbound, since: Instant) -> str | None:
        """The newest message of ours since then with this content to this person."""
        return evolution_history.find(self.server, out, since)

    def catch_up(self, since: Instant, at: Instant) -> list[Inbound]:
        """What the server has kept since then, what our phone has sent included."""
        return evolution_history.came_in(self.server, self._account.name, since, at)

    def window_closes_at(self, last_inbound: Instant | None) -> Instant | None:
        """There is no window: a phone may always write."""
        del last_inbound
        return None

    def health(self) -> Health:
        """Ask how the phone is linked, and with which number."""
        state = evolution_admin.state(self.server)
        if isinstance(state, Rejected):
            return _unasked(state)
        if state != "open":
            return Health(_UNLINKED[state], state)
        owner = evolution_admin.owner(self.server, self._account.name)
        return Health(HealthState.OK, state, owner.phone, owner.name)

    def pairing(self) -> Pairing | None:
        """The code to scan; raises ChannelError while there is none."""
        return evolution_admin.connect(self.server)


def _unasked(why: Rejected) -> Health:
    state = HealthState.AUTH if why.action is Action.AUTH else HealthState.DOWN
    return Health(state, f"{why.error.title} {why.error.details}".strip())
