"""Instances, integrations and keys on the command line; secrets are never arguments."""

import json
import sys
import types

import pytest
from click.testing import CliRunner

from console.channels import CHANNELS
from console.channels.base import Health, HealthState
from console.cli import central
from console.config import Settings
from console.store import accounts
from console.store.integrations import integration_of
from console.store.people import instance_by_key
from console.store.vault import open_vault

CLOUD = [
    "instance",
    "link",
    "loja-1",
    *("--channel", "cloud"),
    *("--provider-name", "104000000000001"),
    *("--business", "77000000000001"),
]
EVOLUTION = [
    "instance",
    "link",
    "loja-1",
    *("--channel", "evolution"),
    *("--provider-name", "loja1"),
]
TYPED = "EAAG-canary\nsegredo-do-app\nverificar\n"


@pytest.fixture
def home(tmp_path, monkeypatch, sqlite_store):
    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CENTRAL_STORE", sqlite_store.url)
    monkeypatch.setenv("CENTRAL_PUBLIC_URL", "https://central.example.com")
    return Settings(home=tmp_path / "home", store=sqlite_store.url)


@pytest.fixture
def line(home):
    def run(*words, code=0, **more):
        done = CliRunner().invoke(central, [*words], **more)
        assert done.exit_code == code, done.output
        return done

    run("instance", "add", "--name", "Loja 1")
    return run


def link(store):
    with store.read() as connection:
        return accounts.link(connection, instance_by_key(connection, "loja-1").id)


def opened(store, home):
    return accounts.opened(open_vault(store, home), link(store).sealed)


def test_an_instance_is_linked_with_secrets_from_standard_input(line, sqlite_store, home):
    said = line(*CLOUD, "--stdin", input=TYPED).stdout
    known = link(sqlite_store)
    address = f"https://central.example.com/wh/cloud/{known.route}"
    assert said == f"loja-1 is linked. Its webhook address: {address}\n"
    keys = opened(sqlite_store, home)
    assert (keys.token, keys.webhook_secrets, keys.verify_token) == (
        "EAAG-canary",
        ("segredo-do-app",),
        "verificar",
    )


def test_secrets_may_come_from_the_environment_and_blank_ones_stay(line, sqlite_store, home):
    given = {"CENTRAL_LINK_TOKEN": "token-1", "CENTRAL_LINK_SECRET": "secret-1 secret-2"}
    said = line(*CLOUD, env=given).stdout
    keys = opened(sqlite_store, home)
    assert (keys.token, keys.webhook_secrets) == ("token-1", ("secret-1", "secret-2"))
    assert f"Verify token for the provider's page: {keys.verify_token}\n" in said
    line(*CLOUD, env={"CENTRAL_LINK_TOKEN": "token-2"})
    again = opened(sqlite_store, home)
    assert (again.token, again.webhook_secrets) == ("token-2", ("secret-1", "secret-2"))
    assert again.verify_token == keys.verify_token


def test_evolution_gets_a_secret_that_is_shown_once(line, sqlite_store, home):
    words = [*EVOLUTION, "--url", "http://evolution:8080"]
    said = line(*words, env={"CENTRAL_LINK_TOKEN": "apikey"}).stdout
    (secret,) = opened(sqlite_store, home).webhook_secrets
    assert len(secret) >= 32
    assert f"not shown again: {secret}\n" in said
    assert f"/wh/evolution/{link(sqlite_store).route}" in said
    assert secret not in line(*words).stdout


def test_a_secret_that_anybody_guesses_is_refused(line, sqlite_store):
    refused = line(*CLOUD, "--stdin", input="EAAG\nabc\n\n", code=2)
    assert refused.stderr == "central: The secret is too short: use at least 8 characters.\n"
    assert link(sqlite_store) is None


def test_without_the_apps_secret_nothing_is_linked(line, sqlite_store):
    assert "nobody can tell" in line(*CLOUD, "--stdin", input="EAAG\n\n\n", code=2).stderr
    assert link(sqlite_store) is None


def test_no_option_takes_a_secret():
    words = " ".join(
        o for p in central.commands["instance"].commands["link"].params for o in p.opts
    )
    assert "token" not in words
    assert "secret" not in words


def test_no_secret_is_printed_by_anything_else(line):
    line(*CLOUD, "--stdin", input=TYPED)
    said = (
        line("instance", "list", "--format", "json").stdout + line("doctor", code=None or 0).stdout
    )
    for secret in TYPED.split():
        assert secret not in said


