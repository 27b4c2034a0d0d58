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
        ("CENTRAL_EXPORT_FOLDER", "exports"),
        ("CENTRAL_EXPORT_ROWS", "boss=5"),
        ("CENTRAL_EXPORT_ROWS", "analyst=many"),
        ("CENTRAL_MAIL_SECURITY", "ssl"),
        ("CENTRAL_MAIL_PASSWORD_FILE", "/nowhere/at/all"),
        ("CENTRAL_MAIL_PASSWORD", "sênha"),
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


MAIL = {"CENTRAL_MAIL_HOST": "mail.example", "CENTRAL_MAIL_FROM": "central@loja.example"}


def test_how_exports_leave_the_house_is_read(tmp_path):
    given = {"CENTRAL_EXPORT_FOLDER": str(tmp_path), "CENTRAL_EXPORT_ROWS": "analyst=5 admin=9"}
    settings = load_settings(given | MAIL)
    assert (settings.writes_folders, settings.sends_mail) == (True, True)
    assert settings.most_rows == {"analyst": 5, "admin": 9}
    usual = load_settings({})
    assert (usual.writes_folders, usual.sends_mail, usual.most_rows) == (False, False, {})


def test_a_password_comes_from_a_variable_or_a_file_and_is_shown_nowhere(tmp_path):
    file = tmp_path / "secret"
    file.write_text("abretesesamo\n")
    for given in (
        {"CENTRAL_MAIL_PASSWORD": "abretesesamo"},
        {"CENTRAL_MAIL_PASSWORD_FILE": str(file)},
    ):
        settings = load_settings(given | MAIL)
        assert settings.mail_password.text == "abretesesamo"
        assert "abretesesamo" not in f"{settings} {settings!r} {settings.mail_password}"
    assert not load_settings(MAIL).mail_password


def test_a_password_is_not_sent_in_the_clear_and_letters_have_a_sender():
    with pytest.raises(ConfigError, match="without encryption"):
        load_settings(MAIL | {"CENTRAL_MAIL_PASSWORD": "abre", "CENTRAL_MAIL_SECURITY": "none"})
    with pytest.raises(ConfigError, match="CENTRAL_MAIL_FROM"):
        load_settings({"CENTRAL_MAIL_HOST": "mail.example"})
    with pytest.raises(ConfigError, match="CENTRAL_MAIL_FROM"):
        load_settings(MAIL | {"CENTRAL_MAIL_FROM": "a@b.example\nBcc: c@d.example"})
