"""The Evolution channel against a server that answers as the real one does."""

import base64
import hashlib
import json

import pytest

from channels.evolution_bodies import AT, GROUP, LID, ROSA, said
from channels.evolution_fake import (
    QR,
    create_jid,
    failing,
    saying,
)
from console.channels import evolution_admin as admin
from console.channels.base import (
    Accepted,
    Action,
    ChannelError,
    Fetched,
    Health,
    HealthState,
    MediaOut,
    Outbound,
    Pairing,
    Rejected,
    TemplateOut,
    Unknown,
)
from console.channels.evolution_words import NOTICE
from console.channels.inbound import (
    Kind,
    MediaRef,
    MessageIn,
    PeerId,
    Status,
    StatusIn,
)
from console.channels.own_errors import own_error
from console.domain.ids import DAY, HOUR, MINUTE, SECOND, now

ROSA_PEER = PeerId(phone="5511900000001")
STATE = "instance/connectionState"
TEXT = "message/sendText"
FIND = "chat/findMessages"
FILE = "chat/getBase64FromMediaMessage"


def text(words="Oi", to=ROSA_PEER, **more):
    return Outbound("1", to, words, **more)


def media(path, kind, mime, content=b"bytes", filename="", **more):
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return MediaOut(kind, path, mime, filename, len(content), digest, **more)


# Sending


def test_a_text_is_sent_when_the_phone_is_connected(channel, fake, loja):
    assert channel.send(text("Oi")) == Accepted(loja.records[0]["key"]["id"])
    assert loja.sent == [{"number": "5511900000001", "text": "Oi"}]
    assert fake.calls == [STATE, TEXT]


@pytest.mark.parametrize("state", ["close", "connecting", "refused", None])
def test_nothing_is_sent_while_the_phone_is_away(channel, fake, loja, state):
    loja.state = state
    shown = state if state == "connecting" else "close"
    gone = Rejected(own_error("disconnected", shown), Action.DISCONNECTED)
    assert channel.send(text()) == gone
    assert channel.mark_read(ROSA_PEER, "3EB0") == gone
    assert fake.calls == [STATE, STATE]


@pytest.mark.parametrize(
    ("peer", "number"),
    [
        (PeerId(phone="553188887777"), "553188887777"),
        (PeerId(phone="5531988887777"), "5531988887777"),
        (PeerId(phone="5511900000001", lid=LID), "5511900000001"),
        (PeerId(lid=LID), LID),
        (PeerId(group=GROUP), GROUP),
    ],
)
def test_the_number_is_the_one_the_provider_gave(channel, loja, peer, number):
    assert isinstance(channel.send(text(to=peer)), Accepted)
    assert loja.sent[0]["number"] == number


def test_the_server_takes_the_ninth_digit_away_from_area_code_31_on():
    """What made us keep the form that the provider gave."""
    assert create_jid("5531988887777") == create_jid("553188887777")
    assert create_jid("5511988887777") == "5511988887777@s.whatsapp.net"


def test_an_answer_quotes_what_it_answers(channel, loja):
    channel.send(text("Sim", reply_to="3EB0Q", reply_to_is_ours=True))
    quoted = {"key": {"id": "3EB0Q", "remoteJid": ROSA, "fromMe": True}}
    assert loja.sent == [{"number": "5511900000001", "text": "Sim", "quoted": quoted}]


@pytest.mark.parametrize("emoji", ["👍", ""])
def test_a_reaction_names_its_message(channel, loja, emoji):
    sent = channel.send(Outbound("1", ROSA_PEER, emoji=emoji, reply_to="3EB0Q"))
    assert isinstance(sent, Accepted)
    key = {"id": "3EB0Q", "remoteJid": ROSA, "fromMe": False}
    assert loja.sent == [{"key": key, "reaction": emoji}]


def test_a_reaction_in_a_group_names_the_group(channel, loja):
    channel.send(Outbound("1", PeerId(group=GROUP), emoji="👍", reply_to="3EB0Q"))
    assert loja.sent[0]["key"]["remoteJid"] == GROUP


@pytest.mark.parametrize("size", [0, 1, 2, 3, 3 * 65_536, 3 * 65_536 + 1, 700_001])
def test_a_file_goes_as_base64_whatever_its_size(channel, loja, tmp_path, size):
    content = bytes(place % 251 for place in range(size))
    file = media(tmp_path / "a", Kind.DOCUMENT, "application/pdf", content, 'nota "1".pdf')
    assert isinstance(channel.send(text("segue", media=file)), Accepted)
    (sent,) = loja.sent
    assert base64.b64decode(sent.pop("media")) == content
    assert sent == {
        "number": "5511900000001",
        "caption": "segue",
        "mediatype": "document",
        "mimetype": "application/pdf",
        "fileName": 'nota "1".pdf',
    }


