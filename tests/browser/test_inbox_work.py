"""A supervisor's morning on imported conversations, in Chromium."""

import time

import pytest
from playwright.sync_api import expect

from build import FIRST_PHONE
from console import actions

SQL = {
    "mine": "assignee_id = {me}",
    "pending": "status = 'pending'",
    "unread": "unread_n > 0",
    "all": "true",
}
LATE_MS = 1_000
HELD_SOCKET = """
window.held = null
const send = WebSocket.prototype.send
WebSocket.prototype.send = function (data) {
  if (window.held) window.held.push([this, data])
  else send.call(this, data)
}
window.letGo = () => {
  const waiting = window.held
  window.held = null
  for (const [socket, data] of waiting) send.call(socket, data)
}
"""


def in_store(house, where):
    with house.centre.store.read() as connection:
        found = connection.exec_driver_sql(f"select count(*) from conversation where {where}")
        return found.scalar()


@pytest.fixture
def talk(house, request):
    """A conversation of this test's own."""
    n = abs(hash(request.node.name)) % 10_000_000
    return house.centre.receive("Bom dia, Conceição", 5511000000000 + n, f"Zélia {n}")


def test_the_five_filters_show_what_the_store_counts(house, seat):
    ana = seat().sign_in("ana").wait_for_list()
    me = house.centre.ana.agent_id
    wanted = {key: in_store(house, where.format(me=me)) for key, where in SQL.items()}
    assert wanted["all"] > 5_700
    expect(ana.page.locator('.tab[data-key="all"] .tab-count')).to_have_text(
        f"{wanted['all']:,}".replace(",", ".")
    )
    assert ana.counts() == wanted
    for key, n in wanted.items():
        ana.page.locator(f'.tab[data-key="{key}"]').click()
        expect(ana.page.locator(f'.tab[data-key="{key}"]')).to_have_attribute(
            "aria-selected", "true"
        )
        expect(ana.page.locator(".total")).to_contain_text(f"{n:,}".replace(",", "."))
    ana.page.locator(".tab-more").click()
    ana.page.locator(".menu .choice-text", has_text="Não atribuídas").click()
    unassigned = in_store(house, "assignee_id is null")
    expect(ana.page.locator(".total")).to_contain_text(f"{unassigned:,}".replace(",", "."))


@pytest.mark.parametrize("typed", ["conceição", "CONCEICAO", "conceicão"])
def test_search_folds_accents_and_case(house, seat, talk, typed):
    name = house.centre.contact(talk).name
    ana = seat().sign_in("ana").wait_for_list()
    ana.search(typed)
    ana.see(".row-name", name)
    ana.search("conceiçoes")
    expect(ana.page.locator(".row")).to_have_count(0)
    ana.see(".empty-title")


def test_a_filter_expression_stands_in_the_address_and_a_bad_one_is_explained(house, seat):
    ana = seat().sign_in("ana").wait_for_list()
    ana.open("/inbox?filter=instance:ubuntu%20messages%3E100&sort=oldest").wait_for_list()
    n = in_store(house, "message_n > 100 and source_key is not null")
    expect(ana.page.locator(".total")).to_contain_text(str(n))
    ana.open("/inbox?filter=mesages%3E100")
    ana.see(".problem", "messages")
    expect(ana.page.locator(".row")).to_have_count(0)


def test_read_reply_note_resolve_reopen_and_assign(house, seat, talk):
    ana = seat().sign_in("ana").show(talk)
    ana.see(".message", "Bom dia, Conceição")
    ana.say("Já verifico para você.")
    ana.see('.message[data-direction="out"][data-delivery="queued"]', "Já verifico para você.")
    ana.page.locator(".mode", has_text="Nota interna").click()
    ana.say("Cliente antiga")
    ana.see('.message[data-direction="note"]', "Cliente antiga")
    expect(ana.page.locator('.message[data-message^="pending-"]')).to_have_count(0)
    ana.page.locator(".status-button").click()
    expect(ana.page.locator(".status")).to_have_attribute("data-status", "resolved")
    ana.see(".line-text", "Conversa resolvida por Ana")
    ana.page.locator(".status-button").click()
    expect(ana.page.locator(".status")).to_have_attribute("data-status", "pending")
    ana.see(".line-text", "Conversa reaberta por Ana")
    ana.page.locator(".panel .select").first.click()
    ana.page.locator(".menu .choice-text", has_text="Carla").click()
    ana.see(".line-text", "Conversa atribuída a Carla por Ana")
    ana.page.locator(".panel .switch").click()
    ana.page.locator(".menu .choice", has_text="Sem motivo").click()
    ana.see(".line-text", "Bloqueio de notificações feito por Ana")
    state = house.centre.state(talk)
    assert (state.status, state.assignee_id) == ("pending", house.carla.agent_id)
    assert (state.outbound_n, state.note_n, state.reopened_n) == (1, 1, 1)


