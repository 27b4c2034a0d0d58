"""A body of Evolution is taken only with the secret, as a header or as a JWT of it."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws, jwt
from joserfc.jwk import OctKey, RSAKey

from channels.evolution_bodies import AT
from console.channels.evolution_auth import HEADER, is_authentic, is_signed

SECRET = "a-secret-of-more-than-32-bytes-for-hs256"
OTHER = "another-secret-of-more-than-32-bytes-too"
NOW_S = AT // 1_000_000
CLAIMS = {"iat": NOW_S, "exp": NOW_S + 600, "app": "evolution", "action": "webhook"}

# RFC 7515, appendix A.1: HS256, and A.5: no signature.
RFC_KEY = base64.urlsafe_b64decode(
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow=="
)
RFC_CLAIMS = (
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
)
RFC_TOKEN = (
    f"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{RFC_CLAIMS}"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)
RFC_UNSIGNED = f"eyJhbGciOiJub25lIn0.{RFC_CLAIMS}."
RFC_END = 1_300_819_380 * 1_000_000


def token(claims=None, key=SECRET, algorithm="HS256"):
    chosen = OctKey.import_key(key) if isinstance(key, str) else key
    header = {"alg": algorithm, "typ": "JWT"}
    return jwt.encode(header, CLAIMS if claims is None else claims, chosen, algorithms=[algorithm])


def is_taken(sent, at=AT, secrets=(SECRET,)):
    return is_authentic({"authorization": f"Bearer {sent}"}, secrets, at)


# The header


def test_the_header_has_a_name():
    assert HEADER == "X-Central-Token"


def test_each_of_two_secrets_opens():
    for given_ in (SECRET, OTHER):
        assert is_authentic({"x-central-token": given_}, (SECRET, OTHER), AT)


@pytest.mark.parametrize(
    "given_", ["", "x", SECRET[:-1], SECRET + "x", SECRET.upper(), "é" * 40, "\ud800"]
)
def test_anything_else_does_not(given_):
    assert not is_authentic({"x-central-token": given_}, (SECRET,), AT)


@pytest.mark.parametrize("secrets", [(), ("",), ("", "")])
def test_without_a_secret_nothing_opens(secrets):
    for headers in ({}, {"x-central-token": ""}, {"authorization": "Bearer "}):
        assert not is_authentic(headers, secrets, AT)
    assert not is_taken(RFC_UNSIGNED, 0, secrets)


def test_a_short_secret_opens_as_a_header_and_not_as_a_key():
    assert is_authentic({"x-central-token": "short"}, ("short",), AT)
    assert not is_taken(signed_by_hand(b"short"), secrets=("short",))
    assert is_taken(signed_by_hand(SECRET.encode()))


# The token


def test_the_vector_of_the_rfc_is_taken_until_it_ends():
    assert is_signed(RFC_TOKEN, RFC_KEY, RFC_END - 1_000_000)
    assert not is_signed(RFC_TOKEN, RFC_KEY, RFC_END)
    assert not is_signed(RFC_UNSIGNED, RFC_KEY, RFC_END - 1_000_000)


@pytest.mark.parametrize("place", range(len(RFC_TOKEN)))
def test_no_byte_of_the_vector_may_be_another(place):
    other = "A" if RFC_TOKEN[place] != "A" else "B"
    changed = RFC_TOKEN[:place] + other + RFC_TOKEN[place + 1 :]
    is_same = base64_of(changed) == base64_of(RFC_TOKEN)  # the last letter has two spare bits
    assert is_signed(changed, RFC_KEY, RFC_END - 1_000_000) is is_same


def base64_of(sent):
    parts = sent.split(".")
    return parts[:2], [base64.urlsafe_b64decode(part + "==") for part in parts[2:]]


def test_a_token_as_the_server_makes_it_is_taken():
    assert is_taken(token())
    assert is_authentic({"authorization": f"bearer {token()}"}, (OTHER, SECRET), AT)
    assert not is_authentic({"authorization": f"Basic {token()}"}, (SECRET,), AT)
    assert not is_authentic({"authorization": token()}, (SECRET,), AT)


def test_a_clock_that_runs_ahead_is_no_forgery():
    assert is_taken(token({**CLAIMS, "iat": NOW_S + 30}))


def test_a_token_ends():
    assert is_taken(token(), AT + 599_000_000)
    assert not is_taken(token(), AT + 600_000_000)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"iat": NOW_S},
        {"exp": None},
        {"exp": str(NOW_S + 600)},
        {"exp": True},
        {**CLAIMS, "nbf": NOW_S + 60},
    ],
)
def test_a_token_without_an_end_that_counts_is_refused(claims):
    assert not is_taken(token(claims))


def test_a_token_of_another_key_is_refused():
    assert not is_taken(token(key=OTHER))


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_other_algorithms_are_refused(algorithm):
    assert not is_taken(token(algorithm=algorithm, key=SECRET * 2), secrets=(SECRET * 2,))


def test_a_signature_by_a_key_pair_is_refused():
    pair = RSAKey.generate_key(2048)
    assert not is_taken(token(key=pair, algorithm="RS256"))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None, 5, ["HS256"]])
def test_a_token_that_says_it_needs_no_signature_is_refused(algorithm):
    header, claims = part({"alg": algorithm}), part(CLAIMS)
    for signature in ("", part("x")):
        assert not is_taken(f"{header}.{claims}.{signature}")


def test_a_token_that_demands_the_unknown_is_refused():
    assert not is_taken(signed_by_hand(SECRET.encode(), {"alg": "HS256", "crit": ["b64"]}))


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def signed_by_hand(key, header=None, claims=None):
    import hashlib
    import hmac

    head = f"{part(header or {'alg': 'HS256'})}.{part(claims or CLAIMS)}"
    signature = hmac.new(key, head.encode(), hashlib.sha256).digest()
    return f"{head}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


@pytest.mark.parametrize("claims", [[], "x", 5, [1]])
def test_claims_that_are_no_object_are_refused(claims):
    head = {"alg": "HS256"}
    content = json.dumps(claims).encode()
    sent = jws.serialize_compact(head, content, OctKey.import_key(SECRET), algorithms=["HS256"])
    assert not is_taken(sent)


@given(st.text(max_size=60) | st.lists(st.text(max_size=20), max_size=4).map(".".join))
def test_any_text_is_refused_and_none_stops_anything(sent):
    assert not is_taken(sent)