@pytest.mark.parametrize(
    ("filename", "mime", "sent"),
    [
        ("contrato", "application/pdf", "contrato.pdf"),
        ("", "application/pdf", "document.pdf"),
        ("x", "application/x-unknown", "x.bin"),
        ("../../etc/a.pdf", "application/pdf", "a.pdf"),
        ("c:\\temp\\a.pdf", "application/pdf", "a.pdf"),
    ],
)
def test_a_document_has_a_name_with_an_ending(channel, loja, tmp_path, filename, mime, sent):
    channel.send(text("", media=media(tmp_path / "a", Kind.DOCUMENT, mime, filename=filename)))
    assert loja.sent[0]["fileName"] == sent


@pytest.mark.parametrize(
    "case",
    [
        (Kind.IMAGE, "image/png", "sendMedia", "media", {"mediatype": "image"}),
        (Kind.VIDEO, "video/mp4", "sendMedia", "media", {"mediatype": "video"}),
        (Kind.AUDIO, "audio/mpeg", "sendWhatsAppAudio", "audio", {}),
        (Kind.VOICE, "audio/ogg; codecs=opus", "sendWhatsAppAudio", "audio", {}),
        (Kind.STICKER, "image/webp", "sendSticker", "sticker", {}),
    ],
)
def test_a_file_goes_by_the_call_of_its_kind(channel, fake, loja, tmp_path, case):
    kind, mime, call, name, told = case
    assert isinstance(channel.send(text("", media=media(tmp_path / "a", kind, mime))), Accepted)
    assert fake.calls[-1] == f"message/{call}"
    (sent,) = loja.sent
    assert base64.b64decode(sent[name]) == b"bytes"
    assert told.items() <= sent.items()
    assert "fileName" not in sent or kind is Kind.VIDEO


def test_what_cannot_be_sent_is_told_before_anybody_is_asked(channel, fake, tmp_path):
    def problem(out):
        result = channel.send(out)
        assert result.action is Action.PERMANENT
        return result.error.title

    small = media(tmp_path / "a", Kind.STICKER, "image/webp")
    large = MediaOut(Kind.IMAGE, tmp_path / "a", "image/png", "a", 6 * 1024 * 1024, "")
    odd = media(tmp_path / "a", Kind.IMAGE, "image/tiff")
    none = media(tmp_path / "a", Kind.LOCATION, "image/png")
    assert problem(text(to=PeerId(bsuid="BR.1"))) == "no_address"
    assert problem(text("", template=TemplateOut("oi", "pt_BR"))) == "no_templates"
    assert problem(text("", emoji="👍")) == "no_target"
    assert problem(text(" \n")) == "no_text"
    assert [problem(text("", media=m)) for m in (large, odd, none)] == ["file_refused"] * 3
    assert problem(text("oi", media=small)) == "no_caption"
    assert fake.calls == []


def test_a_file_that_has_gone_is_told(channel, tmp_path):
    file = media(tmp_path / "a", Kind.IMAGE, "image/png")
    file.path.unlink()
    assert channel.send(text("", media=file)) == Rejected(
        own_error("file_missing"), Action.PERMANENT
    )


# What refuses, and what may have gone out


def test_a_number_without_whatsapp_is_refused_for_good(channel):
    peer = PeerId(phone="5511900000404")
    assert channel.send(text(to=peer)) == Rejected(own_error("not_on_whatsapp"), Action.PERMANENT)


