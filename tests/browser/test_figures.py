"""Pages of figures in Chromium: a click on any mark asks why, and a link opens the same numbers."""

import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from build import Centre, Role, system
from console.actions import Assign, Resolve, SaveAgent, SetPassword
from console.actions.settings import slug
from console.demo.generate import Plan, generate
from console.domain import ids
from console.domain.ids import DAY
from console.readmodel.period import local_of
from console.store.schema import migrate
from console.store.work import open_store
from serving import HASHED, PASSWORD, serving

PATIENCE_MS = 30_000
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
HOSTILE = "<img src=x onerror=alert(1)> **Zé** [x](https://evil.example) :red[a] $x$"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server on generated traffic, with one hostile name in it."""
    home = tmp_path_factory.mktemp("figures")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    generate(store, Plan(150, 30, ids.now() - DAY, seed=2))
    centre = Centre(store, at=ids.now() - DAY)
    for person in (
        centre.agent("Carla", Role.SUPERVISOR),
        centre.agent("Dora", Role.ANALYST),
    ):
        centre.run(SetPassword(person.agent_id, HASHED))
    mallory = centre.run(SaveAgent("mallory@loja.example", HOSTILE, Role.AGENT)).done[0]
    where = centre.instance(HOSTILE)
    solved = centre.receive(HOSTILE, 5511955550001, HOSTILE, instance=where)
    centre.run(Resolve(), solved, by=centre.today(mallory))
    talk = centre.receive(HOSTILE, 5511955550000, HOSTILE, instance=where)
    centre.run(Assign(mallory), talk, by=system())
    store.close()
    with serving(home) as running:
        yield running


@pytest.fixture
def heard(page):
    """What the browser refused, what broke, and what was asked of others; nothing in the end."""
    told = []
    page.on("console", lambda m: told.append(m.text) if "Content Security" in m.text else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    yield told
    assert told == []


def open_page(page, served, path, name="carla"):
    page.goto(served.url + path)
    page.fill("#email", f"{name}@loja.example")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    card(page).first.wait_for(timeout=PATIENCE_MS)
    settled(page)


def settled(page):
    """Wait until the page says how far the data goes and nothing runs any more."""
    expect(page.get_by_text("Dados até")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=PATIENCE_MS)


def card(page, label=""):
    return page.get_by_test_id("stMetric").filter(has_text=label)


def value(page, label):
    return card(page, label).get_by_test_id("stMetricValue").inner_text()


def dialog(page):
    return page.get_by_role("dialog").filter(has_text="Por que este número")


def mark(page, n, of=".points path"):
    """Click one mark of the last chart on the page."""
    found = page.locator(".js-plotly-plot").last.locator(of).nth(n)
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*at)
    page.wait_for_timeout(200)  # Plotly takes what the pointer rests on
    page.mouse.click(*at)


def test_a_card_leads_to_its_rows(page, served, heard):
    open_page(page, served, "/overview?period=90d")
    n = value(page, "Mensagens recebidas")
    page.get_by_role("button", name="Por quê?").nth(2).click()
    opened = dialog(page)
    told = opened.get_by_test_id("stMetricValue")
    expect(told).to_have_text(n, timeout=PATIENCE_MS)
    expect(opened.get_by_text(f"{n} linhas")).to_be_visible()
    opened.get_by_text("Como se conta").click()
    expect(opened.get_by_text("o instante da mensagem")).to_be_visible()
    opened.get_by_test_id("stPagination").get_by_text("2", exact=True).click()
    expect(opened.get_by_test_id("stDataFrame")).to_be_visible()


def test_the_same_bar_answers_every_time_it_is_clicked(page, served, heard):
    open_page(page, served, "/overview?period=90d")
    for _ in range(2):
        mark(page, 10, ".bars .point path")
        expect(dialog(page).get_by_text(re.compile("10h · .* atendimento"))).to_be_visible(
            timeout=PATIENCE_MS
        )
        settled(page)  # a dialog that is still being drawn has not the keyboard yet
        dialog(page).get_by_role("button", name="Close").click()
        expect(dialog(page)).to_have_count(0, timeout=PATIENCE_MS)
        settled(page)


def test_a_link_opens_the_same_numbers_for_somebody_else(page, browser, served, heard):
    open_page(page, served, "/times")
    page.get_by_test_id("stSelectbox").filter(has_text="Período").first.locator("input").click()
    page.get_by_role("option", name="Últimos 90 dias").click()
    expect(page).to_have_url(re.compile(r"/times\?period=90d$"), timeout=PATIENCE_MS)
    page.reload()
    seen = all_cards(page)
    context = browser.new_context()
    other = context.new_page()
    open_page(other, served, "/times?period=90d", "dora")
    assert all_cards(other) == seen
    context.close()


def all_cards(page):
    """Mean, four quantiles, and ours beside a peer's."""
    expect(card(page)).to_have_count(7, timeout=PATIENCE_MS)
    settled(page)
    return card(page).all_inner_texts()


