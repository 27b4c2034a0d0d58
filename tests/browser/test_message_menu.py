"""The menu of a message (F26, F27, F28) on a running server, linked to a simulated provider."""

import json
import time
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from build import Centre, Role
from console import actions
from console.channels.simulator import Customer
from console.config import Settings
from console.demo.phones import Phones
from console.domain.ids import DAY, MINUTE
from console.gateway import live
from console.imports.jsonl import import_jsonl
from console.store import tables
from console.store.schema import migrate
from console.store.thread import messages
from console.store.work import open_store
from serving import HASHED, serving

LONG = 5_200
SOON_S = 20


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server on an empty store; customers write to its one number through the provider."""
    home = tmp_path_factory.mktemp("wired")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    centre = Centre(store, at=time.time_ns() // 1_000)
    import_jsonl(store, long_talk(home), "loja-1", ZoneInfo("UTC"))
    bruno, carla = centre.agent("Bruno"), centre.agent("Carla", Role.SUPERVISOR)
    for person in (centre.ana, bruno, carla):
        centre.run(actions.SetPassword(person.agent_id, HASHED))
    with serving(home) as served:
        settings = Settings(home=home, public_url=served.url)
        phones = Phones(store, settings)
        with phones.simulator as sim:
            phones.link()
            yield SimpleNamespace(
                url=served.url, home=home, centre=centre, sim=sim, bruno=bruno, carla=carla
            )
    store.close()


def long_talk(home):
    """One conversation of thousands of messages, as an import brings it."""
    said = [
        {"role": "customer", "author": "Longa", "text": f"Linha {n}", "at": None, "kind": "text"}
        for n in range(LONG)
    ]
    record = {"dataset": "long", "conversation_id": "long", "messages": said, "meta": {}}
    file = home / "long.jsonl"
    file.write_text(json.dumps(record), encoding="utf-8")
    return file


@pytest.fixture
def heard(house, request):
    """Lets a customer of this test's own write; gives the conversation."""
    base = 5511000000000 + abs(hash(request.node.name)) % 10_000_000 * 100

    def hear(text="Bom dia", name="Zélia", n=0, **more):
        phone = str(base + n)
        house.sim.customer_writes(Customer(phone, name), text, **more)
        return until(lambda: talk_of(house, phone, text))

    return hear


def until(found):
    """What is found within some seconds."""
    for _ in range(SOON_S * 10):
        if wanted := found():
            return wanted
        time.sleep(0.1)
    raise AssertionError(found)


def rows(house, wanted):
    with house.centre.store.read() as connection:
        return connection.execute(wanted).all()


def talk_of(house, phone, text):
    table, address = tables.conversation, tables.address
    wanted = (
        select(table.c.id)
        .join(address, address.c.contact_id == table.c.contact_id)
        .where(address.c.value == phone)
    )
    found = [row.id for row in rows(house, wanted)]
    return next((i for i in found if any(m.text == text for m in thread(house, i))), None)


def thread(house, conversation_id):
    with house.centre.store.read() as connection:
        return messages(connection, conversation_id, limit=LONG)


def sends(house, text):
    """The bodies of this text that the provider took."""
    bodies = [entry.body for entry in house.sim.ledger.entries]
    return [b for b in bodies if text in json.dumps(b, ensure_ascii=False)]


def say(house, conversation_id, text):
    """Ana writes, and the provider tells that it arrived."""
    made = wish(house, actions.Reply(text), conversation_id)
    until(lambda: said(house, conversation_id, made).delivered_at)
    return made


def wish(house, command, conversation_id):
    """Ana's wish, carried out now: what it sends is due at once."""
    house.centre.at = time.time_ns() // 1_000 - MINUTE
    return house.centre.run(command, conversation_id).made[conversation_id]


def said(house, conversation_id, message_id):
    return next(m for m in thread(house, conversation_id) if m.id == message_id)


def line(page, text, **more):
    return page.locator(".message", has_text=text, **more).first


def menu(page, text, word=None):
    """Open the menu of the message with this text; choose a word of it."""
    line(page, text).hover()
    line(page, text).locator(".dots").click()
    expect(page.locator(".menu[role=menu]")).to_be_visible()
    if word:
        page.get_by_role("menuitem", name=word).click()


def words(page):
    return page.locator(".menu[role=menu] [role=menuitem]").all_inner_texts()


def silent_since(house, conversation_id, ago=2 * DAY):
    """The customer wrote last so long ago; what was told before is not told again any more."""
    time.sleep(live._REPLAY_S)
    at = time.time_ns() // 1_000 - ago
    talk, message = tables.conversation, tables.message

    def change(connection):
        own = talk.c.id == conversation_id
        connection.execute(update(talk).where(own).values(inbound_at=at))
        mine = message.c.conversation_id == conversation_id
        connection.execute(update(message).where(mine).values(at=at))

    house.centre.store.write(change)


