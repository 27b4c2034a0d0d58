"""A provider that posts at a constant rate, whatever becomes of its posts; a process of its own.

Reads one JSON document (see `Plan`) and writes one line of JSON a post: its number, when it was
due, when it was answered (both wall clock, in milliseconds) and the status, 0 for no answer. A post
that is late because earlier ones are slow counts from when it was due.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import urlsplit

from console.channels.signature import signature

MARK: Final = "#bench-{n:06}"
PROVIDER_ID: Final = "wamid.bench.{n:06}"
_LEAD_S: Final = 0.5  # from reading the plan to the first post
_PATIENCE_S: Final = 60.0
_Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is posted where: `people` are phone and name, `turns` whose turn it is.

    A turn is the number of the message and of the person; a number that comes again is told again,
    in other bytes.
    """

    address: str
    number_id: str
    secret: str
    rate: float
    people: Sequence[tuple[str, str]]
    turns: Sequence[tuple[int, int]]

    def to_json(self) -> str:
        """The plan as a process reads it."""
        return json.dumps(asdict(self))


class Poster:
    """Posts over as many connections as are needed at once; idle ones are used again."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._parts = urlsplit(plan.address)
        self._idle: list[_Wire] = []

    async def post_all(self) -> None:
        """Post everything at its instant, and say what became of each."""
        start = time.time() + _LEAD_S
        posts = []
        for position, (n, person) in enumerate(self._plan.turns):
            due = start + position / self._plan.rate
            await asyncio.sleep(due - time.time())
            posts.append(asyncio.create_task(self._post(n, person, position, due)))
        await asyncio.gather(*posts)

    async def _post(self, n: int, person: int, position: int, due: float) -> None:
        body = self._body(n, person, position)
        try:
            status = await asyncio.wait_for(self._answer(body), _PATIENCE_S)
        except (OSError, ValueError, asyncio.IncompleteReadError):
            status = 0
        line = {"n": n, "due": due * 1000, "answered": time.time() * 1000, "status": status}
        sys.stdout.write(json.dumps(line) + "\n")

    async def _answer(self, body: bytes) -> int:
        reader, writer = await self._wire()
        head = (
            f"POST {self._parts.path} HTTP/1.1\r\nhost: {self._parts.netloc}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n"
            f"x-hub-signature-256: {signature(self._plan.secret, body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        told = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = told.partition("content-length:")[2].partition("\r\n")[0]
        await reader.readexactly(int(length))
        self._idle.append((reader, writer))
        return int(told.split(" ", 2)[1])

    async def _wire(self) -> _Wire:
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection(self._parts.hostname, self._parts.port)

    def _body(self, n: int, person: int, position: int) -> bytes:
        phone, name = self._plan.people[person]
        message = {
            "from": phone,
            "id": PROVIDER_ID.format(n=n),
            "timestamp": str(int(time.time())),
            "type": "text",
            "text": {"body": f"Bom dia, queria saber do meu pedido {MARK.format(n=n)}"},
        }
        value = {
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": "551130000000",
                "phone_number_id": self._plan.number_id,
            },
            "contacts": [{"profile": {"name": name}, "wa_id": phone}],
            "messages": [message],
        }
        changes = [{"field": "messages", "value": value}]
        entry = {"id": "200000000000001", "time": position, "changes": changes}
        body = {"object": "whatsapp_business_account", "entry": [entry]}
        return json.dumps(body).encode()


if __name__ == "__main__":
    asyncio.run(Poster(Plan(**json.load(sys.stdin))).post_all())
