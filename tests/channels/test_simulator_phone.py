"""The phone's calls: what it shows, what it does, and what keeps other pages out."""

import json
import re

import httpx
import pytest

from console.channels.simulator import Number
from console.channels.simulator.faults import FAULTS
from console.channels.simulator.phone_words import OFTEN, WORDS, faults_in
from console.domain.ids import HOUR
from machine import ROOT
from simulated import ANA, NUMBER, listening, offline, send, text

ASSETS = ROOT / "console/channels/simulator/assets"
OURS = {"x-simulator": "1"}
KEY = f"{NUMBER.id}:{ANA.phone}"


@pytest.fixture
def played():
    """A simulator to which Ana wrote, and the phone's caller, who has no token."""
    with listening() as (sim, box, api):
        sim.customer_writes(ANA, "Oi")
        sim.run_all()
        with httpx.Client(base_url=sim.origin, timeout=5) as phone:
            yield sim, box, api, phone


def do(phone, call, files=None, /, **fields):
    # A form without a file is sent in parts all the same, as the page does it.
    parts = files or {"none": (None, "")}
    return phone.post(f"/phone/{call}", data=fields, files=parts, headers=OURS)


def seen(phone, talk=KEY):
    return phone.get("/phone/state", params={"talk": talk}).json()


def last(phone):
    return seen(phone)["talk"]["bubbles"][-1]


def test_the_root_leads_to_the_phone(played):
    _, _, _, phone = played
    assert phone.get("/").headers["location"] == "/phone"
    page = phone.get("/phone")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")


def test_its_assets_are_served_and_nothing_else(played):
    phone = played[3]
    page = phone.get("/phone").text
    for path in re.findall(r'(?:href|src)="(/phone/[^"]+)"', page):
        assert phone.get(path).status_code == 200
    for name in ("phone.html", "samples", "%2e%2e%2fapp.py", "none.js", "samples%2Fvoice.ogg"):
        assert phone.get(f"/phone/assets/{name}").status_code == 404


def test_the_page_asks_nothing_of_other_places():
    for file in [*ASSETS.glob("*.js"), *ASSETS.glob("*.css"), *ASSETS.glob("*.html")]:
        written = file.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "//" not in re.sub(r"^\s*//.*$", "", written, flags=re.MULTILINE), file.name


def test_the_page_makes_no_markup_of_what_people_wrote():
    for file in ASSETS.glob("*.js"):
        assert (
            re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write", file.read_text())
            is None
        )


def test_every_word_the_page_says_is_in_the_registry():
    said = set()
    for file in ASSETS.glob("*.*"):
        if file.suffix in {".js", ".html"}:
            said |= set(re.findall(r'(?:say\(|data-(?:word|hint)=)"(\w+)"', file.read_text()))
    assert said <= set(WORDS)
    assert len(said) > 30


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("pt-BR,en", "pt", "Celular do cliente"),
        ("es", "es", "Teléfono del cliente"),
        ("en-US;q=0.9", "en", "The customer's phone"),
        ("de", "pt", "Celular do cliente"),
    ],
)
def test_it_speaks_the_language_of_the_browser(played, asked, language, title):
    said = played[3].get("/phone/words", headers={"accept-language": asked}).json()
    assert (said["language"], said["words"]["title"]) == (language, title)
    assert said["numbers"] == [{"id": NUMBER.id, "name": NUMBER.name, "phone": NUMBER.phone}]
    assert {sample["key"] for sample in said["samples"]} >= {"parcel", "voice", "receipt"}


def test_every_fault_can_be_chosen_once():
    groups = faults_in("pt")
    keys = [fault["key"] for group in groups for fault in group["faults"]]
    assert sorted(keys) == sorted(FAULTS)
    assert [group["group"] for group in groups] == ["often", "wire", "statuses", "at_once", "later"]
    assert {group["group"] for group in groups} <= set(WORDS)
    assert set(OFTEN) <= set(FAULTS)


