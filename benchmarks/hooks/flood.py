"""Ten thousand webhooks at 200 a second into one process while five people work in its inbox."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.browser.guest import LISTED, signed_in
from benchmarks.browser.page import chromium, new_context
from benchmarks.browser.servers import ROOT, Server, central, free_port
from benchmarks.ground import Ground
from benchmarks.hooks.found import Post, lost_and_doubled, median, on_screen_ms, quantile
from benchmarks.hooks.post import Plan
from benchmarks.hooks.scene import set_up
from benchmarks.measure import Figure, Gate, Result
from console.store import raw
from console.store.work import Store, open_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ANSWER_MS: Final = 50.0
SCREEN_MS: Final = 100.0
SAMPLES: Final = 200
DRAIN_S: Final = 600.0
DESK: Final = (Path(__file__).parent / "desk.js").read_text("utf-8")


def webhooks(ground: Ground) -> list[Result]:
    """Post, work, wait until all is worked through, and hold what was told against the store."""
    wanted = ground.traffic
    load = os.getloadavg()[0]
    with ground.home() as home, chromium() as chrome:
        scene = set_up(home, ground.settings, wanted.browsers)
        environment = {"CENTRAL_HOME": str(home), "CENTRAL_STORE": ""}
        with central(free_port(), environment) as server, _opened(home) as store:
            pages = [_desk(chrome, server, person) for person in scene.people]
            before = server.cpu_ms()
            posts = _posted(scene.plan(server.url, wanted.webhooks, wanted.rate))
            drained = _drained(store, posts)
            cpu = server.cpu_ms() - before
            told = [page.evaluate("() => centralDeskEnd()") for page in pages]
            screen = on_screen_ms(scene, posts, told)
            title = (
                f"{wanted.webhooks} webhooks at {wanted.rate:g}/s, {wanted.browsers} browsers"
                f" (load before: {load:.1f})"
            )
            return [
                _answers(title, posts, *lost_and_doubled(store, posts)),
                _screens(screen),
                _rest(posts, drained, cpu, told),
            ]


def _desk(chrome: Browser, server: Server, person: Any) -> Page:
    """Somebody signed in who has begun to work."""
    cookies = signed_in(chrome, server, person.password, person.mail)
    context = new_context(chrome, storage_state=cookies, locale="pt-BR")
    page = context.new_page()
    page.goto(f"{server.url}/inbox")
    page.wait_for_function(f"() => {LISTED}", timeout=60_000)
    page.evaluate(f"() => {{ {DESK} }}")
    page.evaluate("ids => centralDesk(ids)", [str(talk.id) for talk in person.talks])
    return page


def _posted(plan: Plan) -> list[Post]:
    process = subprocess.run(
        [sys.executable, "-m", "benchmarks.hooks.post"],
        input=plan.to_json(),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return [Post(**json.loads(line)) for line in process.stdout.splitlines()]


def _drained(store: Store, posts: Sequence[Post]) -> float:
    """Milliseconds from the last answer until nothing waits to be worked through."""
    last, over = max(post.answered for post in posts), time.monotonic() + DRAIN_S
    while time.monotonic() < over:
        with store.read() as connection:
            if not raw.waiting_n(connection):
                break
        time.sleep(0.02)
    return max(0.0, time.time() * 1000 - last)


def _answers(title: str, posts: Sequence[Post], lost: int, doubled: int) -> Result:
    times = [post.ms for post in posts]
    refused = sum(post.status != 200 for post in posts)  # noqa: PLR2004
    figures = (
        Figure("answer, median", median(times)),
        Figure("answer, 95 of 100", quantile(times, 0.95)),
        Figure("answer, 99 of 100", quantile(times, 0.99)),
        Figure("answer, slowest", max(times)),
    )
    gates = (
        Gate("answer, median", figures[0].ms, ANSWER_MS, "ms"),
        Gate("posts not answered with 200", refused, 0, ""),
        Gate("acknowledged messages lost", lost, 0, ""),
        Gate("messages doubled", doubled, 0, ""),
    )
    return Result(title, figures, gates)


def _screens(times: Sequence[float]) -> Result:
    figures = (
        Figure("answer to paint, median", median(times)),
        Figure("answer to paint, 95 of 100", quantile(times, 0.95)),
        Figure("answer to paint, 99 of 100", quantile(times, 0.99)),
    )
    gates = (
        Gate("answer to paint, median", figures[0].ms, SCREEN_MS, "ms"),
        Gate("messages watched", len(times), SAMPLES, "", at_least=True),
    )
    return Result("on the screen of who has the conversation open", figures, gates)


def _rest(posts: Sequence[Post], drained: float, cpu: float, told: Sequence[Any]) -> Result:
    work = {key: sum(desk["done"][key] for desk in told) for key in told[0]["done"]}
    lasted = max(post.answered for post in posts) - min(post.due for post in posts)
    words = ", ".join(f"{n} {key}" for key, n in work.items())
    figures = (
        Figure("from the last answer until all is taken in", drained),
        Figure("from the first post to the last answer", lasted),
        Figure("processor time of the server a webhook", cpu / len(posts)),
    )
    return Result(f"the rest; meanwhile {words}", figures)


@contextmanager
def _opened(home: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{home / 'central.db'}")
    try:
        yield store
    finally:
        store.close()
