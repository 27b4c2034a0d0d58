"""Recorded bodies once more: every one is taken, and taking it again changes nothing."""

import json

import pytest
from sqlalchemy import select

from build import Centre
from console.gateway.replay import FAILED, KNOWN, NEW, REFUSED, Replay
from console.store import tables
from console.store.doctor import examine
from wired import Wires

COUNTED = ("message", "conversation", "contact", "address", "event", "reaction", "delivery_fact")


@pytest.fixture
def centre(store):
    return Centre(store)


@pytest.fixture
def replay(centre):
    return Replay(centre.store, Wires(), centre.loja)


def line(body, **headers):
    return json.dumps({"headers": headers, "body": body})


def text(id_="wamid.1", words="Oi", at="1700000000", phone="5511987654321"):
    message = {"from": phone, "id": id_, "timestamp": at, "type": "text", "text": {"body": words}}
    return value(messages=[message], contacts=[{"profile": {"name": "Rita"}, "wa_id": phone}])


def value(**more):
    metadata = {"display_phone_number": "551130031000", "phone_number_id": "1"}
    change = {"messaging_product": "whatsapp", "metadata": metadata, **more}
    changes = [{"field": "messages", "value": change}]
    return {"object": "whatsapp_business_account", "entry": [{"id": "2", "changes": changes}]}


def rows(store):
    with store.read() as connection:
        return {
            name: sorted(
                repr(tuple(row)) for row in connection.execute(select(tables.metadata.tables[name]))
            )
            for name in COUNTED
        }


def test_a_line_says_what_became_of_it(centre, replay):
    lines = [line(text()), "", "{", json.dumps({"headers": {}}), line("no json at all")]
    told = list(replay.lines(lines))
    assert [(one.number, one.became) for one in told] == [
        (1, NEW),
        (3, REFUSED),
        (4, REFUSED),
        (5, NEW),
    ]
    assert told[0].document == {
        "line": 1,
        "became": "new",
        "facts": 1,
        "done": 1,
        "known": 0,
        "parked": 0,
        "unhandled": 0,
        "problem": None,
    }
    assert told[3].document["unhandled"] == 1
    assert centre.state(_only(centre.store)).unread_n == 1


def _only(store):
    with store.read() as connection:
        return connection.scalars(select(tables.conversation.c.id)).one()


def test_repeating_changes_nothing(centre, replay):
    lines = [line(text()), line(text(words="Oi de novo", id_="wamid.2"))]
    list(replay.lines(lines))
    before = rows(centre.store)
    assert [one.became for one in replay.lines(lines)] == [KNOWN, KNOWN]
    # The same message in other bytes is known by its id.
    again = json.dumps({"body": json.dumps(text(), indent=1)})
    (told,) = replay.lines([again])
    assert (told.became, told.results["known"]) == (NEW, 1)
    assert rows(centre.store) == before


def test_a_fact_about_a_message_that_comes_later_waits_for_it(centre, replay):
    reaction = {
        "from": "5511987654321",
        "id": "wamid.9",
        "timestamp": "1700000009",
        "type": "reaction",
        "reaction": {"message_id": "wamid.1", "emoji": "❤️"},
    }
    told = list(replay.lines([line(value(messages=[reaction])), line(text())]))
    assert told[0].results == {"parked": 1}
    with centre.store.read() as connection:
        assert connection.scalars(select(tables.reaction.c.emoji)).all() == ["❤️"]
        assert connection.scalars(select(tables.pending_effect.c.id)).all() == []


def bodies_of(pack):
    for file in sorted((pack / "webhooks_dev").glob("*.json")):
        found = json.loads(file.read_text())
        yield from (found.values() if "entry" not in found else [found])
    for file in sorted((pack / "meta_openapi/webhooks").glob("*.json")):
        yield json.loads(file.read_text())
    for shape in json.loads((pack / "evolution_shapes/evo_baileys_shapes.json").read_text()):
        data = shape.get("data", shape) if isinstance(shape, dict) else shape
        yield {"event": "messages.upsert", "instance": "i", "data": data}


def items(body):
    values = [c["value"] for e in body.get("entry", []) for c in e.get("changes", [])]
    lists = ("messages", "message_echoes", "statuses")
    return sum(max(1, sum(len(v.get(name, [])) for name in lists)) for v in values) or 1


def test_every_body_of_the_pack_is_taken(centre, replay, pack):
    bodies = list(bodies_of(pack))
    assert len(bodies) >= 74 + 16 + 27
    lines = [line(body) for body in bodies]
    for body, told in zip(bodies, replay.lines(lines), strict=True):
        assert told.became in {NEW, KNOWN}, told.problem
        assert told.became == KNOWN or sum(told.results.values()) >= items(body)
    before = rows(centre.store)
    assert {told.became for told in replay.lines(lines)} == {KNOWN}
    assert rows(centre.store) == before
    with centre.store.read() as connection:
        assert list(examine(connection)) == []
        assert FAILED not in connection.scalars(select(tables.webhook_raw.c.state)).all()
