"""Files, ticks and what else a bubble holds, in the browser; and files on their way."""

import pytest
from playwright.sync_api import expect

import sample_files
from browser.components import sample

NOW = 1_793_620_800_000
HOSTILE = '<img src=x onerror="document.title=1">\u202egpj.exe'


def a_file(**changes):
    given = {"id": "1", "state": "here", "form": "file", "name": "", "size": 2_500_000}
    return {**given, "seconds": None, "problem": None, **changes}


class Talk:
    """An open conversation into which live messages are put."""

    def __init__(self, inbox, query=""):
        self.inbox, self.page = inbox.open(query), inbox.page
        inbox.choose(2)
        self.id = self.page.locator('.row[aria-selected="true"]').get_attribute("data-id")
        self.number = 9_999_999_999_000

    def say(self, text="", direction="in", number=None, **more):
        """One message live; gives its bubble."""
        self.number = number or self.number + 1
        item = sample.message(self.number, text, NOW, direction, **more)
        told = {"messages": [{"conversation": self.id, "item": item}]}
        self.inbox.push("changed", told)
        return self.page.locator(f'.message[data-message="{self.number}"]')

    def attach(self, name, body, mime):
        given = {"name": name, "mimeType": mime, "buffer": body}
        self.page.locator(".composer input[type=file]").set_input_files(given)
        return self.page.locator(".attachment")


@pytest.fixture
def talk(inbox):
    return Talk(inbox)


def test_a_picture_opens_over_everything_and_escape_closes_it(talk):
    bubble = talk.say("Veja", kind="image", file=a_file(form="picture", name="foto.jpg"))
    button = bubble.get_by_role("button", name="Abrir foto.jpg")
    picture = button.locator("img")
    expect(picture).to_have_attribute("src", "/attachment/1?size=thumb")
    expect(picture).to_have_js_property("naturalWidth", 90)
    button.click()
    viewer = talk.page.get_by_role("dialog", name="foto.jpg")
    expect(viewer.locator("img")).to_have_attribute("src", "/attachment/1")
    expect(viewer).to_contain_text("Veja")
    talk.page.keyboard.press("j")
    talk.page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(button).to_be_focused()
    expect(talk.page.locator(".middle")).to_have_attribute("data-state", "open")


def test_a_picture_that_cannot_be_drawn_is_offered_as_a_file(talk):
    bubble = talk.say(kind="image", file=a_file(id="9", form="picture", name="quebrada.png"))
    link = bubble.locator("a.file")
    expect(link).to_have_attribute("href", "/attachment/9?download=1")
    expect(link).to_contain_text("quebrada.png")
    expect(link).to_contain_text("2,4 MB")


def test_a_sound_plays_on_while_its_bubble_changes(talk):
    bubble = talk.say(kind="voice", file=a_file(id="2", form="sound", seconds=7))
    bubble.locator("audio").evaluate("n => { n.mine = true; n.loop = true; return n.play() }")
    talk.say(
        kind="voice",
        number=talk.number,
        file=a_file(id="2", form="sound", seconds=7),
        reactions=[{"emoji": "👍", "n": 1, "ours": False}],
    )
    expect(bubble.locator(".reaction")).to_have_text("👍")
    playing = "n => [n.mine, n.paused, n.isConnected]"
    assert bubble.locator("audio").evaluate(playing) == [True, False, True]


def test_a_file_that_is_not_here_says_so_and_can_be_asked_for(talk):
    waiting = talk.say(kind="document", file=a_file(state="waiting"))
    expect(waiting.get_by_role("status")).to_contain_text("Recebendo o arquivo…")
    failed = talk.say(kind="image", file=a_file(id="77", state="failed", problem="Não veio."))
    expect(failed).to_contain_text("Não veio.")
    failed.get_by_role("button", name="Tentar de novo").click()
    expect(failed.get_by_role("button", name="Tentar de novo")).to_be_disabled()
    talk.page.wait_for_timeout(500)
    (asked,) = [action for action in talk.inbox.handled() if action["kind"] == "fetch"]
    assert asked["file"] == "77"
    refused = talk.say(kind="image", file=a_file(state="refused", problem="Grande demais."))
    expect(refused.locator(".file button")).to_have_count(0)


