"""Exports in Chromium: started, followed, cancelled, and downloaded once."""

import csv
import re

import pytest
from playwright.sync_api import expect

from build import Role
from console.actions import SetPassword
from console.auth import hash_password
from serving import PASSWORD

PATIENCE_MS = 60_000
SURE = "auditoria"


@pytest.fixture(scope="module")
def eva(house):
    """A supervisor of these tests alone: the list of exports is her own."""
    who = house.centre.agent("Eva", Role.SUPERVISOR)
    house.centre.run(SetPassword(who.agent_id, hash_password(PASSWORD)))
    return who


@pytest.fixture
def desk(seat, eva):
    def at(path):
        page = seat().sign_in("eva", path=path).page
        page.wait_for_selector("[data-testid=stHeading]", timeout=PATIENCE_MS)
        return page

    return at


def ask(page, grain, form):
    page.get_by_role("button", name="Exportar", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=grain, exact=True).click()
    dialog.get_by_role("radio", name=form, exact=True).click()
    reason = dialog.get_by_role("textbox", name="Para que servem os dados")
    make = dialog.get_by_role("button", name="Fazer o arquivo")
    expect(dialog.get_by_text(re.compile(r"\d linhas")).first).to_be_visible(timeout=PATIENCE_MS)
    if reason.count():
        expect(make).to_be_disabled()
        reason.fill(SURE)
        reason.press("Tab")
    expect(make).to_be_enabled(timeout=PATIENCE_MS)
    make.click()
    expect(dialog).to_be_hidden(timeout=PATIENCE_MS)


def rows_of(download):
    text = download.path().read_text(encoding="utf-8-sig")
    return list(csv.reader(text.splitlines()))


def test_a_file_is_made_and_its_link_is_good_once(desk):
    page = desk("/exports?filter=instance:loja-1")
    ask(page, "Conversas", "CSV")
    link = page.get_by_role("link", name="Baixar").first
    expect(link).to_be_visible(timeout=PATIENCE_MS)
    address = link.get_attribute("href")
    with page.expect_download() as found:
        link.click()
    assert rows_of(found.value)[0][:3] == ["id", "instance", "team"]
    again = page.context.request.get(f"{page.url.split('/exports')[0]}{address}")
    assert again.status == 410


def test_a_long_one_tells_how_far_it_is_and_is_cancelled(desk):
    page = desk("/exports")
    ask(page, "Mensagens", "Planilha (XLSX)")
    cancel = page.get_by_role("button", name="Cancelar")
    expect(cancel.first).to_be_visible(timeout=PATIENCE_MS)
    cancel.first.click()
    expect(page.get_by_text("Cancelada").first).to_be_visible(timeout=PATIENCE_MS)


def test_a_list_of_hostile_names_comes_as_a_file(desk):
    page = desk("/contacts")
    page.get_by_role("textbox", name="Buscar").or_(
        page.get_by_placeholder("Nome, número ou e-mail")
    ).first.fill("<")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Exportar").click()
    page.get_by_role("button", name="CSV", exact=True).click()
    link = page.get_by_role("link", name="Baixar")
    expect(link).to_be_visible(timeout=PATIENCE_MS)
    with page.expect_download() as found:
        link.click()
    names = [row[0] for row in rows_of(found.value)[1:]]
    assert any("<" in name for name in names)
    assert not any(name.startswith(("=", "+", "-", "@")) for name in names)


def test_the_page_fits_a_phone(seat, eva):
    page = seat().sign_in("eva", path="/exports").page
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_selector("[data-testid=stHeading]", timeout=PATIENCE_MS)
    page.get_by_role("tab", name="Agendadas").click()
    expect(page.get_by_text("Este servidor ainda não tem para onde enviar")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 420
