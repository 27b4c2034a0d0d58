"""The sessions a process knows: believed for half a second, written once a minute, forgotten."""

import asyncio
from dataclasses import replace

import pytest

from console.domain import ids
from console.domain.ids import MINUTE
from console.gate import visitors
from console.gate.runtime import House, NotRunningError
from console.store import sessions


def end(house, signed):
    house.runtime.store.write(lambda conn: sessions.kill(conn, signed.row.id_hash))


def seen_at(house, signed):
    with house.runtime.store.read() as conn:
        return sessions.alive(conn, [signed.row.id_hash], 0, 10**18)[signed.row.id_hash].seen_at


@pytest.mark.parametrize("token", [None, "", "made up"])
def test_a_stranger_is_nobody(book, within, token):
    assert within(book.find(token)) is None


def test_a_cookie_is_somebody(book, signed, within):
    visitor = within(book.find(signed.token))
    assert (visitor.agent_id, visitor.csrf) == (signed.row.agent_id, signed.row.csrf)


def test_the_store_is_asked_again_after_half_a_second(house, book, signed, within):
    async def story():
        first = await book.find(signed.token)
        end(house, signed)
        believed = await book.find(signed.token)
        first.checked_at -= MINUTE
        return first, believed, await book.find(signed.token)

    first, believed, later = within(story())
    assert believed is first
    assert later is None
    assert first.gone.is_set()


def test_signing_out_is_known_at_once(book, signed, within):
    async def story():
        visitor = await book.find(signed.token)
        await book.sign_out(visitor)
        return visitor.gone.is_set(), await book.find(signed.token)

    assert within(story()) == (True, None)


def test_a_stream_belongs_to_its_visitor_until_the_end(book, signed, within):
    async def story():
        visitor = await book.find(signed.token)
        before = book.may_use_stream("s1", visitor)
        book.claim_stream("s1", visitor)
        during = book.may_use_stream("s1", visitor)
        other = replace(visitor, id_hash="other")
        stranger = book.may_use_stream("s1", other)
        await book.sign_out(visitor)
        return before, during, stranger, book.may_use_stream("s1", visitor)

    assert within(story()) == (False, True, False, False)


@pytest.mark.parametrize(("minutes", "is_written"), [(0, False), (2, True)])
def test_a_sign_of_life_is_written_once_a_minute(house, book, signed, within, minutes, is_written):
    async def story():
        visitor = await book.find(signed.token)
        visitor.flushed_at -= minutes * MINUTE
        book.note_activity(visitor)
        await book._flush()

    before = seen_at(house, signed)
    within(story())
    assert (seen_at(house, signed) > before) == is_written


def test_who_has_nothing_open_is_forgotten(book, signed, within):
    async def story():
        visitor = await book.find(signed.token)
        book._forget_idle()
        kept = bool(book._by_hash)
        visitor.checked_at -= 5 * MINUTE
        visitor.open_n["socket"] = 1
        book._forget_idle()
        open_one_kept = bool(book._by_hash)
        visitor.open_n["socket"] = 0
        book._forget_idle()
        return kept, open_one_kept, bool(book._by_hash), visitor.gone.is_set()

    assert within(story()) == (True, True, False, False)


def test_the_watch_ends_what_was_revoked_elsewhere(house, book, signed, within):
    async def story():
        visitor = await book.find(signed.token)
        watching = asyncio.create_task(book.watch())
        end(house, signed)
        await asyncio.wait_for(visitor.gone.wait(), 3)
        watching.cancel()

    within(story())


def test_the_watch_outlives_a_store_that_is_away(house, book, signed, within, monkeypatch, caplog):
    monkeypatch.setattr(visitors, "CHECK_EVERY_S", 0.05)

    async def story():
        visitor = await book.find(signed.token)
        runtime = house.runtime
        watching = asyncio.create_task(book.watch())
        house.move_out()
        await asyncio.sleep(0.3)
        assert not visitor.gone.is_set()
        house.move_in(runtime)
        end(house, signed)
        await asyncio.wait_for(visitor.gone.wait(), 3)
        watching.cancel()

    within(story())
    assert "sessions could not be checked: NotRunningError" in caplog.messages


def test_lines_are_counted_over_all_sessions_of_a_person(book, signed, within):
    async def story():
        visitor = await book.find(signed.token)
        visitor.open_n["socket"] += 2
        return book.lines_of(visitor.agent_id, "socket"), book.lines_of(1, "socket")

    assert within(story()) == (2, 0)


def test_an_empty_house_says_so():
    house = House()
    assert not house.is_open
    with pytest.raises(NotRunningError):
        _ = house.runtime


def test_a_house_without_orders_asks_the_environment(monkeypatch):
    monkeypatch.setenv("CENTRAL_PORT", "8629")
    assert House().settings.port == 8629


def test_an_old_session_is_not_alive(house, signed):
    with house.runtime.store.read() as conn:
        late = ids.now() + 13 * ids.HOUR
        assert sessions.alive(conn, [signed.row.id_hash], late, 10**18) == {}
