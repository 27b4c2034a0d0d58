"""Only bytes signed with one of our secrets are a webhook."""

import hashlib
import hmac
import json

import pytest

from cloud_bodies import message, with_messages
from console.channels.signature import HEADER, is_signed, signature

SECRET = "segredo"
BODY = with_messages(message())
GOOD = signature(SECRET, BODY)


def test_the_vector_of_rfc_4231():
    """Test case 2: key "Jefe", data "what do ya want for nothing?"."""
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert signature("Jefe", b"what do ya want for nothing?") == f"sha256={expected}"


def test_a_signed_body_is_authentic_with_any_of_our_secrets():
    for secrets in ((SECRET,), ("novo", SECRET), (SECRET, "novo"), ("", SECRET)):
        assert is_signed({HEADER: GOOD}, BODY, secrets)


def sha1():
    return "sha1=" + hmac.new(SECRET.encode(), BODY, hashlib.sha1).hexdigest()


@pytest.mark.parametrize(
    "given",
    [
        "",
        "sha256=",
        GOOD.removeprefix("sha256="),
        GOOD[:-1],
        GOOD[:-2],
        GOOD + "0",
        GOOD + "\n",
        " " + GOOD,
        GOOD.upper(),
        "SHA256=" + GOOD.removeprefix("sha256="),
        GOOD.replace("sha256", "sha1"),
        sha1(),
        GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"),
        signature("outro", BODY),
        signature("", BODY),
        "sha256=" + "é" * 64,
    ],
)
def test_any_other_header_is_not(given):
    assert not is_signed({HEADER: given}, BODY, (SECRET,))


def test_every_bit_of_the_body_counts():
    for at in range(len(BODY)):
        changed = bytearray(BODY)
        changed[at] ^= 1
        assert not is_signed({HEADER: GOOD}, bytes(changed), (SECRET,))


def test_the_same_json_written_again_is_not_the_same_body():
    again = json.dumps(json.loads(BODY)).encode()
    assert json.loads(again) == json.loads(BODY)
    assert not is_signed({HEADER: GOOD}, again, (SECRET,))
    assert not is_signed({HEADER: GOOD}, BODY + b"\n", (SECRET,))
    assert not is_signed({HEADER: GOOD}, BODY[:-1], (SECRET,))


@pytest.mark.parametrize("secrets", [(), ("",), ("", "")])
def test_without_a_secret_nothing_is_authentic(secrets):
    assert not is_signed({HEADER: signature("", BODY)}, BODY, secrets)
    assert not is_signed({HEADER: GOOD}, BODY, secrets)
    assert not is_signed({}, BODY, secrets)