def test_names_of_files_and_cards_are_only_words(talk):
    cards = [{"name": HOSTILE, "phones": [HOSTILE]}]
    bubbles = [
        talk.say(kind="document", file=a_file(name=HOSTILE)),
        talk.say(kind="contacts", content={"contacts": cards}),
        talk.say(HOSTILE, quoted={"id": "1", "text": HOSTILE, "author": HOSTILE, "kind": "text"}),
        talk.say("x", edited=NOW, original=HOSTILE),
        talk.say(kind="unsupported", content={"unsupported": {"type": HOSTILE}}),
        talk.say("x", reactions=[{"emoji": HOSTILE, "n": 2, "ours": True}]),
    ]
    for bubble in bubbles:
        assert HOSTILE in bubble.evaluate("n => n.textContent")
        assert bubble.locator("img, script, svg image").count() == 0
        expect(bubble.locator(".hidden-mark").first).to_be_attached()
    assert talk.page.title() == "Inbox"


TICKS = [
    ("sending", "clock", "Enviando", None),
    ("accepted", "check", "Aceita", None),
    ("sent", "check", "Enviada", None),
    ("delivered", "checks", "Entregue", None),
    ("read", "checks", "Lida", None),
    ("played", "checks", "Ouvida", None),
    ("failed", "alert", "Falhou", "O motivo."),
    ("unknown", "question", "Não confirmada", "não confirmou"),
    ("queued", "clock", "Na fila", None),
]


def test_a_tick_says_what_is_known_and_moves_by_itself(talk):
    bubble = talk.say("Oi", "out", delivery="queued")
    for delivery, icon, label, told in TICKS:
        talk.say("Oi", "out", number=talk.number, delivery=delivery, reason="O motivo.")
        mark = bubble.get_by_role("img", name=label, exact=True)
        expect(mark).to_have_class(f"icon icon-{icon} delivery is-{delivery}")
        expect(bubble.locator(".failure")).to_have_count(1 if told else 0)
        if told:
            expect(bubble.locator(".failure")).to_contain_text(told)


def test_a_bubble_tells_its_story(talk):
    expect(talk.say("a", forwarded=True)).to_contain_text("Encaminhada")
    expect(talk.say("a", "out", phone=True, author="")).to_contain_text("Enviada pelo celular")
    expect(talk.say("a", "out", resent=True)).to_contain_text("Reenviada por Renata Moraes")
    expect(talk.say("guardado", revoked=NOW)).to_contain_text("Apagada pelo cliente")
    expect(talk.say("", revoked=NOW)).to_contain_text("Esta mensagem foi apagada.")
    edited = talk.say("depois", edited=NOW, original="antes")
    expect(edited.get_by_text("antes", exact=True)).to_be_hidden()
    edited.get_by_role("button", name="editada").click()
    expect(edited.get_by_text("antes", exact=True)).to_be_visible()
    expect(talk.say("b", edited=NOW)).to_contain_text("editada")


def test_what_is_neither_words_nor_a_file_is_drawn(talk):
    place = {"latitude": -23.5, "longitude": -46.6, "name": "Loja", "address": "Rua A"}
    here = talk.say(kind="location", content={"location": place})
    expect(here.get_by_role("link")).to_have_text("-23,5, -46,6")
    cards = [{"name": "Eva", "phones": ["+55 11 9"]}]
    expect(talk.say(kind="contacts", content={"contacts": cards})).to_contain_text("Eva+55 11 9")
    order = {"n": 2, "total": 20, "currency": "BRL"}
    expect(talk.say(kind="order", content={"order": order})).to_contain_text("2 itens · R$ 20,00")
    odd = talk.say(kind="unsupported", content={"unsupported": {"type": "poll"}})
    expect(odd).to_contain_text("Mensagem não suportadapoll")


