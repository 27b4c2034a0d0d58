"""A stop: unready first, streams and sockets end, the process is gone within ten seconds."""

import signal
import subprocess
import sys
import time

import httpx
import pytest

from attack import Attack
from serving import CODE, environment, free_port, serving

LAUNCHERS = {
    "serve": [sys.executable, "-c", CODE],
    "uvicorn": [sys.executable, "-m", "uvicorn", "console.server:app", "--port", "PORT"],
}


@pytest.mark.parametrize("launcher", LAUNCHERS)
def test_a_stop_with_open_windows_is_quick(peopled, root, launcher):
    with serving(peopled, root=root, command=LAUNCHERS[launcher]) as leaving:
        cookie = leaving.sign_in("agent@loja.example")
        headers = {"cookie": cookie}
        with (
            Attack(leaving.url, cookie) as attack,
            httpx.stream("GET", f"{leaving.url}/live", headers=headers, timeout=20) as stream,
        ):
            attack.run("inbox")
            lines = stream.iter_lines()
            next(lines)
            began = time.monotonic()
            subprocess.run(["kill", f"-{int(signal.SIGTERM)}", str(leaving.pid)], check=True)
            assert "event: signed-out" not in list(lines)
            assert attack.closed_within(10) is not None
            assert time.monotonic() - began < 10
        wait_for_the_end(leaving, began)


def wait_for_the_end(leaving, began):
    while time.monotonic() - began < 10:
        try:
            httpx.get(f"{leaving.url}/livez", timeout=1)
        except httpx.TransportError:
            return
        time.sleep(0.1)
    raise AssertionError("still there after ten seconds")


def test_a_log_of_a_whole_life_has_no_traceback(peopled, root):
    with serving(peopled, root=root) as short:
        cookie = short.sign_in("agent@loja.example")
        with Attack(short.url, cookie) as attack:
            attack.run("inbox")
        headers = {"cookie": cookie}
        with httpx.stream("GET", f"{short.url}/live", headers=headers, timeout=20) as stream:
            next(stream.iter_lines())
        httpx.get(f"{short.url}/inbox", headers=headers)
    written = short.log.read_text()
    assert "Traceback" not in written
    assert "Task was destroyed" not in written
    assert "never retrieved" not in written


def test_a_taken_port_is_named(peopled, root, served):
    port = served.url.rsplit(":", 1)[1]
    ended = subprocess.run(
        LAUNCHERS["serve"],
        cwd=peopled,
        env=environment(peopled, port, PYTHONPATH=str(root)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert port in ended.stderr
    assert free_port() != int(port)
