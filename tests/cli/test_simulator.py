"""`central simulator`: a provider alone, or one sentence."""

import signal
import socket
import subprocess
import sys

import httpx
import pytest
from click.testing import CliRunner

from console.channels.simulator import read_ledger
from console.cli import central
from machine import ROOT
from serving import environment, free_port
from simulated import text


@pytest.fixture
def alone(tmp_path):
    """A simulator in a process of its own: what it printed, and the process."""
    port = free_port()
    words = [
        "--port",
        port,
        "--token",
        "T-1",
        "--phone",
        "551140001000",
        "--ledger",
        tmp_path / "l",
    ]
    command = [sys.executable, "-m", "console", "simulator", *map(str, words)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(tmp_path, port), stdout=subprocess.PIPE, text=True
    )
    yield [process.stdout.readline().strip() for _ in range(10)], process
    process.kill()
    process.wait()
    process.stdout.close()


def test_it_prints_what_an_instance_needs_and_answers(alone, tmp_path):
    said, process = alone
    assert said[0].startswith("The simulator listens at http://127.0.0.1:")
    shown = {line.rsplit(maxsplit=1)[0].strip(): line.split()[-1] for line in said[1:]}
    assert (shown["token"], shown["phone"], shown["webhook"]) == ("T-1", "551140001000", "(none)")
    assert httpx.get(shown["customers"]).status_code == 200
    headers = {"authorization": "Bearer T-1"}
    number = httpx.get(f"{shown['base URL']}/{shown['id']}", headers=headers).json()
    assert number["display_phone_number"] == "+551140001000"
    url = f"{shown['base URL']}/{shown['id']}/messages"
    assert httpx.post(url, json=text(), headers=headers).status_code == 400  # nobody has written
    assert read_ledger(tmp_path / "l") == []
    process.send_signal(signal.SIGINT)
    assert process.wait(15) == 130


def test_a_taken_port_is_said_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(central, ["simulator", "--port", str(port)])
    assert done.exit_code == 2
    assert done.stderr == f"central: Port {port} is taken: choose another with --port.\n"
