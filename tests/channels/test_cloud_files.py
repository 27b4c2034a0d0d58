"""Files and templates of the Cloud API: handed over, fetched and listed."""

import hashlib
from dataclasses import replace

import httpx
import pytest

from cloud_bodies import AT_US, INSTANCE
from console.channels.base import (
    Account,
    Action,
    Fetched,
    MediaOut,
    Rejected,
    Template,
    TemplatePart,
    Uploaded,
)
from console.channels.cloud_upload import UploadForm
from console.channels.inbound import Kind, MediaRef
from console.channels.own_errors import own_error
from console.domain.ids import DAY
from talking import BASE, BUSINESS, error, ok, talking

CONTENT = b"%PDF-1.4 nota"


@pytest.fixture
def invoice(tmp_path):
    path = tmp_path / "nota.pdf"
    path.write_bytes(CONTENT)
    digest = hashlib.sha256(CONTENT).hexdigest()
    return MediaOut(
        Kind.DOCUMENT, path, "application/pdf", 'nota "da" Rosa.pdf', len(CONTENT), digest
    )


def test_a_file_is_handed_over(invoice):
    cloud, meta = talking(ok(id="700800900"))
    assert cloud.upload(invoice, AT_US) == Uploaded("700800900", AT_US + 30 * DAY)
    (asked,) = meta.asked
    assert (asked.method, str(asked.url)) == ("POST", f"{BASE}/{INSTANCE}/media")
    assert int(asked.headers["content-length"]) == len(asked.content)
    form = httpx.Response(200, headers=asked.headers, content=asked.content)
    parts = parts_of(form)
    assert parts == {
        "messaging_product": ("", b"whatsapp"),
        "type": ("", b"application/pdf"),
        "file": ("application/pdf", CONTENT),
    }


def parts_of(form):
    """The fields of a form, read by the standard library."""
    from email.parser import BytesParser
    from email.policy import HTTP

    head = f"Content-Type: {form.headers['content-type']}\r\n\r\n".encode()
    parsed = BytesParser(policy=HTTP).parsebytes(head + form.content)
    return {
        part.get_param("name", header="content-disposition"): (
            part.get("content-type", ""),
            part.get_payload(decode=True),
        )
        for part in parsed.iter_parts()
    }


def test_a_voice_message_is_handed_over_without_the_parameters_of_its_type(tmp_path):
    path = tmp_path / "voz.ogg"
    path.write_bytes(b"OggS")
    cloud, meta = talking(ok(id="7"))
    voice = MediaOut(Kind.VOICE, path, "audio/ogg; codecs=opus", "voz.ogg", 4, "0" * 64)
    assert cloud.upload(voice, AT_US) == Uploaded("7", AT_US + 30 * DAY)
    assert parts_of(meta.asked[0])["file"] == ("audio/ogg", b"OggS")


@pytest.mark.parametrize(
    "given",
    [{"mime": "image/svg+xml"}, {"size": 101 * 1024 * 1024}, {"kind": Kind.TEXT}, {"mime": ""}],
)
def test_a_file_that_the_channel_does_not_take_is_not_handed_over(invoice, given):
    cloud, meta = talking()
    refused = Rejected(own_error("file_refused"), Action.PERMANENT)
    assert cloud.upload(replace(invoice, **given), AT_US) == refused
    assert meta.asked == []


def test_a_file_that_is_gone_or_has_changed_is_not_handed_over(invoice):
    cloud, _ = talking(ok(id="7"))
    missing = Rejected(own_error("file_missing"), Action.PERMANENT)
    invoice.path.write_bytes(CONTENT + b"more")
    assert cloud.upload(invoice, AT_US) == missing
    invoice.path.unlink()
    assert cloud.upload(invoice, AT_US) == missing


def test_a_file_that_shrinks_on_its_way_is_not_handed_over(invoice):
    with invoice.path.open("rb") as file:
        form = UploadForm(file, invoice)
        invoice.path.write_bytes(b"")
        with pytest.raises(OSError):
            list(form)


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (ok(), Action.RETRY),
        (httpx.Response(200, text="?"), Action.RETRY),
        (httpx.Response(500), Action.RETRY),
        (error(131053), Action.PERMANENT),
        (error(190, 401), Action.AUTH),
    ],
)
def test_a_file_that_is_refused(invoice, answer, action):
    assert talking(answer)[0].upload(invoice, AT_US).action is action


MEDIA_URL = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7"
PDF = {"Content-Type": "application/pdf"}


def test_a_file_is_fetched_by_its_id(tmp_path):
    told = {"url": MEDIA_URL, "mime_type": "application/pdf", "file_size": 13, "id": "7"}
    cloud, meta = talking(ok(**told), httpx.Response(200, content=CONTENT))
    digest = hashlib.sha256(CONTENT).hexdigest()
    found = cloud.fetch_media(MediaRef(Kind.DOCUMENT, provider_id="7"), tmp_path / "f", 100)
    assert found == Fetched(digest, 13, "application/pdf")
    assert (tmp_path / "f").read_bytes() == CONTENT
    first, second = meta.asked
    assert str(first.url) == f"{BASE}/7?phone_number_id={INSTANCE}"
    assert str(second.url) == MEDIA_URL
    assert {one.headers["authorization"] for one in meta.asked} == {"Bearer token-secreto"}


