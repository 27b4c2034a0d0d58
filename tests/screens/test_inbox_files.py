"""A file from the composer to the outbox, by the handle of its upload."""

import pytest

import attached
import sample_files
from console.domain.attachment import WHATSAPP
from console.screens.bubbles import ATTACHMENT
from console.screens.inbox_acts import NOT_HERE, Desk, handle
from console.store.files import FileStore
from console.store.uploads import Uploads


@pytest.fixture
def uploads(tmp_path):
    return Uploads(FileStore(tmp_path / "media"))


@pytest.fixture
def talk(centre):
    return centre.receive("Oi")


def uploaded(uploads, who, body=sample_files.PDF):
    path = uploads.begin(who.agent_id)
    path.write_bytes(body)
    return uploads.end(path, "application/pdf", "document", "boleto.pdf")


def sent(sitting, uploads, talk, handle_, key="a-key-of-mine", text="Segue", who=None):
    person = who or sitting.who
    desk = Desk(sitting.centre.store, sitting.model, person, sitting.centre.at, uploads)
    action = {"n": 1, "mount": "m", "kind": "file", "id": str(talk), "handle": handle_}
    return handle(desk, sitting.choice, {**action, "text": text, "key": key})


def test_an_upload_becomes_a_message_once(sit, uploads, talk):
    ana = sit()
    upload = uploaded(uploads, ana.who)
    for _ in range(2):
        handled = sent(ana, uploads, talk, upload.handle)
        assert (handled.notice, dict(handled.refused)) == (None, {})
    seen = ana.see()
    assert [(r["kind"], r["preview"]) for r in seen["list"]["rows"]] == [("document", "Segue")]
    ana.choice = ana.choice.opened(talk)
    told = [item for item in ana.see()["thread"]["items"] if item["direction"] == "out"]
    assert [(i["file"]["name"], i["file"]["size"], i["text"]) for i in told] == [
        ("boleto.pdf", len(sample_files.PDF), "Segue")
    ]


@pytest.mark.parametrize("wrong", ["", "x", "0" * 32, "../1/x"])
def test_an_unknown_handle_is_refused_and_its_caption_comes_back(sit, uploads, talk, wrong):
    handled = sent(sit(), uploads, talk, wrong)
    assert dict(handled.refused) == {"a-key-of-mine": NOT_HERE}


def test_somebody_else_s_upload_is_nobody_s(sit, centre, uploads, talk):
    ana = sit()
    upload = uploaded(uploads, ana.who)
    handled = sent(ana, uploads, talk, upload.handle, who=centre.agent("Bia"))
    assert dict(handled.refused) == {"a-key-of-mine": NOT_HERE}


def test_a_file_that_failed_can_be_asked_for_again(sit, centre, talk):
    file = attached.expect(centre.store, talk, centre.at, state="failed", next_at=None)
    ana = sit()
    assert ana.do("fetch", file=str(file)).notice is None
    assert ana.do("fetch", file=str(file)).notice.tone == "warning"


def test_the_browser_knows_where_files_are_and_what_is_taken(sit):
    seen = sit().see()
    assert seen["files"] == ATTACHMENT
    assert seen["limits"]["image"]["most"] == WHATSAPP["image"].most
