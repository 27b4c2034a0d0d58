"""Typed SQL in Chromium: written, run, stopped, drawn, exported; nothing of others is executed."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from build import Centre, Role
from console.actions import AssignTeam, SetPassword
from console.domain import ids
from console.domain.ids import DAY
from console.store.schema import migrate
from console.store.work import open_store
from serving import HASHED, PASSWORD, serving

PATIENCE_MS = 20_000
HOSTILE = "<img src=x onerror=alert(1)> [x](https://evil.example) #000001"
BOMB = "select count(*) from range(10000000) a, range(10000000) b"
BY_TEAM = "select team, count(*) as n from conversation group by all order by n desc, team"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server with a supervisor, a lead, an analyst, and conversations of a hostile team."""
    home = tmp_path_factory.mktemp("analyse")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    centre = Centre(store, at=ids.now() - DAY)
    team = centre.team(HOSTILE)
    people = [
        centre.agent("Carla", Role.SUPERVISOR),
        centre.agent("Lia", Role.TEAM_LEAD, team),
        centre.agent("Dora", Role.ANALYST),
        centre.agent("Bruno", Role.AGENT),
    ]
    for person in people:
        centre.run(SetPassword(person.agent_id, HASHED))
    mine, *_ = centre.conversations(4)
    centre.run(AssignTeam(team), mine)
    store.close()
    with serving(home) as running:
        yield running


@pytest.fixture
def heard(page, served):
    """What the browser refused, what broke, and what was asked of others; nothing in the end."""
    told = []
    page.on("console", lambda m: told.append(m.text) if "Content Security" in m.text else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    own = (served.url, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else told.append(r.url))
    yield told
    assert told == []


def open_page(page, served, name="carla", **query):
    page.goto(f"{served.url}/analyse?{urlencode(query)}")
    page.fill("#email", f"{name}@loja.example")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    if name != "bruno":
        page.locator(".analyse textarea").wait_for(timeout=PATIENCE_MS)


def run(page, statement):
    page.locator(".analyse textarea").fill(statement)
    page.locator(".analyse textarea").press("Control+Enter")


def sees(page, text):
    expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)


def test_an_example_is_chosen_run_and_drawn(page, served, heard):
    open_page(page, served)
    sees(page, "Escolha um exemplo ou escreva um select")
    page.get_by_label("Exemplos").select_option("0")
    expect(page.locator(".analyse textarea")).to_have_value(first_example())
    page.locator(".analyse textarea").press("Control+Enter")
    sees(page, "1 linha em")
    expect(page.locator("[data-testid=stDataFrame]")).to_be_visible()
    page.get_by_text("Gráfico", exact=True).click()
    expect(page.locator(".js-plotly-plot")).to_be_visible(timeout=PATIENCE_MS)


def first_example():
    from console.screens.analyse import EXAMPLES

    return EXAMPLES[0].statement


def test_names_of_others_are_words_in_table_and_chart(page, served, heard):
    open_page(page, served)
    run(page, BY_TEAM)
    sees(page, "2 linhas em")
    page.get_by_text("Gráfico", exact=True).click()
    ticks = page.locator(".js-plotly-plot .xtick text")
    expect(ticks).to_have_count(2, timeout=PATIENCE_MS)
    assert ticks.all_text_contents() == ["–", HOSTILE[:27] + "…"]
    assert page.locator(".js-plotly-plot a, .js-plotly-plot img").count() == 0
    bars = page.locator(".js-plotly-plot .bars .point")
    bars.nth(1).hover(force=True)
    expect(page.locator(".hoverlayer")).to_contain_text("#000001")


def test_the_theme_s_colours_are_in_the_chart(page, served, heard):
    open_page(page, served)
    run(page, BY_TEAM)
    page.get_by_text("Gráfico", exact=True).click()
    bar = page.locator(".js-plotly-plot .bars .point path").first
    expect(bar).to_be_visible(timeout=PATIENCE_MS)
    assert bar.evaluate("path => getComputedStyle(path).fill") == "rgb(11, 122, 91)"


