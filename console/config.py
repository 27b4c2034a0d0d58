"""Settings of the process: one frozen dataclass, every variable with default and meaning."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.domain.errors import ConfigError


def _setting(default: Any, env: str, meaning: str) -> Any:
    return field(default=default, metadata={"env": env, "help": meaning})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a process is told by its environment; read once at start."""

    home: Path = _setting(  # noqa: RUF009 - makes a field
        Path("data/home"),
        "CENTRAL_HOME",
        "Folder for everything Central keeps beside the store: read models, files, secrets.",
    )
    store: str = _setting(
        "",
        "CENTRAL_STORE",
        "Where conversations are kept: `sqlite:////folder/central.db` or `postgresql://…`. "
        "Default: `central.db` in CENTRAL_HOME.",
    )
    host: str = _setting("127.0.0.1", "CENTRAL_HOST", "Address the server listens on.")
    port: int = _setting(8501, "CENTRAL_PORT", "Port the server listens on.")
    public_url: str = _setting(
        "",
        "CENTRAL_PUBLIC_URL",
        "Address people type, such as `https://central.example.com`. Its host and origin are the "
        "only ones answered, and `https` turns on secure cookies. Default: the listening address.",
    )
    time_zone: str = _setting(
        "America/Sao_Paulo",
        "CENTRAL_TIME_ZONE",
        "IANA zone in which days begin and instants are shown.",
    )
    read_model_memory: str = _setting(
        "2GB", "CENTRAL_READ_MODEL_MEMORY", "Most memory the read model may take."
    )
    read_model_threads: int = _setting(
        2, "CENTRAL_READ_MODEL_THREADS", "Threads of the read model's queries."
    )
    session_idle_minutes: int = _setting(
        30, "CENTRAL_SESSION_IDLE_MINUTES", "Minutes without a sign of life that end a sign-in."
    )
    session_hours: int = _setting(
        12, "CENTRAL_SESSION_HOURS", "Hours after which a sign-in ends whatever happens."
    )
    is_demo: bool = _setting(
        False, "CENTRAL_DEMO", "Set by `central demo`: shows that the data are generated."
    )

    @property
    def store_url(self) -> str:
        """The store's address with the default filled in."""
        return self.store or f"sqlite:///{(self.home / 'central.db').resolve()}"

    @property
    def zone(self) -> ZoneInfo:
        """The account's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def origin(self) -> str:
        """Scheme, host and port people type, without a closing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        """Whether cookies may demand a secure connection."""
        return self.origin.startswith("https://")


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; raises ConfigError naming the variable."""
    given = os.environ if environment is None else environment
    values: dict[str, Any] = {
        f.name: _read(f.metadata["env"], given[f.metadata["env"]], f.default)
        for f in fields(Settings)
        if given.get(f.metadata["env"]) and f.default is not MISSING
    }
    settings = Settings(**values)
    _check(settings)
    return settings


def _read(variable: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        return text.lower() in {"1", "true", "yes", "on"}
    if isinstance(default, int):
        return _whole_number(variable, text)
    return Path(text) if isinstance(default, Path) else text


def _whole_number(variable: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ConfigError(variable, f"{text!r} is not a whole number") from None


def _check(settings: Settings) -> None:
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise ConfigError(
            "CENTRAL_TIME_ZONE",
            f"{settings.time_zone!r} is no IANA time zone; try America/Sao_Paulo",
        ) from None
    if not settings.store_url.startswith(("sqlite:///", "postgresql://")):
        raise ConfigError(
            "CENTRAL_STORE", "give sqlite:////folder/central.db or postgresql://user@host/name"
        )
