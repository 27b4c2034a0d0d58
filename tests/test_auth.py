"""Passwords, sessions and the delay after wrong tries."""

import statistics
import time

import pytest

from build import Centre
from console import auth
from console.actions import SaveAgent, SetPassword
from console.auth import SlowDownError
from console.config import Settings
from console.domain.agent import Role
from console.domain.errors import RuleError
from console.domain.ids import HOUR, MINUTE, SECOND
from console.store import sessions
from console.store.sessions import Failures
from serving import HASHED, PASSWORD

MAIL, IP = "ana@loja.example", "10.0.0.1"
NOW = 1_800_000_000_000_000
SETTINGS = Settings()


@pytest.fixture
def centre(store):
    made = Centre(store)
    made.run(SetPassword(made.ana.agent_id, HASHED))
    return made


def sign_in(store, password=PASSWORD, mail=MAIL, ip=IP, at=NOW):
    return auth.sign_in(store, SETTINGS, mail, password, ip, at)


def alive(store, signed, at):
    return auth.alive_sessions(store, SETTINGS, [signed.row.id_hash], at)


@pytest.mark.parametrize("mail", [MAIL, "ANA@Loja.Example", f"  {MAIL} "])
def test_the_right_password_signs_in(centre, store, mail):
    signed = sign_in(store, mail=mail)
    assert alive(store, signed, NOW) == {signed.row.id_hash: signed.row}
    assert signed.row.agent_id == centre.ana.agent_id


def test_the_store_keeps_no_cookie(centre, store):
    signed = sign_in(store)
    assert signed.token not in repr(alive(store, signed, NOW))
    assert auth.hash_token(signed.token) == signed.row.id_hash


def test_two_sign_ins_share_nothing(centre, store):
    one, other = sign_in(store), sign_in(store)
    assert len({one.token, other.token, one.row.csrf, other.row.csrf}) == 4


@pytest.mark.parametrize(
    ("mail", "password"), [(MAIL, "another password"), ("nobody@loja.example", PASSWORD), ("", "")]
)
def test_a_wrong_address_or_password_is_refused(centre, store, mail, password):
    assert sign_in(store, password, mail) is None


def test_a_person_without_password_is_refused(centre, store):
    centre.agent("Rui")
    assert sign_in(store, mail="rui@loja.example", password="") is None


def test_a_disabled_person_is_refused_and_put_out(centre, store):
    signed = sign_in(store)
    centre.agent("Chefe", Role.ADMIN)
    centre.run(
        SaveAgent(MAIL, "Ana", Role.ADMIN, (), is_active=False, agent_id=signed.row.agent_id)
    )
    assert sign_in(store) is None
    assert alive(store, signed, NOW) == {}


def test_a_new_password_ends_the_sessions(centre, store):
    signed = sign_in(store)
    centre.run(SetPassword(centre.ana.agent_id, auth.hash_password("outra senha muito boa")))
    assert alive(store, signed, NOW) == {}
    assert sign_in(store) is None


def test_a_session_ends_after_half_an_hour_without_a_sign_of_life(centre, store):
    signed = sign_in(store)
    assert alive(store, signed, NOW + 30 * MINUTE - 1)
    assert alive(store, signed, NOW + 30 * MINUTE) == {}
    store.write(lambda conn: sessions.touch(conn, [signed.row.id_hash], NOW + 20 * MINUTE))
    assert alive(store, signed, NOW + 45 * MINUTE)


def test_a_session_ends_after_twelve_hours_whatever_happens(centre, store):
    signed = sign_in(store)
    store.write(lambda conn: sessions.touch(conn, [signed.row.id_hash], NOW + 12 * HOUR - 1))
    assert alive(store, signed, NOW + 12 * HOUR - 1)
    assert alive(store, signed, NOW + 12 * HOUR) == {}


def test_a_killed_session_is_over(centre, store):
    signed, other = sign_in(store), sign_in(store)
    store.write(lambda conn: sessions.kill(conn, signed.row.id_hash))
    assert alive(store, signed, NOW) == {}
    assert alive(store, other, NOW)


def test_a_sixth_wrong_try_waits(centre, store):
    for _ in range(5):
        assert sign_in(store, "wrong password") is None
    with pytest.raises(SlowDownError) as slowed:
        sign_in(store)
    assert slowed.value.wait_s == 1
    assert sign_in(store, at=NOW + SECOND)


def test_a_thousand_tries_are_hardly_heard(sqlite_store):
    heard = 0
    for i in range(1_000):
        try:
            sign_in(sqlite_store, "wrong password", at=NOW + i * SECOND)
            heard += 1
        except SlowDownError:
            continue
    assert heard <= 25


def test_a_stranger_cannot_lock_a_colleague_out(centre, store):
    for _ in range(5):
        sign_in(store, "wrong password", ip="6.6.6.6")
    assert sign_in(store, ip=IP)


def test_a_success_starts_afresh(centre, store):
    for _ in range(4):
        sign_in(store, "wrong password")
    assert sign_in(store)
    for _ in range(5):
        assert sign_in(store, "wrong password") is None


@pytest.mark.parametrize(
    ("failed", "wait_s"),
    [
        (Failures(0, 0, 0, 0), 0),
        (Failures(4, 4, 4, NOW), 0),
        (Failures(5, 5, 5, NOW), 1),
        (Failures(8, 8, 8, NOW), 8),
        (Failures(50, 50, 50, NOW), 300),
        (Failures(0, 30, 0, NOW), 1),
        (Failures(0, 0, 100, NOW), 5),
        (Failures(8, 8, 8, NOW - 5 * SECOND), 3),
        (Failures(8, 8, 8, NOW - 9 * SECOND), 0),
    ],
)
def test_the_wait_doubles(failed, wait_s):
    assert auth.wait_after(failed, NOW) == wait_s


def test_failed_tries_are_kept_without_address_or_account(centre, store):
    sign_in(store, "wrong password")
    from console.store.tables import login_attempt

    with store.read() as conn:
        kept = repr(conn.execute(login_attempt.select()).all())
    assert MAIL not in kept
    assert IP not in kept


@pytest.mark.parametrize(
    "password", ["curta", "a" * 129, "1234567890", "aaaaaaaaaaaa", "SENHA12345"]
)
def test_a_bad_password_is_refused_in_words(password):
    with pytest.raises(RuleError):
        auth.hash_password(password)


@pytest.mark.parametrize(
    "password", ["dez letras", "coração ão", "🔑 chave mestra", "a b c d e f" * 11]
)
def test_any_long_enough_password_works(password):
    assert auth.verify_password(password, auth.hash_password(password))


def test_the_hash_is_argon2id_and_salted():
    one, other = auth.hash_password(PASSWORD), auth.hash_password(PASSWORD)
    assert one.startswith("$argon2id$")
    assert one != other


@pytest.mark.parametrize("kept", [None, "", "no hash at all", "$argon2id$broken"])
def test_without_a_proper_hash_nobody_gets_in(kept):
    assert not auth.verify_password(PASSWORD, kept)


def test_an_unknown_account_takes_as_long_as_a_known_one():
    def seconds(kept):
        began = time.perf_counter()
        auth.verify_password("wrong password", kept)
        return time.perf_counter() - began

    known = auth.hash_password(PASSWORD)
    seconds(None)
    pairs = [(seconds(known), seconds(None)) for _ in range(8)]
    one, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    assert 0.5 < one / other < 2
