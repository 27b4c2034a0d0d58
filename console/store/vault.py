"""Secrets at rest: sealed with a key that lies beside the store and never in it.

The key is a file of CENTRAL_HOME that only its owner reads, or CENTRAL_SECRET_KEY. Several keys
may be known, the newest first: what is sealed takes the newest, what is opened takes any.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import func, select

from console.config import Secret, Settings
from console.domain.errors import StoreError
from console.store import tables
from console.store.work import Store

FILE: Final = "secret.key"
VARIABLE: Final = "CENTRAL_SECRET_KEY"
_OTHERS: Final = 0o077  # what anybody but the owner may do with a file


class VaultError(StoreError):
    """Secrets cannot be sealed or opened: the key is missing, wrong, or open to others."""


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals and opens texts; reads its key every time, so that another process may change it.

    `is_used` tells whether anything is sealed already: a lost key is then never replaced silently.
    """

    file: Path
    given: Secret
    is_used: Callable[[], bool]

    def seal(self, text: str) -> str:
        """A text as the store may keep it; makes the key when there has never been one."""
        return _fernet(self._keys() or self._first_key()).encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """What was sealed; raises VaultError without the key that it was sealed with."""
        try:
            return _fernet(self._known()).decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise VaultError(self._says(_WRONG)) from None

    def renew(self, sealed: str) -> str:
        """The same secret sealed with the newest key."""
        return self.seal(self.open(sealed))

    @property
    def is_own(self) -> bool:
        """Whether the key is the file's, so that Central may write a new one."""
        return not self.given

    def add_key(self) -> None:
        """Put a new key before the others; they stay for what is still sealed with them."""
        self._write([new_key(), *self._known()])

    def forget_old_keys(self) -> None:
        """Keep the newest key alone."""
        self._write(self._known()[:1])

    def _known(self) -> list[str]:
        keys = self._keys()
        if not keys:
            raise VaultError(self._says(_MISSING))
        return keys

    def _keys(self) -> list[str]:
        if self.given:
            return self.given.text.split()
        try:
            if self.file.stat().st_mode & _OTHERS:
                raise VaultError(f"Others may read {self.file}: run `chmod 600 {self.file}`.")
            return self.file.read_text(encoding="ascii").split()
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError):
            raise VaultError(f"The key in {self.file} cannot be read.") from None

    def _first_key(self) -> list[str]:
        if self.is_used():
            raise VaultError(self._says(_MISSING))
        _place(self.file, [new_key()], os.link)
        return self._known()

    def _write(self, keys: Sequence[str]) -> None:
        _place(self.file, keys, os.replace)

    def _says(self, what: str) -> str:
        where = VARIABLE if self.given else str(self.file)
        return what.format(where=where, variable=VARIABLE)


def open_vault(store: Store, settings: Settings) -> Vault:
    """The vault of this store and home."""

    def is_used() -> bool:
        table = tables.channel_account
        with store.read() as connection:
            wanted = select(func.count()).where(table.c.secrets != "{}")
            return bool(connection.scalar(wanted))

    return Vault(settings.home / FILE, settings.secret_key, is_used)


def new_key() -> str:
    """A fresh key: 256 bits, as text."""
    return Fernet.generate_key().decode()


def _fernet(keys: Sequence[str]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise VaultError(_MALFORMED.format(variable=VARIABLE)) from None


def _place(file: Path, keys: Sequence[str], move: Callable[[str, Path], None]) -> None:
    """Write a whole file or none; of two processes that make the first key, one wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".key-")  # for its owner alone
    try:
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write("\n".join(keys) + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        move(name, file)
    except FileExistsError:
        return
    finally:
        Path(name).unlink(missing_ok=True)


_MISSING: Final = (
    "The key of the secrets is missing: put {where} back, or give it as {variable}. Without it, "
    "link every instance again."
)
_WRONG: Final = (
    "The key in {where} is not the one the secrets were sealed with: put the right one back, or "
    "link the instance again."
)
_MALFORMED: Final = "That is no key of secrets: `central secrets key` makes one for {variable}."