def test_the_list_shows_the_newest_talk_first(played):
    sim, _, _, phone = played
    sim._clock.go_on(60)
    sim.customer_writes("5521998887766", "Bom dia")
    talks = seen(phone, "none")
    assert [talk["name"] for talk in talks["talks"]] == ["5521998887766", "Ana Lima"]
    assert talks["talk"] is None
    assert talks["talks"][1] == {
        "key": KEY,
        "name": "Ana Lima",
        "phone": ANA.phone,
        "shop": NUMBER.name,
        "last": {
            "kind": "text",
            "text": "Oi",
            "is_mine": True,
            "is_deleted": False,
            "at": 1793620800000,
        },
        "unread": 0,
        "closes_at": 1793620800000 + 86_400_000,
    }


def test_the_list_shows_whom_one_seeks_by_name_or_phone(played):
    sim, _, _, phone = played
    for n in range(250):  # from before, and not all of them shown
        sim.know(f"5521988{n:06}", sim._clock() - (n + 1) * HOUR)
    assert seen(phone)["talks"][0]["name"] == "Ana Lima"
    assert len(seen(phone)["talks"]) == 200
    found = phone.get("/phone/state", params={"find": " 988000249"}).json()["talks"]
    assert [talk["phone"] for talk in found] == ["5521988000249"]
    assert phone.get("/phone/state", params={"find": "ANA"}).json()["talks"][0]["key"] == KEY


def test_a_written_text_reaches_the_webhook(played):
    sim, box, _, phone = played
    answer = do(phone, "write", talk=KEY, text="Alô?", reply_to="wamid.x").json()
    sim.run_all()
    item = box.items("messages")[-1]
    assert (item["id"], item["text"]["body"]) == (answer["id"], "Alô?")
    assert item["context"]["id"] == "wamid.x"
    assert last(phone)["reply_to"] == "wamid.x"


@pytest.mark.parametrize(
    ("wish", "kind"),
    [
        ({"kind": "image", "sample": "candle"}, "image"),
        ({"kind": "voice", "sample": "voice"}, "audio"),
        ({"kind": "location"}, "location"),
        ({"kind": "contacts"}, "contacts"),
        ({"kind": "unsupported"}, "unsupported"),
        ({"kind": "button", "text": "Sim"}, "text"),
        ({"kind": "button_reply", "text": "Sim", "data": "yes"}, "text"),
    ],
)
def test_every_attachment_is_shown(played, wish, kind):
    phone = played[3]
    assert do(phone, "write", talk=KEY, **wish).status_code == 200
    shown = last(phone)
    assert (shown["kind"], shown["is_mine"]) == (kind, True)
    if "sample" in wish:
        file = phone.get(shown["file"]["url"])
        assert len(file.content) == shown["file"]["size"]
        assert file.headers["content-type"] in {"image/png", "audio/ogg"}


def test_a_place_and_a_card_are_shown_in_words(played):
    sim, _, _, phone = played
    sim.customer_writes(ANA, kind="location", data={"latitude": 1.5, "longitude": "2"})
    shown = last(phone)
    assert (shown["text"], shown["detail"]) == ("", "1.50000, 2.00000")
    sim.customer_writes(ANA, kind="contacts")
    shown = last(phone)
    assert (shown["text"], shown["detail"]) == ("Sônia Portaria", "+55 11 98888-0101")


def test_a_file_of_the_computer_is_sent_and_only_shown_when_it_is_safe(played):
    sim, box, _, phone = played
    page = {"file": ("a.txt", b"<script>", "text/plain")}
    assert do(phone, "write", page, talk=KEY, text="Leia").status_code == 200
    sim.run_all()
    assert box.items("messages")[-1]["document"]["filename"] == "a.txt"
    file = phone.get(last(phone)["file"]["url"])
    assert file.headers["content-disposition"] == "attachment"
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert phone.get("/phone/files/9").status_code == 404


