"""Emojis in the composer: a picker with search, recent ones and tones, and names after a colon."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def talk(inbox):
    inbox.open()
    inbox.choose(1)
    return inbox


def opened(talk):
    talk.page.get_by_role("button", name="Emojis (:nome)").click()
    picker = talk.page.get_by_role("dialog", name="Emojis")
    expect(picker.locator(".emoji").first).to_be_visible()
    return picker


def test_a_word_in_portuguese_or_english_finds_an_emoji(talk):
    picker = opened(talk)
    search = picker.get_by_role("searchbox", name="Buscar emoji")
    expect(search).to_be_focused()
    for word, sign in [("joinha", "👍"), ("thumbs up", "👍"), ("CORAÇÃO", "❤️")]:
        search.fill(word)
        expect(picker.locator(".emoji").first).to_have_text(sign)
    search.fill("xyzxyz")
    expect(picker.locator(".menu-empty")).to_have_text("Nenhum emoji com essas palavras.")


def test_emojis_go_in_where_the_caret_was_one_after_another(talk):
    field = talk.page.locator(".write")
    field.fill("Oi tudo bem?")
    field.evaluate("field => field.setSelectionRange(2, 2)")
    picker = opened(talk)
    search = picker.get_by_role("searchbox")
    search.fill("pacote")
    search.press("Enter")
    search.fill("joinha")
    picker.locator(".emoji").first.click()
    expect(field).to_have_value("Oi📦👍 tudo bem?")
    search.press("Escape")
    expect(picker).to_have_count(0)


def test_recent_ones_stand_first_and_a_tone_is_kept(talk):
    picker = opened(talk)
    picker.get_by_role("radio", name="Tom de pele 4").click()
    search = picker.get_by_role("searchbox")
    search.fill("joinha")
    expect(picker.locator(".emoji").first).to_have_text("👍🏾")
    search.press("Enter")
    talk.page.reload()
    talk.page.wait_for_selector(".row")
    talk.choose(1)
    picker = opened(talk)
    expect(picker.locator('[data-group="recent"] .emoji')).to_have_text(["👍🏾"])


def test_arrows_walk_through_the_grid(talk):
    picker = opened(talk)
    talk.page.keyboard.press("ArrowDown")
    first = picker.locator(".emoji").first
    expect(first).to_be_focused()
    talk.page.keyboard.press("ArrowRight")
    expect(picker.locator(".emoji").nth(1)).to_be_focused()
    talk.page.keyboard.press("ArrowLeft")
    talk.page.keyboard.press("ArrowUp")
    expect(picker.get_by_role("searchbox")).to_be_focused()


def test_a_name_after_a_colon_is_completed(talk):
    field = talk.page.locator(".write")
    field.focus()
    talk.page.keyboard.type("Vai chegar :cami")
    expect(talk.page.locator(".completion-line").first).to_be_visible()
    talk.page.keyboard.type("nhão de")
    expect(talk.page.locator(".completion-lead").first).to_have_text("🚚")
    talk.page.keyboard.press("Enter")
    expect(field).to_have_value("Vai chegar 🚚")


def test_times_and_addresses_are_not_taken_for_names(talk):
    talk.page.locator(".write").focus()
    talk.page.keyboard.type("às 10:30 em https://loja.example :)")
    expect(talk.page.locator(".completion")).to_be_hidden()
