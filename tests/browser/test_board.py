"""The live board in Chromium: it counts anew by itself, and each figure opens its list."""

import re
import shutil

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

import machine
from build import FIRST_PHONE, Centre, Role
from console.actions import Assign, AssignTeam, SetPassword
from console.domain import ids
from console.domain.ids import DAY
from console.store.schema import migrate
from console.store.tables import auth_session
from console.store.work import open_store
from console.ui.wire import is_automatic
from serving import HASHED, PASSWORD, serving

PATIENCE_MS = 20_000
EVERY_S = 2
HOSTILE = "<img src=x onerror=alert(1)> **Vendas**"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The package beside its pages, of which the board counts more often."""
    folder = tmp_path_factory.mktemp("root")
    for name in ("console", ".streamlit"):
        (folder / name).symlink_to(machine.ROOT / name)
    shutil.copytree(machine.ROOT / "pages", folder / "pages")
    page = folder / "pages/board.py"
    quicker = f"board.EVERY_S = {EVERY_S}\nboard.draw()"
    page.write_text(page.read_text(encoding="utf-8").replace("board.draw()", quicker))
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory, root):
    """A server with a supervisor, a lead of one of two teams, and a conversation for each."""
    home = tmp_path_factory.mktemp("board")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    centre = Centre(store, at=ids.now() - DAY)
    sales, support = centre.team(HOSTILE), centre.team("Suporte")
    people = [
        centre.agent("Carla", Role.SUPERVISOR),
        centre.agent("Lia", Role.TEAM_LEAD, sales),
        centre.agent("Bia", Role.AGENT, sales),
    ]
    for person in people:
        centre.run(SetPassword(person.agent_id, HASHED))
    mine, other, _ = centre.conversations(3)
    centre.run(AssignTeam(sales), mine)
    centre.run(Assign(people[2].agent_id), mine)
    centre.run(AssignTeam(support), other)
    store.close()
    with serving(home, root=root) as running:
        yield running


@pytest.fixture
def centre(served):
    """The running server's centre, written to from beside it."""
    store = open_store(served.store_url)
    yield Centre(store, at=ids.now())
    store.close()