def test_a_quote_leads_to_its_message(talk):
    first = talk.page.locator(".message").first.get_attribute("data-message")
    told = {"id": first, "text": "Qual o prazo?", "author": "João", "kind": "text"}
    bubble = talk.say("Dois dias", "out", quoted={**told, "direction": "in"})
    bubble.get_by_role("button", name="Qual o prazo?").click()
    expect(talk.page.locator(f'.message[data-message="{first}"]')).to_be_in_viewport()
    lost = talk.say("x", quoted={"id": None, "text": "", "kind": "text"})
    expect(lost.locator(".quote")).to_have_text("Mensagem que não está aqui")


def test_what_is_told_late_stands_where_it_belongs(talk):
    last = talk.say("depois")
    late = talk.say("antes", number=talk.number - 1_000)
    expect(late).to_be_visible()
    order = [late.get_attribute("data-message"), last.get_attribute("data-message")]
    drawn = talk.page.locator(".message").evaluate_all("all => all.map(n => n.dataset.message)")
    assert drawn[-2:] == order
    talk.say("de outra época", number=5)
    talk.page.wait_for_timeout(200)
    assert talk.page.locator('.message[data-message="5"]').count() == 0


def test_a_list_names_what_came_last(inbox):
    inbox.open()
    at = {"at": 9 * 10**12, "version": 9}  # the newest of all
    row = {**sample.row(0, NOW), **at, "preview": "", "kind": "image", "direction": "in"}
    inbox.push("changed", {"rows": [row]})
    drawn = inbox.page.locator(f'.row[data-id="{row["id"]}"]')
    expect(drawn.locator(".row-preview")).to_have_text("📷 Foto")
    ours = {"preview": "Segue", "kind": "document", "direction": "out", "delivery": "read"}
    inbox.push("changed", {"rows": [{**row, **ours, "version": 10}]})
    expect(drawn.locator(".row-preview")).to_have_text("📄 Segue")
    expect(drawn.get_by_role("img", name="Lida")).to_be_visible()


def test_a_file_is_looked_at_before_it_is_sent_with_its_caption(talk):
    held = talk.attach("foto nova.png", sample_files.picture("PNG"), "image/png")
    expect(held).to_have_attribute("data-state", "ready")
    expect(held.locator("img")).to_be_visible()
    assert [a for a in talk.inbox.handled() if a["kind"] == "file"] == []
    write = talk.page.locator(".write")
    expect(write).to_have_attribute("placeholder", "Legenda (opcional)")
    write.fill("Este é o modelo")
    write.press("Enter")
    expect(held).to_be_hidden()
    expect(talk.page.locator(".message", has_text="Este é o modelo")).to_have_count(1)
    real = '.message:not([data-message^="pending-"])'
    expect(talk.page.locator(real, has_text="Este é o modelo")).to_have_count(1)
    (sent,) = [action for action in talk.inbox.handled() if action["kind"] == "file"]
    assert (sent["handle"], sent["text"], sent["id"]) == ("ab" * 16, "Este é o modelo", talk.id)
    expect(write).to_have_value("")


def test_a_refused_file_says_why_and_can_be_discarded(talk):
    held = talk.attach("bad.jpg", b"<html>", "image/jpeg")
    expect(held.get_by_role("alert")).to_have_text("O WhatsApp não aceita este tipo de arquivo.")
    expect(talk.page.locator(".send")).to_be_disabled()
    held.get_by_role("button", name="Descartar o arquivo").click()
    expect(held).to_be_hidden()


