"""Servers of the browser bench: started on a free local port, ended by their own process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_S = 120
END_S = 120  # open answers are ended first
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and the processor time it has taken."""

    url: str
    pid: int

    def cpu_ms(self) -> float:
        """Processor time of the process so far, in milliseconds (read from /proc)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def empty_app(port: int) -> Iterator[Server]:
    """A Streamlit page with one button, with the same Streamlit settings as Central."""
    script = str(Path(__file__).parent / "empty_app.py")
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    with _running(
        ["-m", "streamlit", "run", script, *options], port, {}, "/_stcore/health"
    ) as server:
        yield server


@contextmanager
def central(port: int, settings: Mapping[str, str]) -> Iterator[Server]:
    """Central itself, on the store and home that `settings` name."""
    own = {"CENTRAL_PORT": str(port), "CENTRAL_HOST": "127.0.0.1", **settings}
    with _running(["-m", "console", "serve"], port, own, "/readyz") as server:
        yield server


@contextmanager
def _running(
    arguments: list[str], port: int, extra: Mapping[str, str], healthy: str
) -> Iterator[Server]:
    process = subprocess.Popen(  # noqa: S603 - our own interpreter with constant arguments
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **extra},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(f"http://localhost:{port}", process.pid)
    try:
        _wait_until_up(process, server.url + healthy)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=END_S)


def _wait_until_up(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            message = f"the server ended with code {process.returncode} before it answered"
            raise RuntimeError(message)
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own local server
        except OSError:
            time.sleep(0.2)
        else:
            return
    message = f"the server did not answer within {START_S} s"
    raise RuntimeError(message)
