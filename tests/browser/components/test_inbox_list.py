"""The list in the browser: virtual scroll, keys, filters, live rows."""

import re
import time

from playwright.sync_api import expect


def soon(ms):
    """An instant that is newer than every row of a world made just before."""
    return int(time.time() * 1000) + ms


def row(name, number, **more):
    given = {
        "id": str(number),
        "name": name,
        "preview": "Oi",
        "direction": "in",
        "at": soon(60_000),
        "unread": 1,
        "instance": "Loja Centro",
        "assignee": None,
        "assignee_id": None,
        "status": "pending",
        "waiting_since": None,
        "labels": [],
        "version": 5,
        "blocked": False,
    }
    return {**given, **more}


def test_only_the_visible_rows_are_in_the_document(inbox):
    inbox.open("rows=5000")
    assert inbox.page.locator(".row").count() <= 20
    inbox.page.locator(".list").evaluate("list => { list.scrollTop = 4000 }")
    expect(inbox.page.locator(".row").first).not_to_have_attribute("aria-posinset", "1")
    assert inbox.page.locator(".row").count() <= 20


def test_scrolling_to_the_end_asks_for_more_and_shows_it(inbox):
    inbox.open("rows=150")
    inbox.page.locator(".list").evaluate("list => { list.scrollTop = list.scrollHeight }")
    inbox.wait_handled(1)
    assert inbox.kinds() == ["more"]
    inbox.page.locator(".list").evaluate("list => { list.scrollTop = list.scrollHeight }")
    expect(inbox.page.locator('.row[aria-posinset="150"]')).to_be_visible()


def test_mounting_asks_for_nothing(inbox):
    inbox.open("rows=40")
    inbox.page.wait_for_timeout(1500)
    assert inbox.handled() == []


def test_j_and_k_move_the_highlight_without_asking_the_server(inbox):
    inbox.open()
    inbox.page.keyboard.press("j")
    inbox.page.keyboard.press("j")
    inbox.page.keyboard.press("k")
    expect(inbox.page.locator(".row.cursor")).to_have_attribute("aria-posinset", "1")
    for _ in range(41):
        inbox.page.keyboard.press("j")
    expect(inbox.page.locator(".row.cursor")).to_have_attribute("aria-posinset", "42")
    assert inbox.handled() == []


def test_enter_opens_and_the_row_is_chosen_before_the_server_answers(inbox):
    inbox.open("slow=1200")
    inbox.page.keyboard.press("j")
    inbox.page.keyboard.press("Enter")
    expect(inbox.page.locator('.row[aria-selected="true"]')).to_have_attribute(
        "aria-posinset", "1", timeout=600
    )
    expect(inbox.page.locator('.middle[data-state="loading"] .bone').first).to_be_visible()
    expect(inbox.page.locator('.middle[data-state="open"]')).to_be_visible()


def test_keys_do_nothing_while_somebody_writes(inbox):
    inbox.open()
    inbox.page.keyboard.press("/")
    inbox.page.keyboard.type("jkeru?")
    expect(inbox.page.locator(".search")).to_have_value("jkeru?")
    expect(inbox.page.locator(".help")).to_have_count(0)
    expect(inbox.page.locator(".row.cursor")).to_have_count(0)


def test_the_question_mark_lists_the_keys_and_escape_closes_it(inbox):
    inbox.open()
    inbox.page.keyboard.press("?")
    expect(inbox.page.locator(".help")).to_contain_text("Resolver ou reabrir")
    inbox.page.keyboard.press("Escape")
    expect(inbox.page.locator(".help")).to_have_count(0)


