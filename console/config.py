"""Settings of the process: one frozen dataclass, every variable with default and meaning."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.domain.agent import Role
from console.domain.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that is never shown, whatever prints or logs what holds it."""

    text: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return "(hidden)" if self.text else ""


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
    secret_key: Secret = _setting(  # noqa: RUF009 - makes a field
        Secret(),
        "CENTRAL_SECRET_KEY",
        "Key that secrets of channels are sealed with, as `central secrets key` makes it; several "
        "with spaces between, the newest first. Default: the file `secret.key` in CENTRAL_HOME.",
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
    export_folder: Path = _setting(  # noqa: RUF009 - makes a field
        Path(),
        "CENTRAL_EXPORT_FOLDER",
        "Folder under which scheduled exports may write; an absolute path. Default: none, and then "
        "they go by e-mail only.",
    )
    export_rows: str = _setting(
        "",
        "CENTRAL_EXPORT_ROWS",
        "Most rows of one export by role, such as `analyst=100000 team_lead=50000`. Default: no "
        "bound.",
    )
    export_daily_rows: str = _setting(
        "",
        "CENTRAL_EXPORT_DAILY_ROWS",
        "Most rows that one person takes away within 24 hours, by role as for one export. Default: "
        "no bound.",
    )
    export_reason_rows: int = _setting(
        1_000,
        "CENTRAL_EXPORT_REASON_ROWS",
        "Rows above which an export with customers' names, phones or words asks what they are for; "
        "a scheduled one always asks. `-1` never asks.",
    )
    mail_host: str = _setting(
        "", "CENTRAL_MAIL_HOST", "Server (SMTP) that takes letters. Default: none are sent."
    )
    mail_port: int = _setting(587, "CENTRAL_MAIL_PORT", "Its port.")
    mail_security: str = _setting(
        "starttls",
        "CENTRAL_MAIL_SECURITY",
        "`starttls`, `tls` (from the first byte, port 465) or `none`, which takes no password.",
    )
    mail_ca: Path = _setting(  # noqa: RUF009 - makes a field
        Path(),
        "CENTRAL_MAIL_CA",
        "File of the certificates that vouch for it. Default: those of the system.",
    )
    mail_name: str = _setting("", "CENTRAL_MAIL_NAME", "Name to sign in with. Default: none.")
    mail_password: Secret = _setting(  # noqa: RUF009 - makes a field
        Secret(), "CENTRAL_MAIL_PASSWORD", "Password of that name; shown nowhere."
    )
    mail_password_file: Path = _setting(  # noqa: RUF009 - makes a field
        Path(), "CENTRAL_MAIL_PASSWORD_FILE", "File with the password, in place of the variable."
    )
    mail_from: str = _setting("", "CENTRAL_MAIL_FROM", "Address that letters come from.")
    mail_domains: str = _setting(
        "",
        "CENTRAL_MAIL_DOMAINS",
        "Domains whose addresses may get exports besides people with the right to export, such as "
        "`example.com example.org`. Default: none.",
    )
    mail_megabytes: int = _setting(
        10,
        "CENTRAL_MAIL_MEGABYTES",
        "Largest file that is attached to a letter; people get a link to larger ones.",
    )
    mail_timeout_seconds: int = _setting(
        30, "CENTRAL_MAIL_TIMEOUT_SECONDS", "How long a step of sending a letter may take."
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
    def sends_mail(self) -> bool:
        """Whether letters can be sent."""
        return bool(self.mail_host)

    @property
    def writes_folders(self) -> bool:
        """Whether exports may be written to folders."""
        return self.export_folder.is_absolute()

    @property
    def most_rows(self) -> Mapping[str, int]:
        """Most rows of an export by role; roles that are not there have no bound."""
        return _by_role(self.export_rows)

    @property
    def most_daily_rows(self) -> Mapping[str, int]:
        """Most rows that a person takes away within 24 hours by role, likewise."""
        return _by_role(self.export_daily_rows)

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
    settings = _with_password(Settings(**values))
    _check(settings)
    check_mail(settings)
    check_exports(settings)
    return settings


def _read(variable: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        return text.lower() in {"1", "true", "yes", "on"}
    if isinstance(default, Secret):
        return Secret(text)
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


def _with_password(settings: Settings) -> Settings:
    """The settings with the password of the file that is named, if one is."""
    file = settings.mail_password_file
    if file == Path():
        return settings
    try:
        password = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError("CENTRAL_MAIL_PASSWORD_FILE", f"{file} cannot be read") from None
    return replace(settings, mail_password=Secret(password))


def check_mail(settings: Settings) -> None:
    """Raise ConfigError for a mail server that letters could not, or should not, be given to."""
    if settings.mail_security not in MAIL_SECURITY:
        raise ConfigError("CENTRAL_MAIL_SECURITY", "give starttls, tls or none")
    if settings.mail_security == "none" and settings.mail_password:
        raise ConfigError("CENTRAL_MAIL_SECURITY", "a password is not sent without encryption")
    if not (settings.mail_name + settings.mail_password.text).isascii():  # so smtplib sends them
        raise ConfigError("CENTRAL_MAIL_PASSWORD", "name and password are ASCII letters and signs")
    if settings.sends_mail and not _ADDRESS.fullmatch(settings.mail_from):
        raise ConfigError("CENTRAL_MAIL_FROM", "give the address that letters come from")


def check_exports(settings: Settings) -> None:
    """Raise ConfigError for a folder or a bound that cannot be kept to."""
    if settings.export_folder != Path() and not settings.writes_folders:
        raise ConfigError("CENTRAL_EXPORT_FOLDER", "give an absolute path")
    roles = "|".join(_ROLES)
    bounds = {
        "CENTRAL_EXPORT_ROWS": settings.export_rows,
        "CENTRAL_EXPORT_DAILY_ROWS": settings.export_daily_rows,
    }
    for name, text in bounds.items():
        if not re.fullmatch(rf"(({roles})=\d{{1,9}}( +|$))*", text.strip()):
            raise ConfigError(name, f"give {_ROLES[0]}=100000, one for each role")


def _by_role(text: str) -> dict[str, int]:
    pairs = (part.partition("=") for part in text.split())
    return {role: int(rows) for role, _, rows in pairs}


MAIL_SECURITY: Final = ("starttls", "tls", "none")
_ADDRESS: Final = re.compile(r"[^\s@<>\"',;:]+@[^\s@<>\"',;:]+")
_ROLES: Final = tuple(role.value for role in Role)
