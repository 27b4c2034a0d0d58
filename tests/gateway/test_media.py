"""Fetching files: shown when they are here, tried again a few times, refused in words."""

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import select

import attached
import sample_files
from build import Centre
from console.channels.base import Action, Fetched, Rejected
from console.channels.inbound import Kind, MediaRef, ProviderError
from console.domain.attachment import FileState
from console.domain.ids import DAY, MINUTE, SECOND
from console.gateway import media
from console.gateway.media import MediaFetcher
from console.store import tables
from console.store.attachments import LEASE, ask_again, claim_file, files_of
from console.store.feed import feed_end, read_feed

PICTURE = sample_files.picture()


def given(body, sha256=None):
    """A provider that hands these bytes over."""

    def fetch(ref, to, most):
        to.write_bytes(body)
        return Fetched(sha256 or hashlib.sha256(body).hexdigest(), len(body), "text/html")

    return fetch


def refused(action):
    return lambda ref, to, most: Rejected(ProviderError(500, "no"), action)


class Provider:
    """The one thing that is asked of a channel here."""

    def __init__(self, fetch):
        self.fetch_media = fetch


class Desk:
    """A centre, its provider, and a fetcher whose clock is turned by hand."""

    def __init__(self, store, folder):
        self.store, self.centre = store, Centre(store)
        self.talk = self.centre.receive("", name="Rosa")
        self.at = self.centre.at
        self.provider = Provider(given(PICTURE))
        self.fetcher = MediaFetcher(store, folder, lambda _: self.provider, lambda: self.at)
        self.folder = folder

    def expect(self, **values):
        return attached.expect(self.store, self.talk, self.at, **values)

    @property
    def file(self):
        with self.store.read() as connection:
            message = attached.last_message(self.store, self.talk)
            return files_of(connection, [message])[message]

    @property
    def changed_at(self):
        message = tables.message
        with self.store.read() as connection:
            wanted = select(message.c.changed_at).where(message.c.conversation_id == self.talk)
            return connection.scalar(wanted)


@pytest.fixture
def desk(store, tmp_path):
    return Desk(store, tmp_path / "media")


def test_nothing_to_do_is_said(desk):
    assert desk.fetcher.step() is False


def test_a_file_comes_in_and_open_browsers_are_told(desk):
    desk.expect(filename="foto.html")
    with desk.store.read() as connection:
        cursor = feed_end(connection)
    assert desk.fetcher.step() is True
    file = desk.file
    assert file.state is FileState.HERE
    assert (file.mime, file.size_n) == ("image/jpeg", len(PICTURE))
    assert desk.fetcher._files.path_of(file.sha256).read_bytes() == PICTURE
    assert desk.changed_at == desk.at
    with desk.store.read() as connection:
        changed = read_feed(connection, cursor).ids
    assert changed == {"message": [file.message_id], "conversation": [desk.talk]}
    assert desk.fetcher.step() is False


def test_the_provider_is_asked_with_what_the_webhook_told(desk):
    asked = []
    wanted = MediaRef(Kind.VOICE, "audio/ogg", "99", "https://x.example/a", "ab", "v.ogg", 7)
    desk.provider = Provider(lambda ref, to, most: asked.append(ref) or given(PICTURE)(ref, to, 1))
    desk.expect(ref=replace(wanted, seconds=3))
    desk.fetcher.step()
    assert asked == [replace(wanted, seconds=3)]


