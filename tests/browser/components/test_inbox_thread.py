"""The thread, composer and panel in the browser."""

from playwright.sync_api import expect


def test_a_reply_stands_at_once_as_queued_and_becomes_the_real_one(inbox):
    inbox.open("slow=1500")
    inbox.choose(2)
    inbox.write("Já verifico para você.")
    bubble = inbox.page.locator(".message", has_text="Já verifico para você.")
    expect(bubble).to_have_attribute("data-delivery", "queued", timeout=400)
    assert bubble.get_attribute("data-message").startswith("pending-")
    expect(inbox.page.locator(".write")).to_have_value("")
    expect(
        inbox.page.locator('.message:not([data-message^="pending-"])', has_text="Já verifico")
    ).to_have_count(1)
    expect(bubble).to_have_count(1)


def test_a_live_copy_of_ones_own_reply_is_not_drawn_twice(inbox):
    inbox.open("slow=2500")
    inbox.choose(2)
    conversation = inbox.page.locator('.row[aria-selected="true"]').get_attribute("data-id")
    inbox.write("Uma vez só")
    item = {
        "type": "message",
        "id": "9999999999999",
        "direction": "out",
        "kind": "text",
        "text": "Uma vez só",
        "author": "Renata Moraes",
        "at": 1,
        "delivery": "sent",
        "reason": None,
    }
    inbox.push("changed", {"messages": [{"conversation": conversation, "item": item}]})
    expect(
        inbox.page.locator('.message[data-delivery="sent"]', has_text="Uma vez só")
    ).to_have_count(1)
    expect(inbox.page.locator(".message", has_text="Uma vez só")).to_have_count(1)


def test_a_refused_reply_says_why_and_gives_the_words_back(inbox):
    inbox.open()
    inbox.choose(2)
    inbox.write("RECUSE isto")
    bubble = inbox.page.locator('.message[data-delivery="failed"]', has_text="RECUSE isto")
    expect(bubble).to_contain_text("A janela de 24 horas está fechada.")
    expect(inbox.page.locator(".write")).to_have_value("RECUSE isto")


def test_drafts_belong_to_their_conversation_and_survive_a_reload(inbox):
    inbox.open()
    inbox.choose(0)
    inbox.write("rascunho da primeira", send=False)
    inbox.choose(1)
    expect(inbox.page.locator(".write")).to_have_value("")
    inbox.write("rascunho da segunda", send=False)
    inbox.page.keyboard.press("Escape")
    inbox.choose(0)
    expect(inbox.page.locator(".write")).to_have_value("rascunho da primeira")
    inbox.page.reload()
    inbox.choose(1)
    expect(inbox.page.locator(".write")).to_have_value("rascunho da segunda")


def test_a_draft_is_forgotten_only_after_the_server_took_it(inbox):
    inbox.open("slow=1200")
    inbox.choose(0)
    kept = (
        "() => Object.keys(localStorage).filter(key => key.startsWith('central:draft:1:')).length"
    )
    inbox.write("envio")
    assert inbox.page.evaluate(kept) == 1
    inbox.wait_handled(2)
    expect(inbox.page.locator('.message[data-delivery="queued"]', has_text="envio")).to_be_visible()
    inbox.page.wait_for_timeout(600)
    assert inbox.page.evaluate(kept) == 0
    assert inbox.kinds() == ["select", "reply"]


def test_each_action_is_handled_once_however_fast_they_come(inbox):
    inbox.open("slow=700")
    inbox.choose(0)
    for word in ("um", "dois", "três", "quatro", "cinco"):
        inbox.write(word)
    inbox.page.keyboard.press("Escape")
    inbox.page.keyboard.press("e")
    inbox.page.keyboard.press("u")
    handled = inbox.wait_handled(8)
    inbox.page.wait_for_timeout(6000)
    assert [action["n"] for action in inbox.handled()] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len({action["mount"] for action in handled}) == 1
    assert [a["text"] for a in handled if a["kind"] == "reply"] == [
        "um",
        "dois",
        "três",
        "quatro",
        "cinco",
    ]
    expect(inbox.page.locator(".message", has_text="quatro")).to_have_count(1)


