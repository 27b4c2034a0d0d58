"""The simulator without a network, on a clock of its own; and a caller of its API."""

import json
from contextlib import contextmanager
from dataclasses import replace

import httpx

from build import MONDAY_9H
from console.channels.simulator import AT_ONCE, Customer, Number, Simulator
from console.domain.ids import SECOND

ANA = Customer("5511987654321", "Ana Lima")
WEBHOOK = "http://webhook.example/wh"
NUMBER = Number(webhook=WEBHOOK)


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, at=MONDAY_9H):
        self.at = at

    def __call__(self):
        return self.at

    def go_on(self, seconds):
        self.at += round(seconds * SECOND)


class Box:
    """A webhook that keeps what it gets; `answers` are the HTTP states it gives first."""

    def __init__(self, *answers):
        self.got, self.answers = [], list(answers)

    def __call__(self, url, body, headers):
        self.got.append((url, body, headers))
        return self.answers.pop(0) if self.answers else 200

    @property
    def bodies(self):
        return [json.loads(body) for _, body, _ in self.got]

    @property
    def values(self):
        return [c["value"] for b in self.bodies for e in b["entry"] for c in e["changes"]]

    def items(self, kind):
        return [item for value in self.values for item in value.get(kind, [])]


def offline(*numbers, box=None, **options):
    """A simulator that does nothing by itself, and the box its webhooks go to."""
    box = box or Box()
    options = {"clock": Clock(), "pace": AT_ONCE, **options}
    return Simulator(*(numbers or (NUMBER,)), poster=box, is_live=False, **options), box


@contextmanager
def listening(*, tells_media_urls=False, **options):
    """The same, with its HTTP side: the simulator, its box, and a caller with the token."""
    sim, box = offline(replace(NUMBER, tells_media_urls=tells_media_urls), **options)
    with sim, caller(sim) as api:
        yield sim, box, api


def caller(sim, token=None, **options):
    """A client of the API."""
    headers = {"authorization": f"Bearer {token or sim.number().token}"}
    options = {"timeout": 10, **options}
    return httpx.Client(base_url=f"{sim.base_url}/", headers=headers, **options)


def text(to=ANA.phone, body="Olá!", **more):
    """The body of a text to send."""
    message = {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": body}}
    return message | more


def send(api, body, number=NUMBER.id):
    return api.post(f"{number}/messages", json=body)


def error(answer):
    """The code and the details of a refusal."""
    said = answer.json()["error"]
    return answer.status_code, said["code"], said["error_data"]["details"]
