"""Letters reach a mail server, encrypted and signed in, with nothing strange in their headers."""

import shutil

import pytest

from build import MONDAY_9H
from console.config import Secret, Settings
from console.exports.letters import (
    NOT_SENT,
    NOT_SIGNED_IN,
    REFUSED,
    AgainError,
    Attached,
    Letter,
    is_address,
    send,
    written,
)
from letterbox import Letterbox, certificate

ACCOUNT = ("central", "Senha-1")
PLAIN = Letter("bia@loja.example", "Fila – 23/11", "Olá, Bia", "7.bia")


@pytest.fixture(scope="module")
def trusted(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl")
    return certificate(tmp_path_factory.mktemp("trust"))


@pytest.fixture
def letterbox():
    opened = []

    def at(**how):
        opened.append(Letterbox(**how))
        return opened[-1]

    yield at
    for box in opened:
        box.close()


def settings(box, security="none", ca=None, account=(), host="localhost"):
    name, password = account or ("", "")
    more = {"mail_ca": ca} if ca else {}
    return Settings(
        mail_host=host,
        mail_port=box.port,
        mail_security=security,
        mail_from="central@loja.example",
        mail_name=name,
        mail_password=Secret(password),
        mail_timeout_seconds=5,
        **more,
    )


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_goes_encrypted_and_signed_in(letterbox, trusted, security):
    file, context = trusted
    box = letterbox(context=context, security=security, account=ACCOUNT)
    send(settings(box, security, file, ACCOUNT), PLAIN, MONDAY_9H)
    ((to, message),) = box.letters
    assert (to, message["To"], message["From"]) == (PLAIN.to, PLAIN.to, "central@loja.example")
    assert (message["Subject"], message.get_content()) == ("Fila – 23/11", "Olá, Bia\r\n")
    assert message["Message-ID"] == "<central.7.bia@loja.example>"
    assert message["Date"] == "Mon, 02 Nov 2026 12:00:00 +0000"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_nobody_vouches_for_gets_nothing(letterbox, trusted, security):
    box = letterbox(context=trusted[1], security=security)
    with pytest.raises(AgainError) as refusal:
        send(settings(box, security), PLAIN, MONDAY_9H)
    assert refusal.value.text == NOT_SENT.with_(what="SSLCertVerificationError")
    assert box.letters == []


def test_a_server_without_encryption_gets_nothing_when_it_is_demanded(letterbox):
    box = letterbox()
    with pytest.raises(AgainError):
        send(settings(box, "starttls"), PLAIN, MONDAY_9H)
    assert box.letters == []


def test_a_wrong_password_is_said_and_not_shown(letterbox, trusted):
    box = letterbox(context=trusted[1], security="tls", account=ACCOUNT)
    with pytest.raises(AgainError) as refusal:
        send(settings(box, "tls", trusted[0], ("central", "errada")), PLAIN, MONDAY_9H)
    assert refusal.value.text == NOT_SIGNED_IN
    assert "errada" not in str(refusal.value)


def test_who_is_refused_and_who_does_not_answer_is_said(letterbox):
    box = letterbox()
    box.refused.add(PLAIN.to)
    with pytest.raises(AgainError) as refusal:
        send(settings(box), PLAIN, MONDAY_9H)
    assert refusal.value.text == REFUSED.with_(address=PLAIN.to)
    box.refused.clear()
    box.is_down = True
    with pytest.raises(AgainError) as refusal:
        send(settings(box), PLAIN, MONDAY_9H)
    assert refusal.value.text == NOT_SENT.with_(what="SMTPConnectError")


def test_a_file_comes_as_it_is(letterbox, tmp_path):
    file = tmp_path / "1.csv"
    file.write_bytes(b"a,b\r\n.\r\n\x00\xff")
    attached = Attached(file, "fila-2026-11-23.csv", "text/csv; charset=utf-8")
    box = letterbox()
    send(settings(box), Letter(PLAIN.to, "a", "b", "1", attached), MONDAY_9H)
    (part,) = box.letters[0][1].iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("fila-2026-11-23.csv", "text/csv")
    assert part.get_payload(decode=True) == file.read_bytes()


@pytest.mark.parametrize(
    "subject",
    ["a\r\nBcc: eva@example.com", "a\nSubject: b", "a\x0bb", "a\u2028Bcc: x@y.z", "á" * 999],
)
def test_a_subject_stays_a_subject(letterbox, subject):
    box = letterbox()
    send(settings(box), Letter(PLAIN.to, subject, "b", "1"), MONDAY_9H)
    ((to, message),) = box.letters
    assert to == PLAIN.to
    assert message["Bcc"] is None
    assert message.get_all("Subject") == [message["Subject"]]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "bia",
        "bia@loja",
        "a b@loja.example",
        "bia@loja.example, eva@example.com",
        "bia@loja.example\r\nBcc: eva@example.com",
        "Bia <bia@loja.example>",
        '"bia"@loja.example',
        "bia@[127.0.0.1]",
        "bia.@loja.example",
        "biá@loja.example",
        "b" * 250 + "@loja.example",
    ],
)
def test_only_a_plain_address_is_one(address):
    assert not is_address(address)
    assert is_address("bia.silva+x@loja-1.example")


def test_an_address_with_a_line_break_makes_no_header():
    with pytest.raises(ValueError, match="linefeed"):
        written(Settings(mail_from="a@b.example"), Letter("x@y.z\nBcc: e@f.g", "a", "b", "1"), 0)


def test_the_password_is_never_printed():
    held = Settings(mail_password=Secret("Senha-1"))
    assert "Senha" not in f"{held!r} {held.mail_password} {held.mail_password!r}"
    assert str(held.mail_password) == "(hidden)"