def test_filters_search_and_order_are_asked_for(inbox):
    inbox.open()
    inbox.page.locator(".tab", has_text="Minhas").click()
    expect(inbox.page.locator(".tab", has_text="Minhas")).to_have_attribute("aria-selected", "true")
    inbox.wait_handled(1)
    inbox.page.locator(".search").fill("dona cida")
    inbox.wait_handled(2)
    inbox.page.locator(".sort").click()
    inbox.page.locator(".choice", has_text="Mais antigas").click()
    asked = inbox.wait_handled(3)
    assert [(a["kind"], a.get("key") or a.get("text")) for a in asked] == [
        ("filter", "mine"),
        ("search", "dona cida"),
        ("sort", "oldest"),
    ]
    expect(inbox.page.locator(".total")).to_have_text(re.compile(r"^\d+ conversas?$"))


def test_unassigned_and_instances_stand_in_the_menu_with_counts(inbox):
    inbox.open("rows=300")
    inbox.page.locator(".tab-more").click()
    inbox.page.locator(".choice", has_text="Loja Online").click()
    inbox.page.locator(".choice", has_text="Atacado").click()
    asked = inbox.wait_handled(1)
    assert asked[-1]["keys"] == ["online", "atacado"]
    expect(inbox.page.locator(".total")).to_have_text("200 conversas")
    inbox.page.locator(".choice", has_text="Não atribuídas").click()
    asked = inbox.wait_handled(2)
    assert asked[-1]["key"] == "unassigned"
    assert inbox.texts(".chosen .chip-text") == ["Não atribuídas", "Loja Online", "Atacado"]


def test_a_bad_expression_keeps_the_words_and_says_what_is_wrong(inbox):
    inbox.open()
    inbox.page.locator(".search-line .icon-button").click()
    inbox.page.locator(".expression").fill("xyz:1")
    inbox.page.locator(".expression").press("Enter")
    expect(inbox.page.locator(".advanced .problem")).to_contain_text("status")
    expect(inbox.page.locator(".expression")).to_have_value("xyz:1")


def test_an_expression_in_force_is_a_chip_that_can_be_taken_away(inbox):
    inbox.open()
    inbox.page.locator(".search-line .icon-button").click()
    inbox.page.locator(".expression").fill("label:vip")
    inbox.page.locator(".expression").press("Enter")
    expect(inbox.page.locator(".chosen .chip-text")).to_have_text("label:vip")
    inbox.page.locator(".chosen .icon-button").click()
    expect(inbox.page.locator(".chosen .chip")).to_have_count(0)
    assert [action["text"] for action in inbox.wait_handled(2)] == ["label:vip", ""]


def test_live_rows_come_change_and_go_without_asking_the_server(inbox):
    inbox.open("rows=50")
    known = inbox.page.locator(".row").nth(1).get_attribute("data-id")
    leaving = inbox.page.locator(".row").nth(3).get_attribute("data-id")
    counts = {"mine": 7, "all": 51, "unassigned": 3, "instances": {"centro": 9}}
    rows = [row("Cliente Nova", 9_000_001), row("Mudou", known, at=soon(120_000))]
    inbox.push(
        "changed", {"rows": rows, "gone": [leaving], "messages": [], "lines": [], "counts": counts}
    )
    expect(inbox.page.locator('.row[aria-posinset="1"] .row-name')).to_have_text("Mudou")
    expect(inbox.page.locator('.row[aria-posinset="2"] .row-name')).to_have_text("Cliente Nova")
    expect(inbox.page.locator(f'.row[data-id="{leaving}"]')).to_have_count(0)
    expect(inbox.page.locator(".tab", has_text="Minhas").locator(".tab-count")).to_have_text("7")
    expect(inbox.page.locator(".total")).to_have_text("51 conversas")
    assert inbox.handled() == []


def test_live_counts_leave_the_length_of_a_narrowed_list_alone(inbox):
    inbox.open("rows=50")
    inbox.page.locator(".search-line .icon-button").click()
    inbox.page.locator(".expression").fill("unread")
    inbox.page.locator(".expression").press("Enter")
    inbox.wait_handled(1)
    length = inbox.page.locator(".total").inner_text()
    inbox.push("changed", {"rows": [], "counts": {"mine": 7, "all": 99}})
    expect(inbox.page.locator(".tab", has_text="Minhas").locator(".tab-count")).to_have_text("7")
    expect(inbox.page.locator(".total")).to_have_text(length)