def test_players_get_the_span_they_ask_for(played):
    sim, _, _, phone = played
    sim.customer_writes(ANA, kind="voice")
    url = last(phone)["file"]["url"]
    whole = phone.get(url).content
    for asked, begin, end in (("bytes=0-", 0, None), ("bytes=4-9", 4, 10)):
        part = phone.get(url, headers={"range": asked})
        assert (part.status_code, part.content) == (206, whole[begin:end])
        last_one = (end or len(whole)) - 1
        assert part.headers["content-range"] == f"bytes {begin}-{last_one}/{len(whole)}"
    assert phone.get(url, headers={"range": "bytes=999999-"}).status_code == 200


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (("a.wav", b"RIFF", "audio/wav"), "why_type"),
        (("a", b"x", ""), "why_type"),
        (("a.png", b"", "image/png"), "why_size"),
    ],
)
def test_what_whatsapp_does_not_take_is_said(played, file, why):
    answer = do(played[3], "write", {"file": file}, talk=KEY)
    assert (answer.status_code, answer.json()) == (400, {"why": WORDS[why].pt})


def test_reacting_editing_and_deleting(played):
    phone = played[3]
    id = last(phone)["id"]
    do(phone, "write", talk=KEY, kind="reaction", target=id, text="👍")
    do(phone, "write", talk=KEY, kind="edit", target=id, text="Oiê")
    shown = last(phone)
    assert (shown["reactions"], shown["text"], shown["is_edited"]) == (["👍"], "Oiê", True)
    do(phone, "write", talk=KEY, kind="reaction", target=id)
    do(phone, "write", talk=KEY, kind="revoke", target=id)
    shown = last(phone)
    assert (shown["reactions"], shown["is_deleted"]) == ([], True)


def test_the_shop_can_answer_on_its_own_phone(played):
    sim, box, _, phone = played
    do(phone, "write", talk=KEY, by="shop", text="Um momento")
    sim.run_all()
    assert box.items("message_echoes")[0]["text"] == {"body": "Um momento"}
    assert last(phone)["is_mine"] is False


def test_what_the_shop_sends_is_shown_with_its_state(played):
    sim, _, api, phone = played
    send(api, text(body="Posso ajudar?"))
    assert (last(phone)["text"], last(phone)["status"]) == ("Posso ajudar?", "accepted")
    sim.run_all()
    assert last(phone)["status"] == "read"
    assert seen(phone)["talks"][0]["unread"] == 1


def test_what_fails_on_the_way_is_not_read(played):
    sim, box, api, phone = played
    do(phone, "fault", talk=KEY, fault="fail_131026")
    send(api, text())
    sim.pump._take(None).act(sim._clock())  # sent
    assert do(phone, "seen", talk=KEY).json() == {"read": 0}
    sim.run_all()
    assert [item["status"] for item in box.items("statuses")] == ["sent", "failed"]


def test_a_failure_is_shown_with_its_code(played):
    sim, _, api, phone = played
    do(phone, "fault", talk=KEY, fault="fail_131026")
    send(api, text())
    sim.run_all()
    assert (last(phone)["status"], last(phone)["error"]) == ("failed", 131026)


def test_templates_and_questions_are_shown_with_their_buttons(played):
    _, _, api, phone = played
    values = [{"type": "text", "text": "Ana"}]
    body = {"type": "body", "parameters": values}
    given = {"name": "podemos_continuar", "language": {"code": "pt_BR"}, "components": [body]}
    send(api, text(type="template", template=given))
    assert last(phone)["text"].startswith("Olá, Ana! Ficamos sem concluir")
    assert last(phone)["buttons"][1] == {"kind": "button", "text": "Já resolvi"}
    action = {"buttons": [{"type": "reply", "reply": {"id": "a", "title": "Sim"}}]}
    action |= {"sections": [{"rows": [{"id": "b", "title": "PIX"}]}]}
    asked = {"type": "button", "body": {"text": "Qual?"}, "action": action}
    send(api, text(type="interactive", interactive=asked))
    assert last(phone)["buttons"] == [
        {"kind": "button_reply", "text": "Sim", "data": "a"},
        {"kind": "list_reply", "text": "PIX", "data": "b"},
    ]


