"""Supervision in a browser: preview, run, result, undo; views; who leaves; what survives a tab."""

import re
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import TimeoutError as LateError
from playwright.sync_api import expect
from sqlalchemy import func, select

from build import Role
from console.actions import SetPassword
from console.domain.bulk import RunStatus
from console.store import bulk, tables, views
from console.ui.plain import JOINER
from serving import HASHED

PATIENCE_MS = 30_000
RELOAD_MS = 3_000


def like(text):
    """The text as `plain` shows it: signs that Markdown would join are kept apart."""
    return re.compile(re.escape(text).replace(":", f"{JOINER}?:{JOINER}?"))


class Desk:
    """Somebody on the page of supervision."""

    def __init__(self, seat, name, path):
        self.seat, self.page = seat.sign_in(name, path=path), seat.page
        self.page.wait_for_selector("[data-testid=stHeading]", timeout=PATIENCE_MS)

    def await_rows(self):
        """What the test has just written reaches the server's lists within a second or so."""
        told = self.page.locator("strong", has_text=re.compile(r"^[1-9][\d.]* conversas?$")).first
        for _ in range(PATIENCE_MS // RELOAD_MS):
            try:
                return told.wait_for(timeout=RELOAD_MS)
            except LateError:
                self.page.reload()
        raise AssertionError("the lists do not show what was written")

    def button(self, name, **options):
        return self.page.get_by_role("button", name=name, **options)

    def sees(self, text):
        wanted = like(text) if isinstance(text, str) else text
        expect(self.page.get_by_text(wanted).first).to_be_visible(timeout=PATIENCE_MS)

    def choose(self, label, option):
        self.page.get_by_label(label, exact=True).click()
        self.page.get_by_role("option", name=option).click()

    def take_all(self):
        toggle = self.page.get_by_text(re.compile("Todas as .* do filtro"))
        toggle.click()
        switch = self.page.get_by_role("switch", name=re.compile("Todas as"))
        expect(switch).to_be_checked()
        return int(re.sub(r"\D", "", toggle.inner_text()))

    def preview(self, action, **arguments):
        self.choose("Ação", action)
        for label, option in arguments.items():
            self.choose(label, option)
        expect(self.button("Conferir")).to_be_enabled()
        self.button("Conferir").click()
        self.sees("Conferir antes de executar")

    def numbers(self):
        """What the cards of the preview say: matched, will change, skipped."""
        cards = self.page.locator("[data-testid=stMetricValue]")
        expect(cards).to_have_count(3)
        return [int(re.sub(r"\D", "", text)) for text in cards.all_text_contents()]

    def go(self):
        """Consent, with the number when it is asked for."""
        start = self.page.get_by_role("dialog").get_by_role("button", name="Executar em")
        n = re.sub(r"\D", "", start.inner_text())
        typed = self.page.get_by_label(re.compile("para confirmar"))
        if typed.count():
            typed.fill(n)
        start.click()
        expect(self.page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE_MS)
        return int(n)


@pytest.fixture
def desk(seat):
    """Somebody signs in and sits down before the page of supervision."""
    return lambda name="carla", path="/supervision?filter=": Desk(seat(), name, path)


@contextmanager
def reading(house):
    with house.centre.store.read() as connection:
        yield connection


def newest_run(house):
    with reading(house) as connection:
        newest = connection.scalar(select(func.max(tables.bulk_run.c.id)))
        return bulk.find_run(connection, newest)


def ended(house, *, is_undo=False):
    """The newest run, once it is done."""
    until = time.monotonic() + 60
    while (run := newest_run(house)).status is not RunStatus.DONE or run.is_undo != is_undo:
        assert time.monotonic() < until, run
        time.sleep(0.1)
    return run


def statuses(house, ids):
    return [house.centre.state(i).status for i in ids]


def crowd(house, n, team="Bando", first=5511955500000):
    """Conversations of a team of their own, so that no other test meets them."""
    team_id = house.centre.team(f"{team} {first}")
    ids = [house.centre.receive(f"Oi {i}", first + i, f"Cliente {i}") for i in range(n)]
    from console.actions import AssignTeam

    house.centre.run(AssignTeam(team_id), *ids)
    return f"team:bando-{first}", ids


def test_everything_a_filter_matches_is_resolved_and_taken_back(desk, house):
    expression, ids = crowd(house, 7, first=5511955500000)
    from console.actions import Resolve

    house.centre.run(Resolve(), ids[0])
    at = desk(path=f"/supervision?filter={expression}")
    at.await_rows()
    assert at.take_all() == 7
    at.preview("Resolver")
    assert at.numbers() == [7, 6, 1]
    at.sees("Por que são puladas")
    assert at.go() == 6
    at.sees("Resolver: 6 feitas, 1 puladas")
    assert statuses(house, ids) == ["resolved"] * 7
    house.centre.receive("voltei", 5511955500003, "Cliente 3")
    at.button("Ver resultado").click()
    at.sees("Execuções em massa")
    at.button("Desfazer").first.click()
    at.page.get_by_role("dialog").get_by_role("button", name="Desfazer").click()
    undone = ended(house, is_undo=True)
    assert (undone.done_n, undone.refused_n) == (5, 1)
    assert statuses(house, ids) == ["resolved", *["pending"] * 6]
    with reading(house) as connection:
        refused = bulk.results(connection, undone, house.carla)
    assert [r.conversation_id for r in refused if r.reason] == [ids[3]]


def test_a_large_run_asks_for_its_number(desk, house):
    expression, ids = crowd(house, 101, first=5511955510000)
    at = desk(path=f"/supervision?filter={expression}")
    at.await_rows()
    at.take_all()
    at.preview("Marcar como lida")
    start = at.page.get_by_role("dialog").get_by_role("button", name="Executar em")
    at.page.get_by_label(re.compile("para confirmar")).fill("12")
    start.click()
    at.sees("Para confirmar, escreva o número de conversas: 101.")
    assert newest_run(house).status is RunStatus.PLANNED
    at.go()
    assert ended(house).done_n == 101
    assert {house.centre.state(i).unread_n for i in ids} == {0}


def test_only_the_ticked_rows_change(desk, house):
    expression, ids = crowd(house, 4, first=5511955520000)
    at = desk(path=f"/supervision?filter={expression}")
    at.await_rows()
    at.page.wait_for_selector("[data-testid=stDataFrame] canvas")
    grid = at.page.locator("[data-testid=stDataFrame]").first.bounding_box()
    for row in (0, 2):
        at.page.mouse.click(grid["x"] + 16, grid["y"] + 35 * (row + 1) + 17)
        at.sees(re.compile("selecionada"))
    at.sees("2 selecionadas")
    at.preview("Resolver")
    assert at.numbers() == [2, 2, 0]
    at.go()
    assert ended(house).done_n == 2
    assert sorted(statuses(house, ids)) == ["pending", "pending", "resolved", "resolved"]


def test_a_run_goes_on_when_its_tab_is_closed(desk, house):
    at = desk(path="/supervision?filter=instance:ubuntu status:pending")
    total = at.take_all()
    assert total > 4_000
    at.preview("Marcar como não lida")
    at.go()
    at.page.close()
    run = ended(house)
    assert (run.total_n, run.waiting_n) == (total, 0)
    with reading(house) as connection:
        facts = connection.scalar(select(func.count()).where(tables.event.c.bulk_id == run.id))
    assert facts == run.done_n


def test_a_run_goes_on_while_one_clicks_elsewhere_and_can_be_held(desk, house):
    at = desk(path="/supervision?filter=instance:ubuntu status:pending")
    at.take_all()
    at.preview("Marcar como lida")
    at.go()
    at.page.get_by_role("link", name="Contatos").click()
    at.sees("Novo contato")
    assert ended(house).waiting_n == 0


def test_a_saved_view_opens_by_its_link_and_shows_its_count(desk, house, seat):
    expression, _ = crowd(house, 3, first=5511955530000)
    at = desk(path=f"/supervision?filter={expression}")
    at.await_rows()
    at.button("Visão").click()
    at.page.get_by_text("Salvar como nova visão").click()
    at.page.get_by_label("Nome").fill("Meu *bando* <b>")
    at.choose("Quem vê", "Todo mundo")
    at.button("Salvar", exact=True).click()
    at.sees("Visão salva.")
    at.sees("Meu *bando* <b> · 3")
    with reading(house) as connection:
        view_id = connection.scalar(select(func.max(tables.saved_view.c.id)))
    other = Desk(seat(), "ana", f"/supervision?view={view_id}")
    expect(other.page.get_by_role("textbox", name="Filtro")).to_have_value(expression)
    other.sees("3 conversas")


def test_a_saved_view_is_moved_in_its_menu(desk, house):
    from console.actions import SaveView

    made = [
        house.centre.run(SaveView(name, f"id>{n}"), by=house.carla).done[0]
        for n, name in enumerate(("Primeira", "Segunda"))
    ]
    at = desk(path=f"/supervision?view={made[1]}")
    at.sees("Segunda ·")
    at.button("Visão").click()
    expect(at.page.get_by_text("Mover para a direita")).to_have_count(0)
    at.page.get_by_text("Mover para a esquerda").click()
    at.sees("Visão movida.")
    with reading(house) as connection:
        found = [view.id for view in views.views_of(connection, house.carla)]
    assert found.index(made[1]) == found.index(made[0]) - 1


def test_the_desk_of_who_leaves_is_shared_out(desk, house):
    from console.actions import Assign

    going, ester, ivo = (house.centre.agent(name) for name in ("Gil", "Ester", "Ivo"))
    _, ids = crowd(house, 4, first=5511955540000)
    house.centre.run(Assign(going.agent_id), *ids)
    at = desk(path="/supervision?filter=assignee:gil@loja.example")
    at.await_rows()
    at.sees("4 conversas")
    at.button("Atendente saindo").click()
    at.choose("Quem está saindo", re.compile("^Gil"))
    at.choose("Entre quem", re.compile("^Ester"))
    at.page.get_by_role("option", name=re.compile("^Ivo")).click()
    at.page.get_by_text("Todas as conversas pendentes da pessoa").click()
    at.page.get_by_role("dialog").get_by_role("button", name="Conferir").click()
    at.sees("Para quem vão")
    at.go()
    ended(house)
    having = sorted(house.centre.state(i).assignee_id for i in ids)
    assert having == sorted([ester.agent_id, ivo.agent_id] * 2)


def test_a_team_lead_sees_and_touches_only_own_teams(house, seat):
    _, ids = crowd(house, 3, first=5511955550000)
    other, _ = crowd(house, 2, first=5511955560000)
    team_id = house.centre.state(ids[0]).team_id
    lia = house.centre.agent("Lia", Role.TEAM_LEAD, team_id)
    house.centre.run(SetPassword(lia.agent_id, HASHED))
    at = Desk(seat(), "lia", "/supervision?filter=")
    at.await_rows()
    at.sees("3 conversas")
    assert at.take_all() == 3
    at.preview("Resolver")
    assert at.numbers() == [3, 3, 0]
    at.go()
    run = ended(house)
    assert (run.author_id, run.done_n) == (lia.agent_id, 3)
    at.page.goto(f"{house.url}/supervision?filter={other}")
    at.sees("Nenhuma conversa corresponde a este filtro")
    at.page.goto(f"{house.url}/runs")
    at.sees("Execuções em massa")
    expect(at.page.locator("[data-testid=stDataFrame]")).to_have_count(1, timeout=PATIENCE_MS)


def test_an_agent_has_no_way_in(seat, house):
    at = Desk.__new__(Desk)
    at.seat = seat().sign_in("bruno", path="/supervision")
    at.page = at.seat.page
    at.sees("Você não tem acesso a esta página")
    expect(at.page.get_by_role("link", name="Supervisão")).to_have_count(0)


def test_a_broken_expression_says_the_way_out(desk):
    at = desk(path="/supervision?filter=stauts:pending")
    at.sees("Quis dizer: status?")


def test_hostile_names_are_drawn_as_they_are(desk, house):
    at = desk(path="/supervision?filter=instance:loja-1")
    at.page.wait_for_selector("[data-testid=stDataFrame] canvas")
    at.take_all()
    at.preview("Resolver")
    at.page.get_by_text("Por exemplo").click()
    expect(at.page.get_by_role("dialog").locator("[data-testid=stDataFrame]").last).to_be_visible()
