"""What the simulated provider accepts, and how it refuses."""

import pytest

from console.channels.simulator import AT_ONCE, Customer, Number
from console.channels.simulator.people import bsuid_of, other_spelling
from console.domain.ids import HOUR, SECOND
from simulated import ANA, NUMBER, caller, error, listening, offline, send, text

AT = "messaging_product"


@pytest.fixture(scope="module")
def open_window():
    """One simulator for all tests of this file to which Ana has just written."""
    with listening() as (sim, box, api):
        sim.customer_writes(ANA, "Oi")
        yield sim, box, api


def of(kind, value, to=ANA.phone, **more):
    return {AT: "whatsapp", "to": to, "type": kind, kind: value} | more


def template(name, *components, language="pt_BR"):
    value = {"name": name, "language": {"code": language}}
    return of("template", value | ({"components": list(components)} if components else {}))


def texts(place, *values, **more):
    return {"type": place, "parameters": [{"type": "text", "text": v} for v in values]} | more


def test_an_accepted_text_answers_with_its_id(open_window):
    sim, _, api = open_window
    answer = send(api, text(biz_opaque_callback_data="outbox-1"))
    entry = sim.ledger.entries[-1]
    assert answer.status_code == 200
    assert answer.json() == {
        AT: "whatsapp",
        "contacts": [{"input": ANA.phone, "wa_id": ANA.phone}],
        "messages": [{"id": entry.id}],
    }
    assert entry.id.startswith("wamid.SIM")
    assert (entry.correlation, entry.to, entry.number) == ("outbox-1", ANA.phone, NUMBER.id)
    assert entry.body["text"] == {"body": "Olá!"}


def test_ids_are_never_given_twice(open_window):
    _, _, api = open_window
    ids = [send(api, text()).json()["messages"][0]["id"] for _ in range(20)]
    assert len(set(ids)) == 20


GOOD = [
    of("text", {"body": "x" * 4096, "preview_url": True}),
    of("image", {"link": "https://loja.example/a.jpg", "caption": "Foto"}),
    of("document", {"link": "https://loja.example/a.pdf", "filename": "a.pdf"}),
    of("audio", {"link": "https://loja.example/a.mp3"}),
    of("location", {"latitude": "-23.5", "longitude": -46.6, "name": "Loja"}),
    of("contacts", [{"name": {"formatted_name": "Sônia", "first_name": "Sônia"}}]),
    of("interactive", {"type": "button", "body": {"text": "Qual?"}, "action": {"buttons": []}}),
    {AT: "whatsapp", "to": f"+{ANA.phone}", "text": {"body": "sem tipo"}},
    text(context={"message_id": "wamid.any"}),
    text(biz_opaque_callback_data="x" * 512),
    template("pedido_pago", texts("body", "Ana", "A-1", "10,00")),
    template(
        "codigo_de_rastreio",
        texts("body", "Ana", "AB1"),
        texts("button", "AB1", sub_type="url", index="0"),
    ),
    template("lembrete_de_horario", texts("body", "Ana", "hoje", "14h")),
    template("podemos_continuar", texts("body", "Ana")),
    template(
        "novidades_da_semana",
        {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]},
        texts("body", "velas"),
    ),
]


@pytest.mark.parametrize("body", GOOD, ids=lambda b: b.get("type", "none"))
def test_a_right_message_is_accepted(open_window, body):
    sim, _, api = open_window
    before = len(sim.ledger.entries)
    assert send(api, body).status_code == 200
    assert len(sim.ledger.entries) == before + 1