@pytest.mark.parametrize(
    ("answer", "action", "title", "details"),
    [
        ((401, "Unauthorized"), Action.AUTH, "misconfigured", "HTTP 401: Unauthorized"),
        ((403, ["Missing global api key"]), Action.AUTH, "misconfigured", "HTTP 403: Missing"),
        ((404, ["no such instance"]), Action.AUTH, "misconfigured", "HTTP 404: no such"),
        ((400, [["requires property"]]), Action.PERMANENT, "refused", "HTTP 400: requires"),
        ((400, ["Owned media must be a url"]), Action.PERMANENT, "refused", "HTTP 400: Owned"),
        ((413, None), Action.PERMANENT, "file_refused", "HTTP 413"),
        ((429, "slow down"), Action.THROTTLE_NUMBER, "refused", "HTTP 429: slow down"),
    ],
)
def test_what_is_refused_before_sending_has_not_gone_out(
    channel, fake, answer, action, title, details
):
    fake.faults[TEXT] = [failing(*answer)]
    result = channel.send(text())
    assert (result.action, result.error.title) == (action, title)
    assert result.error.details.startswith(details)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (failing(500, "TypeError: x"), "HTTP 500: TypeError: x"),
        (failing(400, ["TypeError: y"]), "HTTP 400: TypeError: y"),
        (failing(400, [{"exists": True}, 5, None]), "HTTP 400"),
        (
            failing(500, f"no session for {ROSA} (12)"),
            "HTTP 500: no session for …@s.whatsapp.net (12)",
        ),
        (saying("<html>", 502), "HTTP 502"),
        (saying("[" * 5000, 504), "HTTP 504"),
        (saying("", 302), "HTTP 302"),
        (saying("{}", 201), "no id"),
        (saying('{"key":{"id":7}}', 201), "no id"),
        (saying("oi", 200), "no id"),
    ],
)
def test_any_other_failure_may_have_gone_out(channel, fake, answer, reason):
    fake.faults[TEXT] = [answer]
    assert channel.send(text()) == Unknown(reason)


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (failing(401, "Unauthorized"), Action.AUTH),
        (failing(404, ["no"]), Action.AUTH),
        (failing(500, "x"), Action.RETRY),
        (saying("<html>"), Action.RETRY),
    ],
)
def test_a_state_that_is_not_told_stops_the_sending(channel, fake, answer, action):
    fake.faults[STATE] = [answer]
    assert channel.send(text()).action is action
    assert fake.calls == [STATE]


# Reading


def test_a_message_is_marked_as_read(channel, loja):
    assert channel.mark_read(ROSA_PEER, "3EB0A") == Accepted("3EB0A")
    assert loja.read == [{"remoteJid": ROSA, "fromMe": False, "id": "3EB0A"}]


def test_a_server_that_cannot_mark_says_so(channel, fake):
    fake.faults["chat/markMessageAsRead"] = [failing(400, ["Method not available"])]
    assert channel.mark_read(ROSA_PEER, "3EB0A") == Unknown("HTTP 400: Method not available")


def test_a_file_is_fetched_by_the_id_of_its_message(channel, loja, tmp_path):
    content = bytes(range(256)) * 9_001
    loja.files["3EB0A"] = content
    digest = hashlib.sha256(content).hexdigest()
    ref = MediaRef(Kind.IMAGE, provider_id="3EB0A", sha256=digest.upper())
    fetched = channel.fetch_media(ref, tmp_path / "a", len(content))
    assert fetched == Fetched(digest, len(content), "image/jpeg")
    assert (tmp_path / "a").read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(
    ("more", "most", "why"),
    [
        ({"sha256": "0" * 64}, 100, "other hash"),
        ({}, 4, "too large"),
    ],
)
def test_a_wrong_file_is_not_kept(channel, loja, tmp_path, more, most, why):
    loja.files["3EB0A"] = b"bytes"
    ref = MediaRef(Kind.IMAGE, provider_id="3EB0A", **more)
    refused = Rejected(own_error("not_fetched", why), Action.PERMANENT)
    assert channel.fetch_media(ref, tmp_path / "a", most) == refused
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("answer", "action", "why"),
    [
        (saying('{"base64":"aGk'), Action.PERMANENT, "answer cut off"),
        (saying('{"base64":"aGk="'), Action.PERMANENT, "answer cut off"),
        (saying('{"base64":"aG!="}'), Action.PERMANENT, "no Base64"),
        (saying('{"base64":"aGk"}'), Action.PERMANENT, "no Base64"),
        (saying('{"base64":5}'), Action.PERMANENT, "no file in the answer"),
        (saying(""), Action.PERMANENT, "no file in the answer"),
        (saying(" " * 70_000 + '{"base64":"aGk="}'), Action.PERMANENT, "too much beside the file"),
        (saying('{"base64":"aGk="' + " " * 70_000), Action.PERMANENT, "too much beside the file"),
        (failing(400, ["Message not found"]), Action.RETRY, "HTTP 400: Message not found"),
        (failing(401, "Unauthorized"), Action.AUTH, "HTTP 401: Unauthorized"),
    ],
)
def test_an_answer_without_a_file_leaves_none(channel, fake, tmp_path, answer, action, why):
    fake.faults[FILE] = [answer]
    refused = channel.fetch_media(MediaRef(Kind.IMAGE, provider_id="1"), tmp_path / "a", 99)
    assert (refused.action, refused.error.details) == (action, why)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_came_along_is_written_down(channel, fake, tmp_path):
    content = b"x" * 1_000_000
    inline = base64.b64encode(content).decode()
    ref = MediaRef(Kind.IMAGE, "image/png", inline_b64=inline)
    fetched = channel.fetch_media(ref, tmp_path / "a", 1_000_000)
    assert fetched == Fetched(hashlib.sha256(content).hexdigest(), len(content), "image/png")
    assert (tmp_path / "a").read_bytes() == content
    odd = MediaRef(Kind.IMAGE, inline_b64="é")
    assert channel.fetch_media(odd, tmp_path / "b", 9).error.details == "no Base64"
    nowhere = MediaRef(Kind.IMAGE, url="https://files.example/1")
    assert channel.fetch_media(nowhere, tmp_path / "b", 9).error.details == "no id"
    assert fake.calls == []