def test_a_file_that_is_too_large_is_not_even_uploaded(talk):
    asked = []
    talk.page.on("request", lambda r: asked.append(r.url) if "/attachment" in r.url else None)
    held = talk.attach("grande.mp4", b"\0" * 17_000_000, "video/mp4")
    expect(held.get_by_role("alert")).to_contain_text("até 16 MB")
    assert asked == []


def test_a_file_belongs_to_its_conversation(talk):
    held = talk.attach("boleto.pdf", sample_files.PDF, "application/pdf")
    expect(held).to_have_attribute("data-state", "ready")
    talk.inbox.choose(3)
    expect(held).to_be_hidden()
    talk.inbox.choose(2)
    expect(held).to_contain_text("boleto.pdf")
    talk.page.locator(".mode[data-mode=note]").click()
    expect(held).to_be_hidden()


GIVEN = """([kind, type, bytes]) => {
  const given = new DataTransfer()
  given.items.add(new File([new Uint8Array(bytes)], "colada.png", { type: "image/png" }))
  const root = document.querySelector("[data-testid=stBidiComponentRegular], .stBidiComponent")
  const find = node => node.querySelector?.(kind) ?? [...node.querySelectorAll("*")]
    .map(n => n.shadowRoot && find(n.shadowRoot)).find(Boolean)
  const target = find(document)
  const event = type === "paste"
    ? new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true })
    : new DragEvent(type, { dataTransfer: given, bubbles: true, cancelable: true })
  target.dispatchEvent(event)
}"""


@pytest.mark.parametrize(("target", "kind"), [(".write", "paste"), (".middle", "drop")])
def test_a_picture_is_pasted_or_dropped(talk, target, kind):
    picture = list(sample_files.picture("PNG", (30, 20)))
    talk.page.evaluate(GIVEN, [target, kind, picture])
    held = talk.page.locator(".attachment")
    expect(held).to_have_attribute("data-state", "ready")
    expect(held).to_contain_text("colada.png")


def test_a_file_above_the_conversation_shows_where_it_would_go(talk):
    talk.page.evaluate(GIVEN, [".middle", "dragover", [1]])
    expect(talk.page.get_by_text("Solte o arquivo para anexar")).to_be_visible()


def test_the_menu_says_what_may_be_attached(talk):
    talk.page.get_by_role("button", name="Anexar arquivo").click()
    menu = talk.page.get_by_role("dialog", name="Anexar arquivo")
    expect(menu).to_contain_text("Foto até 5 MB · Vídeo até 16 MB")
    with talk.page.expect_file_chooser() as chosen:
        menu.get_by_role("menuitem", name="Foto ou vídeo").click()
    assert chosen.value.element.get_attribute("accept").startswith("image/jpeg")


def test_whoever_only_reads_attaches_nothing(inbox):
    talk = Talk(inbox, "reader")
    expect(talk.page.locator(".attach")).to_be_hidden()
    talk.page.evaluate(GIVEN, [".middle", "drop", [1]])
    expect(talk.page.locator(".attachment")).to_be_hidden()
    failed = talk.say(kind="image", file=a_file(state="failed", problem="Não veio."))
    expect(failed.locator(".file button")).to_have_count(0)


def test_nothing_of_it_breaks_the_policy_or_asks_outside(talk):
    broken = []
    talk.page.on(
        "console", lambda m: broken.append(m.text) if "Content Security" in m.text else None
    )
    talk.say(kind="image", file=a_file(form="picture")).get_by_role("button").first.click()
    talk.page.keyboard.press("Escape")
    talk.say(kind="voice", file=a_file(id="2", form="sound"))
    talk.say(kind="location", content={"location": {"latitude": 1, "longitude": 2}})
    talk.attach("a.png", sample_files.picture("PNG"), "image/png")
    expect(talk.page.locator(".attachment")).to_have_attribute("data-state", "ready")
    assert broken == []
    assert talk.inbox.outside == []
    assert talk.inbox.problems == []
