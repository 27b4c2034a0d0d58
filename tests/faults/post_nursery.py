"""Children that take webhooks, work through them and send, forked from one that has all imported.

Reads lines of JSON: store, folder, port, account. Answers each with the process id of a child,
once that listens. A child goes on until it is killed.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from console.channels.base import Account
from console.channels.cloud import Cloud
from console.gateway.beside import Beside
from console.gateway.inbound import Inbound
from console.gateway.linked import Linked
from console.gateway.outbox import Outbox
from console.gateway.webhooks import Webhooks
from console.store.work import open_store


class Wire:
    """The one linked instance."""

    def __init__(self, instance_id, account):
        account["webhook_secrets"] = tuple(account["webhook_secrets"])
        self.linked = Linked(instance_id, account["name"], Cloud(Account(**account)))

    def by_id(self, instance_id):
        return self.linked if instance_id == self.linked.instance_id else None

    def by_route(self, _route):
        return self.linked

    known_route = by_route


def live(url, folder, port, instance_id, account):
    store = open_store(url)
    links = Wire(instance_id, account)
    inbound = Beside("inbound", Inbound(store, links).step)
    outbox = Outbox(store, links, Path(folder), str(os.getpid()))

    def wake():
        inbound.wake()
        outbox.wake()

    house = SimpleNamespace(runtime=SimpleNamespace(store=store, links=links, arrived=wake))
    route = Route("/wh/{channel}/{route}", Webhooks(house).answer, methods=["GET", "POST"])
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=[route]), port=port, log_level="critical")
    )
    inbound.start()
    outbox.start()
    threading.Thread(target=say_when_it_listens, args=(server,), daemon=True).start()
    server.run()


def say_when_it_listens(server):
    while not server.started:
        threading.Event().wait(0.005)
    os.write(sys.stdout.fileno(), f"{os.getpid()}\n".encode())


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        if os.fork() == 0:
            live(*json.loads(line))
