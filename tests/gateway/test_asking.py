import threading

import pytest

from build import MONDAY_9H, Centre
from console import actions
from console.channels.base import Action, Health, HealthState, Rejected, Template, TemplatePart
from console.channels.inbound import ProviderError
from console.config import Settings
from console.domain import template as domain
from console.domain.errors import RuleError
from console.gateway.asking import ask, known_templates
from console.store import accounts
from console.store.accounts import Sealed
from console.store.vault import open_vault


@pytest.fixture
def centre(sqlite_store):
    return Centre(sqlite_store)


@pytest.fixture
def vault(centre, tmp_path):
    centre.run(actions.SaveInstance("Loja 1", "cloud", instance_id=centre.loja))
    vault = open_vault(centre.store, Settings(home=tmp_path))
    values = {"provider_name": "104", "base_url": "https://graph.example", "business": "77"}
    sealed = Sealed(vault.seal("token"), (vault.seal("secret"),), "")
    centre.store.write(lambda c: accounts.save_link(c, centre.loja, values, sealed, MONDAY_9H))
    return vault


class Provider:
    def __init__(self, key, account):
        self.account, self.closed = account, threading.Event()

    def close(self):
        self.closed.set()


def test_the_provider_of_the_instance_answers_and_is_closed(centre, vault):
    made = []

    def opener(key, account):
        made.append(Provider(key, account))
        return made[0]

    found = ask(centre.store, vault, centre.loja, lambda c: c.account.token, opener=opener)
    assert found == "token"
    assert made[0].closed.wait(5)


def test_whoever_hangs_is_not_waited_for(centre, vault):
    let_go = threading.Event()
    with pytest.raises(RuleError, match="did not answer within 0 seconds"):
        ask(
            centre.store,
            vault,
            centre.loja,
            lambda _: let_go.wait(30),
            opener=Provider,
            patience_s=0.05,
        )
    let_go.set()


def test_what_goes_wrong_over_there_is_raised_here(centre, vault):
    def break_(_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(centre.store, vault, centre.loja, break_, opener=Provider)


@pytest.mark.parametrize("is_known", [True, False])
def test_what_is_linked_to_nothing_is_not_asked(centre, vault, is_known):
    centre.run(actions.SaveInstance("Loja 1", "none", instance_id=centre.loja))
    instance_id = centre.loja if is_known else 1
    with pytest.raises(RuleError, match="not linked"):
        ask(centre.store, vault, instance_id, lambda _: Health(HealthState.OK), opener=Provider)


def test_templates_are_told_as_they_are_kept():
    told = [Template("oi", "pt_BR", "UTILITY", "APPROVED", (TemplatePart("body", "Oi {{1}}", 1),))]
    part = domain.TemplatePart("body", "Oi {{1}}", 1)
    kept = domain.Template("oi", "pt_BR", "UTILITY", "APPROVED", (part,))
    assert known_templates(told) == (kept,)


def test_a_provider_that_refuses_to_tell_is_quoted():
    refused = Rejected(ProviderError(190, "Token expired"), Action.AUTH)
    with pytest.raises(RuleError, match=r"The provider refused: Token expired \(190\)\."):
        known_templates(refused)