WRONG = [
    (b"{", 100, "The request body is not valid JSON."),
    (b"[]", 100, "The request body is not an object."),
    ({"to": ANA.phone}, 100, "The parameter messaging_product is required."),
    ({AT: "whatsapp", "text": {"body": "a"}}, 100, "The parameter to is required."),
    (text("abc"), 131009, "Param to is not a phone number."),
    (text("1234567"), 131009, "Param to is not a phone number."),
    (text(NUMBER.phone), 131021, "Sender and recipient are the same number."),
    (text(body=""), 100, "Param text['body'] must be a non-empty string."),
    (text(body=5), 100, "Param text['body'] must be a non-empty string."),
    (text(body="x" * 4097), 100, "Param text['body'] must be at most 4096 characters long."),
    (of("text", "a"), 131008, "Parameter text is mandatory for type text."),
    (of("contacts", {}), 131008, "Parameter contacts is mandatory for type contacts."),
    (
        of("contacts", [{}]),
        131008,
        "Parameter contacts['name']['formatted_name'] is mandatory.",
    ),
    (of("contacts", ["a"]), 131008, "Parameter contacts['name']['formatted_name'] is mandatory."),
    (
        text(biz_opaque_callback_data="x" * 513),
        100,
        "biz_opaque_callback_data has 512 characters at most.",
    ),
    (of("image", {}), 100, "Exactly one of id and link is required in image."),
    (
        of("image", {"id": "1", "link": "https://a.example"}),
        100,
        "Exactly one of id and link is required in image.",
    ),
    (of("image", {"id": "7"}), 131009, "Media id 7 is not known or has expired."),
    (
        of("audio", {"link": "https://a.example/a.mp3", "caption": "a"}),
        100,
        'Unexpected key "caption" on param "audio".',
    ),
    (
        of("image", {"link": "https://a.example/a.png", "caption": "x" * 1025}),
        100,
        "Param image['caption'] must be at most 1024 characters long.",
    ),
    (
        of("location", {"latitude": 91, "longitude": 0}),
        131009,
        "Param location['latitude'] is not a coordinate.",
    ),
    (
        of("location", {"latitude": 0, "longitude": "oeste"}),
        131009,
        "Param location['longitude'] is not a coordinate.",
    ),
    (
        of("reaction", {"message_id": "wamid.1", "emoji": "👍"}),
        131009,
        "reaction['message_id'] is not a known message.",
    ),
    (
        of("reaction", {"message_id": "wamid.1"}),
        131008,
        "Parameter reaction['emoji'] is mandatory.",
    ),
    (
        of("interactive", {"type": "button"}),
        131008,
        "Parameters interactive['action'] and ['body'] are mandatory.",
    ),
    (
        of("interactive", {"body": {"text": "a"}, "action": {"buttons": [1, 2, 3, 4]}}),
        131009,
        "interactive['action']['buttons'] has 3 at most.",
    ),
    (
        template("pesquisa_de_satisfacao", texts("body", "Ana")),
        132001,
        "template name (pesquisa_de_satisfacao) does not exist in pt_BR",
    ),
    (
        template("pedido_pago", texts("body", "a", "b", "c"), language="en"),
        132001,
        "template name (pedido_pago) does not exist in en",
    ),
    (
        template("pedido_pago", texts("body", "a")),
        132000,
        "body: number of localizable_params (1) does not match the expected number of params (3)",
    ),
    (template("podemos_continuar", texts("body", "")), 131008, "body: a text parameter is empty"),
    (
        template("codigo_de_rastreio", texts("body", "a", "b")),
        132000,
        (
            "button 0: number of localizable_params (0) does not match the expected number of"
            " params (1)"
        ),
    ),
    (
        template("novidades_da_semana", texts("body", "a")),
        132000,
        "header: number of parameters (0) is not 1",
    ),
    (
        template("novidades_da_semana", texts("header", "a"), texts("body", "a")),
        132012,
        "header: Format mismatch, expected IMAGE",
    ),
]


@pytest.mark.parametrize(("body", "code", "details"), WRONG)
def test_a_wrong_message_is_refused_and_not_in_the_ledger(open_window, body, code, details):
    sim, _, api = open_window
    before = len(sim.ledger.entries)
    raw = {"content": body} if isinstance(body, bytes) else {"json": body}
    answer = api.post(f"{NUMBER.id}/messages", **raw)
    http = {132001: 404}.get(code, 400)
    assert error(answer) == (http, code, details)
    assert len(sim.ledger.entries) == before


def test_an_unknown_type_names_the_known_ones(open_window):
    http, code, details = error(send(open_window[2], of("poll", {})))
    assert (http, code) == (400, 100)
    assert details.startswith("Param type must be one of {audio, contacts, document,")


