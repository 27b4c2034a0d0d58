"""Alive while the loop turns; ready while the store, the disk and the read model are."""

import asyncio
import time

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from console.gate import health
from console.gate.door import VISITOR
from console.gate.health import Health, failing_checks
from console.gate.runtime import House
from console.gate.visitors import VisitorBook


def ask(probes, path, visitor=None):
    async def asking():
        app = Starlette(routes=[Route("/livez", probes.livez), Route("/readyz", probes.readyz)])

        async def entered(scope, receive, send):
            await app({**scope, VISITOR: visitor}, receive, send)

        transport = httpx.ASGITransport(entered)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            answer = await client.get(path)
            return answer.status_code, answer.text

    return asyncio.run(asking())


@pytest.fixture
def probes(whole_house, book):
    return Health(whole_house, book)


def test_a_running_process_is_ready(probes):
    assert ask(probes, "/readyz") == (200, "ready")


def test_a_process_that_starts_is_not_ready():
    house = House()
    probes = Health(house, VisitorBook(house))
    assert ask(probes, "/readyz", visitor=object()) == (503, "starting")


def test_a_process_that_leaves_is_not_ready(probes):
    probes.is_leaving = True
    assert ask(probes, "/readyz") == (503, "not ready")


def test_what_fails_is_named_to_those_inside(house, probes, caplog):
    house.runtime.store.write(lambda conn: conn.exec_driver_sql("drop table meta"))
    assert ask(probes, "/readyz") == (503, "not ready")
    assert ask(probes, "/readyz", visitor=object()) == (503, "store")
    assert "check store fails: OperationalError" in caplog.messages


def test_an_answer_is_believed_for_a_second(house, probes, monkeypatch):
    asked = []
    monkeypatch.setitem(health._CHECKS, "disk", lambda _: asked.append(1) or True)
    ask(probes, "/readyz")
    ask(probes, "/readyz")
    assert len(asked) == 1


def test_a_read_model_that_fell_behind_fails(whole_house, monkeypatch):
    monkeypatch.setattr(health, "_LONGEST_STALE_S", -1.0)
    assert failing_checks(whole_house.runtime) == ["read model"]


def test_a_full_disk_fails(whole_house, monkeypatch):
    monkeypatch.setattr(health, "_LEAST_FREE", 1.0)
    assert failing_checks(whole_house.runtime) == ["disk"]


def test_a_loop_that_turns_is_alive(probes):
    status, text = ask(probes, "/livez")
    assert status == 200
    assert text.startswith("lag 0.")


def test_a_loop_that_hangs_is_not(probes):
    probes._ticked_at = time.monotonic() - 60
    assert ask(probes, "/livez")[0] == 503


def test_the_watch_measures_the_lag(probes):
    async def story():
        watching = asyncio.create_task(probes.watch())
        await asyncio.sleep(0.1)
        time.sleep(0.5)  # noqa: ASYNC251 - what must be noticed
        await asyncio.sleep(0.3)
        watching.cancel()

    asyncio.run(story())
    assert probes._lag_s > 0.1
