"""Sending files and asking for them again: what is written, and what is refused in words."""

import pytest
from sqlalchemy import select

import attached
from build import Centre, Role
from console import actions
from console.actions.base import NOT_FOUND
from console.actions.fetch_file import NOT_FAILED
from console.actions.reply import WINDOW_CLOSED
from console.actions.send_file import CAPTION_TOO_LONG, NO_CAPTION
from console.domain.attachment import EMPTY_FILE, MB, NOT_TAKEN, FileState, SentFile
from console.domain.errors import RuleError
from console.domain.ids import DAY, HOUR
from console.store import tables, thread
from console.store.attachments import files_of
from office import facts

NAME = "ab" * 32


@pytest.fixture
def centre(store):
    return Centre(store)


@pytest.fixture
def talk(centre):
    return centre.receive()


def a_file(kind="image", mime="image/jpeg", size=1_000, name="foto.jpg"):
    return SentFile(kind, mime, name, size, NAME)


def rows(centre, table):
    with centre.store.read() as connection:
        return connection.execute(select(table)).mappings().all()


def test_a_file_waits_in_the_outbox_with_its_caption(centre, talk):
    made = centre.run(actions.SendFile(a_file(), "Veja"), talk).made[talk]
    with centre.store.read() as connection:
        message = thread.message_by_id(connection, made)
        file = files_of(connection, [made])[made]
    assert (message.kind, message.text, message.delivery) == ("image", "Veja", "queued")
    assert (file.state, file.sha256, file.next_at) == (FileState.HERE, NAME, None)
    assert (file.mime, file.filename, file.size_n) == ("image/jpeg", "foto.jpg", 1_000)
    assert [row["message_id"] for row in rows(centre, tables.outbox)] == [made]
    state = centre.state(talk)
    assert (state.last_kind, state.last_delivery, state.last_preview) == ("image", "queued", "Veja")
    assert state.waiting_since_at is None


def test_the_same_key_sends_it_once(centre, talk):
    wish = actions.SendFile(a_file())
    first = centre.run(wish, talk, key="once")
    assert centre.run(wish, talk, key="once") == first
    assert len(rows(centre, tables.media)) == len(rows(centre, tables.outbox)) == 1


@pytest.mark.parametrize(
    ("file", "caption", "problem"),
    [
        (a_file(mime="image/gif"), "", NOT_TAKEN),
        (a_file("document", "application/zip"), "", NOT_TAKEN),
        (a_file("sticker", "image/webp"), "", NOT_TAKEN),
        (a_file(size=0), "", EMPTY_FILE),
        (a_file("audio", "audio/ogg"), "ouça", NO_CAPTION),
        (a_file(), "x" * 1_025, CAPTION_TOO_LONG),
    ],
)
def test_what_whatsapp_does_not_take_is_refused_in_words(centre, talk, file, caption, problem):
    outcome = centre.run(actions.SendFile(file, caption), talk)
    assert outcome.refused == {talk: problem}
    assert rows(centre, tables.media) == []


def test_a_file_that_is_too_large_is_refused_with_both_sizes(centre, talk):
    outcome = centre.run(actions.SendFile(a_file(size=6 * MB)), talk)
    assert "5 MB" in outcome.problem.pt
    assert "6,0 MB" in outcome.problem.pt


def test_the_window_is_asked_for_like_that_of_a_reply(centre, talk):
    centre.at += DAY - HOUR
    assert centre.run(actions.SendFile(a_file(), in_window=True), talk).done == (talk,)
    centre.at += HOUR
    refused = centre.run(actions.SendFile(a_file(), in_window=True), talk)
    assert refused.refused == {talk: WINDOW_CLOSED}
    assert centre.run(actions.SendFile(a_file()), talk).done == (talk,)


def test_nobody_sends_out_of_their_scope(centre, talk):
    centre.run(actions.Assign(centre.ana.agent_id), talk)
    bia = centre.agent("Bia")
    refused = centre.run(actions.SendFile(a_file()), talk, by=bia).refused
    assert refused == {talk: NOT_FOUND}
    with pytest.raises(RuleError):
        centre.run(actions.SendFile(a_file()), talk, by=centre.agent("Caio", Role.ANALYST))
    assert rows(centre, tables.media) == []


def test_a_file_that_failed_is_asked_for_again(centre, talk):
    failed = {"state": "failed", "next_at": None, "attempts_n": 6, "problem": '["a","b","c"]'}
    file = attached.expect(centre.store, talk, centre.at, **failed)
    assert centre.run(actions.FetchFile(file)).done == (file,)
    (row,) = rows(centre, tables.media)
    assert (row["state"], row["attempts_n"], row["next_at"]) == ("waiting", 0, centre.at)
    assert row["problem"] is None
    assert [event.to_id for event in facts(centre.store, kind="file_asked")] == [file]


def test_a_file_that_has_not_failed_or_is_not_yours_is_not_asked_for(centre, talk):
    file = attached.expect(centre.store, talk, centre.at)
    centre.run(actions.Assign(centre.ana.agent_id), talk)
    bia = centre.agent("Bia")
    for wish, who in ((file, None), (1, None), (file, bia)):
        with pytest.raises(RuleError) as refused:
            centre.run(actions.FetchFile(wish), by=who)
        assert refused.value.text == NOT_FAILED