def test_an_older_version_of_a_row_changes_nothing(inbox):
    inbox.open("rows=50")
    known = inbox.page.locator(".row").first.get_attribute("data-id")
    inbox.push("changed", {"rows": [row("Novo nome", known, version=9)]})
    expect(inbox.page.locator(f'.row[data-id="{known}"] .row-name')).to_have_text("Novo nome")
    inbox.push("changed", {"rows": [row("Nome velho", known, version=8), row("Marca", 9_000_002)]})
    expect(inbox.page.locator(".row-name", has_text="Marca")).to_be_visible()
    expect(inbox.page.locator(f'.row[data-id="{known}"] .row-name')).to_have_text("Novo nome")


def test_new_rows_do_not_move_what_the_reader_looks_at(inbox):
    inbox.open("rows=90")
    inbox.page.locator(".list").evaluate("list => { list.scrollTop = 2000 }")
    expect(inbox.page.locator('.row[aria-posinset="26"]')).to_be_visible()
    drawn = inbox.page.locator('.row[aria-posinset="26"]')
    known, before = drawn.get_attribute("data-id"), drawn.bounding_box()["y"]
    inbox.push("changed", {"rows": [row("Nova", 9_000_003)]})
    moved = inbox.page.locator(f'.row[data-id="{known}"]')
    expect(moved).to_have_attribute("aria-posinset", "27")
    assert abs(moved.bounding_box()["y"] - before) <= 1


def test_a_lost_stream_is_said_and_made_good(inbox):
    inbox.open("rows=30")
    inbox.push("drop", {})
    inbox.push("changed", {"rows": [row("Depois da queda", 9_000_004)]})
    expect(inbox.page.locator(".row-name", has_text="Depois da queda")).to_be_visible()
    inbox.wait_handled(1)
    assert inbox.kinds() == ["refresh"]


def test_signing_out_elsewhere_is_said(inbox):
    inbox.open("rows=30")
    inbox.push("signed-out", {})
    expect(inbox.page.locator(".hint")).to_contain_text("Sua sessão terminou.")


def test_an_empty_list_has_words(inbox):
    inbox.open()
    inbox.page.locator(".search").fill("ninguém se chama assim")
    expect(inbox.page.locator(".empty")).to_contain_text("Nada encontrado")


def stop(why="paused", **more):
    made = {"id": "7", "name": "Loja Centro", "why": why, "since": soon(-60_000), "until": None}
    return {**made, "waiting": 3, "oldest": soon(-750_000), "link": None, **more}


def test_a_stopped_instance_is_told_above_the_list_and_goes_by_itself(inbox):
    inbox.open()
    stops = inbox.page.locator(".stop")
    expect(stops).to_have_count(0)
    inbox.push("changed", {"counts": {"stopped": [stop(link="/instances")]}})
    expect(stops).to_contain_text("Loja Centro: envio pausado desde")
    expect(stops).to_contain_text("3 mensagens esperam, a mais antiga há 12 min.")
    expect(stops.get_by_role("link")).to_have_attribute("href", "/instances")
    many = [stop(name=f"Loja {n}", id=str(n), waiting=1) for n in range(4)]
    inbox.push("changed", {"counts": {"stopped": many}})
    expect(stops).to_have_count(3)
    expect(stops.last).to_contain_text("Mais 2 instâncias paradas.")
    expect(stops.get_by_role("link")).to_have_count(0)
    inbox.push("changed", {"counts": {"stopped": []}})
    expect(stops).to_have_count(0)


def test_a_wait_that_is_over_is_not_told_any_more(inbox):
    inbox.open()
    over, lasts = stop("held", until=soon(-1_000)), stop("held", until=soon(600_000))
    inbox.push("changed", {"counts": {"stopped": [over, lasts]}})
    expect(inbox.page.locator(".stop")).to_have_count(1)
    expect(inbox.page.locator(".stop")).to_contain_text("pediu para esperar até")
