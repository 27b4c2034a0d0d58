"""Letters: a file, or a link to one, by the mail server of the settings.

Everything that goes into a header is checked or freed of controls before, and the message class
refuses line breaks there by itself.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from console.config import Settings
from console.domain.errors import RuleError
from console.domain.ids import SECOND, Instant
from console.i18n import Text

LONGEST_ADDRESS: Final = 254  # RFC 5321, 4.5.3.1.3
_LOCAL: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMAIN: Final = (
    r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
_ADDRESS: Final = re.compile(f"{_LOCAL}@{_DOMAIN}")
_LONGEST_SUBJECT: Final = 150


class AgainError(RuleError):
    """Something that may have passed when it is tried again later."""


NOT_SENT: Final = Text(
    "O servidor de e-mail não respondeu como devia ({what}). Uma nova tentativa vem depois.",
    "The mail server did not answer as it should ({what}). Another try follows.",
    "El servidor de correo no respondió como debía ({what}). Después habrá otro intento.",
)
REFUSED: Final = Text(
    "O servidor de e-mail recusou {address}.",
    "The mail server refused {address}.",
    "El servidor de correo rechazó {address}.",
)
NOT_SIGNED_IN: Final = Text(
    "O servidor de e-mail não aceitou o nome e a senha da configuração.",
    "The mail server did not take the name and password of the settings.",
    "El servidor de correo no aceptó el nombre y la contraseña de la configuración.",
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a letter."""

    path: Path
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one address; the same `key` is the same letter, sent again."""

    to: str
    subject: str
    text: str
    key: str
    attached: Attached | None = None


def is_address(text: str) -> bool:
    """Whether a text is one plain address and nothing else."""
    return len(text) <= LONGEST_ADDRESS and bool(_ADDRESS.fullmatch(text))


def send(settings: Settings, letter: Letter, at: Instant) -> None:
    """Give a letter to the mail server; raises AgainError in one sentence."""
    message = written(settings, letter, at)
    try:
        with _session(settings) as session:
            session.send_message(message, settings.mail_from, [letter.to])
    except smtplib.SMTPRecipientsRefused:
        raise AgainError(REFUSED.with_(address=letter.to)) from None
    except smtplib.SMTPAuthenticationError:
        raise AgainError(NOT_SIGNED_IN) from None
    except (smtplib.SMTPException, OSError) as error:  # its words may hold what we sent
        raise AgainError(NOT_SENT.with_(what=type(error).__name__)) from None


def written(settings: Settings, letter: Letter, at: Instant) -> EmailMessage:
    """The message as it is sent."""
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from
    message["To"] = letter.to
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(datetime.fromtimestamp(at // SECOND, UTC))
    message["Message-ID"] = f"<central.{letter.key}@{_own_name(settings)}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers
    message.set_content(letter.text)
    if letter.attached:
        main, _, sub = letter.attached.media_type.partition(";")[0].partition("/")
        content = letter.attached.path.read_bytes()
        message.add_attachment(content, main, sub, filename=letter.attached.name)
    return message


def _one_line(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())[:_LONGEST_SUBJECT]


@contextmanager
def _session(settings: Settings) -> Iterator[smtplib.SMTP]:
    if settings.mail_security == "tls":
        made: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.mail_host,
            settings.mail_port,
            _own_name(settings),
            timeout=settings.mail_timeout_seconds,
            context=_trust(settings),
        )
    else:
        made = smtplib.SMTP(
            settings.mail_host,
            settings.mail_port,
            _own_name(settings),
            timeout=settings.mail_timeout_seconds,
        )
    with made as session:
        if settings.mail_security == "starttls":
            session.starttls(context=_trust(settings))
        if settings.mail_name:
            session.login(settings.mail_name, settings.mail_password.text)
        yield session


def _own_name(settings: Settings) -> str:
    """How Central greets the server: by its domain, not by the name of the machine."""
    return settings.mail_from.rpartition("@")[2]


def _trust(settings: Settings) -> ssl.SSLContext:
    own = settings.mail_ca
    return ssl.create_default_context(cafile=None if own == Path() else str(own))
