"""The Cloud channel and the simulator, which know nothing of each other, agree on every word."""

import hashlib
from dataclasses import replace

import pytest

from build import MONDAY_9H
from console.channels import wire
from console.channels.base import (
    Accepted,
    Account,
    Action,
    Fetched,
    HealthState,
    MediaOut,
    Outbound,
    Rejected,
    TemplateOut,
    Unknown,
    Uploaded,
)
from console.channels.cloud import Cloud
from console.channels.graph_errors import spoken
from console.channels.inbound import Kind, MessageIn, PeerId, StatusIn, Unhandled
from console.channels.simulator import FAULTS, Customer
from console.channels.simulator.faults import Answer
from console.channels.simulator.writing import KINDS
from simulated import ANA, listening

TO = PeerId(phone=ANA.phone)


@pytest.fixture
def world():
    with listening() as (sim, box, _):
        sim.customer_writes(ANA, "Oi")
        sim.run_all()
        number = sim.number()
        cloud = Cloud(
            Account(
                number.id,
                sim.base_url,
                token=number.token,
                webhook_secrets=(number.secret,),
                verify_token=number.verify_token,
                business=number.business,
                may_be_local=True,
            )
        )
        yield sim, box, cloud
        cloud.close()


def facts(cloud, box):
    """What the box got since it was last looked into, authentic bodies only."""
    found = []
    for _, body, headers in box.got:
        lower = {key.lower(): value for key, value in headers.items()}
        if cloud.verify(lower, body, MONDAY_9H):
            found += cloud.parse_webhook(body, MONDAY_9H)
    box.got.clear()
    return found


def test_a_text_and_its_three_statuses(world):
    sim, box, cloud = world
    box.got.clear()
    result = cloud.send(Outbound("01J1", TO, text="Olá!"))
    assert isinstance(result, Accepted)
    sim.run_all()
    told = facts(cloud, box)
    assert [(f.id, f.status, f.correlation) for f in told if isinstance(f, StatusIn)] == [
        (result.provider_id, status, "01J1") for status in ("sent", "delivered", "read")
    ]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_message_is_read(world, kind):
    sim, box, cloud = world
    first = cloud.send(Outbound("01J1", TO, text="Olá!")).provider_id
    sim.run_all()
    box.got.clear()
    target = {"target": first} if kind in {"reaction", "edit", "revoke"} else {}
    sim.customer_writes(ANA, "Oi", kind=kind, **target)
    sim.run_all()
    (fact,) = facts(cloud, box)
    assert not isinstance(fact, Unhandled)
    assert fact.peer.phone == ANA.phone
    if isinstance(fact, MessageIn) and kind != "unsupported":
        assert fact.kind is not Kind.UNSUPPORTED


def test_a_customer_without_a_phone(world):
    sim, box, cloud = world
    box.got.clear()
    sim.customer_writes(Customer(None, "Rui", bsuid="BR.7", username="rui"), "Oi")
    sim.run_all()
    (fact,) = facts(cloud, box)
    assert (fact.peer.phone, fact.peer.bsuid, fact.peer.username) == (None, "BR.7", "rui")
    assert isinstance(cloud.send(Outbound("01J1", fact.peer, text="Olá")), Accepted)


EXPECTED = {
    Answer.REFUSE: Rejected,
    Answer.BARE_AFTER: Unknown,
    Answer.CUT_BEFORE: Unknown,
    Answer.CUT_AFTER: Unknown,
    Answer.HALF: Unknown,
    Answer.SLOW: Accepted,
    Answer.NORMAL: Accepted,
    Answer.HANG: Unknown,
    Answer.HANG_BEFORE: Unknown,
}


@pytest.mark.parametrize("key", FAULTS)
def test_every_fault_has_its_outcome_and_no_refusal_was_accepted(world, key, monkeypatch):
    monkeypatch.setattr(wire, "TOTAL_S", 3.0)
    sim, box, cloud = world
    fault = FAULTS[key]
    sim.faults.next(key)
    result = cloud.send(Outbound("01J1", TO, text="Olá!"))
    expected = EXPECTED.get(fault.answer, Unknown if fault.http >= 500 else Rejected)
    assert isinstance(result, expected), result
    accepted = sim.ledger.of("01J1")
    assert len(accepted) <= 1
    if isinstance(result, Rejected):
        assert accepted == []
        assert "{" not in spoken(result.error).pt
    if isinstance(result, Accepted):
        assert [entry.id for entry in accepted] == [result.provider_id]
    sim.run_all()
    facts(cloud, box)


