"""A filter is built by clicking or by keyboard, and counted after each change."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from browser.components.builder_page import HOSTILE, MANY
from browser.components.test_inbox_look import CONTRAST
from console.ui import builder

SOURCES = sorted((Path(builder.__file__).parent / "assets").glob("*.js"))
EVERY_KIND = (
    'pending -assignee:me,"Bia Ávila" (label:hostil or waiting>15m or -("segunda via" unread>2))'
    " opened:2026-10-20..2026-11-01,today last_activity:7d.. resolved:3d..today phone:119,0001"
    " messages:1,2 contact:souza boleto blocked"
)


class Built:
    """One page with a builder, and what its server made of each change."""

    def __init__(self, inbox):
        self.inbox, self.page = inbox, inbox.page
        self.dialogs = []
        self.page.on(
            "dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss())
        )

    def open(self, text="", query=""):
        address = f"{self.inbox.server}/?probe={self.inbox.probe}&builder&{query}"
        self.page.goto(address + (f"&filter={quote(text)}" if text else ""))
        self.page.wait_for_selector(".builder .group", timeout=30_000)
        return self

    def answers(self, text, *, count=None):
        """Wait until the server has counted this expression."""
        expect(self.page.locator(".expression")).to_have_text(text)
        expect(self.page.locator(".builder")).to_have_attribute("data-waiting", "no")
        last = self.inbox.handled()[-1]
        assert last["text"] == text
        shown = self.page.locator(".count").inner_text()
        assert re.sub(r"\D", "", shown) == str(last["count"])
        assert count is None or last["count"] == count

    def lacks(self, problem):
        """Wait until the server has named this problem; nothing was counted."""
        expect(self.page.locator(".problem-text")).to_have_text(problem)
        expect(self.page.locator(".builder")).to_have_attribute("data-waiting", "no")
        last = self.inbox.handled()[-1]
        assert (last["count"], last["problem"]) == (None, problem)

    def part(self, path):
        return self.page.locator(f'[data-path="{path}"]')

    def at(self, name):
        return self.page.locator(f'[data-at="{name}"]')

    def add(self, path="root"):
        self.at(f"{path}:add").click()

    def choose(self, path, name):
        self.at(f"{path}:field").select_option(label=name)

    def pick(self, path, *names):
        self.at(f"{path}:value0").click()
        for name in names:
            self.part(path).get_by_role("checkbox", name=name, exact=True).check()
        self.page.keyboard.press("Escape")


@pytest.fixture
def built(inbox):
    made = Built(inbox)
    yield made
    assert made.dialogs == []


def test_a_nested_filter_is_built_by_clicking(built):
    built.open(query="address")
    built.answers("", count=60)
    built.add()
    built.choose("0", "Situação")
    built.part("0").get_by_role("button", name="Pendente").click()
    built.answers("status:pending")
    built.page.get_by_role("button", name="Adicionar grupo").click()
    built.choose("1.0", "Etiqueta")
    built.pick("1.0", "VIP", "Sem etiqueta")
    built.answers("status:pending label:vip,none")
    built.add("1")
    built.choose("1.1", "Cliente esperando")
    built.at("1.1:op").select_option(label="mais de")
    built.at("1.1:value0").fill("15")
    built.answers("status:pending (label:vip,none or waiting>15m)")
    built.part("1.1").get_by_label("Unidade").select_option(label="horas")
    built.answers("status:pending (label:vip,none or waiting>15h)")
    built.at("1:not").click()
    built.answers("status:pending -(label:vip,none or waiting>15h)")
    built.at("1:and").check()
    built.answers("status:pending -(label:vip,none waiting>15h)")
    built.page.get_by_role("button", name="Remover condição 2.1").click()
    built.answers("status:pending -waiting>15h")
    built.page.get_by_role("button", name="Remover grupo 2").click()
    built.answers("status:pending")
    expect(built.at("0:field")).to_be_focused()
    built.page.get_by_role("button", name="Limpar").click()
    built.answers("", count=60)


def test_a_filter_is_built_by_keyboard_alone(built):
    built.open(query="address")
    press = built.page.keyboard.press
    built.at("root:add").focus()
    press("Enter")
    expect(built.at("0:field")).to_be_focused()
    built.page.keyboard.type("Situ")
    press("Tab")
    press("Space")
    built.answers("status:pending")
    press("Shift+Tab")
    press("Shift+Tab")
    expect(built.at("0:not")).to_be_focused()
    press("Space")
    built.answers("-status:pending")
    press("Shift+Tab")
    press("ArrowRight")
    expect(built.at("root:or")).to_be_checked()
    built.at("root:add").focus()
    press("Enter")
    built.page.keyboard.type("Atend")
    press("Tab")
    press("Enter")
    built.page.keyboard.type("lima")
    press("Enter")
    press("Escape")
    expect(built.at("1:value0")).to_be_focused()
    built.answers("-status:pending or assignee:ana@loja.example")
    press("Tab")
    expect(built.page.get_by_role("button", name="Remover condição 2")).to_be_focused()
    press("Enter")
    built.answers("-status:pending")


def test_a_pasted_expression_opens_as_it_is_written(built):
    built.open(EVERY_KIND)
    last = built.inbox.handled()[-1]
    built.answers(last["text"])
    assert built.page.locator(".condition").count() == 14
    built.at("root:not").click()
    expect(built.page.locator(".expression")).to_have_text(f"-({last['text']})")
    built.at("root:not").click()
    built.answers(last["text"], count=last["count"])


def test_another_filter_of_the_page_takes_the_place_of_the_draft(built):
    built.open("pending")
    built.part("0").get_by_role("button", name="Resolvida").click()
    built.answers("status:pending,resolved", count=60)
    built.page.get_by_role("button", name="Outra filtragem").click()
    built.answers("unread or blocked")
    built.at("0:not").click()
    built.answers("-unread or blocked")


def test_what_is_incomplete_is_named_and_not_counted(built):
    built.open("pending")
    built.add()
    built.lacks("Escolha um campo.")
    expect(built.part("1")).to_have_attribute("data-problem", "incomplete")
    expect(built.page.locator(".count")).to_have_text("Ainda não dá para contar")
    built.choose("1", "Nome do contato")
    built.lacks("Falta o valor de “Nome do contato”.")
    built.at("1:value0").fill("souza")
    built.answers("status:pending contact:souza")
    assert built.page.locator("[data-path][data-problem]").count() == 0
    built.part("1").get_by_role("button", name="Adicionar outro valor").click()
    built.lacks("Falta o valor de “Nome do contato”.")
    built.at("1:value1").fill("müller")
    built.answers("status:pending contact:souza,müller")
    built.choose("1", "Mensagens")
    built.at("1:value0").fill("muitas")
    built.lacks("“muitas” não serve para messages: escreva um número inteiro.")
    expect(built.part("1")).to_have_attribute("data-problem", "wrong")


def test_a_name_nobody_has_is_answered_with_the_nearest(built):
    built.open("pending")
    built.add()
    built.choose("1", "Resolvida por")
    built.at("1:value0").click()
    built.page.keyboard.type("Ana Lyma")
    built.part("1").get_by_role("button", name="Usar “Ana Lyma”").click()
    expect(built.page.locator(".problem-text")).to_contain_text("Ana Lima")


def test_long_lists_of_names_are_searched(built):
    built.open("assignee:me")
    built.at("0:value0").click()
    expect(built.page.locator(".name-line")).to_have_count(60)
    expect(built.page.locator(".names-list .hint")).to_contain_text(str(MANY + 4 - 60))
    built.page.keyboard.type("ATENDENTE 77")
    expect(built.page.locator(".name-line")).to_have_count(1)
    built.page.keyboard.press("ArrowDown")
    built.page.keyboard.press("Space")
    built.answers("assignee:me,a77@loja.example")


@pytest.mark.parametrize(
    ("mode", "fill", "said"),
    [
        ("ontem", [], "yesterday"),
        ("últimos 7 dias", [], "6d.."),
        ("no dia…", ["2026-10-20"], "2026-10-20"),
        ("de… até…", ["2026-10-20", "2026-11-01"], "2026-10-20..2026-11-01"),
        ("de… até…", ["2026-10-20"], "2026-10-20.."),
        ("há no máximo… dias", ["3"], "3d.."),
        ("há pelo menos… dias", ["3"], "..3d"),
        ("como na expressão", ["3d..today"], "3d..today"),
    ],
)
def test_days_are_chosen_by_name_or_by_date(built, mode, fill, said):
    built.open(query="address")
    built.add()
    built.choose("0", "Aberta em")
    built.at("0:value0").select_option(label=mode)
    for at, text in enumerate(fill):
        built.at(f"0:value0in{'2' if at else ''}").fill(text)
    built.answers(f"opened:{said}")


def test_a_hostile_name_is_shown_as_text(built):
    built.open("label:hostil")
    shown = HOSTILE.replace("\u202e", "⟦U+202E⟧")
    expect(built.page.locator(".chip .name")).to_have_text(shown)
    built.at("0:value0").click()
    expect(built.page.locator(".name-line .name", has_text="onerror")).to_have_text(shown)
    assert built.page.locator(".builder img, .builder b, .builder script").count() == 0
    assert built.page.locator(".chip .dot").count() == 0
    built.open(f'"{HOSTILE[:28]}"')
    expect(built.at("0:value0")).to_have_value(HOSTILE[:28])


def test_an_analyst_is_not_offered_what_is_personal(built):
    built.open("pending", "analyst")
    names = built.at("0:field").locator("option").all_text_contents()
    assert "Situação" in names
    assert {"WhatsApp", "E-mail", "Nome do contato", "Texto da conversa"} & set(names) == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_builder_speaks_the_person_s_language(built, language):
    built.open("waiting>15m", f"lang={language}")
    said = {"en": ("Customer waiting", "more than"), "es": ("Cliente esperando", "más de")}
    chosen = "node => node.selectedOptions[0].textContent"
    assert built.at("0:field").evaluate(chosen) == said[language][0]
    assert built.at("0:op").evaluate(chosen) == said[language][1]


READABLE = (
    ".word",
    ".not",
    ".segment span",
    ".join:not(:empty)",
    ".select",
    ".choice",
    ".chip .name",
    ".choose span",
    ".check span",
    ".quiet",
    ".add span",
    ".count",
    ".expression",
)


@pytest.mark.parametrize("width", [1440, 420])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_and_nothing_runs_over_the_edge(built, scheme, width):
    built.page.set_viewport_size({"width": width, "height": 900})
    built.page.emulate_media(color_scheme=scheme)
    built.open(EVERY_KIND)
    measured = built.page.evaluate(CONTRAST.replace(".inbox", ".builder"), list(READABLE))
    assert [selector for selector, n, _ in measured if n == 0] == []
    assert [(selector, round(r, 2)) for selector, _, r in measured if r < 4.5] == []
    frame = built.page.locator(".builder").bounding_box()
    boxes = built.page.locator(".builder :is(button, input, select, section)").evaluate_all(
        "nodes => nodes.filter(n => n.checkVisibility()).map(n => n.getBoundingClientRect())"
        ".map(b => [b.left, b.right])"
    )
    assert min(left for left, _ in boxes) >= frame["x"]
    assert max(right for _, right in boxes) <= frame["x"] + frame["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_problems_can_be_read_too(built, scheme):
    built.page.emulate_media(color_scheme=scheme)
    for text in ("pending", "team:nenhures"):
        built.open(text)
        if text == "pending":
            built.add()
        expect(built.page.locator(".problem")).to_be_visible()
        expect(built.page.locator(".builder")).to_have_attribute("data-waiting", "no")
        measured = built.page.evaluate(
            CONTRAST.replace(".inbox", ".builder"), [".problem-text", ".count"]
        )
        assert [(selector, n, r) for selector, n, r in measured if n != 1 or r < 4.5] == []


def test_every_control_has_a_name_and_shows_its_focus(built):
    built.open(EVERY_KIND)
    controls = built.page.locator(".builder :is(button, input, select)")
    nameless = controls.evaluate_all(
        "nodes => nodes.filter(n => !(n.getAttribute('aria-label') || n.textContent.trim()"
        " || n.closest('label')?.textContent.trim())).map(n => n.outerHTML)"
    )
    assert nameless == []
    built.at("root:not").focus()
    for _ in range(30):
        built.page.keyboard.press("Tab")
        ring = built.page.evaluate(
            """() => {
              let node = document.activeElement
              while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement
              const shown = node.type === "radio" ? node.closest("label") : node
              return getComputedStyle(shown).outlineStyle
            }"""
        )
        assert ring == "solid"


def test_nothing_of_the_builder_breaks_the_policy(built):
    broken = []
    built.page.on("console", lambda m: broken.append(m.text) if "Content Sec" in m.text else None)
    built.open(EVERY_KIND)
    built.at("root:not").click()
    expect(built.page.locator(".expression")).to_contain_text("-(")
    assert [text for text in broken if "inline script" not in text] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_source_of_the_builder_makes_markup_from_text(source):
    text = source.read_text(encoding="utf-8")
    banned = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
        r"|\beval\(|new Function|DOMParser"
    )
    assert re.findall(banned, text) == []
    assert len(text.splitlines()) <= 200