@pytest.mark.parametrize("given", [{"id": "9"}, {"link": "https://loja.example/a.jpg"}])
def test_a_template_with_a_picture_shows_it_when_it_is_here(played, given):
    _, _, api, phone = played
    if "id" in given:
        png = {"file": ("a.png", b"png", "image/png")}
        form = {"messaging_product": "whatsapp", "type": "image/png"}
        given = api.post(f"{NUMBER.id}/media", data=form, files=png).json()
    header = {"type": "header", "parameters": [{"type": "image", "image": given}]}
    body = {"type": "body", "parameters": [{"type": "text", "text": "velas"}]}
    named = {"name": "novidades_da_semana", "language": {"code": "pt_BR"}}
    send(api, text(type="template", template=named | {"components": [header, body]}))
    file = last(phone)["file"]
    assert file["kind"] == "image"
    assert bool(file["url"]) == ("id" in given)


def test_a_file_by_link_is_named(played):
    _, _, api, phone = played
    send(api, text(type="document", document={"link": "https://loja.example/a.pdf"}))
    assert last(phone)["file"] == {"name": "https://loja.example/a.pdf", "url": "", "size": 0}


def test_reactions_of_the_shop_are_no_messages_of_their_own(played):
    _, _, api, phone = played
    id = last(phone)["id"]
    send(api, text(type="reaction", reaction={"message_id": id, "emoji": "🙏"}))
    assert [bubble["id"] for bubble in seen(phone)["talk"]["bubbles"]] == [id]
    assert last(phone)["reactions"] == ["🙏"]
    assert seen(phone)["talks"][0]["last"]["text"] == "🙏"


def test_half_a_character_breaks_nothing(played):
    """JSON may carry a lone surrogate, which no text in UTF-8 can."""
    _, _, api, phone = played
    raw = json.dumps(text(body="a\ud83d"))
    assert api.post(f"{NUMBER.id}/messages", content=raw).status_code == 200
    assert seen(phone)["talk"]["bubbles"][-1]["text"] == "a\ud83d"
    wrong = json.dumps(text(type="template", template={"name": "\ud83d"}))
    assert api.post(f"{NUMBER.id}/messages", content=wrong).status_code == 404


def test_the_shop_is_seen_typing_until_it_sends(played):
    sim, _, api, phone = played
    typing = {"typing_indicator": {"type": "text"}, "message_id": last(phone)["id"]}
    send(api, {"messaging_product": "whatsapp", "status": "read"} | typing)
    assert seen(phone)["talk"]["is_typing"]
    sim._clock.go_on(25)
    assert not seen(phone)["talk"]["is_typing"]
    send(api, {"messaging_product": "whatsapp", "status": "read"} | typing)
    send(api, text())
    assert not seen(phone)["talk"]["is_typing"]


def test_orders_have_no_words(played):
    sim, _, _, phone = played
    sim.customer_writes(ANA, kind="order")
    assert (last(phone)["kind"], last(phone)["text"]) == ("order", "")


def test_looking_at_a_talk_reads_it_once(played):
    sim, box, api, phone = played
    send(api, text())
    for _ in range(2):  # sent, delivered
        sim.pump._take(None).act(sim._clock())
    assert do(phone, "seen", talk=KEY).json() == {"read": 1}
    assert do(phone, "seen", talk=KEY).json() == {"read": 0}
    sim.run_all()
    told = [item["status"] for item in box.items("statuses")]
    assert told == ["sent", "delivered", "read"]
    assert seen(phone)["talks"][0]["unread"] == 0


def test_what_has_not_arrived_yet_is_read_when_it_arrives(played):
    sim, box, api, phone = played
    send(api, text())
    assert do(phone, "seen", talk=KEY).json() == {"read": 0}
    for _ in range(2):  # sent, delivered
        assert seen(phone)["talks"][0]["unread"] == 0
        sim.pump._take(None).act(sim._clock())
    assert seen(phone)["talks"][0]["unread"] == 1
    assert do(phone, "seen", talk=KEY).json() == {"read": 1}
    sim.run_all()
    assert "read" in [item["status"] for item in box.items("statuses")]


def test_listening_to_a_voice_plays_it(played):
    sim, box, api, phone = played
    id = send(api, text()).json()["messages"][0]["id"]
    assert do(phone, "played", id=id).json() == {}
    sim.run_all()
    do(phone, "played", id=id)
    do(phone, "played", id=id)
    do(phone, "played", id="wamid.none")
    sim.run_all()
    assert [item["status"] for item in box.items("statuses")][-1] == "played"
    assert len(box.items("statuses")) == 4


