"""The first message of a fresh process names a page: the frame runs first, for whoever asks."""

import pytest

from attack import Attack
from console.domain.agent import Acting, Role
from console.ui.frame import ENTRIES, may_open
from serving import serving

PAGES = [entry.key for entry in ENTRIES]


def allowed(role):
    return {entry.key for entry in ENTRIES if may_open(entry, Acting(1, "", role))}


@pytest.fixture(scope="module")
def cookies(served):
    return {role: served.sign_in(f"{role}@loja.example") for role in Role}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_a_page_runs_only_for_a_role_that_may_open_it(served, cookies, role, page):
    with Attack(served.url, cookies[role]) as attack:
        told = attack.run(page)
    assert (f"page {page} ran for {role}".encode() in told) == (page in allowed(role))


@pytest.mark.parametrize(("role", "page"), [(Role.ANALYST, "contacts"), (Role.ADMIN, "settings")])
def test_the_first_message_of_a_process_runs_the_frame(peopled, root, page, role):
    with serving(peopled, root=root) as fresh:
        cookie = fresh.sign_in(f"{role}@loja.example")
        with Attack(fresh.url, cookie) as attack:
            told = attack.run(page)
    assert b"navigation" in told or b"Conversas" in told
    assert (f"page {page} ran".encode() in told) == (page in allowed(role))


def test_a_page_run_alone_draws_nothing_of_its_own(root):
    from streamlit.testing.v1 import AppTest

    found = AppTest.from_file(str(root / "pages" / "inbox.py")).run()
    assert [e.value for e in found.text] == []
