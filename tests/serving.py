"""A real server in a process of its own, on generated people, for suites that need the wire."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from argon2 import PasswordHasher

from machine import ROOT

PASSWORD = "uma senha muito boa"
# A hash tells what it costs: a sign-in with this one takes no fifth of a second of a processor.
HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
START_S = 60
CODE = """
from console.config import load_settings
from console.server import serve

serve(load_settings())
"""


@dataclass(frozen=True)
class Served:
    """Where the server listens, where it keeps things, and what it wrote to its log."""

    url: str
    home: Path
    log: Path
    pid: int

    @property
    def store_url(self):
        return f"sqlite:///{self.home}/central.db"

    def client(self, **options):
        """A browser without scripts: keeps cookies, follows no redirect."""
        headers = {"origin": self.url, "accept": "text/html", "accept-language": "pt-BR"}
        headers |= options.pop("headers", {})
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, **options)

    def sign_in(self, email, password=PASSWORD):
        """The cookie header of a person who has just signed in."""
        with self.client() as client:
            answer = client.post("/sign-in", data=form(client, email, password))
            assert answer.status_code == 303, answer.text
            return f"central_session={client.cookies['central_session']}"


def form(client, email, password=PASSWORD, way_back=""):
    """The fields of the sign-in form, its token included."""
    client.get("/sign-in")
    token = client.cookies["central_form"]
    return {"csrf": token, "email": email, "password": password, "next": way_back}


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def environment(home, port, **more):
    """A surrounding without anything of the machine's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CENTRAL_", "STREAMLIT_"))}
    own = {"CENTRAL_HOME": str(home), "CENTRAL_PORT": str(port), "PYTHONPATH": str(ROOT)}
    return kept | own | more


def stop(process, patience_s=15):
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(patience_s)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait(patience_s)


@contextmanager
def serving(home, *, root=ROOT, command=None, **more):
    """A running server on a store that is already in `home`."""
    port, log = free_port(), home / "log.txt"
    command = command or [sys.executable, "-c", CODE]
    with log.open("wb") as written:
        process = subprocess.Popen(
            [part.replace("PORT", str(port)) for part in command],
            cwd=home,
            env=environment(home, port, PYTHONPATH=str(root), **more),
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _await_ready(process, url, log)
        yield Served(url, home, log, process.pid)
    finally:
        stop(process)


def _await_ready(process, url, log):
    until = time.monotonic() + START_S
    with httpx.Client(timeout=5) as client:  # one for all: each reads the certificates anew
        while time.monotonic() < until and process.poll() is None:
            if _is_ready(client, url):
                return
            time.sleep(0.1)  # a server that begins wants the processor for itself
    raise AssertionError(f"no server at {url}:\n{log.read_text()}")


def _is_ready(client, url):
    try:
        return client.get(f"{url}/readyz").status_code == 200
    except httpx.TransportError:
        return False