def test_a_conversation_opens_while_the_page_is_busy(house, seat, talk):
    name = house.centre.contact(talk).name
    ana = seat()
    ana.page.add_init_script(HELD_SOCKET)
    ana.sign_in("ana").wait_for_list()
    ana.search(name)
    expect(ana.page.locator(".row")).to_have_count(1)
    ana.page.evaluate("() => { window.held = [] }")
    ana.page.locator(".row").click()
    ana.see(".message", "Bom dia, Conceição")
    ana.see(".panel .phone-national")
    ana.page.wait_for_function("() => window.held.length > 0")  # the page hears of it afterwards
    ana.page.evaluate("() => window.letGo()")
    ana.page.wait_for_url("**conversation=*")
    ana.see(".message", "Bom dia, Conceição")


def test_a_conversation_opens_without_its_own_address(house, seat, talk):
    ana = seat().sign_in("ana").wait_for_list()
    ana.page.route("**/thread?*", lambda route: route.abort())
    ana.search(house.centre.contact(talk).name)
    expect(ana.page.locator(".row")).to_have_count(1)
    ana.page.locator(".row").click()
    ana.see(".message", "Bom dia, Conceição")


def test_what_comes_live_before_the_page_has_answered_stays(house, seat, talk):
    ana = seat()
    ana.page.add_init_script(HELD_SOCKET)
    ana.sign_in("ana").wait_for_list()
    ana.search(house.centre.contact(talk).name)
    expect(ana.page.locator(".row")).to_have_count(1)
    ana.page.evaluate("() => { window.held = [] }")
    ana.page.locator(".row").click()
    ana.see(".message", "Bom dia, Conceição")
    house.centre.receive("Mais uma coisa", house.centre.contact(talk).phone)
    ana.see(".message", "Mais uma coisa")  # live, before the page has answered
    ana.page.evaluate("() => window.letGo()")
    ana.page.wait_for_url("**conversation=*")
    expect(ana.page.locator(".message")).to_have_count(2)


def test_an_answer_from_before_the_choice_leaves_the_chosen_thread_open(seat):
    ana = seat().sign_in("ana").wait_for_list()
    shown = ana.page.evaluate(
        """async () => {
          const files = performance.getEntriesByType("resource").map(entry => entry.name)
          const file = files.find(name => name.endsWith("/model.js"))
          const { accept, createModel, openAhead } = await import(file)
          const thread = id => id && { id, version: 1, items: [{ id: `${id}1` }], newer: false }
          const answer = id => ({ list: { token: "t", rows: [] }, thread: thread(id), contact: id })
          const model = createModel()
          const seen = () => [model.thread?.id ?? null, model.data.contact, model.items.length]
          accept(model, answer("1"))
          openAhead(model, { thread: thread("2"), contact: "2" })
          const steps = [seen()]
          accept(model, answer("1"), "2")
          steps.push(seen())
          accept(model, answer("2"), "2")
          steps.push(seen())
          accept(model, answer(null))
          return [...steps, seen()]
        }"""
    )
    assert shown == [["2", "2", 1], ["2", "2", 1], ["2", "2", 1], [None, None, 0]]


def test_alert_lines_speak_the_readers_language(house, seat, talk):
    centre = house.centre
    centre.run(actions.Assign(house.bruno.agent_id), talk)
    centre.run(actions.Resolve(), talk)
    centre.receive("Ainda não", centre.contact(talk).phone)
    centre.run(actions.SavePreferences(language="es"), by=house.carla)
    carla = seat().sign_in("carla").show(talk)
    name = centre.contact(talk).name
    carla.see(".line-text", "Conversación resuelta por Ana")
    assert carla.lines() == [
        "Conversación asignada a Bruno por Ana",
        "Conversación resuelta por Ana",
        f"Conversación reabierta por {name}",
    ]
    centre.run(actions.SavePreferences(language="pt"), by=house.carla)


