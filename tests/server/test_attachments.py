"""Files of messages over the wire: whose they are, as what they come, and what is taken."""

import http.client
import io
import time
from urllib.parse import urlsplit

import pytest
from PIL import Image

import attached
import sample_files
from build import Centre
from console import auth
from console.actions import Assign, AssignTeam
from console.domain.agent import Role
from console.gateway.attachments import MOST_HELD, TOO_MUCH, file_store
from console.store import people, sessions
from console.store.attachments import files_of
from console.store.uploads import Uploads

PICTURE = sample_files.picture(size=(900, 600))
SOUND = sample_files.OPUS + b"\0" * 5_000


@pytest.fixture(scope="module")
def cookies(served):
    return {role: served.sign_in(f"{role}@loja.example") for role in Role}


class Desk:
    """A conversation of the running server, and its files."""

    def __init__(self, served, store, cookies):
        self.served, self.store, self.cookies = served, store, cookies
        self.centre = Centre(store, at=time.time_ns() // 1000)
        self.files, self.uploads = file_store(served.home), Uploads(file_store(served.home))
        self.talk = self.centre.receive("Oi", phone=5511922220001, name="Rosa")
        self.centre.run(AssignTeam(None), self.talk)
        self.centre.run(Assign(None), self.talk)

    def have(self, body, mime, name="", **values):
        self.centre.receive("", phone=5511922220001, name="Rosa")
        given = (self.store, self.files, self.talk, self.centre.at, body, mime)
        return attached.have(*given, filename=name, **values)

    def get(self, file, role=Role.SUPERVISOR, headers=None, **params):
        given = {"cookie": self.cookies[role]} if role else {}
        with self.served.client(headers={**given, **(headers or {})}) as client:
            return client.get(f"/attachment/{file}", params=params)

    def post(self, body, name="", role=Role.SUPERVISOR, talk=None, csrf=None, **headers):
        cookie = self.cookies[role]
        given = {"cookie": cookie, "x-csrf": csrf or self.csrf(cookie), **headers}
        with self.served.client(headers=given) as client:
            params = {"conversation": talk or self.talk, "name": name}
            return client.post("/attachment", params=params, content=body)

    def csrf(self, cookie):
        id_hash = auth.hash_token(cookie.partition("=")[2])
        with self.store.read() as connection:
            return sessions.alive(connection, [id_hash], self.centre.at, 10**12)[id_hash].csrf

    def agent_id(self, role):
        with self.store.read() as connection:
            return people.agent_by_email(connection, f"{role}@loja.example").id


@pytest.fixture
def desk(served, served_store, cookies):
    made = Desk(served, served_store, cookies)
    yield made
    for path in (served.home / "media/uploads").glob("*/*"):
        path.unlink()


def test_a_picture_comes_drawn_anew(desk):
    file = desk.have(PICTURE, "image/jpeg", "../<b>foto</b>.jpg")
    full, thumb = desk.get(file), desk.get(file, size="thumb")
    sizes = []
    for answer in (full, thumb):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/webp"
        assert answer.headers["cache-control"] == "private, no-cache"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert sample_files.PLACE.encode() not in answer.content
        sizes.append(Image.open(io.BytesIO(answer.content)).size)
    assert sizes == [(900, 600), (480, 320)]
    again = desk.get(file, size="thumb", headers={"if-none-match": thumb.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_original_is_taken_away_under_a_harmless_name(desk):
    file = desk.have(PICTURE, "image/jpeg", "../fatura\u202egpj.exe")
    answer = desk.get(file, download="1")
    assert answer.content == PICTURE
    assert answer.headers["content-disposition"] == 'attachment; filename="faturagpj.exe"'
    assert answer.headers["cache-control"] == "no-store"


def test_a_sound_is_given_in_ranges(desk):
    file = desk.have(SOUND, "audio/ogg", kind="voice")
    answer = desk.get(file, headers={"range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, SOUND[10:20])
    assert answer.headers["content-range"] == f"bytes 10-19/{len(SOUND)}"
    assert answer.headers["content-type"] == "audio/ogg"
    assert answer.headers["content-disposition"].startswith("inline")
    whole = desk.get(file)
    assert (whole.status_code, whole.content) == (200, SOUND)
    beyond = desk.get(file, headers={"range": "bytes=999999-"})
    assert beyond.status_code == 416


@pytest.mark.parametrize(
    ("body", "mime"),
    [
        (sample_files.PDF, "application/pdf"),
        (sample_files.HTML, "text/html"),
        (sample_files.SVG, "image/svg+xml"),
        (sample_files.DOCX, "application/xhtml+xml"),
        (b"words", "text/plain"),
    ],
)
def test_all_else_is_only_taken_away(desk, body, mime):
    answer = desk.get(desk.have(body, mime, "relatório.html", kind="document"))
    assert answer.status_code == 200
    kept = mime if mime in {"application/pdf", "text/plain"} else "application/octet-stream"
    assert answer.headers["content-type"].partition(";")[0] == kept
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=utf-8''relat%C3%B3rio.html"
    )
    assert answer.headers["cache-control"] == "no-store"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_broken_picture_says_so(desk):
    for body in (sample_files.huge_png(), PICTURE[:400]):
        assert desk.get(desk.have(body, "image/png"), size="thumb").status_code == 415


def test_absent_waiting_and_not_yours_have_one_answer(desk):
    file = desk.have(PICTURE, "image/jpeg")
    desk.centre.run(Assign(desk.agent_id(Role.SUPERVISOR)), desk.talk)
    waiting = desk.have(PICTURE, "image/jpeg", state="waiting")
    hidden = desk.get(file, Role.AGENT)
    others = [desk.get(file, Role.ANALYST), desk.get(1), desk.get("x"), desk.get(waiting)]
    others.append(desk.get(file, size="huge"))
    assert [a.status_code for a in (hidden, *others)] == [404] * 6
    assert {a.content for a in (hidden, *others)} == {hidden.content}
    assert desk.get(file).status_code == 200
    assert desk.get(file, None).status_code == 401


def test_bytes_that_are_gone_are_absent(desk):
    file = desk.have(b"%PDF-gone", "application/pdf", kind="document")
    with desk.store.read() as connection:
        message = attached.last_message(desk.store, desk.talk)
        kept = files_of(connection, [message])[message]
    desk.files.path_of(kept.sha256).unlink()
    assert desk.get(file).status_code == 404


def test_a_file_is_uploaded_and_known_for_what_it_is(desk):
    answer = desk.post(PICTURE, "minha foto.html")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told == {
        "handle": told["handle"],
        "kind": "image",
        "mime": "image/jpeg",
        "name": "minha foto.html",
        "size": len(PICTURE),
    }
    upload = desk.uploads.find(desk.agent_id(Role.SUPERVISOR), told["handle"])
    assert (upload.size, upload.mime) == (len(PICTURE), "image/jpeg")


def test_a_large_file_goes_to_disk_as_it_comes(desk):
    body = sample_files.PDF + b"\n% padding" * 800_000
    told = desk.post(body, "catálogo.pdf").json()
    assert (told["kind"], told["size"]) == ("document", len(body))


@pytest.mark.parametrize(
    ("body", "name", "sent"),
    [
        (PICTURE + b"\0" * (5 * 1024 * 1024), "praia.jpg", "praia.jpg"),
        (sample_files.picture("WEBP"), "da página.webp", "da página.jpg"),
        (sample_files.picture("GIF"), "", None),
    ],
)
def test_a_picture_that_whatsapp_would_not_take_is_made_one_that_it_takes(desk, body, name, sent):
    told = desk.post(body, name).json()
    assert (told["kind"], told["mime"]) == ("image", "image/jpeg")
    assert told["name"] == sent if sent else told["name"].startswith("image-")
    held = desk.served.home / f"media/uploads/{desk.agent_id(Role.SUPERVISOR)}/{told['handle']}"
    assert held.stat().st_size == told["size"] < 5 * 1024 * 1024
    assert sample_files.PLACE.encode() not in held.read_bytes()


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (sample_files.HTML, "não aceita"),
        (sample_files.PROGRAM, "não aceita"),
        (sample_files.zipped("a"), "não aceita"),
        (b"", "vazio"),
        (sample_files.base_media(b"isom") + b"\0" * (16 * 1024 * 1024), "até 16 MB"),
        (sample_files.huge_png() + b"\0" * (5 * 1024 * 1024), "até 5 MB"),
        (b"GIF89a" + b"\0" * 20, "não aceita"),
    ],
)
def test_what_whatsapp_does_not_take_is_refused_in_words(desk, body, word):
    answer = desk.post(body, "foto.jpg")
    assert answer.status_code == 415
    assert word in answer.json()["error"]
    assert desk.uploads.held(desk.agent_id(Role.SUPERVISOR)) == 0


def test_nobody_uploads_where_they_may_not_answer(desk):
    desk.centre.run(Assign(desk.agent_id(Role.SUPERVISOR)), desk.talk)
    assert desk.post(PICTURE, role=Role.AGENT).status_code == 404
    assert desk.post(PICTURE, role=Role.ANALYST).status_code == 404
    assert desk.post(PICTURE, talk="x").status_code == 404
    assert desk.post(PICTURE, csrf="forged").status_code == 403
    assert desk.post(PICTURE, origin="https://evil.example").status_code == 403
    assert desk.post(PICTURE).status_code == 200


def test_more_than_a_file_s_bound_is_not_even_read(desk):
    cookie, address = desk.cookies[Role.SUPERVISOR], urlsplit(desk.served.url)
    asked = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    asked.putrequest("POST", f"/attachment?conversation={desk.talk}")
    asked.putheader("content-length", str(200 * 1024 * 1024))
    asked.putheader("origin", desk.served.url)
    asked.putheader("cookie", cookie)
    asked.putheader("x-csrf", desk.csrf(cookie))
    asked.endheaders(b"%PDF-")
    assert asked.getresponse().status == 413
    asked.close()


def test_who_uploads_without_sending_is_stopped(desk):
    path = desk.uploads.begin(desk.agent_id(Role.SUPERVISOR))
    with path.open("wb") as file:
        file.truncate(MOST_HELD)
    answer = desk.post(PICTURE)
    path.unlink()
    assert (answer.status_code, answer.json()["error"]) == (429, TOO_MUCH.pt)
    assert desk.post(PICTURE).status_code == 200
