"""From a customer's phone to the thread and back, over the real wire format."""

import pytest

from console.domain.message import Delivery
from console.store.doctor import examine
from wired import FIRST, Wired


@pytest.fixture
def wired(store, tmp_path):
    with Wired(store, tmp_path) as made:
        yield made


def sound(wired):
    with wired.store.read() as connection:
        return list(examine(connection)) == []


def test_a_customer_writes_and_a_reply_comes_back_read(wired):
    wired.hears("Cadê meu pedido?")
    (conversation,) = wired.conversations()
    wired.says(conversation, "Já saiu para entrega.")
    wired.settle()
    heard, said = wired.thread(conversation)
    assert (heard.direction, heard.text, heard.author_kind) == ("in", "Cadê meu pedido?", "contact")
    assert (said.text, said.delivery) == ("Já saiu para entrega.", Delivery.READ)
    assert None not in (said.accepted_at, said.sent_at, said.delivered_at, said.read_at)
    (sent,) = wired.sim.ledger.entries
    assert sent.body["text"]["body"] == "Já saiu para entrega."
    assert wired.centre.state(conversation).last_delivery == Delivery.READ
    assert sound(wired)


def test_the_same_body_twice_is_one_message(wired):
    wired.hears("Oi")
    told = wired.sim.post.taken[0]
    assert wired._take("", told.body, told.headers) == 200
    wired.settle()
    assert len(wired.the_thread()) == 1
    assert len(wired.rows("webhook_raw")) == 1


def test_a_body_that_is_not_signed_leaves_nothing(wired):
    wired.hears("Oi")
    kept = len(wired.rows("webhook_raw"))
    wired.sim.faults.next("missigned")
    wired.says(*wired.conversations())
    wired.settle()
    assert wired.refused
    assert len(wired.rows("webhook_raw")) == kept
    assert wired.the_thread()[-1].delivery == Delivery.ACCEPTED


def test_reactions_edits_and_deletions_are_told_of_messages(wired):
    first = wired.hears("Qero trocar")
    wired.hears("👍", kind="reaction", target=first)
    wired.hears("Quero trocar", kind="edit", target=first)
    wired.hears(kind="revoke", target=first)
    (message,) = wired.the_thread()
    assert (message.text, message.original) == ("Quero trocar", "Qero trocar")
    assert None not in (message.edited_at, message.revoked_at)
    assert [r["emoji"] for r in wired.rows("reaction")] == ["👍"]
    assert sound(wired)


def test_what_is_written_on_the_phone_is_in_the_thread(wired):
    wired.hears("Oi")
    wired.sim.phone_sends(FIRST, "Resposta do celular")
    wired.settle()
    _, ours = wired.the_thread()
    assert (ours.direction, ours.text, ours.author_id) == ("out", "Resposta do celular", None)
    assert sound(wired)


@pytest.mark.parametrize("kind", ["image", "voice", "video", "document", "sticker"])
def test_a_file_of_a_customer_is_here_soon(wired, kind):
    wired.hears(kind=kind)
    (message,) = wired.the_thread()
    (file,) = wired.rows("media")
    assert (message.kind, file["kind"], file["state"]) == (kind, kind, "here")
    assert file["size_n"] > 0


@pytest.mark.parametrize("kind", ["location", "contacts", "button", "order", "unsupported"])
def test_everything_else_is_a_message_of_its_kind(wired, kind):
    wired.hears(kind=kind)
    (message,) = wired.the_thread()
    assert message.kind == kind
