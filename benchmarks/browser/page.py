"""A Chromium page that measures: first paint, click to paint, key to paint."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PAINT = (Path(__file__).parent / "paint.js").read_text("utf-8")
VIEW = {"width": 1440, "height": 900}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium, or the one that Playwright brings."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this bench needs it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        try:
            yield browser
        finally:
            browser.close()


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A browser profile of its own (empty cache, own cookies) with the measuring script."""
    context = browser.new_context(viewport=VIEW, **options)
    context.add_init_script(PAINT)
    return context


def first_paint_ms(browser: Browser, url: str, condition: str, **options: Any) -> float:
    """Navigation to the first frame in which `condition` holds, with an empty cache."""
    context = new_context(browser, **options)
    try:
        page = context.new_page()
        page.goto(url, wait_until="commit")
        return float(page.evaluate(f"centralFirst(() => {condition})"))
    finally:
        context.close()


def to_paint_ms(page: Page, event: str, act: Callable[[], object], condition: str) -> float:
    """From the DOM event that `act` causes to the first frame in which `condition` holds."""
    name = json.dumps(event)
    page.evaluate(f"() => {{ window.centralSeen = centralPaint({name}, () => {condition}); }}")
    act()
    return float(page.evaluate("() => window.centralSeen"))
