"""Click to paint of the inbox, against the empty app."""

from __future__ import annotations

import statistics
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from benchmarks.browser.guest import LISTED, let_in, signed_in
from benchmarks.browser.page import chromium, first_paint_ms, new_context, to_paint_ms
from benchmarks.browser.servers import Server, central, empty_app, free_port
from benchmarks.ground import Ground
from benchmarks.measure import Figure, Gate, Result

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CLICKS: Final = 13
WARM_UP: Final = 3
SETTLE_MS: Final = 300
LOADS: Final = 5
SELECT_LIMIT: Final = 1.5
LOAD_LIMIT: Final = 1.5
KEY_LIMIT_MS: Final = 16.0

_SHOWN: Final = "document.body && document.body.innerText.includes('clicks: 0')"
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
        password = let_in(home)
        environment = {"CENTRAL_HOME": str(home), "CENTRAL_STORE": ""}
        with empty_app(free_port()) as floor, central(free_port(), environment) as server:
            cookies = signed_in(chrome, server, password)
            return [
                _first_load(chrome, floor, server, cookies),
                *_clicks(chrome, floor, server, cookies),
            ]


def select(page: Page, n: int) -> float:
    """Click on one of the first rows that is not the open one."""
    rows = page.evaluate(
        "() => centralAll('.row').filter(r => r.ariaSelected !== 'true').map(r => r.dataset.id)"
    )
    wanted = rows[n % 5]
    row = page.locator(f"#row-{wanted}")
    painted = to_paint_ms(page, "click", row.click, _OPEN.format(id=wanted))
    page.wait_for_timeout(SETTLE_MS)  # the page's own run comes after the paint
    return painted


def _first_load(chrome: Browser, floor: Server, server: Server, cookies: Any) -> Result:
    def empty(_: int) -> float:
        return first_paint_ms(chrome, floor.url, _SHOWN)

    def inbox(_: int) -> float:
        return first_paint_ms(chrome, f"{server.url}/inbox", LISTED, storage_state=cookies)

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
    inbox = _opened(chrome, f"{server.url}/inbox", LISTED, storage_state=cookies)
    select(inbox, 0)
    before = server.cpu_ms(), floor.cpu_ms()
    pairs = [(select(inbox, i), _rerun(empty, i)) for i in range(1, CLICKS + WARM_UP + 1)]
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


def _key(page: Page) -> float:
    before = page.evaluate("() => centralFind('.row.cursor')?.dataset.id ?? ''")
    page.evaluate("() => document.activeElement?.blur()")
    act = partial(page.keyboard.press, "j")
    return to_paint_ms(page, "keydown", act, _CURSOR.format(id=before))