# What was lost, and what became of it


def test_a_message_whose_sending_ended_unknown_is_found(channel, fake, loja):
    began = now()
    out = text("Segue o boleto", to=PeerId(phone="5531988887777"))
    fake.faults[TEXT] = [failing(500, "x")]
    assert isinstance(channel.send(out), Unknown)
    assert channel.find_sent(out, began) is None
    loja.keep("553188887777@s.whatsapp.net", {"conversation": "Segue o boleto"})
    loja.keep(ROSA, {"conversation": "Segue o boleto"}, from_me=True)
    loja.keep("553188887777@s.whatsapp.net", {"conversation": "Outra"}, from_me=True)
    old = began // SECOND - 5
    loja.keep("553188887777@s.whatsapp.net", {"conversation": out.text}, True, old)
    assert channel.find_sent(out, began) is None
    found = loja.keep("553188887777@s.whatsapp.net", {"conversation": out.text}, from_me=True)
    assert channel.find_sent(out, began) == found["key"]["id"]


def test_groups_lids_reactions_and_files_are_found_too(channel, loja, tmp_path):
    began = now()
    reaction = {"reactionMessage": {"key": {"id": "3EB0Q"}, "text": "👍"}}
    file = media(tmp_path / "a", Kind.DOCUMENT, "application/pdf")
    digest = base64.b64encode(hashlib.sha256(b"bytes").digest()).decode()
    kept = [
        loja.keep(GROUP, {"conversation": "a"}, from_me=True),
        loja.keep(LID, {"conversation": "a"}, from_me=True),
        loja.keep(LID, reaction, from_me=True),
        loja.keep(LID, {"documentMessage": {"fileSha256": "AAAA"}}, from_me=True),
        loja.keep(LID, {"audioMessage": {"ptt": True}}, from_me=True),
    ]
    group, lid = PeerId(group=GROUP), PeerId(phone="5511900000001", lid=LID)
    wanted = [
        text("a", to=group),
        text("a", to=lid),
        Outbound("1", lid, emoji="👍", reply_to="3EB0Q"),
        text("", to=lid, media=file),
        text("", to=lid, media=media(tmp_path / "b", Kind.AUDIO, "audio/mpeg")),
    ]
    assert [channel.find_sent(out, began) for out in wanted] == [one["key"]["id"] for one in kept]
    assert channel.find_sent(Outbound("1", lid, emoji="", reply_to="3EB0Q"), began) is None
    assert channel.find_sent(text("a", to=PeerId(lid="9999@lid")), began) is None
    other = {"documentMessage": {"fileSha256": base64.b64encode(b"x" * 32).decode()}}
    loja.records[:] = []
    loja.keep(LID, other, from_me=True)
    assert channel.find_sent(wanted[3], began) is None
    loja.keep(LID, {"documentMessage": {"fileSha256": digest}}, from_me=True)
    assert channel.find_sent(wanted[3], began) == loja.records[-1]["key"]["id"]