def test_the_error_body_is_the_published_one(open_window):
    said = send(open_window[2], text(body="")).json()["error"]
    assert said.pop("fbtrace_id").startswith("A")
    assert said == {
        "message": "(#100) Invalid parameter",
        "type": "OAuthException",
        "code": 100,
        "error_data": {
            AT: "whatsapp",
            "details": "Param text['body'] must be a non-empty string.",
        },
    }


@pytest.mark.parametrize(
    ("headers", "code"),
    [({"authorization": ""}, 104), ({"authorization": "Bearer other"}, 190)],
)
def test_without_the_token_nothing_is_answered(open_window, headers, code):
    answer = open_window[2].post(f"{NUMBER.id}/messages", json=text(), headers=headers)
    assert error(answer)[:2] == (401, code)


def test_another_number_is_no_object(open_window):
    _, _, api = open_window
    answer = send(api, text(), "999")
    assert error(answer)[:2] == (400, 100)
    assert answer.json()["error"]["error_subcode"] == 33
    assert error(api.get("999/message_templates"))[:2] == (400, 100)
    assert error(api.get("999"))[:2] == (400, 100)


def test_another_host_name_is_not_served(open_window):
    """A page of elsewhere whose name resolves to the loopback reaches nothing."""
    _, _, api = open_window
    assert api.get(NUMBER.id, headers={"host": "evil.example"}).status_code == 400


def test_the_window_opens_with_a_message_and_closes_after_a_day():
    with listening() as (sim, _, api):
        assert error(send(api, text()))[:2] == (400, 131047)
        sim.customer_writes(ANA, "Oi")
        assert send(api, text()).status_code == 200
        sim._clock.go_on(24 * 3600 - 1)
        assert send(api, text()).status_code == 200
        sim._clock.go_on(1)
        assert error(send(api, text()))[:2] == (400, 131047)
        body = template("podemos_continuar", texts("body", "Ana"))
        assert send(api, body).json()["messages"][0]["message_status"] == "accepted"


def test_a_reaction_opens_no_window():
    with listening() as (sim, _, api):
        sim.know(ANA, sim._clock() - 25 * HOUR)
        sim.customer_writes(ANA, "👍", kind="reaction", target="wamid.old")
        assert error(send(api, text()))[:2] == (400, 131047)


def test_who_wrote_before_the_simulator_ran_can_be_made_known():
    with listening() as (sim, _, api):
        sim.know(ANA, sim._clock() - 23 * HOUR)
        assert send(api, text()).status_code == 200


@pytest.mark.parametrize(
    ("phone", "other"),
    [
        ("5511987654321", "551187654321"),
        ("551187654321", "5511987654321"),
        ("551132654321", None),
        ("5511912345678", None),
        ("14155550123", None),
    ],
)
def test_a_brazilian_mobile_has_two_spellings(phone, other):
    assert other_spelling(phone) == other


def test_both_spellings_reach_the_same_person():
    with listening() as (sim, _, api):
        sim.customer_writes("551187654321", "Oi")
        said = send(api, text("5511987654321")).json()["contacts"]
        assert said == [{"input": "5511987654321", "wa_id": "551187654321"}]


def test_who_has_no_phone_is_reached_by_their_identifier():
    nobody = Customer(None, "Bia", "BR.77", username="bia")
    with listening() as (sim, _, api):
        sim.customer_writes(nobody, "Oi")
        body = {AT: "whatsapp", "recipient": "BR.77", "type": "text", "text": {"body": "Olá"}}
        said = send(api, body).json()
        assert said["contacts"] == [{"input": "BR.77", "user_id": "BR.77"}]
        assert sim.ledger.entries[-1].to == "BR.77"
        assert error(send(api, body | {"recipient": "BR.78"}))[:2] == (400, 131026)


def test_a_phone_has_one_identifier_per_business():
    assert bsuid_of("1", ANA.phone) == bsuid_of("1", ANA.phone) != bsuid_of("2", ANA.phone)
    with listening() as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        bsuid = bsuid_of(NUMBER.business, ANA.phone)
        body = {AT: "whatsapp", "recipient": bsuid, "type": "text", "text": {"body": "Olá"}}
        assert send(api, body).status_code == 200


