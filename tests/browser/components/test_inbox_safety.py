"""Customers' words stay words, under the console's own policy."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.components import sample

ASSETS = Path(__file__).parents[3] / "console/ui/components/assets"
SOURCES = sorted(ASSETS.rglob("*.js"))


def test_hostile_names_and_messages_are_drawn_word_for_word(inbox):
    inbox.open("rows=60&naughty")
    for at, text in enumerate(sample.NAUGHTY):
        inbox.page.locator(".list").evaluate(f"list => {{ list.scrollTop = {at * 86} }}")
        drawn = inbox.page.locator(f'.row[aria-posinset="{at + 1}"]')
        assert drawn.locator(".row-name").evaluate("n => n.textContent") == text
        assert drawn.locator(".row-preview").evaluate("n => n.textContent") == text
    inbox.page.locator(".list").evaluate("list => { list.scrollTop = 0 }")
    inbox.choose(0)
    bodies = inbox.page.locator(".message .body").evaluate_all(
        "nodes => nodes.map(n => n.textContent)"
    )
    assert bodies == list(sample.NAUGHTY)
    assert inbox.page.title() == "Inbox"
    assert inbox.page.locator(".inbox img, .inbox script, .inbox iframe").count() == 0


def test_the_naughty_strings_of_the_pack_are_drawn_word_for_word(inbox, pack):
    lines = (pack / "naughty/blns.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    inbox.open("rows=20")
    drawn = inbox.page.evaluate(
        """async ([texts, base]) => {
          const { fill } = await import(`${base}/_stcore/bidi-components/console.inbox/plain.js`)
          const drawn = text => fill(document.createElement("p"), text, { links: true })
          return texts.map(text => drawn(text).textContent)
        }""",
        [texts, inbox.server],
    )
    assert drawn == texts


def test_only_web_addresses_become_links(inbox):
    inbox.open("rows=60&naughty")
    inbox.choose(0)
    links = inbox.page.locator(".body a").evaluate_all(
        "nodes => nodes.map(n => [n.getAttribute('href'), n.rel, n.target])"
    )
    safe = ["noopener noreferrer", "_blank"]
    assert [link[1:] for link in links] == [safe] * len(links)
    assert all(re.match(r"https?://", link[0]) for link in links)
    assert ["https://example.com/a?b=1#c", *safe] in links
    assert not any("secret" in link[0] for link in links)


def test_hidden_characters_are_marked_and_cannot_turn_the_line_around(inbox):
    inbox.open("rows=60&naughty")
    inbox.choose(0)
    body = inbox.page.locator(".message .body", has_text="normal again")
    assert body.locator(".hidden-mark").first.get_attribute("data-code") == "202E"
    marks = inbox.page.locator(".hidden-mark")
    assert marks.first.evaluate("n => getComputedStyle(n).unicodeBidi") == "isolate"
    family = inbox.page.locator(".message .body", has_text="família")
    assert family.locator(".hidden-mark").count() == 0


def test_nothing_of_the_component_breaks_the_policy(inbox):
    broken = []
    inbox.page.on(
        "console", lambda m: broken.append(m.text) if "Content Security" in m.text else None
    )
    inbox.open()
    inbox.choose(0)
    expect(inbox.page.locator(".bubble").first).to_be_visible()
    assert [text for text in broken if "inline script" not in text] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_source_makes_markup_from_text(source):
    text = source.read_text(encoding="utf-8")
    banned = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
        r"|\beval\(|new Function|DOMParser"
    )
    assert re.findall(banned, text) == []
    assert len(text.splitlines()) <= 400
