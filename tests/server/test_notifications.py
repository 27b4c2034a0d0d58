"""What docs/notifications.md tells people to type, against a real server behind its gate."""

import json
import os
import re
import subprocess

import httpx
import pytest

from build import Centre
from console import actions
from console.domain.ids import MINUTE, now
from console.store import accounts
from console.store.accounts import Sealed
from console.store.integrations import hash_of, new_token
from console.store.schema import migrate
from console.store.work import open_store
from machine import ROOT
from serving import serving

TEXT = (ROOT / "docs/notifications.md").read_text()
TYPED = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A home with a linked instance, a customer who wrote just now, and a token."""
    home = tmp_path_factory.mktemp("office")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    centre = Centre(store, at=now() - 30 * MINUTE)
    centre.run(actions.SaveInstance("Loja 1", "cloud", instance_id=centre.loja))
    values = {"provider_name": "104", "base_url": "https://graph.example", "business": "77"}
    # Paused, so that nothing of this leaves the machine.
    sealed, paused = Sealed("t", ("s",), "v"), {"is_paused": True}
    store.write(lambda c: accounts.save_link(c, centre.loja, values | paused, sealed, now()))
    centre.receive(phone=5511900000002)
    token = new_token()
    centre.run(actions.SaveIntegration("ERP", hash_of(token)))
    store.close()
    with serving(home) as running:
        yield running.url, token


def typed(block, url, token, **more):
    given = {**os.environ, "CENTRAL_URL": url, "CENTRAL_TOKEN": token, **more}
    run = ["bash", "-c", block]
    done = subprocess.run(run, check=False, capture_output=True, text=True, env=given)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_command_of_the_page_does_what_it_says(office):
    template, text, followed = TYPED
    first = typed(template, *office)
    assert (first["state"], first["external_id"]) == ("queued", "42")
    assert typed(template, *office) == first
    second = typed(text, *office)
    assert second["id"] != first["id"]
    assert typed(followed, *office, NOTIFICATION=second["id"]) == second


def test_the_gate_lets_systems_in_and_browsers_sign_in_for_nothing(office):
    url, token = office
    known = {"authorization": f"Bearer {token}"}
    assert httpx.post(f"{url}/api/notifications", json={}, headers=known).status_code == 422
    assert httpx.post(f"{url}/api/notifications", json={}).status_code == 401
    assert httpx.get(f"{url}/api/notifications", headers=known).status_code == 405
    assert httpx.put(f"{url}/api/notifications/1", headers=known).status_code == 405
    assert httpx.get(f"{url}/api/other", headers=known).status_code == 404
    large = httpx.post(f"{url}/api/notifications", content=b" " * 70_000, headers=known)
    assert large.status_code in {413, 415}