def active(page):
    """The class of what has the focus, inside the component too."""
    return page.evaluate(
        """() => {
          let node = document.activeElement
          while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement
          return node?.className ?? ""
        }"""
    )


def test_f26_a_message_is_sent_again_once_and_says_so(house, seat, heard):
    talk = heard()
    first = say(house, talk, "Seu pedido saiu.")
    page = seat().sign_in("ana").show(talk).page
    menu(page, "Seu pedido saiu.", "Reenviar")
    expect(page.locator(".sheet .sheet-words")).to_contain_text("mais uma vez")
    page.locator(".sheet .button.primary").dblclick(force=True)
    again = page.locator(".message", has_text="Reenviada por Ana")
    expect(again).to_have_attribute("data-delivery", "delivered", timeout=SOON_S * 1_000)
    assert len(sends(house, "Seu pedido saiu.")) == 2
    assert [m.resend_of_id for m in thread(house, talk)] == [None, None, first]
    assert said(house, talk, first).delivery in {"delivered", "read"}


def test_f26_what_failed_is_opened_for_editing(house, seat, heard):
    talk = heard()
    page = seat().sign_in("ana").show(talk).page
    house.sim.faults.next("refuse_131026")
    page.locator(".write").fill("Bom diia!")
    page.locator(".write").press("Enter")
    expect(page.locator('.message[data-delivery="failed"]')).to_be_visible(timeout=SOON_S * 1_000)
    page.locator(".write").fill("um rascunho")
    menu(page, "Bom diia!", "Reenviar")
    expect(page.locator(".quoting")).to_contain_text("confira o texto")
    expect(page.locator(".write")).to_have_value("Bom diia!")
    page.locator(".write").fill("Bom dia!")
    page.locator(".write").press("Enter")
    expect(page.locator(".write")).to_have_value("um rascunho")
    again = line(page, "Reenviada por Ana")
    expect(again).to_contain_text("Bom dia!")
    expect(again).to_have_attribute("data-delivery", "delivered", timeout=SOON_S * 1_000)
    expect(page.locator('.message[data-delivery="failed"]')).to_contain_text("Bom diia!")
    old, new = thread(house, talk)[-2:]
    assert (old.delivery, new.resend_of_id) == ("failed", old.id)


def test_f26_a_person_decides_about_what_nobody_knows(house, seat, heard):
    talk = heard()
    page = seat().sign_in("ana").show(talk).page
    house.sim.faults.next("bare_500")
    for text in ("Chegou?", "Esta espera"):
        page.locator(".write").fill(text)
        page.locator(".write").press("Enter")
    expect(page.locator('.message[data-delivery="unknown"]')).to_be_visible(timeout=SOON_S * 1_000)
    menu(page, "Chegou?", "Reenviar")
    expect(page.locator(".sheet .sheet-words")).to_contain_text("pode duplicar")
    page.keyboard.press("Escape")
    assert sends(house, "Esta espera") == []
    menu(page, "Chegou?", "Considerar enviada")
    expect(page.locator(".line-text", has_text="considerada enviada por Ana")).to_be_visible()
    expect(line(page, "Esta espera")).to_have_attribute(
        "data-delivery", "delivered", timeout=SOON_S * 1_000
    )
    expect(line(page, "Chegou?")).to_have_attribute("data-delivery", "sent")
    menu(page, "Chegou?", "Detalhes")
    expect(page.locator(".sheet.details .facts")).to_contain_text("por Ana")


def test_f26_a_closed_window_says_so_and_offers_a_template(house, seat, heard):
    talk = heard()
    say(house, talk, "Segue o boleto.")
    silent_since(house, talk)
    page = seat().sign_in("ana").show(talk).page
    menu(page, "Segue o boleto.", "Reenviar")
    expect(page.locator(".toast")).to_contain_text("só aceita um modelo")
    expect(page.locator(".templates")).to_be_visible()
    assert len(sends(house, "Segue o boleto.")) == 1


def test_f27_a_link_opens_at_its_message_for_those_who_may_see_it(house, seat, heard):
    talk = heard("A mensagem certa")
    house.centre.run(actions.Assign(house.carla.agent_id), talk)
    ana = seat()
    ana.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = ana.sign_in("ana").show(talk).page
    menu(page, "A mensagem certa", "Copiar link")
    expect(page.locator(".toast")).to_contain_text("Copiado")
    link = page.evaluate("() => navigator.clipboard.readText()")
    asked = parse_qs(urlsplit(link).query)
    assert asked == {"conversation": [str(talk)], "message": [str(thread(house, talk)[0].id)]}
    path = link.removeprefix(house.url)
    carla = seat().sign_in("carla", path=path)  # not signed in: the link is where one gets to
    expect(carla.page.locator(".message.linked")).to_contain_text("A mensagem certa")
    absent = f"/inbox?conversation=1&message={asked['message'][0]}"
    told = []
    for wanted in (path, absent):
        bruno = seat().sign_in("bruno", path=wanted)
        bruno.page.wait_for_selector('.middle[data-state="missing"]')
        told.append(bruno.page.locator(".middle .blank").inner_text())
    assert told[0] == told[1] != ""