def test_enter_sends_shift_enter_breaks_the_line_and_the_choice_can_change(inbox):
    inbox.open()
    inbox.choose(0)
    inbox.page.locator(".write").press_sequentially("a")
    inbox.page.locator(".write").press("Shift+Enter")
    inbox.page.locator(".write").press_sequentially("b")
    expect(inbox.page.locator(".write")).to_have_value("a\nb")
    inbox.page.locator(".enter").click()
    inbox.page.locator(".write").press("Enter")
    expect(inbox.page.locator(".write")).to_have_value("a\nb\n")
    inbox.page.locator(".write").press("Control+Enter")
    expect(inbox.page.locator(".write")).to_have_value("")


def test_one_click_resolves_and_undo_reopens(inbox):
    inbox.open("slow=500")
    inbox.choose(2)
    status = inbox.page.locator(".status")
    expect(status).to_have_attribute("data-status", "pending")
    inbox.page.locator(".status-button").click()
    expect(status).to_have_attribute("data-status", "resolved", timeout=400)
    inbox.page.locator(".toast-undo").click()
    inbox.wait_handled(3)
    assert inbox.kinds() == ["select", "resolve", "reopen"]
    expect(status).to_have_attribute("data-status", "pending")


def test_a_note_looks_unlike_a_message(inbox):
    inbox.open()
    inbox.choose(0)
    inbox.page.keyboard.press("n")
    inbox.write("só para nós")
    note = inbox.page.locator('.message[data-direction="note"]', has_text="só para nós").locator(
        ".bubble"
    )
    reply = inbox.page.locator('.message[data-direction="out"] .bubble').last
    colour = "node => getComputedStyle(node).backgroundColor"
    expect(note).to_be_visible()
    assert note.evaluate(colour) != reply.evaluate(colour)


def test_what_can_stand_in_a_thread_is_drawn_as_such(inbox):
    inbox.open()
    inbox.choose(2)
    page = inbox.page
    expect(page.locator('.line[data-tone="resolve"]').last).to_contain_text(
        "Conversa resolvida por Luana Prado"
    )
    expect(page.locator('.message[data-delivery="failed"] .failure')).to_contain_text(
        "O número não está no WhatsApp."
    )
    expect(page.locator(".message", has_text="Sem hora conhecida").locator("time")).to_have_count(0)
    expect(page.locator(".action-line")).to_contain_text("Renata Moraes acena para a equipe")
    expect(page.locator('.message[data-direction="draft"] .tag')).to_have_text("Rascunho")
    expect(page.locator('.message[data-direction="system"] .tag')).to_have_text(
        "Mensagem do sistema"
    )
    expect(page.locator(".day").last).to_be_visible()


def test_older_messages_come_without_moving_the_reader(inbox):
    inbox.open()
    inbox.choose(0)
    inbox.page.wait_for_timeout(200)
    first = inbox.page.locator(".message").first
    known = first.get_attribute("data-message")
    inbox.page.locator(".scroller").evaluate("node => { node.scrollTop = 100 }")
    before = first.bounding_box()["y"]
    expect(inbox.page.locator(".message").first).not_to_have_attribute("data-message", known)
    after = inbox.page.locator(f'[data-message="{known}"]').bounding_box()["y"]
    assert abs(after - before) <= 2
    assert inbox.kinds() == ["select", "older"]


def test_a_linked_message_is_fetched_shown_and_marked(inbox):
    inbox.open("conversation=9000000", "#message-9000000000")
    linked = inbox.page.locator('[data-message="9000000000"]')
    expect(linked).to_have_class("message first linked")
    expect(linked).to_be_in_viewport()
    assert inbox.kinds() == ["focus"]