def test_another_persons_browser_shows_a_change_within_a_second(seat, talk):
    ana, carla = seat().sign_in("ana").show(talk), seat().sign_in("carla").show(talk)
    carla.page.evaluate("() => { window.wasLoaded = true }")
    carla.see('.middle[data-state="open"] .message')
    carla.page.wait_for_timeout(1_500)  # the stream of changes is open
    ana.page.locator(".status-button").click()
    expect(ana.page.locator(".status")).to_have_attribute("data-status", "resolved")
    begun = time.monotonic()
    expect(carla.page.locator(".status")).to_have_attribute(
        "data-status", "resolved", timeout=LATE_MS
    )
    ana.say("Uma palavra só minha")
    expect(carla.page.locator(".message", has_text="Uma palavra só minha")).to_be_visible(
        timeout=LATE_MS
    )
    assert time.monotonic() - begun < 3
    assert carla.page.evaluate("() => window.wasLoaded") is True


def test_whoever_comes_second_is_told_who_was_first(house, seat, talk):
    ana = seat().sign_in("ana").show(talk)
    ana.page.route("**/live?*", lambda route: route.abort())
    ana.page.reload()
    ana.page.wait_for_selector('.middle[data-state="open"]')
    house.centre.run(actions.Resolve(), talk, by=house.carla)
    ana.page.locator(".status-button").click()
    ana.see(".toast", "Carla resolveu antes de você.")


def test_a_link_opens_at_its_message_and_marks_it(house, seat, talk):
    centre = house.centre
    for i in range(130):
        centre.run(actions.Note(f"Nota {i}"), talk)
    (wanted,) = centre.run(actions.Note("A nota certa"), talk).made.values()
    for i in range(130):
        centre.run(actions.Note(f"Depois {i}"), talk)
    ana = seat().sign_in("ana").show(talk, f"#message-{wanted}")
    found = ana.page.locator(f'[data-message="{wanted}"]')
    expect(found).to_be_in_viewport()
    expect(found).to_contain_text("A nota certa")


def test_what_is_not_yours_looks_like_what_is_not_there(house, seat, talk):
    house.centre.run(actions.Assign(house.carla.agent_id), talk)
    bruno = seat().sign_in("bruno")
    shown = []
    for wanted in (talk, talk + 1):
        bruno.open(f"/inbox?conversation={wanted}")
        bruno.page.wait_for_selector('.middle[data-state="missing"]')
        shown.append(bruno.page.locator(".middle").inner_text())
    assert shown[0] == shown[1]
    assert house.centre.contact(talk).name not in shown[0]


def test_a_half_typed_draft_survives_changes_and_a_reload(house, seat, talk):
    ana = seat().sign_in("ana").show(talk)
    ana.page.locator(".write").fill("meia palav")
    house.centre.receive("Mais uma", house.centre.contact(talk).phone)
    ana.see(".message", "Mais uma")
    ana.page.locator(".status-button").click()
    expect(ana.page.locator(".status")).to_have_attribute("data-status", "resolved")
    expect(ana.page.locator(".write")).to_have_value("meia palav")
    ana.page.locator('.tab[data-key="all"]').click()
    ana.wait_for_list()
    expect(ana.page.locator(".write")).to_have_value("meia palav")
    ana.page.reload()
    ana.page.wait_for_selector('.middle[data-state="open"]')
    expect(ana.page.locator(".write")).to_have_value("meia palav")


def test_the_address_keeps_the_conversation_while_the_list_changes(seat, talk):
    ana = seat().sign_in("ana").show(talk)
    seen = []
    ana.page.on("framenavigated", lambda frame: seen.append(frame.url))
    ana.page.locator('.tab[data-key="all"]').click()
    ana.page.wait_for_url("**filter=*")
    assert seen
    assert all(f"conversation={talk}" in url for url in seen)


def test_the_keyboard_moves_through_the_list(seat):
    ana = seat().sign_in("ana").wait_for_list()
    ana.page.locator(".list").click(position={"x": 3, "y": 3})
    ana.page.keyboard.press("Escape")
    ana.page.keyboard.press("j")
    ana.page.keyboard.press("j")
    ana.page.keyboard.press("Enter")
    ana.page.wait_for_selector('.middle[data-state="open"]')
    ana.page.wait_for_url("**conversation=*")


def test_a_new_contact_gets_a_conversation(house, seat):
    ana = seat().sign_in("ana").wait_for_list()
    ana.page.get_by_role("link", name="Contatos").click()
    ana.page.get_by_role("heading", name="Contatos").wait_for()
    ana.page.get_by_role("button", name="Novo contato").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Nome").fill("Márcia **Nova**")
    dialog.get_by_role("textbox", name="WhatsApp").fill(f"+{FIRST_PHONE + 777}")
    dialog.get_by_role("button", name="Criar e abrir conversa").click()
    ana.see(".head-name", "Márcia **Nova**")