def test_hostile_names_are_shown_as_they_are(page, served, heard):
    open_page(page, served, "/times?period=90d&by=instance")
    expect(page.get_by_text("onerror").first).to_be_visible(timeout=PATIENCE_MS)
    assert page.locator("main img[src='x'], a[href*=evil]").count() == 0


def test_a_wrong_filter_is_one_sentence(page, served, heard):
    open_page(page, served, "/quality?period=90d")
    page.get_by_role("textbox", name="Filtro").fill("lugar:aqui")
    page.get_by_role("textbox", name="Filtro").press("Enter")
    expect(page.get_by_text("Não há filtro “lugar”")).to_be_visible(timeout=PATIENCE_MS)
    expect(card(page)).to_have_count(0)


# Who resolved what, and who was last active

THERE = f"period=90d&filter=instance:{slug(HOSTILE)}"


def grid(page, n):
    """A table whose cells can be chosen, once it is drawn."""
    found = page.get_by_test_id("stDataFrame").nth(n)
    expect(found.locator("canvas").first).to_be_visible(timeout=PATIENCE_MS)
    settled(page)
    found.scroll_into_view_if_needed()
    return found


def cell(page, n, row, column):
    """What a cell of a table holds, and the place of its middle on the screen."""
    found = grid(page, n).locator(f"canvas [data-testid='glide-cell-{column}-{row}']")
    return found.text_content()


def chosen(page, n, keys):
    """Choose a cell of a table by the keyboard."""
    grid(page, n).locator("canvas").first.focus()
    for key in keys:
        page.keyboard.press(key)


def why(page, n):
    """The button above a table, when a cell is chosen."""
    found = page.locator("[class*=st-key-resolved-], [class*=st-key-activity-]").filter(
        has=page.get_by_role("button", name="Por quê?")
    )
    button = found.nth(n).get_by_role("button")
    expect(button).to_be_enabled(timeout=PATIENCE_MS)
    return button


def test_a_cell_is_chosen_by_the_keyboard_and_asks_when_it_is_told_to(page, served, heard):
    open_page(page, served, "/resolved?period=90d")
    chosen(page, 0, ["ArrowDown", "ArrowRight", "ArrowRight"])
    n = cell(page, 0, 1, 2)
    button = why(page, 0)
    expect(dialog(page)).to_have_count(0)
    button.click()
    told = dialog(page).get_by_test_id("stMetricValue")
    expect(told).to_have_text(n, timeout=PATIENCE_MS)


def test_a_stripe_of_a_bar_leads_to_its_rows(page, served, heard):
    open_page(page, served, "/resolved?period=30d")
    settled(page)
    mark(page, 28, ".trace.bars >> nth=-1 >> .point path")
    expect(dialog(page).get_by_text(re.compile("Outros"))).to_be_visible(timeout=PATIENCE_MS)


def test_a_cell_of_the_field_leads_to_its_rows(page, served, heard):
    open_page(page, served, "/activity?period=90d")
    settled(page)
    mark(page, 24 + 10, ".scatterlayer .point")
    expect(dialog(page).get_by_text(re.compile("ter · 10h · .* mensage"))).to_be_visible(
        timeout=PATIENCE_MS
    )


def test_a_wait_opens_its_conversation(page, served, heard):
    open_page(page, served, "/activity?period=90d")
    box = grid(page, 0).bounding_box()
    with page.context.expect_page(timeout=PATIENCE_MS) as opened:
        page.mouse.move(box["x"] + 25, box["y"] + 52)
        page.wait_for_timeout(500)  # a link in a cell is one while the pointer rests on it
        page.mouse.click(box["x"] + 25, box["y"] + 52)
    expect(opened.value).to_have_url(re.compile(r"/inbox\?conversation=\d+"))


@pytest.mark.parametrize(
    "path", [f"/resolved?{THERE}&by=agent", f"/resolved?{THERE}&by=instance", f"/activity?{THERE}"]
)
def test_hostile_names_stay_words_in_tables_charts_and_hovers(page, served, heard, path):
    open_page(page, served, path)
    for n in range(page.get_by_test_id("stDataFrame").count()):
        expect(grid(page, n).locator("canvas").first).to_contain_text("onerror=alert")
    chosen(page, 0, ["ArrowDown", "ArrowRight"])
    expect(why(page, 0)).to_be_enabled()
    marks = page.locator(".js-plotly-plot").last.locator(".bars .point path, .scatterlayer .point")
    high = "all => all.findIndex(one => one.getBoundingClientRect().height > 2)"
    drawn = marks.nth(marks.evaluate_all(high))  # a bar of nothing cannot be pointed at
    drawn.scroll_into_view_if_needed()
    drawn.hover(force=True)
    expect(page.locator(".hoverlayer text").first).to_be_visible()
    assert page.locator("main img[src='x'], a[href*=evil]").count() == 0


