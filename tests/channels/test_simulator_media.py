"""Files: uploaded, attached, fetched, expired; and the samples that customers attach."""

import io

import httpx
import pytest
from PIL import Image

from console.channels.simulator.drawings import candle, parcel, sticker
from console.channels.simulator.files import MIMES, MOST, check_upload
from console.channels.simulator.graph import Refused
from console.channels.simulator.receipt import receipt
from console.channels.simulator.samples import OF_KIND, SAMPLES
from console.channels.simulator.writing import NEED_A_FILE
from simulated import ANA, NUMBER, error, listening, send, text

PNG = candle()


def upload(api, content=PNG, mime="image/png", **form):
    form = {"messaging_product": "whatsapp", "type": mime} | form
    files = {"file": ("vela.png", content, mime)}
    return api.post(f"{NUMBER.id}/media", data=form, files=files)


def image(id):
    return text(type="image", image={"id": id})


def test_an_uploaded_file_can_be_sent_and_fetched():
    with listening() as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        id = upload(api).json()["id"]
        assert send(api, image(id)).status_code == 200
        said = api.get(id).json()
        answer = api.get(said["url"])
        assert said | {"url": ""} == {
            "messaging_product": "whatsapp",
            "url": "",
            "mime_type": "image/png",
            "sha256": "HASH",
            "file_size": str(len(PNG)),
            "id": id,
        } | {"sha256": sim.world.files.get(id, sim._clock()).sha256}
        assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")


def test_a_file_of_a_customer_can_be_fetched():
    with listening() as (sim, box, api):
        sim.customer_writes(ANA, kind="voice")
        sim.run_all()
        voice = box.items("messages")[0]["audio"]
        url = api.get(voice["id"]).json()["url"]
        assert api.get(url).content == SAMPLES["voice"].content()


def test_a_number_may_be_told_the_address_with_the_file():
    with listening(tells_media_urls=True) as (sim, box, api):
        sim.customer_writes(ANA, kind="voice")
        sim.run_all()
        assert api.get(box.items("messages")[0]["audio"]["url"]).content[:4] == b"OggS"


def test_an_address_is_valid_for_five_minutes_and_with_the_bearer_only():
    with listening() as (sim, _, api):
        url = api.get(upload(api).json()["id"]).json()["url"]
        assert httpx.get(url).status_code == 401
        sim._clock.go_on(299)
        assert api.get(url).status_code == 200
        sim._clock.go_on(1)
        assert api.get(url).status_code == 404
        assert api.get(f"{sim.origin}/whatsapp_business/attachments/?mid=1").status_code == 404


@pytest.mark.parametrize(("of_customer", "days"), [(False, 30), (True, 7)])
def test_an_id_expires(of_customer, days):
    with listening() as (sim, box, api):
        sim.customer_writes(ANA, kind="image")
        sim.run_all()
        id = box.items("messages")[0]["image"]["id"] if of_customer else upload(api).json()["id"]
        sim._clock.go_on(days * 86400 - 1)
        assert api.get(id).status_code == 200
        sim._clock.go_on(1)
        assert error(api.get(id))[:2] == (400, 100)
        sim.customer_writes(ANA, "Oi")
        assert error(send(api, image(id)))[:2] == (400, 131009)


def test_a_file_goes_out_as_its_own_kind_or_as_a_document():
    with listening() as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        id = upload(api).json()["id"]
        assert error(send(api, text(type="audio", audio={"id": id}))) == (
            400,
            131053,
            "A file of type image/png cannot be sent as audio.",
        )
        assert send(api, text(type="document", document={"id": id})).status_code == 200


@pytest.mark.parametrize("kind", sorted(MIMES))
def test_every_kind_has_its_types_and_its_size(kind):
    mime = MIMES[kind][0]
    assert check_upload(f"{mime}; codecs=x", MOST[kind]) == kind
    with pytest.raises(Refused) as refused:
        check_upload(mime, MOST[kind] + 1)
    assert refused.value.error.code == 131053


@pytest.mark.parametrize(
    ("content", "mime", "code"), [(b"RIFF", "audio/wav", 100), (b"", "image/png", 131053)]
)
def test_what_whatsapp_does_not_take_is_refused(content, mime, code):
    with listening() as (_, _, api):
        assert error(upload(api, content, mime))[:2] == (400, code)


def test_the_type_of_the_part_counts_when_the_form_names_none():
    with listening() as (_, _, api):
        assert upload(api, type="").status_code == 200
        form = {"messaging_product": "whatsapp", "file": "a"}
        assert error(api.post(f"{NUMBER.id}/media", data=form))[:2] == (400, 100)


def test_there_is_a_sample_for_every_kind_that_needs_a_file():
    assert set(OF_KIND) == set(NEED_A_FILE)
    assert SAMPLES[OF_KIND["image"]].mime == "image/jpeg"


@pytest.mark.parametrize("key", sorted(SAMPLES))
def test_a_sample_is_of_a_type_and_size_that_whatsapp_takes(key):
    sample = SAMPLES[key]
    kind = "audio" if sample.kind == "voice" else sample.kind
    assert check_upload(sample.mime, len(sample.content())) == kind
    assert len(sample.content()) < 60_000


MAGIC = [
    ("voice", 0, b"OggS"),
    ("voice", 28, b"OpusHead"),
    ("audio", 0, b"\xff\xf3"),
    ("video", 4, b"ftyp"),
    ("receipt", 0, b"%PDF-1.4"),
]


@pytest.mark.parametrize(("key", "at", "magic"), MAGIC)
def test_a_sample_is_what_it_says(key, at, magic):
    assert SAMPLES[key].content()[at : at + len(magic)] == magic


@pytest.mark.parametrize(
    ("drawn", "form", "size"),
    [(parcel, "JPEG", (960, 720)), (candle, "PNG", (640, 640)), (sticker, "WEBP", (512, 512))],
)
def test_a_drawing_is_a_picture_with_many_colours(drawn, form, size):
    picture = Image.open(io.BytesIO(drawn()))
    assert (picture.format, picture.size) == (form, size)
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 100


def test_the_table_of_the_receipt_points_at_its_objects():
    content = receipt()
    begin = int(content.split(b"startxref\n")[1].split(b"\n")[0])
    places = [int(line[:10]) for line in content[begin:].split(b"\n")[3:9]]
    assert [content[place : place + 7] for place in places] == [
        b"%d 0 obj" % number for number in range(1, 7)
    ]
    assert "Comprovante de pagamento".encode("cp1252") in content


def test_the_stream_of_the_receipt_is_as_long_as_it_says():
    before, after = receipt().split(b">>stream\n")
    length = int(before.rsplit(b"/Length ", 1)[1])
    assert after[length:].startswith(b"\nendstream")