def test_a_live_message_waits_behind_a_pill_when_reading_older_ones(inbox):
    inbox.open()
    inbox.choose(0)
    conversation = inbox.page.locator('.row[aria-selected="true"]').get_attribute("data-id")
    inbox.page.locator(".scroller").evaluate("node => { node.scrollTop = 600 }")
    item = {
        "type": "message",
        "id": "9999999999999",
        "direction": "in",
        "kind": "text",
        "text": "Chegou agora",
        "author": "",
        "at": 1,
        "delivery": None,
        "reason": None,
    }
    inbox.push("changed", {"messages": [{"conversation": conversation, "item": item}]})
    pill = inbox.page.locator(".pill")
    expect(pill).to_contain_text("1 mensagem nova")
    pill.click()
    expect(inbox.page.locator(".message", has_text="Chegou agora")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_assigning_shows_everybodys_load_and_counts_at_once(inbox):
    inbox.open("slow=800")
    inbox.choose(0)
    inbox.page.locator(".status").click()
    inbox.page.keyboard.press("a")
    expect(inbox.page.locator(".menu .choice", has_text="Paulo Teixeira")).to_contain_text("31")
    inbox.page.locator(".menu-search").fill("sofia")
    inbox.page.locator(".menu-search").press("Enter")
    expect(inbox.page.locator(".assign-name")).to_have_text("Sofia Andrade", timeout=400)
    expect(inbox.page.locator(".menu")).to_have_count(0)
    asked = inbox.wait_handled(2)[-1]
    assert (asked["kind"], asked["agent"], bool(asked["key"])) == ("assign", "5", True)


def test_the_contact_is_edited_in_its_place(inbox):
    inbox.open()
    inbox.choose(0)
    fields = inbox.page.locator(".panel .editable")
    fields.nth(1).locator(".edit").click()
    fields.nth(1).locator("input").fill("sem arroba")
    fields.nth(1).locator("input").press("Enter")
    expect(fields.nth(1).locator(".problem")).to_contain_text("ana@exemplo.com.br")
    fields.nth(1).locator("input").press("Escape")
    fields.nth(0).locator(".edit").click()
    fields.nth(0).locator("input").fill("Ana B. Souza")
    fields.nth(0).locator("input").press("Enter")
    expect(fields.nth(0).locator("input")).to_be_hidden()
    expect(inbox.page.locator(".head-name")).to_have_text("Ana B. Souza")
    inbox.page.locator(".switch").click()
    inbox.page.locator(".menu .choice").first.click()
    expect(inbox.page.locator(".switch")).to_have_attribute("aria-checked", "true")
    inbox.wait_handled(3)
    assert inbox.kinds() == ["select", "contact", "block"]


def test_somebody_who_may_only_read_has_nothing_to_write_with(inbox):
    inbox.open("reader")
    inbox.choose(0)
    expect(inbox.page.locator(".write")).to_be_hidden()
    expect(inbox.page.locator(".status-button")).to_be_hidden()
    expect(inbox.page.locator(".foot")).to_contain_text("Você pode ler esta conversa")
    for key in "erua":
        inbox.page.keyboard.press(key)
    inbox.page.wait_for_timeout(400)
    assert inbox.kinds() == ["select"]


def test_a_conversation_that_is_not_there_is_said(inbox):
    inbox.open("conversation=123")
    expect(inbox.page.locator(".blank")).to_contain_text("Conversa não encontrada")


def test_on_a_phone_list_and_thread_alternate_and_the_panel_lies_over_them(inbox):
    inbox.page.set_viewport_size({"width": 420, "height": 900})
    inbox.open()
    expect(inbox.page.locator(".middle")).to_be_hidden()
    inbox.choose(0)
    expect(inbox.page.locator(".left")).to_be_hidden()
    inbox.page.locator(".head-person").click()
    expect(inbox.page.locator(".panel")).to_be_visible()
    inbox.page.locator(".panel-close").click()
    expect(inbox.page.locator(".panel")).to_be_hidden()
    inbox.page.locator(".back").click()
    expect(inbox.page.locator(".list")).to_be_visible()
    wide = inbox.page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= 420


def test_the_words_follow_the_language(inbox):
    inbox.open("lang=es")
    inbox.choose(0)
    expect(inbox.page.locator(".mode").first).to_contain_text("Responder")
    expect(inbox.page.locator(".panel")).to_contain_text("Qué operador la resolvió")
    assert "{" not in inbox.texts(".inbox")[0]


def test_what_one_has_just_written_is_no_change_by_others(inbox):
    inbox.open("slow=1500")
    inbox.choose(1)
    inbox.page.locator(".status-button").click()
    (alone,) = [a for a in inbox.wait_handled(2) if a["kind"] in {"resolve", "reopen"}]
    assert alone["versions"]
    inbox.write("Já vejo")
    inbox.page.locator(".status-button").click()
    after = [a for a in inbox.wait_handled(4) if a["kind"] in {"resolve", "reopen"}][-1]
    assert "versions" not in after
