"""A supervisor before the page: types a filter, takes all of it, previews, runs, takes back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from benchmarks.browser.clicks import select
from benchmarks.browser.guest import LISTED
from benchmarks.browser.page import to_paint_ms

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

LONG_MS: Final = 300_000  # until a run has ended
_READY: Final = "!document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')"
_TABLE: Final = "document.querySelector('[data-testid=stDataFrame] canvas')"
_EMPTY: Final = "document.body.innerText.includes('Nenhuma conversa corresponde')"
_CARDS: Final = "centralFind('.card')"
_DIALOG: Final = "document.querySelector('[role=dialog] [data-testid=stFormSubmitButton] button')"
_NO_DIALOG: Final = "!document.querySelector('[role=dialog]')"
_BAR: Final = "document.querySelector('[data-testid=stProgress]')"
_MAY_UNDO: Final = (
    "[...document.querySelectorAll('button')].some((b) => b.innerText.includes('Desfazer'))"
)
_GRID_ROW: Final = 35  # pixels of one row of a table, and of its head


class Desk:
    """One tab; what is measured is in milliseconds from the click or key to the paint."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.url = url
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)

    def open(self, path: str, condition: str) -> float:
        """An address typed into the tab, to the first paint of what is waited for."""
        self.page.goto(self.url + path, wait_until="commit")
        return float(self.page.evaluate(f"centralFirst(() => {condition})"))

    def open_inbox(self) -> float:
        """The inbox by its address, with every conversation: no run empties it."""
        return self.open(f"/inbox?filter={quote('messages>0')}", LISTED)

    def filter(self, expression: str, total: str) -> float:
        """Type a filter; from the last key to the number of what it matches."""
        box = self.page.get_by_label("Filtro", exact=True)
        box.fill("")
        condition = f"document.body.innerText.includes('{total} conversas')"
        typed = partial(box.press_sequentially, expression)
        return to_paint_ms(self.page, "keydown", typed, condition)

    def take_all(self, action: str) -> None:
        """Choose everything the filter matches, and what is to be done with it."""
        self.page.get_by_text(re.compile("Todas as .* do filtro")).click()
        self.page.get_by_label("Ação", exact=True).click()
        self.page.get_by_role("option", name=action, exact=True).click()
        self.page.locator("button:enabled", has_text="Conferir").wait_for()
        self.page.wait_for_function(f"() => {_READY}")

    def preview(self) -> float:
        """Open the preview; until it can be agreed to."""
        return self._click(self.page.get_by_role("button", name="Conferir"), _DIALOG)

    def agree(self, action: str) -> float:
        """Write the number and start; until the page tells how far the run is."""
        dialog = self.page.get_by_role("dialog")
        start = dialog.get_by_role("button", name="Executar em")
        dialog.get_by_label(re.compile("para confirmar")).fill(
            re.sub(r"\D", "", start.inner_text())
        )
        return self._click(start, f"{_NO_DIALOG} && document.body.innerText.includes('{action}:')")

    def visits(self) -> dict[str, float]:
        """Other pages by the navigation, each until it can be worked with."""
        return {
            "the live board": self._visit("Ao vivo", _CARDS),
            "the inbox": self._visit("Conversas", LISTED),
            "a conversation": select(self.page, 0),
            "supervision": self._visit("Supervisão", f"{_TABLE} || {_EMPTY}"),
        }

    def settled(self) -> None:
        """Wait until no run goes on any more, and the page has told so."""
        self.page.wait_for_function(f"() => !{_BAR} && {_READY}", timeout=LONG_MS)

    def first_run(self) -> None:
        """Open the newest line of the ledger."""
        grid = self.page.locator("[data-testid=stDataFrame]").first.bounding_box()
        assert grid  # noqa: S101 - it was waited for
        self.page.mouse.click(grid["x"] + 16, grid["y"] + 1.5 * _GRID_ROW)
        self.page.locator("[data-testid=stMetricValue]").first.wait_for()

    def open_ledger(self) -> float:
        """The ledger by its address."""
        return self.open("/runs", _TABLE)

    def numbers(self) -> list[int]:
        """What the cards of a run say: matched, done, skipped."""
        cards = self.page.locator("[data-testid=stMetricValue]").all_text_contents()
        return [int(re.sub(r"\D", "", text)) for text in cards]

    def undo(self) -> float:
        """Take the run back that is shown; until the page tells that it is over."""
        self.page.get_by_role("button", name="Desfazer").click()
        sure = self.page.get_by_role("dialog").get_by_role("button", name="Desfazer")
        start = time.perf_counter()
        sure.click()
        self.page.wait_for_function(f"() => {_NO_DIALOG} && !{_MAY_UNDO}", timeout=LONG_MS)
        self.settled()
        return (time.perf_counter() - start) * 1000

    def _visit(self, link: str, condition: str) -> float:
        return self._click(self.page.get_by_role("link", name=link), condition)

    def _click(self, what: Locator, condition: str) -> float:
        act: Callable[[], None] = what.click
        return to_paint_ms(self.page, "click", act, condition)
