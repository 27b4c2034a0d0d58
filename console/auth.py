"""Passwords, sign-ins and their limits; what a person may do lives with the commands."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from console.config import Settings
from console.domain.errors import RuleError
from console.domain.ids import MINUTE, SECOND, Instant
from console.i18n import Text
from console.store import sessions
from console.store.sessions import Failures, SessionRow
from console.store.work import Store

SHORTEST_PASSWORD: Final = 10
LONGEST_PASSWORD: Final = 128
WINDOW: Final = 15 * MINUTE
_FREE_TRIES: Final = 5
_FREE_TRIES_OF_ADDRESS: Final = 30
_FREE_TRIES_OF_ACCOUNT: Final = 100
_LONGEST_WAIT_S: Final = 300
# Found at the top of every list of leaked passwords, among those long enough for our rule.
_COMMON: Final = frozenset(
    "1234567890 0123456789 12345678910 1234567891 9876543210 0987654321 1111111111 0000000000 "
    "123456789a a123456789 1q2w3e4r5t 1qaz2wsx3edc qwertyuiop qwerty12345 qwerty123456 "
    "asdfghjkl1 password12 password123 password1234 passw0rd123 iloveyou12 iloveyou123 "
    "senha12345 senha123456 minhasenha minhasenha1 mudar12345 administrator administrador "
    "central123 central1234 centraldeatendimento whatsapp123 supervisor1 supervisor123 "
    "flamengo123 corinthians corinthians1 palmeiras1 brasil1234 contrasena contrasena1".split()
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A fresh sign-in: `token` goes into the cookie and is kept nowhere."""

    token: str
    row: SessionRow


class SlowDownError(Exception):
    """Too many failed tries: the next one is heard after `wait_s` seconds."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"wait {wait_s} s")
        self.wait_s = wait_s


def hash_password(password: str) -> str:
    """The argon2id hash to store; raises RuleError when the password breaks the rules."""
    check_password(password)
    return _hasher().hash(password)


def check_password(password: str) -> None:
    """Refuse what is too short, too long, one repeated sign, or on every attacker's list."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise RuleError(_LENGTH.with_(least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD))
    if password.lower() in _COMMON or len(set(password)) < 4:  # noqa: PLR2004
        raise RuleError(_TOO_COMMON)


def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password is right; takes as long when there is no account."""
    try:
        _hasher().verify(password_hash or _no_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def sign_in(
    store: Store, settings: Settings, email: str, password: str, ip: str, at: Instant
) -> Signed | None:
    """A new session, or None when address or password is wrong; raises SlowDownError."""
    account_hash, ip_hash = _keyed(store, email.strip().lower()), _keyed(store, ip)
    with store.read() as conn:
        found = sessions.account(conn, email)
        failed = sessions.failures(conn, account_hash, ip_hash, at - WINDOW)
    wait_s = wait_after(failed, at)
    if wait_s:
        raise SlowDownError(wait_s)
    is_right = verify_password(password[:LONGEST_PASSWORD], found.password_hash if found else None)
    if found is None or not is_right or not found.is_active:
        store.write(lambda conn: sessions.note_failure(conn, account_hash, ip_hash, at))
        return None
    store.write(lambda conn: sessions.forget_failures(conn, account_hash, ip_hash, at - 2 * WINDOW))
    return start_session(store, settings, found.agent_id, at)


def wait_after(failed: Failures, at: Instant) -> int:
    """Seconds until the next try is heard: doubling, first by pair, then by address.

    An account as a whole is only slowed to one try in five seconds: a stranger must not be able
    to lock a colleague out.
    """
    wait_s = max(
        _doubling(failed.of_pair - _FREE_TRIES),
        _doubling(failed.of_ip - _FREE_TRIES_OF_ADDRESS),
        5 if failed.of_account >= _FREE_TRIES_OF_ACCOUNT else 0,
    )
    left = failed.last_at + wait_s * SECOND - at
    return max(0, -(-left // SECOND))


def start_session(store: Store, settings: Settings, agent_id: int, at: Instant) -> Signed:
    """A new session for somebody whose identity is already known."""
    token = secrets.token_urlsafe(32)
    row = SessionRow(
        id_hash=hash_token(token),
        agent_id=agent_id,
        csrf=secrets.token_urlsafe(24),
        created_at=at,
        seen_at=at,
        expires_at=at + settings.session_hours * 60 * MINUTE,
    )
    store.write(lambda conn: sessions.add(conn, row))
    return Signed(token, row)


def alive_sessions(
    store: Store, settings: Settings, id_hashes: list[str], at: Instant
) -> dict[str, SessionRow]:
    """Which of these sessions still stand."""
    with store.read() as conn:
        return sessions.alive(conn, id_hashes, at, settings.session_idle_minutes * MINUTE)


def hash_token(token: str) -> str:
    """What the store keeps of a cookie: the value has 256 bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _doubling(over: int) -> int:
    return 0 if over < 0 else min(_LONGEST_WAIT_S, 2 ** min(over, 10))


def _keyed(store: Store, value: str) -> str:
    key = store.epoch().encode()
    return hmac.new(key, value.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # argon2id, RFC 9106's second choice: 64 MiB, 3 passes


@cache
def _no_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


_LENGTH: Final = Text(
    "A senha precisa ter de {least} a {most} caracteres.",
    "The password needs {least} to {most} characters.",
    "La contraseña debe tener de {least} a {most} caracteres.",
)
_TOO_COMMON: Final = Text(
    "Esta senha está nas listas de senhas vazadas. Escolha outra.",
    "This password is on the lists of leaked passwords. Choose another one.",
    "Esta contraseña está en las listas de contraseñas filtradas. Elige otra.",
)