def test_files_go_out_and_come_in(world, tmp_path):
    sim, box, cloud = world
    box.got.clear()
    path = tmp_path / "nota.pdf"
    path.write_bytes(b"%PDF-1.4 nota")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    media = MediaOut(Kind.DOCUMENT, path, "application/pdf", "nota.pdf", 13, digest)
    uploaded = cloud.upload(media, MONDAY_9H)
    assert isinstance(uploaded, Uploaded), uploaded
    ready = replace(media, provider_id=uploaded.provider_id)
    assert isinstance(cloud.send(Outbound("01J1", TO, "a nota", media=ready)), Accepted)
    sim.run_all()
    box.got.clear()
    for kind in ("image", "voice", "document", "sticker", "video", "audio"):
        sim.customer_writes(ANA, kind=kind)
        sim.run_all()
        (fact,) = facts(cloud, box)
        assert fact.media.sha256
        found = cloud.fetch_media(fact.media, tmp_path / kind, 10**8)
        assert isinstance(found, Fetched), found
        assert found.sha256 == fact.media.sha256


def test_the_number_is_well_and_a_message_is_read(world):
    sim, _, cloud = world
    health = cloud.health()
    assert (health.state, health.phone, health.name) == (
        HealthState.OK,
        sim.number().phone,
        sim.number().name,
    )
    wrote = sim.customer_writes(ANA, "Oi")
    sim.run_all()
    assert cloud.mark_read(TO, wrote) == Accepted(wrote)


def test_every_template_is_sent_as_it_is_listed(world, tmp_path):
    _, _, cloud = world
    templates = cloud.templates()
    assert {template.status for template in templates} > {"APPROVED"}
    for template in templates:
        result = cloud.send(Outbound(template.name, TO, template=filled(cloud, template, tmp_path)))
        if template.status == "APPROVED":
            assert isinstance(result, Accepted), template.name
        else:
            assert (result.error.code, result.action) == (132001, Action.PERMANENT)


def filled(cloud, template, folder):
    """A template with an `x` for each of its values, and a picture where it has one."""
    parts = {part.kind: part for part in template.parts if part.kind != "button"}
    buttons = [part for part in template.parts if part.kind == "button"]
    header, body = parts.get("header"), parts["body"]
    return TemplateOut(
        template.name,
        template.language,
        header=("x",) * (header.n if header else 0),
        body=("x",) * body.n,
        buttons=tuple((at, "x") for at, part in enumerate(buttons) if part.n),
        header_names=header.names if header else (),
        body_names=body.names,
        header_media=picture(cloud, folder) if header and header.form == "image" else None,
    )


def picture(cloud, folder):
    path = folder / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 20)
    media = MediaOut(Kind.IMAGE, path, "image/png", "a.png", path.stat().st_size, "0" * 64)
    return replace(media, provider_id=cloud.upload(media, MONDAY_9H).provider_id)


def test_the_handshake_is_answered(world):
    sim, _, cloud = world
    query = {
        "hub.mode": "subscribe",
        "hub.verify_token": sim.number().verify_token,
        "hub.challenge": "1",
    }
    assert cloud.handshake(query) == "1"


def test_an_echo_of_the_phone(world):
    sim, box, cloud = world
    box.got.clear()
    sim.phone_sends(ANA, "Do celular")
    sim.run_all()
    echoes = [f for f in facts(cloud, box) if isinstance(f, MessageIn)]
    assert [(f.from_me, f.peer.phone, f.text) for f in echoes] == [(True, ANA.phone, "Do celular")]


def test_a_changed_number(world):
    sim, box, cloud = world
    box.got.clear()
    sim.changes_number(ANA, "5511911112222")
    sim.run_all()
    (fact,) = facts(cloud, box)
    assert (fact.old.phone, fact.new.phone) == (ANA.phone, "5511911112222")