def test_a_failure_is_tried_again_at_growing_distances_and_then_told(desk):
    desk.expect()
    desk.provider = Provider(refused(Action.RETRY))
    waits = []
    while desk.file.state is FileState.WAITING:
        waits.append((desk.file.next_at - desk.at) // SECOND)
        desk.at = desk.file.next_at
        assert desk.fetcher.step() is True
    assert waits == [0, 2, 8, 30, 120, 600]
    assert (desk.file.state, desk.file.problem) == (FileState.FAILED, media.NOT_GIVEN)
    desk.at += DAY
    assert desk.fetcher.step() is False


def test_what_the_provider_refuses_for_good_is_not_asked_again(desk):
    desk.expect()
    desk.provider = Provider(refused(Action.PERMANENT))
    desk.fetcher.step()
    assert (desk.file.state, desk.file.next_at) == (FileState.FAILED, None)


def test_a_person_may_ask_again_for_what_failed(desk):
    desk.expect()
    desk.provider = Provider(refused(Action.PERMANENT))
    desk.fetcher.step()
    desk.provider, failed = Provider(given(PICTURE)), desk.file
    assert desk.store.write(lambda connection: ask_again(connection, failed, desk.at)) is True
    desk.fetcher.step()
    assert (desk.file.state, desk.file.problem) == (FileState.HERE, None)
    assert desk.store.write(lambda connection: ask_again(connection, failed, desk.at)) is False


def test_files_of_an_instance_that_is_not_linked_wait(desk):
    desk.expect()
    provider, desk.provider = desk.provider, None
    for _ in range(20):
        assert desk.fetcher.step() is True
        assert desk.fetcher.step() is False
        desk.at += 2 * MINUTE
    assert desk.file.attempts_n == 0
    desk.provider = provider
    desk.fetcher.step()
    assert desk.file.state is FileState.HERE


def test_after_a_week_the_provider_has_it_no_more(desk):
    desk.expect()
    desk.provider = None
    desk.at += 7 * DAY + SECOND
    desk.fetcher.step()
    assert (desk.file.state, desk.file.problem) == (FileState.FAILED, media.GONE)


def test_other_bytes_than_were_sent_are_refused(desk):
    desk.expect()
    desk.provider = Provider(given(PICTURE, "0" * 64))
    desk.fetcher.step()
    assert (desk.file.state, desk.file.problem) == (FileState.REFUSED, media.NOT_WHOLE)


def test_more_bytes_than_are_kept_are_refused(desk, monkeypatch):
    monkeypatch.setattr(media, "LARGEST", len(PICTURE) - 1)
    desk.expect()
    desk.fetcher.step()
    assert (desk.file.state, desk.file.problem) == (FileState.REFUSED, media.TOO_LARGE)
    assert [p for p in desk.folder.rglob("*") if p.is_file()] == []


def test_a_full_disk_is_tried_again_later(desk, caplog):
    desk.expect()

    def full(ref, to, most):
        raise OSError(28, "No space left on device", "+5511999990000")

    desk.provider = Provider(full)
    desk.fetcher.step()
    assert (desk.file.state, desk.file.attempts_n) == (FileState.WAITING, 1)
    assert "+55" not in caplog.text


def test_a_provider_that_breaks_is_tried_again_later_and_not_for_ever(desk, caplog):
    desk.expect()

    def broken(ref, to, most):
        raise ValueError("https://x.example/+5511999990000")

    desk.provider = Provider(broken)
    while desk.file.state is FileState.WAITING:
        desk.at = desk.file.next_at
        assert desk.fetcher.step() is True
    assert (desk.file.attempts_n, desk.file.problem) == (6, media.NOT_GIVEN)
    assert "+55" not in caplog.text


def test_two_processes_do_not_fetch_the_same_file(desk):
    desk.expect()
    first = desk.store.write(lambda connection: claim_file(connection, desk.at))
    assert desk.store.write(lambda connection: claim_file(connection, desk.at)) is None
    assert first.next_at == desk.at + LEASE
    desk.at += LEASE  # the first has died
    assert desk.fetcher.step() is True
    assert (desk.file.state, desk.file.attempts_n) == (FileState.HERE, 2)


def test_whoever_comes_too_late_changes_nothing(desk):
    desk.expect()
    slow = desk.store.write(lambda connection: claim_file(connection, desk.at))
    desk.at += LEASE
    desk.fetcher.step()
    desk.fetcher._end(slow, FileState.FAILED, media.NOT_GIVEN)
    desk.fetcher._later(slow, media.NOT_GIVEN)
    assert desk.file.state is FileState.HERE
