"""The whole console on imported conversations, and people in front of it with browsers."""

import json
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from build import Centre, Role
from console.actions import SetPassword
from console.imports.jsonl import import_jsonl
from console.store.schema import migrate
from console.store.work import open_store
from serving import HASHED, PASSWORD, serving

UTC = ZoneInfo("UTC")
NAUGHTY_A_TALK = 90  # fewer than a thread shows at once
PATIENCE_MS = 20_000
expect.set_options(timeout=10_000)


@dataclass(frozen=True)
class House:
    """A running server, its store opened beside it, and who works there."""

    url: str
    home: object
    centre: Centre
    bruno: object
    carla: object
    naughty: tuple


@pytest.fixture(scope="session")
def house(tmp_path_factory, pack):
    """5 734 conversations of a help channel, the naughty strings, and a few own ones."""
    home = tmp_path_factory.mktemp("house")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    centre = Centre(store)
    centre.instance("Ubuntu")
    import_jsonl(store, pack / "dev/irc_ubuntu_threads.jsonl.zst", "ubuntu", UTC)
    naughty = naughty_texts(pack)
    import_jsonl(store, naughty_file(home, naughty), "loja-1", UTC)
    carla, bruno = centre.agent("Carla", Role.SUPERVISOR), centre.agent("Bruno", Role.AGENT)
    dora = centre.agent("Dora", Role.ANALYST)
    for person in (centre.ana, carla, bruno, dora):
        centre.run(SetPassword(person.agent_id, HASHED))
    with serving(home) as served:
        yield House(served.url, home, centre, bruno, carla, naughty)
    store.close()


def naughty_texts(pack):
    lines = (pack / "naughty/blns.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line)["text"] for line in lines)


def naughty_file(home, texts):
    """Records whose words, authors and conversations are the naughty strings."""
    parts = [texts[i : i + NAUGHTY_A_TALK] for i in range(0, len(texts), NAUGHTY_A_TALK)]
    records = [
        {
            "dataset": "naughty",
            "conversation_id": f"naughty-{n}",
            "messages": [
                {"role": "customer", "author": part[7], "text": text, "at": None, "kind": "text"}
                for text in part
            ],
            "meta": {"language": "xx"},
        }
        for n, part in enumerate(parts)
    ]
    file = home / "naughty.jsonl"
    file.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return file


class Seat:
    """One person with a browser of their own; nothing outside is asked, nothing breaks."""

    def __init__(self, browser, house, **options):
        size = {"width": 1440, "height": 900}
        self.context = browser.new_context(viewport=size, **options)
        self.house, self.page = house, self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.outside, self.problems, self.refused = [], [], []
        self.page.on("request", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._listen)

    def _note(self, request):
        if not request.url.startswith((self.house.url, "data:", "blob:")):
            self.outside.append(request.url)

    def _dialog(self, dialog):
        self.problems.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _listen(self, message):
        if "Content Security" in message.text:
            self.refused.append(message.text)

    def sign_in(self, name, password=PASSWORD, path="/inbox"):
        self.page.goto(f"{self.house.url}{path}")
        self.page.fill("input[name=email]", f"{name}@loja.example")
        self.page.fill("input[type=password]", password)
        self.page.press("input[type=password]", "Enter")
        return self

    def open(self, path="/inbox"):
        self.page.goto(f"{self.house.url}{path}")
        self.page.wait_for_selector(".inbox .bar", timeout=PATIENCE_MS)
        return self

    def wait_for_list(self):
        self.page.wait_for_selector(".inbox .row", timeout=PATIENCE_MS)
        return self

    def show(self, conversation_id, anchor=""):
        """Open a conversation by its address."""
        self.open(f"/inbox?conversation={conversation_id}{anchor}")
        self.page.wait_for_selector('.middle[data-state="open"]', timeout=PATIENCE_MS)
        return self

    def search(self, text):
        self.page.locator(".search").fill(text)
        self.page.locator(".search").press("Enter")

    def say(self, text):
        self.page.locator(".write").fill(text)
        self.page.locator(".write").press("Enter")

    def see(self, selector, text=None):
        """Expect one thing on the screen that has this text."""
        expect(self.page.locator(selector, has_text=text).first).to_be_visible()

    def lines(self):
        return self.page.locator(".line-text").all_text_contents()

    def counts(self):
        """What the tabs say, by the key of the filter."""
        tabs = self.page.locator(".tab")
        return {
            tab.get_attribute("data-key"): int(
                re.sub(r"\D", "", tab.locator(".tab-count").inner_text())
            )
            for tab in (tabs.nth(i) for i in range(tabs.count()))
        }

    def total(self):
        return int(re.sub(r"\D", "", self.page.locator(".total").inner_text()))


@pytest.fixture
def seat(browser, house):
    """Gives browsers to people; afterwards all of them have been quiet and safe."""
    seats = []

    def take(**options):
        seats.append(Seat(browser, house, **options))
        return seats[-1]

    yield take
    for taken in seats:
        taken.context.close()
    assert [(s.outside, s.problems, s.refused) for s in seats] == [([], [], [])] * len(seats)
