"""The phone in a browser: a person plays the customer."""

import pytest

from console.channels.simulator import AT_ONCE, Customer, Number, Simulator
from simulated import ANA, NUMBER, Box, caller, send, text

HOSTILE = '<img src="http://evil.example/a.png" onerror="document.title=1"> **x**'


@pytest.fixture
def played():
    """A live simulator, what it posted, and a caller in the place of the shop."""
    box = Box()
    with Simulator(Number(webhook=NUMBER.webhook), pace=AT_ONCE, poster=box) as sim:
        sim.customer_writes(ANA, "Oi, bom dia!")
        with caller(sim) as api:
            yield sim, box, api


@pytest.fixture
def phone(page, played):
    """The page of the phone, which asked nothing of other places and raised nothing."""
    sim = played[0]
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"{sim.origin}/phone")
    page.wait_for_selector(".line")
    yield page
    assert [url for url in asked if not url.startswith((sim.origin, "data:"))] == []
    assert wrong == []


def open_talk(phone, name="Ana Lima"):
    phone.click(f'.line:has-text("{name}")')
    phone.wait_for_selector("#talk:not([hidden])")


def posted(sim, box):
    assert sim.settle(10)
    return box.items("messages")[-1]


def test_a_person_writes_as_the_customer(phone, played):
    sim, box, _ = played
    open_talk(phone)
    phone.fill(".composer textarea", "Cadê meu pedido?")
    phone.keyboard.press("Enter")
    phone.wait_for_selector('.bubble.mine:has-text("Cadê meu pedido?")')
    assert posted(sim, box)["text"] == {"body": "Cadê meu pedido?"}
    assert phone.input_value(".composer textarea") == ""


def test_the_address_leads_to_the_talk(phone, played):
    open_talk(phone)
    address = phone.url
    phone.goto("about:blank")
    phone.goto(address)
    phone.wait_for_selector('.talk-head:has-text("Ana Lima")')


def test_the_answer_of_the_shop_appears_and_is_read(phone, played):
    sim, box, api = played
    open_talk(phone)
    send(api, text(body="Já vou ver."))
    phone.wait_for_selector('.bubble.theirs:has-text("Já vou ver.")')
    phone.wait_for_selector('.bubble.theirs .state:has-text("lida")')
    assert sim.settle(10)
    assert [item["status"] for item in box.items("statuses")].count("read") == 1


def test_a_person_attaches_a_photo_and_a_voice(phone, played):
    sim, box, _ = played
    open_talk(phone)
    for name, selector in (("Foto do pacote", "img.image"), ("Mensagem de voz", "audio")):
        phone.click(".attach > button")
        phone.click(f'.attach [role=menuitem]:has-text("{name}")')
        phone.wait_for_selector(f".bubble.mine {selector}")
    phone.wait_for_function("document.querySelector('img.image').naturalWidth === 960")
    phone.wait_for_function("document.querySelector('audio').duration > 3")
    assert posted(sim, box)["audio"]["voice"] is True