@pytest.fixture
def heard(page):
    """What the browser refused, what broke, and what was asked of others; nothing in the end."""
    told = []
    page.on("console", lambda m: told.append(m.text) if "Content Security" in m.text else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    yield told
    assert told == []


def sign_in(page, served, name="carla", path="/board"):
    page.goto(served.url + path)
    page.fill("#email", f"{name}@loja.example")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")


def open_board(page, served, name="carla", path="/board"):
    sign_in(page, served, name, path)
    page.locator(".card").first.wait_for(timeout=PATIENCE_MS)


def card(page, label):
    return page.locator(".card", has=page.get_by_text(label, exact=True))


def figure(page, label):
    return int(re.sub(r"\D", "", card(page, label).locator(".value").inner_text()))


def becomes(page, label, n):
    expect(card(page, label).locator(".value")).to_have_text(str(n), timeout=PATIENCE_MS)


def next_round(page):
    """Wait until the board says a later time."""
    at = page.locator(".told").inner_text()
    expect(page.locator(".told")).not_to_have_text(at, timeout=PATIENCE_MS)


def new_customer(centre):
    """Somebody who never wrote before writes now."""
    return centre.receive("Oi", FIRST_PHONE + ids.new_id() % 10**8)


def test_the_board_counts_anew_by_itself(page, served, heard, centre):
    open_board(page, served)
    before = figure(page, "Clientes esperando")
    new_customer(centre)
    becomes(page, "Clientes esperando", before + 1)
    next_round(page)
    expect(page.locator(".notes p")).to_have_count(0)


def test_a_figure_opens_exactly_its_rows_without_loading_the_page_again(page, served, heard):
    open_board(page, served)
    page.evaluate("window.isSame = true")
    for label in ("Sem responsável", "Clientes esperando"):
        n = figure(page, label)
        link = card(page, label).get_attribute("href")
        card(page, label).click()
        expect(page).to_have_url(served.url + link, timeout=PATIENCE_MS)
        expect(page.get_by_text(f"{n} conversas", exact=True)).to_be_visible(timeout=PATIENCE_MS)
        page.get_by_role("link", name="Ao vivo").click()
        page.locator(".card").first.wait_for(timeout=PATIENCE_MS)
    assert page.evaluate("window.isSame")


def test_a_figure_opens_in_a_tab_of_its_own(page, served, heard):
    open_board(page, served)
    with page.context.expect_page() as opened:
        card(page, "Pendentes").click(modifiers=["Control"])
    tab = opened.value
    expect(tab.get_by_text(f"{figure(page, 'Pendentes')} conversas", exact=True)).to_be_visible(
        timeout=PATIENCE_MS
    )
    assert page.url == f"{served.url}/board"


def test_a_round_without_news_keeps_the_focus_and_what_is_drawn(page, served, heard):
    open_board(page, served)
    card(page, "Pendentes").focus()
    page.locator(".group.team tr").last.evaluate("row => { row.isSame = true }")
    next_round(page)
    assert page.locator(".group.team tr").last.evaluate("row => row.isSame")
    expect(card(page, "Pendentes")).to_be_focused()


def test_news_keep_the_focus_on_the_same_figure(page, served, heard, centre):
    open_board(page, served)
    before = figure(page, "Pendentes")
    card(page, "Pendentes").focus()
    new_customer(centre)
    becomes(page, "Pendentes", before + 1)
    expect(card(page, "Pendentes")).to_be_focused()


def test_names_are_drawn_as_what_they_are(page, served, heard):
    open_board(page, served)
    expect(page.locator(".group.team .name", has_text="<img")).to_have_text(HOSTILE)
    assert page.locator(".board img").count() == 0


def test_a_lead_sees_the_own_team_only(page, served, heard):
    open_board(page, served, "lia")
    assert page.locator(".group.team .name").all_inner_texts() == [HOSTILE]
    assert "Bia" in page.locator(".group.agent .name").all_inner_texts()
    assert figure(page, "Pendentes") == 1


def test_an_agent_has_no_board(page, served, heard):
    sign_in(page, served, "bia")
    expect(page.get_by_text("Você não tem acesso")).to_be_visible(timeout=PATIENCE_MS)
    assert page.get_by_role("link", name="Ao vivo").count() == 0


def show_tab(page, *, is_hidden):
    page.evaluate(
        "is => { Object.defineProperty(document, 'hidden', { value: is, configurable: true });"
        " document.dispatchEvent(new Event('visibilitychange')); }",
        is_hidden,
    )


def test_a_hidden_tab_rests_and_is_fresh_when_it_is_seen_again(page, served, heard, centre):
    open_board(page, served)
    show_tab(page, is_hidden=True)
    page.wait_for_timeout(2_000)
    at, before = page.locator(".told").inner_text(), figure(page, "Pendentes")
    new_customer(centre)
    page.wait_for_timeout(2_500 * EVERY_S)
    assert page.locator(".told").inner_text() == at
    show_tab(page, is_hidden=False)
    becomes(page, "Pendentes", before + 1)
    next_round(page)


@pytest.mark.parametrize("width", [360, 768])
def test_a_narrow_board_fits(page, served, heard, width):
    page.set_viewport_size({"width": width, "height": 800})
    open_board(page, served)
    wide = page.evaluate("document.documentElement.scrollWidth")
    inner = page.locator(".board").evaluate("board => [board.scrollWidth, board.clientWidth]")
    assert wide <= width
    assert inner[0] <= inner[1]


def is_full(page):
    return page.evaluate("document.fullscreenElement !== null")


def test_the_wall_fills_the_screen_and_counts_by_its_own_clock(page, served, heard, centre):
    """The browser still has the policy of the page that was opened first."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    sign_in(page, served, path="/inbox")
    page.get_by_role("link", name="Ao vivo").click(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Tela cheia").click(timeout=PATIENCE_MS)
    page.locator(".wall .card").first.wait_for(timeout=PATIENCE_MS)
    assert page.url == f"{served.url}/board?wall=1"
    assert is_full(page)
    assert page.get_by_role("link", name="Conversas").count() == page.locator(".gear").count() == 0
    ticking = page.locator('iframe[src*="streamlit_autorefresh"]')
    ticking.wait_for(state="attached", timeout=PATIENCE_MS)
    before = figure(page, "Clientes esperando")
    new_customer(centre)
    becomes(page, "Clientes esperando", before + 1)
    for _ in range(2):
        next_round(page)
    sizes = page.locator(".card .value").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 64
    page.get_by_role("button", name="Sair do painel").click()
    page.locator(".gear").wait_for(timeout=PATIENCE_MS)
    assert page.url == f"{served.url}/board"
    assert not is_full(page)
    next_round(page)


@pytest.mark.parametrize("path", ["/board", "/board?wall=1"])
def test_only_what_a_person_does_counts_as_a_sign_of_life(page, served, heard, path):
    sent = []

    def note(frame):
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", note))
    open_board(page, served, path=path)
    next_round(page)
    sent.clear()
    for _ in range(2):
        next_round(page)
    assert sent
    assert {is_automatic(frame) for frame in sent} == {True}
    sent.clear()
    card(page, "Pendentes").click()
    page.locator(".stMain h1").wait_for(timeout=PATIENCE_MS)
    assert not is_automatic(sent[0])


def test_the_end_of_full_screen_and_the_key_leave_the_wall(page, served, heard):
    open_board(page, served)
    page.get_by_role("button", name="Tela cheia").click()
    page.locator(".wall").wait_for(timeout=PATIENCE_MS)
    page.evaluate("document.exitFullscreen()")  # what the browser does when Esc is pressed
    page.locator(".gear").wait_for(timeout=PATIENCE_MS)
    page.goto(f"{served.url}/board?wall=1")
    page.locator(".wall .card").first.wait_for(timeout=PATIENCE_MS)
    page.keyboard.press("Escape")
    page.locator(".gear").wait_for(timeout=PATIENCE_MS)
    assert page.url == f"{served.url}/board"


def test_a_figure_on_the_wall_opens_its_list_with_the_navigation(page, served, heard):
    open_board(page, served, path="/board?wall=1")
    n = figure(page, "Pendentes")
    card(page, "Pendentes").click()
    expect(page.get_by_text(f"{n} conversas", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    page.locator(".gear").wait_for(timeout=PATIENCE_MS)
    assert "wall" not in page.url


def test_lines_that_do_not_fit_on_the_wall_give_way_to_their_number(page, served, heard):
    page.set_viewport_size({"width": 1300, "height": 560})
    open_board(page, served, path="/board?wall=1")
    seen = page.locator(".group").evaluate_all(
        "all => all.map(one => [one.scrollHeight, one.clientHeight])"
    )
    assert all(inner <= outer for inner, outer in seen)


def test_a_wall_whose_session_has_ended_says_so_and_comes_back(page, served, heard, centre):
    open_board(page, served, path="/board?wall=1")
    centre.store.write(lambda connection: connection.execute(delete(auth_session)))
    ended = page.get_by_role("alertdialog", name="Sessão encerrada")
    expect(ended).to_be_visible(timeout=PATIENCE_MS)
    expect(ended).to_contain_text("ninguém usa a Central por 30 minutos")
    # Playwright takes what is inside an inert element for unusable: a modal dialog is not.
    where = ended.get_by_role("link", name="Entrar").bounding_box()
    page.mouse.click(where["x"] + where["width"] / 2, where["y"] + where["height"] / 2)
    page.locator("#email").wait_for(timeout=PATIENCE_MS)
    page.fill("#email", "carla@loja.example")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.locator(".wall .card").first.wait_for(timeout=PATIENCE_MS)


DRAWN = """
async (board, changes) => {
  const script = await import("/_stcore/bidi-components/console.board/board.js");
  const place = document.createElement("div");
  board.getRootNode().append(place);

  const nothing = { cards: [], bands: [], hours: [], groups: [] };
  const told = { at: "at", lost: "lost", stale: "", problem: "", ended: "", sign_in: "/sign-in" };
  const data = { words: { title: "title", full: "full" }, language: "pt-BR", every_s: 1,
    is_wall: false, is_dark: false, has_waiting: false, ...nothing, ...told, ...changes };
  script.default({ data, parentElement: place, setTriggerValue() {}, setStateValue() {} });
  place.className = "drawn";
}
"""


def test_figures_that_get_no_news_look_old(page, served, heard):
    open_board(page, served)
    page.locator(".board").first.evaluate(DRAWN, {"every_s": 1})
    drawn = page.locator(".drawn .board")
    expect(drawn).not_to_have_class(re.compile("old"))
    expect(page.locator(".drawn .notes")).to_have_text("lost", timeout=PATIENCE_MS)
    expect(drawn).to_have_class(re.compile("old"))


def test_what_went_wrong_stands_above_old_figures(page, served, heard):
    open_board(page, served)
    page.locator(".board").first.evaluate(DRAWN, {"problem": "problem", "stale": "stale"})
    assert page.locator(".drawn .notes p").all_inner_texts() == ["problem", "stale"]
    expect(page.locator(".drawn .card")).to_have_count(0)
