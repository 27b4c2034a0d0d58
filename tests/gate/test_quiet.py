"""What a failure leaves in the log, and what it sends: a code and a place, no message."""

import asyncio
import io
import logging

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import StreamingResponse
from starlette.routing import Route

from console.config import Settings
from console.gate import quiet
from console.gate.door import Gate
from console.gate.headers import security_headers
from console.gate.runtime import House
from console.gate.socket import Frames
from console.gate.visitors import VisitorBook

CANARY = "+5511987654321 João canary"
ORIGIN = "http://localhost:8501"


async def fails(_):
    raise ValueError(CANARY)


async def fails_late(_):
    async def parts():
        yield b"one part"
        raise ValueError(CANARY)

    return StreamingResponse(parts())


@pytest.fixture
def client():
    house = House()
    house.configure(Settings())
    book = VisitorBook(house)
    frames = Frames(lambda _: None, lambda _: False)
    gate = Middleware(Gate, house, book, frames)
    routes = [Route("/livez", fails), Route("/readyz", fails_late)]
    transport = httpx.ASGITransport(Starlette(routes=routes, middleware=[gate]))

    async def get(path, **options):
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as opened:
            return await opened.get(path, **options)

    return lambda *given, **options: asyncio.run(get(*given, **options))


@pytest.fixture
def log():
    made, factory = io.StringIO(), logging.getLogRecordFactory()
    handler = logging.StreamHandler(made)
    logging.getLogger().addHandler(handler)
    quiet.install()
    yield made
    logging.getLogger().removeHandler(handler)
    logging.setLogRecordFactory(factory)


def test_a_failing_route_answers_with_headers_and_a_code(client, log):
    answer = client("/livez", headers={"accept": "text/html"})
    assert answer.status_code == 500
    assert CANARY not in answer.text
    assert {k: answer.headers[k] for k in security_headers(ORIGIN)} == security_headers(ORIGIN)
    code = answer.text.split("class='code'>")[1].split("<")[0]
    assert f"error {code}: ValueError at" in log.getvalue()
    assert "test_quiet.py" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_a_failure_halfway_is_noted_and_not_raised(client, log):
    with pytest.raises(AssertionError):  # the answer never ends
        client("/readyz")
    assert "ValueError at" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_a_library_that_logs_an_exception_tells_its_place_only(log):
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("somewhere").exception("went wrong with %s", "a thing")
    written = log.getvalue()
    assert written.startswith("went wrong with a thing: ValueError at ")
    assert CANARY not in written


def test_installing_twice_is_installing_once(log):
    factory = logging.getLogRecordFactory()
    quiet.install()
    assert logging.getLogRecordFactory() is factory


def test_a_record_without_an_exception_is_left_alone(log):
    logging.getLogger("somewhere").warning("100 %% %s", "fine")
    assert log.getvalue() == "100 % fine\n"