@pytest.mark.parametrize("heeds_time", [True, False])
def test_what_was_lost_comes_in_order_and_whole(channel, fake, loja, monkeypatch, heeds_time):
    at = now() // SECOND * SECOND
    if not heeds_time:
        monkeypatch.setattr("channels.evolution_fake._is_wanted", lambda *_: True)
    for minute in range(300, 0, -1):
        loja.keep(ROSA, {"conversation": str(minute)}, at_s=at // SECOND - 60 * minute)
    facts = channel.catch_up(at - 2 * HOUR, at)
    assert [fact.text for fact in facts] == [str(minute) for minute in range(120, 0, -1)]
    assert {fact.instance for fact in facts} == {"loja"}
    assert fake.calls == [FIND] * (3 if heeds_time else 4)  # of six


def test_what_was_lost_is_what_a_webhook_would_have_told(channel, loja):
    at = now()
    item = said({"conversation": "Oi"}) | {"messageTimestamp": at // SECOND - 5}
    loja.records.append(item)
    body = json.dumps({"event": "messages.upsert", "instance": "loja", "data": item}).encode()
    assert channel.catch_up(at - HOUR, at) == channel.parse_webhook(body, at)


def test_states_that_were_lost_come_along(channel, loja):
    at = now()
    loja.keep(ROSA, {"conversation": "Oi"}, True, MessageUpdate=[{"status": "READ"}])
    message, status = channel.catch_up(at - MINUTE, at)
    assert isinstance(message, MessageIn)
    assert status == StatusIn(
        instance="loja", at=at, id=message.id, status=Status.READ, peer=ROSA_PEER
    )


def test_nothing_lost_is_nothing(channel):
    assert channel.catch_up(now() - DAY, now()) == []


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([failing(500, "x")], "refused HTTP 500: x"),
        ([saying('{"messages":{"records":{}}}')], "refused no records"),
        ([saying('{"records":[],"pages":3}'), failing(401, "Unauthorized")], "misconfigured"),
    ],
)
def test_what_cannot_be_asked_whole_is_not_taken_for_nothing(channel, fake, answers, why):
    for question in (
        lambda: channel.catch_up(AT, AT + DAY),
        lambda: channel.find_sent(text(), AT),
    ):
        fake.faults[FIND] = list(answers)
        with pytest.raises(ChannelError) as raised:
            question()
        assert str(raised.value).startswith(why)


def test_pages_without_end_are_refused(channel, fake, monkeypatch):
    monkeypatch.setattr("console.channels.evolution_history._PAGES", 3)
    fake.faults[FIND] = [saying('{"records":[],"pages":99}')] * 3
    with pytest.raises(ChannelError, match="endless"):
        channel.catch_up(AT, AT + DAY)


# The link to the phone


def test_health_tells_how_and_with_which_number(channel, fake, loja):
    ok = Health(HealthState.OK, "open", "5511900000099", "Loja Central")
    assert channel.health() == ok
    fake.faults["instance/fetchInstances"] = [saying("[]"), saying("{}"), failing(401, "x")]
    assert [channel.health() for _ in range(3)] == [Health(HealthState.OK, "open")] * 3
    loja.state = "connecting"
    assert channel.health() == Health(HealthState.DEGRADED, "connecting")
    loja.state = "close"
    assert channel.health() == Health(HealthState.DOWN, "close")
    fake.faults[STATE] = [failing(401, "Unauthorized"), failing(500, "x")]
    assert channel.health().state is HealthState.AUTH
    assert channel.health() == Health(HealthState.DOWN, "refused HTTP 500: x")


def test_a_code_is_there_to_scan_until_the_phone_is_linked(channel, fake, loja):
    loja.state = "close"
    picture = QR.removeprefix("data:image/png;base64,")
    assert channel.pairing() == Pairing(picture, None)
    fake.faults["instance/connect"] = [
        saying('{"pairingCode":"ABCD-1234","code":"2@x"}'),
        saying(json.dumps({"instance": {"status": "x"}, "qrcode": {"base64": QR}})),
    ]
    assert channel.pairing() == Pairing(None, "ABCD-1234")
    assert channel.pairing() == Pairing(picture, None)
    fake.has_network = False
    with pytest.raises(ChannelError, match="no_code"):
        channel.pairing()
    loja.state = "open"
    assert channel.pairing() == Pairing()


def test_what_the_channel_does_not_have(channel):
    assert channel.handshake({"hub.challenge": "1"}) is None
    assert channel.upload(None, AT) is None
    assert channel.templates() == []
    assert channel.window_closes_at(AT) is None
    assert (channel.per_second, channel.echoes_correlation, channel.scope) == (
        1.0,
        False,
        "baileys",
    )


def test_keys_and_secrets_are_not_shown(account):
    shown = f"{account!r} {admin.Hook('http://x/secret-path', account.webhook_secrets[0])!r}"
    assert not any(word in shown for word in (account.webhook_secrets[0], "TOKEN", "secret-path"))


def test_the_notice_of_the_licence_has_its_words():
    assert NOTICE.pt == "Este canal usa a Evolution API."
