"""Sending what one message says to other people, each of them answered for by themselves."""

import pytest
from sqlalchemy import func, select, update

import attached
from build import Centre, Role
from console.actions import Assign, AssignTeam, Forward, Note, Quote
from console.actions.base import MESSAGE_NOT_FOUND, NOT_FOUND
from console.actions.copying import DELETED, NO_BYTES, NO_WORDS
from console.actions.forward import NOT_FORWARDED
from console.actions.reply import WINDOW_CLOSED
from console.domain.errors import RuleError
from console.domain.ids import DAY
from console.store import tables
from console.store.attachments import files_of
from console.store.files import FileStore
from console.store.thread import messages


@pytest.fixture
def centre(store):
    return Centre(store)


@pytest.fixture
def talk(centre):
    return centre.receive("Segue o comprovante", name="Rita")


@pytest.fixture
def heard(centre, talk):
    return attached.last_message(centre.store, talk)


@pytest.fixture
def others(centre):
    return [centre.receive("Oi", 5511900000100 + n, f"Cliente {n}") for n in range(3)]


def last(centre, talk):
    with centre.store.read() as connection:
        return messages(connection, talk)[-1]


def n_of(centre, table):
    with centre.store.read() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_each_recipient_gets_a_message_of_their_own(centre, talk, heard, others):
    outcome = centre.run(Forward(heard), *others)
    assert outcome.done == tuple(others)
    for other in others:
        copy = last(centre, other)
        assert (copy.text, copy.direction, copy.delivery) == (
            "Segue o comprovante",
            "out",
            "queued",
        )
        assert (copy.forwarded_from_id, copy.is_forwarded) == (heard, True)
        assert (copy.author_name, copy.quoted, copy.provider_id) == ("Ana", None, None)
        assert "Rita" not in copy.text
    assert n_of(centre, tables.outbox) == len(others)
    assert last(centre, talk).id == heard


def test_the_same_wish_is_carried_out_once_for_all(centre, heard, others):
    first = centre.run(Forward(heard), *others, key="once")
    assert centre.run(Forward(heard), *others, key="once") == first
    assert n_of(centre, tables.outbox) == len(others)


def test_one_refusal_keeps_nobody_else_from_getting_it(centre, heard, others):
    change = update(tables.instance).values(channel="cloud")
    centre.store.write(lambda connection: connection.execute(change))
    centre.at += 2 * DAY
    centre.receive("Voltei", 5511900000101, "Cliente 1")
    outcome = centre.run(Forward(heard), *others)
    assert outcome.done == (others[1],)
    assert outcome.refused == {others[0]: WINDOW_CLOSED, others[2]: WINDOW_CLOSED}
    assert n_of(centre, tables.outbox) == 1


def test_nothing_goes_into_a_conversation_one_may_not_see(centre, talk, heard, others):
    bia = centre.agent("Bia")
    centre.run(Assign(bia.agent_id), talk)
    centre.run(Assign(bia.agent_id), others[0])
    centre.run(Assign(centre.ana.agent_id), others[1])
    outcome = centre.run(Forward(heard), *others[:2], 77, by=bia)
    assert outcome.done == (others[0],)
    assert outcome.refused == {others[1]: NOT_FOUND, 77: NOT_FOUND}
    assert centre.state(others[1]).outbound_n == 0


def test_nothing_comes_out_of_a_conversation_one_may_not_see(centre, talk, heard, others):
    team = centre.team("Vendas")
    lia = centre.agent("Lia", Role.TEAM_LEAD, team)
    centre.run(AssignTeam(team), others[0])
    for wanted in (heard, 77):
        with pytest.raises(RuleError) as refused:
            centre.run(Forward(wanted), others[0], by=lia)
        assert refused.value.text == MESSAGE_NOT_FOUND
    assert n_of(centre, tables.outbox) == 0


def test_notes_stay_in_the_team(centre, talk, others):
    note = centre.run(Note("Cliente difícil"), talk).made[talk]
    outcome = centre.run(Forward(note), *others)
    assert outcome.refused == dict.fromkeys(others, NOT_FORWARDED)
    assert n_of(centre, tables.outbox) == 0


@pytest.mark.parametrize(("kind", "mime"), [("image", "image/jpeg"), ("voice", "audio/ogg")])
def test_bytes_go_along(centre, talk, heard, others, tmp_path, kind, mime):
    files = FileStore(tmp_path)
    attached.have(centre.store, files, talk, centre.at, b"bytes", mime, kind=kind)
    attached.change_message(centre.store, heard, text="")
    centre.run(Forward(heard), *others)
    ids = [last(centre, other).id for other in others]
    with centre.store.read() as connection:
        kept = files_of(connection, ids)
    assert {file.sha256 for file in kept.values()} == {files.put([b"bytes"], 5).sha256}
    assert {kept[i].conversation_id for i in ids} == set(others)
    assert {last(centre, other).kind for other in others} == {kind}


def test_what_cannot_be_sent_says_so(centre, talk, heard, others):
    attached.change_message(centre.store, heard, kind="location", text="")
    assert centre.run(Forward(heard), others[0]).problem == NO_WORDS
    attached.change_message(centre.store, heard, revoked_at=centre.at)
    assert centre.run(Forward(heard), others[0]).problem == DELETED
    attached.change_message(centre.store, heard, revoked_at=None)
    attached.expect(centre.store, talk, centre.at, kind="document")
    assert centre.run(Forward(heard), others[0]).problem == NO_BYTES


def test_what_was_answered_does_not_go_along(centre, talk, heard, others):
    attached.change_message(centre.store, heard, provider_id="wamid.1")
    made = centre.run(Quote("Recebi", heard), talk).made[talk]
    assert last(centre, talk).quoted == "wamid.1"
    centre.run(Forward(made), others[0])
    assert last(centre, others[0]).quoted is None
