"""The screenshots of docs/screens: `python docs/screens.py` takes them from a demo of its own.

Needs the test extra and the distribution's Chromium. Deterministic but for the clock: the demo is
generated from a seed, up to the moment of the start.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).parent / "screens"
CHROMIUM = os.environ.get("CENTRAL_CHROMIUM", "/usr/bin/chromium")
WIDTHS = {
    "wide": ViewportSize(width=1440, height=900),
    "narrow": ViewportSize(width=420, height=900),
}
THEMES = ("light", "dark")
TABS = {
    "hours": "Horários",
    "sla": "SLA",
    "rules": "Regras",
    "canned": "Mensagens predefinidas",
}
PAGES = ("supervision", "board", "contacts", "exports", "settings")
FIGURES = ("overview", "resolved", "activity", "times", "queue", "quality", "analyse")
SETTLED_MS = 2500


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo and what it printed, with everybody's sign-in in it."""

    address: str
    printed: str


@contextmanager
def demo() -> Iterator[Demo]:
    """Serve a demo from a temporary folder on a free port."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as home:
        log = Path(home) / "log"
        with log.open("w") as out:
            command = [sys.executable, "-m", "console", "demo", "--port", str(port)]
            environment = {**os.environ, "CENTRAL_HOME": home}
            server = subprocess.Popen(command, stdout=out, env=environment)  # noqa: S603 - ours
        try:
            _wait(f"http://localhost:{port}/livez", server)
            yield Demo(f"http://localhost:{port}", log.read_text())
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 - our own process
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demo did not start.")


def _sign_in_of(role: str, printed: str) -> tuple[str, str]:
    found = re.search(rf"{role}\s+(\S+@\S+)\s+(\S+)", printed)
    if not found:
        raise SystemExit(f"The demo printed no sign-in of a {role}.")
    return found[1], found[2]


def take(browser: Browser, shown: Demo) -> None:
    """Each screen in both themes and both widths."""
    for theme in THEMES:
        for width, size in WIDTHS.items():
            for tour in (_tour, _administration):
                context = browser.new_context(
                    viewport=size,
                    locale="pt-BR",
                    color_scheme=theme,
                    timezone_id="America/Sao_Paulo",
                )
                tour(context.new_page(), shown, f"{width}-{theme}")
                context.close()


def _tour(page: Page, shown: Demo, kind: str) -> None:
    page.goto(shown.address)
    _keep(page, f"sign-in-{kind}")
    _sign_in(page, shown, "supervisor")
    _keep(page, f"list-{kind}")
    page.goto(f"{shown.address}/inbox?filter={quote('status:pending messages>8')}")
    # The first row is being talked to right now; the second one's story is complete.
    page.locator("[role=option]").nth(1).click()
    page.locator(".composer").wait_for()
    _keep(page, f"inbox-{kind}")
    _writing(page, kind)
    if "narrow" in kind:
        page.locator(".head-person").click()
        _keep(page, f"contact-{kind}")
    for name in (*PAGES, *FIGURES):
        page.goto(f"{shown.address}/{name}")
        page.locator("[data-testid=stMain] h1, [data-testid=stMain] button").first.wait_for()
        _keep(page, f"{name}-{kind}")
    _bulk(page, shown, kind)
    if kind == "wide-dark":  # a wall is dark whatever the browser prefers
        page.goto(f"{shown.address}/board?wall=1")
        page.locator(".wall .card").first.wait_for()
        _keep(page, f"wall-{kind}")


def _writing(page: Page, kind: str) -> None:
    """The menu of a message, and what helps to write."""
    page.locator(".bubble").last.click(button="right")
    _keep(page, f"message-menu-{kind}")
    page.keyboard.press("Escape")
    field = page.locator(".write")
    field.press_sequentially("/")
    page.locator(".completion-line").first.wait_for()
    _keep(page, f"canned-{kind}")
    field.press("Escape")
    field.fill("")


def _administration(page: Page, shown: Demo, kind: str) -> None:
    """What only those who administer see in the settings."""
    page.goto(shown.address)
    _sign_in(page, shown, "admin")
    page.goto(f"{shown.address}/instances")
    page.locator("[data-testid=stMain] h1").first.wait_for()
    _keep(page, f"instances-{kind}")
    page.goto(f"{shown.address}/settings")
    for key, name in TABS.items():
        page.get_by_role("tab", name=name).click()
        _keep(page, f"settings-{key}-{kind}")


def _sign_in(page: Page, shown: Demo, role: str) -> None:
    email, password = _sign_in_of(role, shown.printed)
    page.fill("#email", email)
    page.fill("#password", password)
    page.keyboard.press("Enter")
    page.locator("[role=option]").first.wait_for()


def _bulk(page: Page, shown: Demo, kind: str) -> None:
    """A filter in the builder, the preview of a run, and the run in the ledger."""
    expression = "status:pending (team:vendas or unassigned) waiting>15m"
    page.goto(f"{shown.address}/supervision?filter={quote(expression)}")
    page.get_by_text("Montar filtro").click()
    _keep(page, f"builder-{kind}")
    page.goto(f"{shown.address}/supervision?filter={quote('last_activity:..2d status:pending')}")
    page.get_by_text(re.compile("Todas as .* do filtro")).click()
    page.get_by_label("Ação").click()
    page.get_by_role("option", name="Marcar como não lida").click()
    page.get_by_role("button", name="Conferir").click()
    page.get_by_role("button", name="Executar em").wait_for()
    _keep(page, f"preview-{kind}")
    page.get_by_role("button", name="Executar em").click()
    page.get_by_role("button", name="Ver resultado").click()
    page.get_by_text("Execuções em massa").wait_for()
    _keep(page, f"runs-{kind}")
    page.get_by_role("button", name="Desfazer").click()
    page.get_by_role("dialog").get_by_role("button", name="Desfazer").click()
    page.wait_for_timeout(SETTLED_MS)


def _keep(page: Page, name: str) -> None:
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    """Take every screenshot again."""
    FOLDER.mkdir(exist_ok=True)
    with demo() as shown, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        take(browser, shown)
        browser.close()


if __name__ == "__main__":
    main()