def test_marking_as_read_marks_all_that_came_before():
    with listening() as (sim, _, api):
        first = sim.customer_writes(ANA, "Oi")
        second = sim.customer_writes(ANA, "Tudo bem?", in_s=1)
        third = sim.customer_writes(ANA, "?", in_s=2)
        seen = {AT: "whatsapp", "status": "read", "message_id": second}
        typing = seen | {"typing_indicator": {"type": "text"}}
        assert send(api, typing).json() == {"success": True}
        read = {id: sim.world.bubble(id)[1].is_read for id in (first, second, third)}
        assert read == {first: True, second: True, third: False}
        assert sim.ledger.entries == []


@pytest.mark.parametrize("wrong", [{"message_id": "wamid.none"}, {"status": "seen"}, "ours"])
def test_only_a_received_message_can_be_marked(wrong):
    with listening() as (sim, _, api):
        id = sim.customer_writes(ANA, "Oi")
        if wrong == "ours":
            wrong = {"message_id": send(api, text()).json()["messages"][0]["id"]}
        body = {AT: "whatsapp", "status": "read", "message_id": id} | wrong
        assert error(send(api, body)) == (400, 131009, "message_id is not a received message.")


def test_a_reaction_of_the_shop_is_put_on_the_message():
    with listening() as (sim, _, api):
        id = sim.customer_writes(ANA, "Obrigada!")
        send(api, of("reaction", {"message_id": id, "emoji": "❤️"}))
        assert sim.world.bubble(id)[1].reactions == {"shop": "❤️"}


def test_who_sends_too_fast_is_refused():
    with listening(is_limited=True) as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        codes = [send(api, text()).status_code for _ in range(45)]
        assert codes == [200] * 45
        assert error(send(api, text()))[:2] == (400, 131056)
        sim._clock.go_on(6)
        assert send(api, text()).status_code == 200
        for n in range(100):
            sim.know(f"55119876500{n:02}", sim._clock())
        answers = [send(api, text(f"55119876500{n:02}")) for n in range(80)]
        assert error(answers[-1])[:2] == (400, 130429)


def test_health_tells_the_number(open_window):
    said = open_window[2].get(NUMBER.id).json()
    assert said["display_phone_number"] == f"+{NUMBER.phone}"
    assert (said["verified_name"], said["quality_rating"]) == ("Loja Aurora", "GREEN")


def test_templates_come_in_pages(open_window):
    _, _, api = open_window
    url, found = f"{NUMBER.business}/message_templates?limit=3", []
    pages = 0
    while url:
        page = api.get(url).json()
        found += page["data"]
        url, pages = page["paging"].get("next"), pages + 1
    assert pages == 3
    assert [t["status"] for t in found] == ["APPROVED"] * 5 + ["PENDING", "REJECTED"]
    assert {t["language"] for t in found} == {"pt_BR"}
    assert api.get(f"{NUMBER.business}/message_templates?limit=x").json()["data"] == found


def test_a_second_number_has_talks_of_its_own():
    other = Number("100000000000002", phone="551130032000", token="other", webhook=NUMBER.webhook)
    sim, box = offline(NUMBER, pace=AT_ONCE)
    sim.add_number(other)
    with sim, caller(sim, "other") as api:
        sim.customer_writes(ANA, "Oi", number=other.id)
        assert error(send(api, text()))[:2] == (400, 131047)
        assert send(api, text(), other.id).status_code == 200
        sim.run_all()
    assert {v["metadata"]["phone_number_id"] for v in box.values} == {other.id}


def test_outside_its_block_it_listens_nowhere():
    sim, _ = offline()
    with pytest.raises(RuntimeError, match="listens inside"):
        sim.base_url  # noqa: B018 - reading it is the wish


def test_the_clock_decides_the_instant_of_an_entry():
    with listening() as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        sim._clock.go_on(5)
        send(api, text())
        assert sim.ledger.entries[0].at == sim._clock.at
        assert sim._clock.at % SECOND == 0