def test_f27_a_message_thousands_of_messages_back_is_found(house, seat):
    table = tables.message
    ((talk, wanted),) = rows(
        house, select(table.c.conversation_id, table.c.id).where(table.c.text == "Linha 150")
    )
    page = seat().sign_in("ana").show(talk).page
    expect(page.locator(".message", has_text=f"Linha {LONG - 1}")).to_be_visible()
    page.goto(f"{house.url}/inbox?conversation={talk}&message={wanted}")
    linked = page.locator(".message.linked")
    expect(linked).to_have_text("Linha 150")
    expect(linked).to_be_in_viewport()
    page.goto(f"{house.url}/inbox?conversation={talk}&message=1")
    expect(page.locator(".toast")).to_contain_text("A mensagem do link não existe")
    expect(page.locator(".message", has_text=f"Linha {LONG - 1}")).to_be_visible()


def test_f27_a_link_in_a_note_is_a_chip_for_those_who_may_follow_it(house, seat, heard):
    hidden, seen = heard("O comprovante", name="Rita"), heard("E eu?", n=1)
    house.centre.run(actions.Assign(house.carla.agent_id), hidden)
    wanted = thread(house, hidden)[0].id
    link = f"{house.url}/inbox?conversation={hidden}&message={wanted}"
    house.centre.run(actions.Note(f"Veja {link}"), seen)
    carla = seat().sign_in("carla").show(seen).page
    chip = carla.locator(".message-chip")
    expect(chip).to_have_text("Rita: O comprovante")
    chip.click()
    expect(carla.locator(".message.linked")).to_contain_text("O comprovante")
    bruno = seat().sign_in("bruno").show(seen).page
    chip = bruno.locator(".message-chip")
    expect(chip).to_have_text("Mensagem que você não pode ver")
    chip.click(force=True)
    expect(bruno.locator(".middle")).to_have_attribute("data-conversation", str(seen))
    assert "Rita" not in bruno.locator(".middle").inner_text()


def test_f28_a_picture_reaches_several_people_and_each_is_answered_for(house, seat, heard):
    talk = heard("Olha isto", kind="image")
    others = [heard("Oi", name=f"Quitéria {n}", n=n) for n in range(1, 4)]
    until(lambda: rows(house, picture_of(talk)))
    page = seat().sign_in("ana").show(talk).page
    menu(page, "Olha isto", "Encaminhar")
    expect(page.locator(".preview")).to_contain_text("Olha isto")
    page.keyboard.type("quiteria")
    expect(page.locator(".forward-row")).to_have_count(3)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    expect(page.locator(".forward-count")).to_have_text("3 destinatários")
    silent_since(house, others[1])
    page.locator(".sheet .button.primary").dblclick(force=True)
    expect(page.locator(".sheet-words")).to_have_text("Mensagem encaminhada a 2 de 3.")
    refused = page.locator('.result[data-state="refused"]')
    expect(refused).to_contain_text("Quitéria 2")
    expect(refused).to_contain_text("só aceita um modelo")
    page.keyboard.press("Escape")
    until(lambda: len([b for b in sends(house, "Olha isto") if b["type"] == "image"]) == 2)
    source = thread(house, talk)[0].id
    copies = [m for i in others for m in thread(house, i) if m.forwarded_from_id]
    assert [(m.forwarded_from_id, m.kind) for m in copies] == [(source, "image")] * 2
    other = seat().sign_in("carla").show(others[0]).page
    forwarded = other.locator('.message[data-direction="out"]')
    expect(forwarded).to_contain_text("Encaminhada")
    expect(forwarded.locator("img.picture")).to_be_visible()


def picture_of(talk):
    table = tables.media
    return select(table.c.id).where(table.c.conversation_id == talk, table.c.state == "here")


def test_f28_nobody_is_offered_whom_they_may_not_see(house, seat, heard):
    own = heard("Minha", name="Ofélia")
    other = heard("Dela", name="Ofélia Outra", n=1)
    house.centre.run(actions.Assign(house.bruno.agent_id), own)
    house.centre.run(actions.Assign(house.carla.agent_id), other)
    free = heard("Livre", name="Ofélia Livre", n=2)
    page = seat().sign_in("bruno").show(own).page
    menu(page, "Minha", "Encaminhar")
    page.keyboard.type("ofélia")
    expect(page.locator(".forward-row")).to_have_count(1)
    expect(page.locator(".forward-row")).to_contain_text("Ofélia Livre")
    assert page.locator(".forward-row input").get_attribute("value") == str(free)


