"""Canned replies in the composer: found after a stroke, filled, their gaps gone through."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def open_one(inbox):
    inbox.open()
    inbox.choose(1)
    return inbox


def offered(inbox):
    return inbox.texts(".completion-lead")


def typed(inbox, text):
    field = inbox.page.locator(".write")
    field.focus()
    inbox.page.keyboard.type(text)
    return field


def test_a_stroke_offers_every_reply_and_a_word_narrows_them(open_one):
    typed(open_one, "/")
    expect(open_one.page.locator(".completion-line")).to_have_count(3)
    assert offered(open_one) == ["/agradece", "/pix", "/rastreio"]
    open_one.page.keyboard.type("ras")
    expect(open_one.page.locator(".completion-line")).to_have_count(1)
    open_one.page.keyboard.press("Backspace")
    open_one.page.keyboard.press("Backspace")
    open_one.page.keyboard.press("Backspace")
    open_one.page.keyboard.type("COMPROVÁNTE")
    expect(open_one.page.locator(".completion-lead")).to_have_text("/pix")
    open_one.page.keyboard.type("xyz")
    expect(open_one.page.locator(".completion-words span")).to_contain_text("Nenhuma mensagem com")


def test_keys_choose_and_escape_closes_without_leaving_the_field(open_one):
    field = typed(open_one, "Oi /")
    chosen = open_one.page.locator('.completion-line[aria-selected="true"] .completion-lead')
    expect(chosen).to_have_text("/agradece")
    open_one.page.keyboard.press("ArrowDown")
    expect(chosen).to_have_text("/pix")
    expect(field).to_have_attribute("aria-activedescendant", "completion-1")
    open_one.page.keyboard.press("Escape")
    expect(open_one.page.locator(".completion")).to_be_hidden()
    expect(field).to_be_focused()
    assert field.input_value() == "Oi /"
    open_one.page.keyboard.type("p")
    open_one.page.keyboard.press("Tab")
    expect(field).to_have_value(re.compile("^Oi A chave Pix é .*por aqui.$"))
    assert [action for action in open_one.handled() if "text" in action] == []


def test_what_is_known_is_filled_and_nothing_is_sent_yet(open_one):
    field = typed(open_one, "/agra")
    expect(open_one.page.locator(".completion-line")).to_have_count(1)
    open_one.page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile(r"Por nada, .+! (Bom dia|Boa tarde|Boa noite) e"))
    assert "{" not in field.input_value()
    open_one.page.keyboard.press("Enter")
    (said,) = [a for a in open_one.wait_handled(2) if "text" in a]
    assert said["text"].startswith("Por nada, ")


def test_what_a_person_has_to_fill_is_gone_through_and_asked_for(open_one):
    field = typed(open_one, "/ras")
    expect(open_one.page.locator(".completion-line")).to_have_count(1)
    open_one.page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile(r"\{pedido\} está no código \{codigo\}"))
    open_one.page.keyboard.type("48213")
    expect(field).to_have_value(re.compile(r"pedido 48213 está no código \{codigo\}"))
    open_one.page.keyboard.press("Enter")
    hint = open_one.page.locator(".composer-hint")
    expect(hint).to_have_text("Falta preencher {codigo}. Enter de novo envia assim mesmo.")
    open_one.page.keyboard.type("BR1")  # the gap is selected
    expect(hint).to_be_hidden()
    open_one.page.keyboard.press("Enter")
    (said,) = [a for a in open_one.wait_handled(2) if "text" in a]
    assert said["text"].endswith("o pedido 48213 está no código BR1.")


def test_tab_goes_from_gap_to_gap(open_one):
    field = typed(open_one, "/ras")
    expect(open_one.page.locator(".completion-line")).to_have_count(1)
    open_one.page.keyboard.press("Enter")
    open_one.page.keyboard.press("Tab")
    open_one.page.keyboard.type("BR1")
    open_one.page.keyboard.press("Tab")
    open_one.page.keyboard.type("7")
    expect(field).to_have_value(re.compile("o pedido 7 está no código BR1.$"))


def test_the_button_and_the_pointer_do_the_same(open_one):
    field = open_one.page.locator(".write")
    field.fill("Boa tarde!")
    open_one.page.get_by_role("button", name="Mensagens predefinidas (/)").click()
    open_one.page.locator(".completion-line", has_text="/pix").click()
    expect(field).to_have_value(re.compile("^Boa tarde! A chave Pix"))
    expect(field).to_be_focused()


def test_a_stroke_within_a_word_offers_nothing(open_one):
    field = typed(open_one, "24/11 e https://")
    expect(open_one.page.locator(".completion")).to_be_hidden()
    assert field.input_value() == "24/11 e https://"


def test_replies_that_cannot_be_fetched_are_said_to_be_missing(open_one):
    open_one.page.route("**/canned", lambda route: route.abort())
    typed(open_one, "/")
    said = open_one.page.locator(".completion-words span")
    expect(said).to_contain_text("Não foi possível buscar as mensagens.")
    open_one.page.unroute("**/canned")
    open_one.page.keyboard.press("Backspace")
    open_one.page.keyboard.type("/")
    expect(open_one.page.locator(".completion-line")).to_have_count(3)