def test_an_error_is_told_with_its_place_and_marked(page, served, heard):
    open_page(page, served)
    run(page, "select\n  asignee\nfrom conversation")
    sees(page, "Não há coluna “asignee”")
    page.get_by_role("button", name="linha 2, coluna 3").click()
    marked = "t => t.value.slice(t.selectionStart, t.selectionEnd)"
    assert page.locator(".analyse textarea").evaluate(marked) == "asignee"
    run(page, "select assignee from conversation")
    sees(page, "4 linhas em")
    expect(page.locator(".problem")).to_be_hidden()


def test_a_long_statement_is_stopped_by_its_button(page, served, heard):
    open_page(page, served)
    run(page, BOMB)
    sees(page, "Consultando…")
    page.get_by_role("button", name="Parar").click()
    sees(page, "A consulta foi interrompida.")
    expect(page.get_by_role("button", name="Executar")).to_be_visible(timeout=PATIENCE_MS)
    run(page, "select 1 as n")
    sees(page, "1 linha em")


def test_a_column_is_found_and_written_where_the_cursor_stands(page, served, heard):
    open_page(page, served)
    page.locator(".analyse textarea").fill("select")
    page.get_by_label("Procurar coluna").fill("não lidas")
    page.get_by_role("button", name="unread_n").click()
    expect(page.locator(".analyse textarea")).to_have_value("select unread_n")
    page.get_by_label("Procurar coluna").fill("nada disso")
    sees(page, "Nada com esse nome.")


def test_a_link_fills_the_editor_and_runs_nothing(page, served, heard):
    open_page(page, served, sql=BY_TEAM)
    expect(page.locator(".analyse textarea")).to_have_value(BY_TEAM)
    sees(page, "Este comando veio de um link")
    expect(page.locator("[data-testid=stDataFrame]")).to_have_count(0)
    page.locator(".analyse textarea").press("Control+Enter")
    sees(page, "2 linhas em")
    expect(page.get_by_text("Este comando veio de um link")).to_be_hidden()


def test_the_address_follows_what_ran(page, served, heard):
    open_page(page, served)
    run(page, "select 7 as n")
    sees(page, "1 linha em")
    page.wait_for_url("**/analyse?sql=select+7+as+n", timeout=PATIENCE_MS)


def test_all_rows_come_as_a_file(page, served, heard):
    open_page(page, served)
    run(page, "from range(2000)")
    sees(page, "As primeiras 1.000 linhas")
    page.get_by_role("button", name="Exportar", exact=True).click()
    sees(page, "São mais de 1000 linhas com dados de clientes")
    page.get_by_label("Para que servem?").fill("auditoria")
    with page.expect_download() as found:
        page.get_by_role("button", name="Exportar", exact=True).click()
    text = found.value.path().read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 2001


def test_recent_statements_come_back(page, served, heard):
    open_page(page, served)
    run(page, "select 1 as primeiro")
    sees(page, "1 linha em")
    run(page, "select 2 as segundo")
    history = page.get_by_label("Recentes")
    expect(history.locator("option")).to_have_count(3, timeout=PATIENCE_MS)
    history.select_option("1")
    expect(page.locator(".analyse textarea")).to_have_value("select 1 as primeiro")


def test_a_lead_and_an_analyst_find_what_is_theirs(browser, served):
    for name, n, has_phone in (("lia", 1, True), ("dora", 4, False)):
        context = browser.new_context()
        page = context.new_page()
        open_page(page, served, name)
        run(page, "select id from conversation")
        sees(page, f"{n} linha")
        page.get_by_label("Procurar coluna").fill("telefone")
        assert page.get_by_role("button", name="contact_phone").count() == int(has_phone)
        context.close()


def test_an_agent_has_no_such_page(page, served, heard):
    open_page(page, served, "bruno")
    sees(page, "Você não tem acesso a esta página")
    assert page.locator(".analyse").count() == 0


def test_on_a_phone_the_result_stands_under_the_editor(page, served, heard):
    page.set_viewport_size({"width": 420, "height": 900})
    open_page(page, served)
    run(page, BY_TEAM)
    sees(page, "2 linhas em")
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    assert not page.locator(".side").evaluate("side => side.open")
    assert page.locator("[data-testid=stDataFrame]").bounding_box()["y"] < 900
