"""The 24 hours in the composer, and a template after them."""

import re
import time

import pytest
from playwright.sync_api import expect

from browser.components import sample


@pytest.fixture
def old(inbox):
    """A conversation whose customer has been silent for days."""
    row = sample.row(499, int(time.time() * 1000))
    inbox.open(f"rows=500&window=1&conversation={row['id']}")
    inbox.page.wait_for_selector('.middle[data-state="open"] .bubble')
    return inbox


def test_an_open_window_says_how_long_it_lasts(inbox):
    inbox.open("window=1")
    inbox.choose(1)
    expect(inbox.page.locator(".window-chip")).to_have_text(re.compile(r"Janela: \d+ (h|min)"))
    expect(inbox.page.locator(".write")).to_be_visible()
    expect(inbox.page.locator(".window-over")).to_be_hidden()


def test_after_the_window_only_a_template_or_a_note_can_be_written(old):
    page = old.page
    expect(page.locator(".write")).to_be_hidden()
    expect(page.locator(".window-over")).to_contain_text("há mais de 24 horas")
    page.get_by_role("radio", name="Nota interna").click()
    expect(page.locator(".write")).to_be_visible()
    expect(page.locator(".window-over")).to_be_hidden()


def test_a_template_is_filled_seen_and_sent(old):
    page = old.page
    page.get_by_role("button", name="Escolher modelo").last.click()
    dialog = page.get_by_role("dialog", name="Modelos de mensagem")
    dialog.get_by_role("searchbox").fill("pago")
    dialog.get_by_role("button", name="pedido_pago").click()
    send = dialog.get_by_role("button", name="Enviar modelo")
    expect(send).to_be_disabled()
    for label, value in (("Campo 1", "Rita"), ("Campo 2", "48213"), ("Acompanhar", "BR1")):
        dialog.get_by_label(label).fill(value)
    words = "Oi, Rita! O pedido 48213 foi pago."
    expect(dialog.locator(".templates-preview")).to_have_text(f"{words}\n\nLoja Ipê")
    send.click()
    expect(dialog).to_have_count(0)
    (sent,) = [a for a in old.wait_handled(1) if a["kind"] == "template"]
    assert sent["template"] == {
        "name": "pedido_pago",
        "language": "pt_BR",
        "header": [],
        "body": ["Rita", "48213"],
        "buttons": [[1, "BR1"]],
    }
    expect(page.locator(".bubble").last).to_contain_text(words)


def test_escape_closes_the_templates_and_leaves_the_conversation(old):
    page = old.page
    opener = page.get_by_role("button", name="Escolher modelo").last
    opener.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Modelos de mensagem")).to_have_count(0)
    expect(opener).to_be_focused()
    expect(page.locator(".middle")).to_have_attribute("data-state", "open")


def test_a_customer_who_writes_opens_the_window(old):
    page = old.page
    talk = sample.row(499, 0)["id"]
    item = sample.message(9_999_999_999_999, "Voltei!", int(time.time() * 1000), "in")
    old.push("changed", {"messages": [{"conversation": talk, "item": item}]})
    expect(page.locator(".write")).to_be_visible()
    expect(page.locator(".window-chip")).to_contain_text(re.compile(r"2[34] h"))