def test_a_fault_can_be_chosen_and_taken_back(played):
    _, _, api, phone = played
    do(phone, "fault", talk=KEY, fault="refuse_131047")
    assert seen(phone)["talk"]["fault"] == "refuse_131047"
    do(phone, "fault", talk=KEY, fault="bare_500")
    assert seen(phone)["talk"]["fault"] == "bare_500"
    assert [send(api, text()).status_code for _ in range(2)] == [500, 200]
    do(phone, "fault", talk=KEY, fault="bare_500")
    do(phone, "fault", talk=KEY, fault="none")
    assert send(api, text()).status_code == 200


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("(81) 98765-4321", "5581987654321"),
        ("11 3003-1000", "551130031000"),
        ("+1 415 555 0123", "14155550123"),
        ("5511999131047", "5511999131047"),
    ],
)
def test_a_new_customer_has_the_phone_that_was_written(played, written, kept):
    sim, _, _, phone = played
    sim._clock.go_on(1)
    key = do(phone, "customers", name="Bia", phone=written).json()["key"]
    assert key == f"{NUMBER.id}:{kept}"
    talk = seen(phone, key)
    assert talk["talks"][0]["key"] == key  # in front, to be written to
    assert (talk["talk"]["name"], talk["talk"]["closes_at"]) == ("Bia", None)


def test_a_new_customer_may_have_any_phone_or_none(played):
    phone = played[3]
    made = [do(phone, "customers", name="Bia").json()["key"] for _ in range(2)]
    assert len(set(made)) == 2
    assert all(re.fullmatch(rf"{NUMBER.id}:551198\d{{7}}", key) for key in made)
    key = do(phone, "customers", name="Bia Rocha", hidden="on").json()["key"]
    talk = seen(phone, key)["talk"]
    assert (talk["name"], talk["phone"]) == ("Bia Rocha", None)
    assert do(phone, "customers", name="!", hidden="on").status_code == 200


def test_a_phone_that_is_none_is_refused(played):
    answer = do(played[3], "customers", name="Bia", phone="12")
    assert (answer.status_code, answer.json()) == (400, {"why": WORDS["why_phone"].pt})


def test_a_talk_that_is_gone_is_said(played):
    answer = do(played[3], "write", talk="none", text="a")
    assert (answer.status_code, answer.json()) == (400, {"why": WORDS["why_unknown"].pt})


def test_a_new_customer_may_write_to_another_number():
    other = Number("2", phone="551130032000", name="Assistência")
    sim, _ = offline(NUMBER, other)
    with sim, httpx.Client(base_url=sim.origin) as phone:
        key = do(phone, "customers", name="Bia", phone="11987650000", number="2").json()["key"]
        assert seen(phone, key)["talk"]["shop"] == "Assistência"


def test_other_pages_can_change_nothing(played):
    """A form of elsewhere can be posted here, but not with our header."""
    phone = played[3]
    for name in ("write", "customers", "seen", "played", "fault"):
        assert phone.post(f"/phone/{name}", data={"talk": KEY}).status_code == 403
    assert phone.get("/phone/state", headers={"host": "evil.example"}).status_code == 400


def test_the_state_waits_for_news():
    with listening() as (sim, _, _), httpx.Client(base_url=sim.origin, timeout=20) as phone:
        import threading

        now = seen(phone)["changes"]
        threading.Timer(0.5, lambda: sim.customer_writes(ANA, "Oi")).start()
        later = phone.get("/phone/state", params={"since": now}).json()
        assert later["changes"] > now
        assert len(later["talks"]) == 1


def test_a_state_without_news_is_told_after_a_while(played, monkeypatch):
    from console.channels.simulator import phone as module

    monkeypatch.setattr(module, "_LOOKS", 2)
    now = seen(played[3])["changes"]
    assert played[3].get("/phone/state", params={"since": now}).json()["changes"] == now
