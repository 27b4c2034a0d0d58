"""A server for the inbox component alone, and pages on it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import httpx
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
FLAGS = {
    "server.headless": "true",
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
}


@pytest.fixture(scope="session")
def inbox_server(tmp_path_factory):
    """The address of the tests' own server."""
    folder = tmp_path_factory.mktemp("inbox")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [f"--{name}={value}" for name, value in FLAGS.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(HERE / "app.py")]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, *options, f"--server.port={port}"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": paths},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    _wait(address)
    yield address
    server.terminate()
    server.wait(timeout=20)


def _wait(address):
    for _ in range(240):
        try:
            if httpx.get(f"{address}/_stcore/health").status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.25)
    raise TimeoutError(address)


class Inbox:
    """One page with an inbox of its own world."""

    def __init__(self, page, server):
        self.page, self.server, self.probe = page, server, uuid.uuid4().hex
        self.outside, self.problems = [], []
        page.on("request", self._note)
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _note(self, request):
        if not request.url.startswith((self.server, "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, query="", anchor=""):
        self.page.goto(f"{self.server}/?probe={self.probe}&{query}{anchor}")
        self.page.wait_for_selector(".inbox .row, .inbox .bubble", timeout=30_000)
        return self

    def choose(self, at):
        self.page.locator(".row").nth(at).click()
        self.page.wait_for_selector('.middle[data-state="open"] .bubble')

    def write(self, text, *, send=True):
        self.page.locator(".write").fill(text)
        if send:
            self.page.locator(".write").press("Enter")

    def handled(self):
        return httpx.get(f"{self.server}/handled/{self.probe}").json()

    def kinds(self):
        return [action["kind"] for action in self.handled()]

    def wait_handled(self, n):
        for _ in range(100):
            if len(self.handled()) >= n:
                return self.handled()
            self.page.wait_for_timeout(100)
        raise AssertionError(self.handled())

    def push(self, event, data):
        for _ in range(50):
            body = {"event": event, "data": data}
            if httpx.post(f"{self.server}/push/{self.probe}", json=body).json():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("nobody listens")

    def texts(self, selector):
        return self.page.locator(selector).all_text_contents()


@pytest.fixture
def inbox(page, inbox_server):
    """A page that was not opened yet."""
    page.set_viewport_size({"width": 1440, "height": 900})
    inbox = Inbox(page, inbox_server)
    yield inbox
    assert inbox.problems == []
    assert inbox.outside == []
