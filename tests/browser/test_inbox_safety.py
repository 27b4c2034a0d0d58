"""Sign-in, ends of sessions, forbidden pages, and the naughty list on the screen."""

import re

import pytest
from playwright.sync_api import expect

from console.domain.agent import Role
from console.store import tables
from console.ui.plain import plain

FORBIDDEN = "Você não tem acesso a esta página"


def naughty_talks(house):
    """Ids of the conversations made of naughty strings, in the order of the file."""
    with house.centre.store.read() as connection:
        talk = tables.conversation
        found = connection.execute(talk.select().where(talk.c.source_key.like("%naughty-%")))
        rows = sorted(found.mappings(), key=lambda row: row["source_key"])
    return [row["id"] for row in rows]


def test_a_wrong_password_is_said_and_opens_nothing(seat):
    someone = seat().sign_in("ana", "uma senha errada")
    expect(someone.page.get_by_role("alert")).to_be_visible()
    assert "/sign-in" in someone.page.url
    someone.page.goto(f"{someone.house.url}/inbox")
    assert "/sign-in" in someone.page.url


def test_an_ended_session_says_so_and_a_new_one_comes_back_to_the_draft(house, seat):
    talk = naughty_talks(house)[0]
    carla = seat().sign_in("carla").show(talk)
    carla.page.locator(".write").fill("quase pronto")
    carla.page.wait_for_timeout(500)
    house.centre.store.write(lambda c: c.execute(tables.auth_session.delete()))
    expect(carla.page).to_have_url(re.compile("/sign-in"), timeout=20_000)
    carla.page.fill("input[name=email]", "carla@loja.example")
    carla.page.fill("input[type=password]", "uma senha muito boa")
    carla.page.press("input[type=password]", "Enter")
    carla.page.wait_for_selector('.middle[data-state="open"]', timeout=20_000)
    expect(carla.page.locator(".write")).to_have_value("quase pronto")
    assert f"conversation={talk}" in carla.page.url


def test_a_forbidden_page_is_refused_in_words(seat):
    dora = seat().sign_in("dora").wait_for_list()
    expect(dora.page.get_by_role("link", name="Contatos")).to_have_count(0)
    dora.page.goto(f"{dora.house.url}/contacts")
    expect(dora.page.get_by_text(FORBIDDEN)).to_be_visible(timeout=20_000)


def test_an_analyst_sees_no_words_and_cannot_write(house, seat):
    dora = seat().sign_in("dora").show(naughty_talks(house)[0])
    dora.see(".message", "Texto oculto")
    expect(dora.page.locator(".write")).to_be_hidden()
    assert house.naughty[1] not in dora.page.locator(".inbox").inner_text()


def test_the_whole_naughty_list_is_drawn_as_it_was_written(house, seat):
    ana = seat().sign_in("ana").wait_for_list()
    drawn = []
    for talk in naughty_talks(house):
        ana.show(talk)
        ana.page.wait_for_selector(".message")
        drawn += ana.page.locator(".message").evaluate_all(
            "nodes => nodes.map(n => n.querySelector('.body')?.textContent ?? '')"
        )
    assert sorted(drawn) == sorted(house.naughty)
    assert ana.page.title().startswith("Central")
    assert ana.page.locator(".inbox img, .inbox script, .inbox iframe").count() == 0


def test_naughty_words_in_search_and_filter_find_or_explain(house, seat):
    ana = seat().sign_in("ana").wait_for_list()
    for text in house.naughty[::60]:
        ana.search(text.replace("\n", " "))
        ana.page.wait_for_timeout(450)
        expect(
            ana.page.locator(".row:visible, .problem:visible, .empty-title:visible").first
        ).to_be_visible()


@pytest.mark.parametrize("path", ["/contacts", "/settings"])
def test_naughty_names_are_drawn_on_the_other_pages(house, seat, path):
    centre = house.centre
    name = "<img src=x onerror=alert(1)> ![x](https://evil.example/b.png) :material/home: $x$"
    if path == "/settings":
        centre.agent("x" * 5, Role.AGENT)
        centre.team(name)
    else:
        centre.receive("Oi", 5511900004242, name)
    ana = seat().sign_in("ana", path=path)
    if path == "/settings":
        ana.page.get_by_role("tab", name="Equipes").click()
        shown = ana.page.get_by_text("<img src=x onerror=alert(1)>").first
        expect(shown).to_be_visible(timeout=20_000)
        assert shown.text_content().replace("\u2060", "") == name
        assert plain(name) != name
    else:
        ana.page.wait_for_selector('[data-testid="stDataFrame"]', timeout=20_000)
