import pytest

from console.channels import CHANNELS
from console.domain.errors import RuleError
from console.domain.provider import PROVIDERS, checked_url, provider_of

CLOUD, EVOLUTION, SIMULATOR = PROVIDERS


def test_every_provider_has_a_channel_in_the_same_order():
    assert [provider.key for provider in PROVIDERS] == list(CHANNELS)


def test_the_simulator_has_one_name_in_every_language():
    assert {SIMULATOR.name.pt, SIMULATOR.name.en, SIMULATOR.name.es} == {"Simulador"}


def test_an_instance_of_no_provider_has_none():
    assert provider_of("none") is None
    assert provider_of("evolution") is EVOLUTION


def test_an_empty_address_is_the_one_of_the_provider():
    assert checked_url(CLOUD, " ") == "https://graph.facebook.com/v23.0"


def test_a_closing_slash_is_left_out():
    assert checked_url(EVOLUTION, "https://evo.loja.example/ ") == "https://evo.loja.example"


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8080",
        "http://evolution:8080",
        "http://evo.internal",
        "http://127.0.0.1:9",
        "http://192.168.0.7:8080/api",
        "http://100.64.1.2",
        "http://[::1]:8080",
        "http://[fd00::1]",
    ],
)
@pytest.mark.parametrize("provider", [EVOLUTION, SIMULATOR])
def test_plain_http_is_taken_on_the_private_network_and_never_by_meta(provider, url):
    assert checked_url(provider, url) == url
    with pytest.raises(RuleError, match="must begin with https"):
        checked_url(CLOUD, url)


@pytest.mark.parametrize(
    "url",
    [
        "http://evo.example.com",
        "http://8.8.8.8",
        "http://169.254.169.254/latest",
        "http://0.0.0.0:8080",
        "http://[2001:db8::1]",
    ],
)
def test_plain_http_into_the_world_is_refused(url):
    with pytest.raises(RuleError, match="private network"):
        checked_url(EVOLUTION, url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "evo.example",
        "ftp://evo.example",
        "https://",
        "https://ana:senha@evo.example",
        "https://evo.example?key=1",
        "https://evo.example#x",
        "https://evo.example:99999",
        "https://evo.example:0",
        "https://[::1",
        "https://evo exam.ple",
        "https://evo.example/ção",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_a_provider_is_refused(url):
    with pytest.raises(RuleError, match="must begin with https"):
        checked_url(EVOLUTION, url)