def test_an_answer_quotes_its_message(house, seat, heard):
    talk = heard("Tem azul?")
    page = seat().sign_in("ana").show(talk).page
    menu(page, "Tem azul?", "Responder")
    expect(page.locator(".quoting")).to_contain_text("Resposta a Zélia")
    expect(page.locator(".quoting")).to_contain_text("Tem azul?")
    page.keyboard.press("Escape")
    expect(page.locator(".quoting")).to_be_hidden()
    menu(page, "Tem azul?", "Responder")
    page.keyboard.type("Tem, sim.")
    page.keyboard.press("Enter")
    answer = page.locator('.message[data-direction="out"]', has_text="Tem, sim.")
    expect(answer.locator(".quote")).to_contain_text("Tem azul?")
    expect(answer).to_have_attribute("data-delivery", "delivered", timeout=SOON_S * 1_000)
    (sent,) = sends(house, "Tem, sim.")
    assert sent["context"] == {"message_id": thread(house, talk)[0].provider_id}


def test_the_menu_opens_by_mouse_and_keyboard_and_gives_the_focus_back(house, seat, heard):
    talk = heard("Primeira")
    say(house, talk, "Segunda")
    wish(house, actions.Note("Só nossa"), talk)
    page = seat().sign_in("ana").show(talk).page
    line(page, "Segunda").locator(".bubble").click(button="right")
    assert words(page) == [
        "Responder",
        "Reenviar",
        "Encaminhar",
        "Copiar texto",
        "Copiar link da mensagem",
        "Detalhes",
    ]
    page.keyboard.press("Escape")
    assert "bubble" in active(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+F10")
    assert words(page) == ["Copiar texto", "Copiar link da mensagem", "Detalhes"]
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet.details .preview")).to_contain_text("Só nossa")
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert words(page)[0] == "Responder"
    page.keyboard.press("Escape")
    expect(page.locator(".menu[role=menu]")).to_have_count(0)
    assert "bubble" in active(page)


def test_the_menu_stands_inside_a_phones_window(house, seat, heard):
    talk = heard("Uma")
    for text in ("Duas", "Três"):
        say(house, talk, text)
    ana = seat().sign_in("ana").show(talk)
    page = ana.page
    page.set_viewport_size({"width": 420, "height": 900})
    for text in ("Uma", "Três"):
        dots = line(page, text).locator(".dots")
        expect(dots).to_be_visible()
        dots.click()
        box = page.locator(".menu[role=menu]").bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 420
        assert box["y"] + box["height"] <= 900
        page.keyboard.press("Escape")


def test_details_tell_the_way_and_why_it_failed(house, seat, heard):
    talk = heard()
    arrived = say(house, talk, "Chegou")
    house.sim.faults.next("refuse_131026")
    wish(house, actions.Reply("Não chegou"), talk)
    until(lambda: thread(house, talk)[-1].delivery == "failed")
    page = seat().sign_in("ana").show(talk).page
    menu(page, "Chegou", "Detalhes")
    steps = page.locator(".step")
    expect(steps.nth(3)).to_contain_text("Entregue")
    assert said(house, talk, arrived).delivered_at
    page.keyboard.press("Escape")
    menu(page, "Não chegou", "Detalhes")
    expect(page.locator(".details-failure")).to_contain_text("131026")


def test_a_late_answer_does_not_bring_an_older_state_back(house, seat, heard):
    page = seat().sign_in("ana").show(heard()).page
    shown = page.evaluate(
        """async () => {
          const files = performance.getEntriesByType("resource").map(entry => entry.name)
          const file = files.find(name => name.endsWith("/model.js"))
          const { accept, createModel, mergeLive } = await import(file)
          const item = (delivery, changed) => ({ type: "message", id: "11", delivery, changed })
          const thread = one => ({ id: "1", version: 1, items: [one], newer: false })
          const list = { token: "t", rows: [] }
          const answer = one => ({ list, thread: thread(one), contact: "1" })
          const live = one => ({ messages: [{ conversation: "1", item: one }] })
          const model = createModel()
          accept(model, answer(item("sending", 1)))
          mergeLive(model, live(item("failed", 2)))
          accept(model, answer(item("sending", 1)))
          const steps = [model.items[0].delivery]
          mergeLive(model, live(item("queued", 1)))
          steps.push(model.items[0].delivery)
          accept(model, answer(item("delivered", 3)))
          return [...steps, model.items[0].delivery]
        }"""
    )
    assert shown == ["failed", "failed", "delivered"]
