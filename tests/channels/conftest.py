"""A server that answers as Evolution API does, and a channel that asks it."""

import pytest

from channels.evolution_fake import FakeEvolution, serving
from console.channels.base import Account
from console.channels.evolution import Evolution

SECRET = "a-secret-of-more-than-32-bytes-for-hs256"


@pytest.fixture(scope="module")
def evolution_place():
    fake = FakeEvolution()
    with serving(fake.app) as url:
        yield fake, url


@pytest.fixture
def fake(evolution_place):
    evolution_place[0].reset()
    return evolution_place[0]


@pytest.fixture
def loja(fake):
    return fake.add()


@pytest.fixture
def account(evolution_place):
    secrets = (SECRET,)
    return Account(
        "loja",
        evolution_place[1],
        token="TOKEN-OF-LOJA",
        webhook_secrets=secrets,
        may_be_local=True,
    )


@pytest.fixture
def channel(account, loja):
    channel = Evolution(account)
    yield channel
    channel.close()
