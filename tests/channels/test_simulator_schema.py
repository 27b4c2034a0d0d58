"""The simulated webhooks and answers against the published description of the API."""

import gzip
import json
import warnings

import pytest

from console.channels.simulator.samples import OF_KIND, SAMPLES
from simulated import ANA, NUMBER, listening, send, text

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012 as DRAFT

SPEC = "meta_openapi/business-messaging-api_v23.0.overlaid.json.gz"
# It does not know edits, deletions, echoes and `played`; contact cards fail it as Meta's own do.


@pytest.fixture(scope="module")
def schema(pack):
    """Validates a value as one of the named schemas."""
    with gzip.open(pack / SPEC) as file:
        spec = json.load(file)
    registry = Registry().with_resource("urn:spec", DRAFT.create_resource(spec))

    def problems(name, value):
        reference = {"$ref": f"urn:spec#/components/schemas/{name}"}
        found = Draft202012Validator(reference, registry=registry).iter_errors(value)
        return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in found]

    return problems


KINDS = [*OF_KIND, "text", "location", "order", "button_reply", "list_reply", "button"]
PRESSED = ("button_reply", "list_reply", "button")  # always an answer to a message
KINDS += ["unsupported", "reaction"]


@pytest.mark.pack
@pytest.mark.parametrize("kind", KINDS)
def test_what_customers_write_is_as_published(schema, kind):
    with listening() as (sim, box, _):
        more = {"target": "wamid.1"} if kind == "reaction" else {}
        more |= {"reply_to": "wamid.1"} if kind in PRESSED else {}
        sim.customer_writes(ANA, "Olá", kind=kind, **more)
        sim.run_all()
    assert schema("WebhookPayload", box.bodies[0]) == []


@pytest.mark.pack
def test_a_new_number_is_as_published(schema):
    with listening() as (sim, box, _):
        sim.changes_number(ANA, "5521912345678")
        sim.run_all()
    assert schema("WebhookPayload", box.bodies[0]) == []


@pytest.mark.pack
@pytest.mark.parametrize("to", [ANA.phone, "5511997131026", "5511998000014"])
def test_statuses_are_as_published(schema, to):
    with listening() as (sim, box, api):
        sim.know(to, sim._clock())
        said = send(api, text(to, biz_opaque_callback_data="outbox-1")).json()
        sim.run_all()
    assert schema("MessageResponsePayload", said) == []
    assert [problem for body in box.bodies for problem in schema("WebhookPayload", body)] == []
    assert len(box.items("statuses")) >= 2


@pytest.mark.pack
def test_several_updates_in_one_body_are_as_published(schema):
    with listening() as (sim, box, api):
        with sim.together():
            sim.customer_writes(ANA, "Oi")
            sim.customer_writes("5521998887766", kind="image")
        id = send(api, text()).json()["messages"][0]["id"]
        with sim.together():
            sim.tells_status(id, "delivered")
            sim.customer_writes(ANA, "E aí?")
        sim.run_all()
    assert [problem for body in box.bodies for problem in schema("WebhookPayload", body)] == []


@pytest.mark.pack
def test_the_published_sends_are_accepted(pack):
    """Every example of Meta's but catalogues, flows and orders, and templates of elsewhere."""
    others = ("catalog", "product", "flow", "order", "template", "reaction", "typing", "list")
    files = sorted((pack / "meta_openapi/send").glob("*.json"))
    examples = {file.stem: json.loads(file.read_text()) for file in files}
    taken = {
        name: example
        for name, example in examples.items()
        if example.get("type") != "template" and not any(word in name for word in others)
    }
    with listening() as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        answers = {name: send(api, filled(sim, body)).status_code for name, body in taken.items()}
    assert len(answers) == 28
    assert [name for name, status in answers.items() if status != 200] == []


def filled(sim, example):
    """An example with a recipient, and with media that exist."""
    kind = example.get("type", "text")
    made = example | {"to": ANA.phone}
    if "id" in (example[kind] if isinstance(example[kind], dict) else {}):
        files, key = sim.world.files, {"audio": "voice"}.get(kind, kind)
        sample = SAMPLES[OF_KIND[key]]
        kept = files.add(NUMBER.id, sample.mime, sample.content(), "a", sim._clock() + 1)
        made[kind] = example[kind] | {"id": kept.id}
    return made