def test_an_instance_pauses_and_resumes(line):
    assert "not linked" in line("instance", "pause", "loja-1", code=2).stderr
    line(*CLOUD, "--stdin", input=TYPED)
    line("instance", "pause", "loja-1")
    (one,) = json.loads(line("instance", "list", "--format", "json").stdout)
    assert (one["channel"], one["link"], one["held"]) == ("cloud", "unknown", "paused")
    assert line("instance", "resume", "loja-1").stdout == "loja-1 sends again.\n"
    (one,) = json.loads(line("instance", "list", "--format", "json").stdout)
    assert one["held"] == ""


def test_the_address_is_shown_and_changed(line, sqlite_store):
    line(*CLOUD, "--stdin", input=TYPED)
    shown = line("instance", "route", "loja-1").stdout.strip()
    assert shown.endswith(link(sqlite_store).route)
    new = line("instance", "route", "loja-1", "--new").stdout.strip()
    assert new != shown
    assert new.endswith(link(sqlite_store).route)


@pytest.mark.parametrize("word", ["test", "pause", "resume", "route"])
def test_an_unknown_instance_is_named(line, word):
    refused = line("instance", word, "nowhere", code=2).stderr
    assert refused == "central: There is no instance nowhere: see `central instance list`.\n"


def test_what_is_linked_to_nothing_cannot_be_tested(line):
    assert "not linked to a provider" in line("instance", "test", "loja-1", code=2).stderr


class Answering:
    """A channel whose provider answers what the test wants."""

    told = Health(HealthState.OK)

    def __init__(self, account):
        assert account.token == "EAAG-canary"

    def health(self):
        return self.told


@pytest.mark.parametrize(
    ("told", "said", "code"),
    [
        (Health(HealthState.OK), "loja-1: ok\n", 0),
        (Health(HealthState.AUTH, "code 190"), "loja-1: auth (code 190)\n", 1),
    ],
)
def test_the_connection_is_tested_and_noted(line, sqlite_store, monkeypatch, told, said, code):
    monkeypatch.setattr(Answering, "told", told)
    monkeypatch.setitem(sys.modules, "answering", types.SimpleNamespace(Cloud=Answering))
    monkeypatch.setitem(CHANNELS, "cloud", ("answering", "Cloud"))
    line(*CLOUD, "--stdin", input=TYPED)
    assert line("instance", "test", "loja-1", code=code).stdout == said
    assert link(sqlite_store).state == told.state


def test_a_token_is_printed_once_and_ends_when_it_is_revoked(line, sqlite_store):
    token = line("integration", "add", "ERP da loja").stdout.strip()
    listed = line("integration", "list", "--format", "json").stdout
    assert [(o["key"], o["state"]) for o in json.loads(listed)] == [("erp-da-loja", "active")]
    assert token not in listed
    with sqlite_store.read() as connection:
        assert integration_of(connection, token).name == "ERP da loja"
    line("integration", "revoke", "erp-da-loja")
    with sqlite_store.read() as connection:
        assert integration_of(connection, token) is None
    assert "no such integration" in line("integration", "revoke", "erp-da-loja", code=2).stderr
    assert "see `central integration list`" in line("integration", "revoke", "x", code=2).stderr


def test_the_key_is_changed_and_every_secret_still_opens(line, sqlite_store, home):
    line(*CLOUD, "--stdin", input=TYPED)
    before = (home.home / "secret.key").read_text()
    assert line("secrets", "rotate").stdout.startswith("The secrets of 1 instances")
    after = (home.home / "secret.key").read_text()
    assert (after.count("\n"), before in after) == (1, False)
    assert opened(sqlite_store, home).token == "EAAG-canary"


def test_a_key_of_the_environment_is_changed_by_putting_one_before_it(line, sqlite_store, home):
    old, new = line("secrets", "key").stdout.strip(), line("secrets", "key").stdout.strip()
    line(*CLOUD, "--stdin", input=TYPED, env={"CENTRAL_SECRET_KEY": old})
    line("secrets", "rotate", env={"CENTRAL_SECRET_KEY": f"{new} {old}"})
    assert not (home.home / "secret.key").exists()
    line("secrets", "rotate", env={"CENTRAL_SECRET_KEY": new})
    wrong = line("secrets", "rotate", env={"CENTRAL_SECRET_KEY": old}, code=2).stderr
    assert "CENTRAL_SECRET_KEY is not the one the secrets were sealed with" in wrong
