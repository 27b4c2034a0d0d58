"""The frame in Chromium: signing in and out, theme, language, ended sessions, the policy."""

import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from build import Centre
from console.actions import SetPassword
from console.domain.agent import Role
from console.store import people
from console.store.schema import migrate
from console.store.tables import auth_session
from console.store.work import open_store
from serving import HASHED, PASSWORD, serving

PATIENCE_MS = 20_000
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(15, 23, 20)"
WELCOME = {"pt": "Conversas", "en": "Inbox", "es": "Conversaciones"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home = tmp_path_factory.mktemp("frame")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    centre = Centre(store)
    for role in (Role.SUPERVISOR, Role.ANALYST, Role.AGENT):
        centre.run(SetPassword(centre.agent(str(role), role).agent_id, HASHED))
    centre.receive()
    store.close()
    with serving(home) as running:
        yield running


@pytest.fixture
def store(served):
    opened = open_store(served.store_url)
    yield opened
    opened.close()


@pytest.fixture
def heard(page):
    """Everything that the browser refused, and every request that left the server."""
    told = []
    page.on("console", lambda m: told.append(m.text) if "Content Security" in m.text else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


def sign_in(page, served, role=Role.SUPERVISOR, path="/inbox"):
    page.goto(served.url + path)
    page.fill("#email", f"{role}@loja.example")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.locator(".gear").wait_for(timeout=PATIENCE_MS)


def becomes(page, colour):
    """Wait for the ground of the page: the policy forbids the evaluations a waiting would use."""
    look = "() => getComputedStyle(document.querySelector('.stApp') ?? document.body)"
    for _ in range(PATIENCE_MS // 200):
        with suppress(Error):  # while the page loads again
            if page.evaluate(f"({look})().backgroundColor") == colour:
                return True
        page.wait_for_timeout(200)
    return False


def test_a_person_signs_in_and_out(page, served, heard):
    sign_in(page, served)
    assert page.url == f"{served.url}/inbox"
    page.click(".gear")
    page.get_by_role("button", name="Sair").click()
    page.locator("#email").wait_for(timeout=PATIENCE_MS)
    page.goto(f"{served.url}/settings")
    assert "/sign-in?next=/settings" in page.url
    assert heard == []


def test_a_wrong_password_says_so_and_keeps_the_address(page, served):
    page.goto(f"{served.url}/inbox")
    page.fill("#email", "supervisor@loja.example")
    page.fill("#password", "errada errada")
    page.click("button[type=submit]")
    assert page.locator("[role=alert]").inner_text() == "E-mail ou senha incorretos."
    assert page.input_value("#email") == "supervisor@loja.example"
    assert page.evaluate("document.activeElement.id") == "password"


def test_a_deep_link_survives_the_sign_in(page, served):
    sign_in(page, served, path="/inbox?conversation=1&sort=oldest#message-7")
    assert page.url.endswith("#message-7")
    assert "conversation=1" in page.url


def test_every_page_opens_under_the_strict_policy_without_a_request_outside(page, served, heard):
    own = (served.url, served.url.replace("http", "ws"), "data:", "blob:")
    outside = []
    page.on("request", lambda r: None if r.url.startswith(own) else outside.append(r.url))
    sign_in(page, served)
    for path in ("/contacts", "/settings", "/inbox"):
        page.goto(served.url + path)
        page.locator(".gear").wait_for(timeout=PATIENCE_MS)
        page.wait_for_timeout(1_000)
    assert heard == []
    assert outside == []


def test_the_theme_is_chosen_in_the_gear_and_remembered(page, served, store, browser):
    sign_in(page, served)
    assert becomes(page, LIGHT)
    page.click(".gear")
    page.get_by_role("radio", name="Escuro").click()
    assert becomes(page, DARK)
    page.goto(f"{served.url}/settings")
    assert becomes(page, DARK)
    with store.read() as conn:
        assert people.agent_by_email(conn, "supervisor@loja.example").theme == "dark"
    elsewhere = browser.new_context()
    other = elsewhere.new_page()
    sign_in(other, served)
    assert becomes(other, DARK)
    elsewhere.close()


@pytest.mark.parametrize(("name", "language"), [("English", "en"), ("Español", "es")])
def test_the_language_is_chosen_in_the_gear(page, served, name, language):
    sign_in(page, served, Role.AGENT)
    page.click(".gear")
    page.get_by_role("radio", name=name).click()
    page.get_by_role("link", name=WELCOME[language], exact=True).wait_for(timeout=PATIENCE_MS)
    page.get_by_role("radio", name="Português").click()
    page.get_by_role("link", name=WELCOME["pt"], exact=True).wait_for(timeout=PATIENCE_MS)


def test_the_menu_opens_and_closes_by_keyboard(page, served):
    sign_in(page, served, Role.ANALYST)  # whose theme nobody has changed
    page.locator(".gear").focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.locator(":focus").last.inner_text() == "Claro"
    page.keyboard.press("Escape")
    assert page.locator("#panel").count() == 0
    assert page.locator(".gear").get_attribute("aria-expanded") == "false"


def test_an_ended_session_leads_to_the_sign_in_page(page, served, store):
    sign_in(page, served, Role.AGENT, "/settings")
    store.write(lambda conn: conn.execute(auth_session.delete()))
    began = time.monotonic()
    page.locator("#email").wait_for(timeout=PATIENCE_MS)
    assert time.monotonic() - began < 15
    assert "next=%2Fsettings" in page.url or "next=/settings" in page.url


def test_a_forbidden_page_says_so(page, served):
    sign_in(page, served, Role.ANALYST)
    assert page.get_by_role("link", name="Contatos").count() == 0
    page.goto(f"{served.url}/contacts")
    page.get_by_text("Você não tem acesso a esta página.").wait_for(timeout=PATIENCE_MS)


def test_an_address_that_does_not_exist_says_so(page, served):
    sign_in(page, served)
    page.goto(f"{served.url}/nowhere")
    assert page.get_by_role("heading", name="Página não encontrada").is_visible()
    page.get_by_role("link", name="Ir para a Central").click()
    page.locator(".gear").wait_for(timeout=PATIENCE_MS)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_fits_and_follows_the_scheme(browser, served, width, scheme):
    context = browser.new_context({"width": width, "height": 700}, scheme)
    page = context.new_page()
    page.goto(f"{served.url}/sign-in")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == {"light": "rgb(238, 242, 240)", "dark": "rgb(13, 22, 19)"}[scheme]
    context.close()


def test_the_list_that_holds_the_open_page_is_marked(page, served):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, served, path="/overview")
    section = page.get_by_test_id("stTopNavSection")
    marked = page.locator('[data-testid="stTopNavSection"][aria-current="true"]')
    marked.wait_for(timeout=PATIENCE_MS)
    page.get_by_role("link", name="Contatos").click()
    marked.wait_for(state="detached", timeout=PATIENCE_MS)
    section.click()
    page.get_by_role("menuitem", name="Tempos").click()
    marked.wait_for(timeout=PATIENCE_MS)
    page.set_viewport_size({"width": 420, "height": 900})
    section.wait_for(state="detached", timeout=PATIENCE_MS)
    page.set_viewport_size({"width": 1440, "height": 900})
    marked.wait_for(timeout=PATIENCE_MS)