def test_a_person_attaches_a_file(phone, played):
    sim, box, _ = played
    open_talk(phone)
    given = {"name": "nota.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    phone.set_input_files(".composer input[type=file]", given)
    phone.wait_for_selector('.bubble.mine .document:has-text("nota.pdf")')
    assert posted(sim, box)["document"]["filename"] == "nota.pdf"


def choose(phone, row, entry):
    phone.hover(f"{row} .bubble")
    phone.click(f"{row} .opener")
    phone.click(f'{row} .menu button:has-text("{entry}")')


def test_a_person_reacts_quotes_edits_and_deletes(phone, played):
    sim, box, api = played
    open_talk(phone)
    id = send(api, text(body="Pode mandar uma foto?")).json()["messages"][0]["id"]
    phone.wait_for_selector(".row.theirs .state.read")
    choose(phone, ".row.theirs", "👍")
    phone.wait_for_selector('.row.theirs .reactions:has-text("👍")')
    choose(phone, ".row.theirs", "Responder")
    phone.fill(".composer textarea", "Mando já")
    phone.keyboard.press("Enter")
    phone.wait_for_selector('.row.mine blockquote:has-text("Pode mandar uma foto?")')
    assert posted(sim, box)["context"]["id"] == id
    mine = ".row.mine:has(blockquote)"
    choose(phone, mine, "Editar")
    assert phone.input_value(".composer textarea") == "Mando já"
    phone.fill(".composer textarea", "Mando amanhã")
    phone.keyboard.press("Enter")
    phone.wait_for_selector(f'{mine} .words:has-text("Mando amanhã")')
    choose(phone, mine, "Apagar")
    phone.wait_for_selector('.row.mine .gone:has-text("Mensagem apagada")')
    assert posted(sim, box)["type"] == "revoke"


def test_a_person_presses_a_button_of_the_shop(phone, played):
    sim, box, api = played
    open_talk(phone)
    action = {"buttons": [{"type": "reply", "reply": {"id": "swap", "title": "Trocar"}}]}
    asked = {"type": "button", "body": {"text": "Trocar?"}, "action": action}
    send(api, text(type="interactive", interactive=asked))
    phone.click('.choice:has-text("Trocar")')
    phone.wait_for_selector('.bubble.mine:has-text("Trocar")')
    assert posted(sim, box)["interactive"]["button_reply"] == {"id": "swap", "title": "Trocar"}


def test_a_person_chooses_what_goes_wrong_next(phone, played):
    sim, _, api = played
    open_talk(phone)
    phone.select_option(".fault select", "refuse_131047")
    phone.wait_for_selector(".fault.set")
    assert send(api, text()).json()["error"]["code"] == 131047
    sim.customer_writes(ANA, "E então?")
    phone.wait_for_selector(".fault:not(.set)")
    assert send(api, text()).status_code == 200


def test_a_person_makes_a_customer(phone, played):
    sim, box, _ = played
    phone.click("#new")
    phone.fill("[name=name]", "Bia Rocha")
    phone.fill("[name=phone]", "81 98765-0000")
    phone.click(".maker .primary")
    phone.wait_for_selector('.talk-head:has-text("+55 81 98765-0000")')
    assert phone.inner_text(".log .none") == "Escreva a primeira mensagem para a loja."
    phone.fill(".composer textarea", "Oi")
    phone.keyboard.press("Enter")
    phone.wait_for_selector(".bubble.mine")
    assert posted(sim, box)["from"] == "5581987650000"


def test_names_and_texts_are_only_ever_text(phone, played):
    sim, _, api = played
    sim.customer_writes(Customer("5521998887766", HOSTILE), HOSTILE)
    open_talk(phone, "onerror")
    send(api, text("5521998887766", HOSTILE))
    phone.wait_for_selector(".bubble.theirs")
    assert phone.inner_text(".bubble.mine .words") == HOSTILE
    assert phone.inner_text(".bubble.theirs .words") == HOSTILE
    assert phone.inner_text(".talk-head h2") == HOSTILE
    assert phone.query_selector_all("img") == []


def test_a_narrow_phone_shows_one_thing_at_a_time(phone, played):
    phone.set_viewport_size({"width": 420, "height": 800})
    assert not phone.is_visible(".main")
    open_talk(phone)
    assert not phone.is_visible(".side")
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 420
    phone.click(".back")
    phone.wait_for_selector(".side")


def test_the_list_can_be_searched(phone, played):
    played[0].customer_writes(Customer("5521998887766", "Rafael"), "Oi")
    phone.wait_for_selector('.line:has-text("Rafael")')
    phone.fill("#find", "ANA")
    phone.wait_for_selector('.line:has-text("Rafael")', state="detached")
    assert [line.inner_text() for line in phone.query_selector_all(".line-name")] == ["Ana Lima"]
    phone.fill("#find", "zz")
    phone.wait_for_selector('.talks .none:has-text("Nenhum cliente com esse nome.")')


def test_an_empty_phone_says_what_to_do(page):
    with Simulator() as sim:
        page.goto(f"{sim.origin}/phone")
        page.wait_for_selector(".talks .none")
        assert page.inner_text(".talks .none").startswith("Ninguém escreveu ainda.")


def test_an_absent_simulator_is_said(page):
    with Simulator() as sim:
        page.goto(f"{sim.origin}/phone")
        page.wait_for_selector(".talks .none")
    page.wait_for_selector('#notice:has-text("O simulador não responde")')
