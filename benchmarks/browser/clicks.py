"""Click to paint of the inbox, against the empty app."""

from __future__ import annotations

import secrets
import statistics
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.browser.page import chromium, first_paint_ms, new_context, to_paint_ms
from benchmarks.browser.servers import Server, central, empty_app, free_port
from benchmarks.ground import Ground
from benchmarks.measure import Figure, Gate, Result
from console.actions import Command, Outcome, SaveAgent, SetPassword, run
from console.auth import hash_password
from console.domain.agent import Role, system
from console.domain.ids import now
from console.store.work import Store, open_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MAIL: Final = "bench@central.invalid"
CLICKS: Final = 13
WARM_UP: Final = 3
SETTLE_MS: Final = 300
LOADS: Final = 5
SELECT_LIMIT: Final = 1.5
LOAD_LIMIT: Final = 1.5
KEY_LIMIT_MS: Final = 16.0

_SHOWN: Final = "document.body && document.body.innerText.includes('clicks: 0')"
_LISTED: Final = "document.body && centralFind('.row')"
_OPEN: Final = (
    "centralFind('.middle')?.dataset.state === 'open'"
    " && centralFind('.middle').dataset.conversation === '{id}'"
    " && centralFind('.row[aria-selected=true]')?.dataset.id === '{id}'"
    " && centralFind('.items [data-message]') !== null"
)
_CURSOR: Final = "![null, undefined, '{id}'].includes(centralFind('.row.cursor')?.dataset.id)"


def browser(ground: Ground) -> list[Result]:
    """Select another conversation, `j`, and the first load, on a server with this store."""
    with ground.home() as home, chromium() as chrome:
        password = _let_in(home)
        environment = {"CENTRAL_HOME": str(home), "CENTRAL_STORE": ""}
        with empty_app(free_port()) as floor, central(free_port(), environment) as server:
            cookies = _sign_in(chrome, server, password)
            return [
                _first_load(chrome, floor, server, cookies),
                *_clicks(chrome, floor, server, cookies),
            ]


def _let_in(home: Path) -> str:
    """Write down a supervisor who can sign in; the password of this run."""
    password = secrets.token_urlsafe(16)
    store = open_store(f"sqlite:///{home / 'central.db'}")
    saved = _run(store, SaveAgent(MAIL, "Bench", Role.SUPERVISOR)).done[0]
    _run(store, SetPassword(saved, hash_password(password)))
    store.close()
    return password


def _run(store: Store, command: Command) -> Outcome:
    return run(store, command, actor=system(), at=now(), key=secrets.token_hex(16))


def _sign_in(chrome: Browser, server: Server, password: str) -> Any:
    context = new_context(chrome)
    page = context.new_page()
    page.goto(f"{server.url}/sign-in")
    page.fill("#email", MAIL)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_function(f"() => {_LISTED}", timeout=60_000)
    state = context.storage_state()
    context.close()
    return state


def _first_load(chrome: Browser, floor: Server, server: Server, cookies: Any) -> Result:
    def empty(_: int) -> float:
        return first_paint_ms(chrome, floor.url, _SHOWN)

    def inbox(_: int) -> float:
        return first_paint_ms(chrome, f"{server.url}/inbox", _LISTED, storage_state=cookies)

    pairs = [(inbox(i), empty(i)) for i in range(LOADS + 1)][1:]  # in turn, for the same weather
    ours, least = (statistics.median(times) for times in zip(*pairs, strict=True))
    gate = Gate("first load against an empty app", ours / least, LOAD_LIMIT)
    return Result(
        "first load, empty cache",
        (Figure("Central, the list is painted", ours), Figure("floor: an empty app", least)),
        (gate,),
    )


def _clicks(chrome: Browser, floor: Server, server: Server, cookies: Any) -> list[Result]:
    empty = _opened(chrome, floor.url, _SHOWN)
    inbox = _opened(chrome, f"{server.url}/inbox", _LISTED, storage_state=cookies)
    _select(inbox, 0)
    before = server.cpu_ms(), floor.cpu_ms()
    pairs = [(_select(inbox, i), _rerun(empty, i)) for i in range(1, CLICKS + WARM_UP + 1)]
    cpu = [(now - then) / len(pairs) for now, then in zip(_cpu(server, floor), before, strict=True)]
    keys = [_key(inbox) for _ in range(CLICKS + WARM_UP)]
    ours, least = (statistics.median(times) for times in zip(*pairs[WARM_UP:], strict=True))
    key = statistics.median(keys[WARM_UP:])
    return [
        Result(
            "select another conversation, click to paint",
            (Figure("Central", ours), Figure("floor: neutral rerun of an empty app", least)),
            (Gate("select against the neutral rerun", ours / least, SELECT_LIMIT),),
        ),
        Result("j, key to paint", (Figure("Central", key),), (Gate("j", key, KEY_LIMIT_MS, "ms"),)),
        Result(
            "server processor time a rerun",
            (Figure("Central, select", cpu[0]), Figure("floor: empty app", cpu[1])),
        ),
    ]


def _cpu(*servers: Server) -> tuple[float, ...]:
    return tuple(server.cpu_ms() for server in servers)


def _opened(chrome: Browser, url: str, condition: str, **options: Any) -> Page:
    page = new_context(chrome, **options).new_page()
    page.goto(url)
    page.wait_for_function(f"() => {condition}", timeout=60_000)
    page.wait_for_timeout(1_000)
    return page


def _rerun(page: Page, _: int) -> float:
    shown = page.evaluate("() => Number(document.body.innerText.match(/clicks: (\\d+)/)[1])")
    button = page.get_by_role("button", name="Again")
    condition = f"document.body.innerText.includes('clicks: {shown + 1}')"
    return to_paint_ms(page, "click", button.click, condition)


def _select(page: Page, n: int) -> float:
    """Click on one of the first rows that is not the open one."""
    rows = page.evaluate(
        "() => centralAll('.row').filter(r => r.ariaSelected !== 'true').map(r => r.dataset.id)"
    )
    wanted = rows[n % 5]
    row = page.locator(f"#row-{wanted}")
    painted = to_paint_ms(page, "click", row.click, _OPEN.format(id=wanted))
    page.wait_for_timeout(SETTLE_MS)  # the page's own run comes after the paint
    return painted


def _key(page: Page) -> float:
    before = page.evaluate("() => centralFind('.row.cursor')?.dataset.id ?? ''")
    page.evaluate("() => document.activeElement?.blur()")
    act = partial(page.keyboard.press, "j")
    return to_paint_ms(page, "keydown", act, _CURSOR.format(id=before))
