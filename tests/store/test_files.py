"""Bytes by their hash: whole or not there, once, and bounded."""

import hashlib
import os

import pytest

from console.domain.ids import HOUR, MINUTE, now
from console.store.files import FileStore, Kept, TooLargeError
from console.store.uploads import KEPT, Uploads


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / "media")


def all_files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_bytes_are_kept_under_their_hash(files, tmp_path):
    kept = files.put([b"ab", b"c"], 3)
    name = hashlib.sha256(b"abc").hexdigest()
    assert kept == Kept(name, 3)
    assert files.path_of(name) == tmp_path / "media" / name[:2] / name
    assert files.path_of(name).read_bytes() == b"abc"
    assert files.path_of(name).stat().st_mode & 0o777 == 0o600
    assert (files.size(name), files.size("0" * 64)) == (3, None)


def test_the_same_bytes_are_there_once(files, tmp_path):
    first, second = files.put([b"abc"], 3), files.put([b"a", b"bc"], 3)
    assert first == second
    assert all_files(tmp_path / "media") == [f"{first.sha256[:2]}/{first.sha256}"]


def test_too_many_bytes_leave_nothing(files, tmp_path):
    with pytest.raises(TooLargeError):
        files.put([b"ab", b"cd"], 3)
    assert all_files(tmp_path / "media") == []


def test_a_stream_that_breaks_leaves_nothing(files, tmp_path):
    def broken():
        yield b"ab"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        files.put(broken(), 10)
    assert all_files(tmp_path / "media") == []


@pytest.mark.parametrize(
    "name", ["", "../x", "A" * 64, "0" * 63, "0" * 64 + "/..", "0" * 64 + "\n"]
)
def test_only_a_hash_names_a_file(files, name):
    with pytest.raises(ValueError, match="no hash"):
        files.path_of(name)


def test_what_was_left_behind_goes_after_an_hour(files):
    old, young = files.spare(), files.spare()
    for path in (old, young):
        path.write_bytes(b"x")
    at_s = now() / 1_000_000
    os.utime(old, (at_s - 3_700, at_s - 3_700))
    files.tidy(now())
    assert (old.exists(), young.exists()) == (False, True)
    files.tidy(now() + HOUR + MINUTE)
    assert not young.exists()


@pytest.fixture
def uploads(files):
    return Uploads(files)


def uploaded(uploads, agent_id=7, body=b"%PDF-1"):
    path = uploads.begin(agent_id)
    path.write_bytes(body)
    return uploads.end(path, "application/pdf", "document", "boleto.pdf")


def test_an_upload_is_found_by_its_own_person_only(uploads):
    upload = uploaded(uploads)
    assert uploads.find(7, upload.handle) == upload
    assert (upload.size, upload.name) == (6, "boleto.pdf")
    assert uploads.find(8, upload.handle) is None


@pytest.mark.parametrize("handle", ["", "../7/x", "0" * 31, "/etc/passwd", "0" * 32])
def test_nonsense_is_no_upload(uploads, handle):
    uploaded(uploads)
    assert uploads.find(7, handle) is None
    uploads.drop(7, handle)
    assert uploads.held(7) > 6


def test_sent_bytes_are_the_messages_and_the_wish_is_still_understood(uploads, files):
    upload = uploaded(uploads)
    assert uploads.hand_over(7, upload)
    assert files.size(upload.sha256) == 6
    assert uploads.find(7, upload.handle) == upload
    assert uploads.hand_over(7, upload)
    files.path_of(upload.sha256).unlink()
    assert not uploads.hand_over(7, upload)


def test_what_waits_is_counted_until_it_is_dropped(uploads):
    assert uploads.held(7) == 0
    upload = uploaded(uploads, body=b"x" * 5_000)
    assert 5_000 <= uploads.held(7) < 5_500
    uploads.drop(7, upload.handle)
    assert uploads.held(7) == 0


def test_what_was_never_sent_goes(uploads):
    upload = uploaded(uploads)
    uploads.tidy(now())
    assert uploads.find(7, upload.handle) == upload
    uploads.tidy(now() + KEPT + MINUTE)
    assert uploads.find(7, upload.handle) is None