def test_a_phone_shows_one_row_that_unfolds(page, served, heard):
    page.set_viewport_size({"width": 420, "height": 900})
    open_page(page, served, "/activity?period=90d")
    row = page.get_by_role("button", name="Período e filtros: Últimos 90 dias")
    period = page.get_by_test_id("stSelectbox").filter(has_text="Período")
    expect(row).to_be_visible()
    expect(period).to_be_hidden()
    row.click()
    expect(period).to_be_visible(timeout=PATIENCE_MS)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(row).to_be_hidden()
    expect(period).to_be_visible()


def test_on_a_phone_the_field_scrolls_and_the_page_does_not(page, served, heard):
    page.set_viewport_size({"width": 420, "height": 900})
    open_page(page, served, "/activity?period=90d")
    settled(page)
    wide = page.locator(".st-key-figures-wide")
    expect(wide.locator(".js-plotly-plot")).to_be_visible(timeout=PATIENCE_MS)
    assert wide.evaluate("e => e.scrollWidth > e.clientWidth + 200")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# The queue over time


def open_queue(page, served, query):
    open_page(page, served, "/overview")
    page.goto(f"{served.url}/queue?{query}")
    expect(page.locator(".replay .when")).not_to_be_empty(timeout=PATIENCE_MS)
    settled(page)


def told(page):
    """The instant, and what stood there."""
    when = page.locator(".replay .when").inner_text()
    return re.sub(r"(:\d\d):00$", r"\1", when), page.locator(
        ".replay .cards .value"
    ).all_inner_texts()


def test_the_queue_is_replayed_without_asking_the_server(page, served, heard):
    open_queue(page, served, "period=7d")
    rail = page.locator(".replay .rail")
    rail.focus()
    rail.press("Home")
    expect(page).to_have_url(re.compile(r"at=[\d-]+T00%3A00"), timeout=PATIENCE_MS)
    settled(page)
    page.get_by_label("Velocidade").select_option("8")
    page.get_by_role("button", name="Reproduzir").click()
    first = int(rail.input_value())
    page.wait_for_timeout(2_000)
    assert int(rail.input_value()) - first >= 4  # two steps a second at least
    assert re.search(r"at=[\d-]+T00%3A00", page.url)  # the server has not been told
    page.get_by_role("button", name="Pausar").click()
    seen = told(page)
    expect(page).not_to_have_url(re.compile(r"at=[\d-]+T00%3A00$"), timeout=PATIENCE_MS)
    settled(page)
    page.reload()
    settled(page)
    assert told(page) == seen


def test_an_instant_is_stepped_and_typed(page, served, heard):
    day = local_of(ids.now() - 3 * DAY, SAO_PAULO).date()
    open_queue(page, served, f"period=7d&at={day}T10:00")
    page.get_by_role("button", name="Avançar 1 h").click()
    expect(page).to_have_url(re.compile(f"at={day}T11%3A00"), timeout=PATIENCE_MS)
    page.locator(".replay .rail").press("ArrowLeft")
    expect(page).to_have_url(re.compile(f"at={day}T10%3A00"), timeout=PATIENCE_MS)
    page.get_by_label("Instante", exact=True).fill(f"{day}T15:34")
    page.get_by_label("Instante", exact=True).blur()
    expect(page).to_have_url(re.compile(f"at={day}T15%3A34"), timeout=PATIENCE_MS)
    expect(page.get_by_text(re.compile("Esperas mais longas em .*15:34"))).to_be_visible(
        timeout=PATIENCE_MS
    )


def test_a_bar_of_the_replay_leads_to_its_conversations(page, served, heard):
    open_queue(page, served, "period=7d")
    bar = page.locator(".replay .agents button.row").filter(has_text="onerror")
    expect(bar.locator(".value")).to_have_text("1")
    assert page.locator(".replay img, .replay a").count() == 0
    bar.click()
    expect(dialog(page).get_by_test_id("stMetricValue")).to_have_text("1", timeout=PATIENCE_MS)
    assert dialog(page).locator("img[src='x'], a[href*=evil]").count() == 0


# What changed


def test_what_changed_opens_leads_to_rows_and_comes_back(page, served, heard):
    open_page(page, served, "/overview?period=7d")
    page.get_by_role("button", name="O que mudou?").nth(1).click()
    changed = page.get_by_role("dialog").filter(has_text="Explicar por")
    expect(changed.get_by_text("“Resoluções”")).to_be_visible(timeout=PATIENCE_MS)
    expect(page).to_have_url(re.compile(r"change=resolved$"), timeout=PATIENCE_MS)
    changed.get_by_text("Equipe").first.click()
    expect(page).to_have_url(re.compile(r"change_by=team$"), timeout=PATIENCE_MS)
    settled(page)
    mark(page, 0, ".bars .point path")
    expect(dialog(page).get_by_test_id("stMetricValue")).to_be_visible(timeout=PATIENCE_MS)
    settled(page)
    dialog(page).get_by_role("button", name="Close").click()
    expect(changed.get_by_text("“Resoluções”")).to_be_visible(timeout=PATIENCE_MS)
    settled(page)
    changed.get_by_role("button", name="Close").click()
    expect(page).to_have_url(re.compile(r"/overview\?period=7d$"), timeout=PATIENCE_MS)
    expect(changed).to_have_count(0)
