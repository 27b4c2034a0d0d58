from dataclasses import fields

import pytest

from console.config import Settings, load_settings
from console.domain.errors import ConfigError


def test_without_variables_a_sqlite_store_in_the_home_folder_is_used(tmp_path):
    settings = load_settings({"CENTRAL_HOME": str(tmp_path)})
    assert settings.store_url == f"sqlite:///{tmp_path.resolve() / 'central.db'}"
    assert (settings.origin, settings.is_https) == ("http://localhost:8501", False)
    assert str(settings.zone) == "America/Sao_Paulo"


def test_every_variable_is_read():
    given = {
        "CENTRAL_PORT": "9000",
        "CENTRAL_DEMO": "yes",
        "CENTRAL_STORE": "postgresql://central@db/central",
        "CENTRAL_PUBLIC_URL": "https://central.example.com/",
    }
    settings = load_settings(given)
    assert (settings.port, settings.is_demo) == (9000, True)
    assert settings.store_url == "postgresql://central@db/central"
    assert (settings.origin, settings.is_https) == ("https://central.example.com", True)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CENTRAL_PORT", "many"),
        ("CENTRAL_TIME_ZONE", "Brazil/Nowhere"),
        ("CENTRAL_STORE", "mysql://x"),
    ],
)
def test_a_bad_value_names_its_variable(variable, value):
    with pytest.raises(ConfigError, match=variable) as raised:
        load_settings({variable: value})
    assert raised.value.variable == variable


def test_every_setting_has_a_variable_and_a_meaning():
    for field in fields(Settings):
        assert field.metadata["env"].startswith("CENTRAL_")
        assert field.metadata["help"].endswith(".")