def test_a_file_is_fetched_by_its_address(tmp_path):
    cloud, meta = talking(httpx.Response(200, content=CONTENT, headers=PDF))
    found = cloud.fetch_media(MediaRef(Kind.DOCUMENT, url=MEDIA_URL), tmp_path / "f", 100)
    assert (found.mime, len(meta.asked)) == ("application/pdf", 1)


def test_the_hash_of_the_webhook_decides(tmp_path):
    told = {"url": MEDIA_URL, "sha256": hashlib.sha256(CONTENT).hexdigest()}
    cloud, _ = talking(ok(**told), httpx.Response(200, content=CONTENT))
    ref = MediaRef(Kind.DOCUMENT, provider_id="7", sha256="0" * 64)
    found = cloud.fetch_media(ref, tmp_path / "f", 100)
    assert found == Rejected(own_error("not_fetched", "wrong hash"), Action.PERMANENT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (ok(url=MEDIA_URL, file_size="101"), Action.PERMANENT),
        (ok(url="https://evil.test/x"), Action.PERMANENT),
        (ok(), Action.PERMANENT),
        (error(100), Action.PERMANENT),
        (error(190, 401), Action.AUTH),
        (httpx.Response(500), Action.RETRY),
    ],
)
def test_a_file_that_is_not_there(answer, action, tmp_path):
    cloud, meta = talking(answer)
    found = cloud.fetch_media(MediaRef(Kind.DOCUMENT, provider_id="7"), tmp_path / "f", 100)
    assert (found.action, len(meta.asked)) == (action, 1)


@pytest.mark.parametrize("given", [None, "", "../me", "7/x", "7?x=1", "é"])
def test_an_id_that_is_none_is_not_asked_for(given, tmp_path):
    cloud, meta = talking()
    found = cloud.fetch_media(MediaRef(Kind.IMAGE, provider_id=given), tmp_path / "f", 100)
    assert (found.action, meta.asked) == (Action.PERMANENT, [])


# Templates.

PAGE = {
    "data": [
        {
            "name": "pedido",
            "language": "pt_BR",
            "category": "UTILITY",
            "status": "APPROVED",
            "components": [
                {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}"},
                {"type": "BODY", "text": "Oi {{2}}, chega {{1}}. Até, {{2}}!"},
                {"type": "FOOTER", "text": "Loja"},
                {
                    "type": "BUTTONS",
                    "buttons": [
                        {"type": "URL", "text": "Ver", "url": "https://loja.example/{{1}}"},
                        {"type": "QUICK_REPLY", "text": "Obrigada"},
                    ],
                },
                {"type": "CAROUSEL"},
            ],
        },
        {"name": "sem idioma"},
    ],
    "paging": {"cursors": {"after": "A2"}, "next": "https://graph.facebook.com/next"},
}
LAST = {
    "data": [
        {
            "name": "aviso",
            "language": "es",
            "components": [
                {"type": "HEADER", "format": "IMAGE"},
                {"type": "BODY", "text": "{{ cliente }}, {{dia}}"},
            ],
        }
    ],
    "paging": {"cursors": {"after": "A3"}},
}


def test_all_pages_of_templates_are_read():
    cloud, meta = talking(ok(**PAGE), ok(**LAST))
    assert cloud.templates() == [
        Template(
            "pedido",
            "pt_BR",
            "UTILITY",
            "APPROVED",
            (
                TemplatePart("header", "Pedido {{1}}", 1),
                TemplatePart("body", "Oi {{2}}, chega {{1}}. Até, {{2}}!", 2),
                TemplatePart("footer", "Loja"),
                TemplatePart("button", "Ver", 1, "url"),
                TemplatePart("button", "Obrigada", 0, "quick_reply"),
            ),
        ),
        Template(
            "aviso",
            "es",
            "",
            "",
            (
                TemplatePart("header", "", 0, "image"),
                TemplatePart("body", "{{ cliente }}, {{dia}}", 2, names=("cliente", "dia")),
            ),
        ),
    ]
    assert [asked.url.path for asked in meta.asked] == [f"/v23.0/{BUSINESS}/message_templates"] * 2
    assert [asked.url.params.get("after") for asked in meta.asked] == [None, "A2"]


def test_a_list_of_templates_that_never_ends_is_given_up():
    endless = [ok(**PAGE) for _ in range(60)]
    cloud, meta = talking(*endless)
    assert len(cloud.templates()) == len(meta.asked) == 50


def test_templates_of_an_account_without_a_business_are_refused():
    cloud, meta = talking(account=Account(INSTANCE, BASE, token="t"))
    assert cloud.templates().error.title == "misconfigured"
    assert meta.asked == []


def test_templates_that_are_refused():
    assert talking(error(190, 401))[0].templates().action is Action.AUTH
    assert talking(ok(data="x"))[0].templates() == []
