import threading

import pytest

from console.config import Secret, Settings
from console.store.vault import FILE, Vault, VaultError, new_key, open_vault


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "home" / FILE, Secret(), lambda: False)


def test_a_secret_comes_back_and_is_not_what_is_kept(vault):
    sealed = vault.seal("EAAG-canário")
    assert "EAAG" not in sealed
    assert vault.open(sealed) == "EAAG-canário"


def test_the_key_is_made_once_and_for_its_owner_alone(vault):
    vault.seal("x")
    key = vault.file.read_text()
    vault.seal("y")
    assert vault.file.read_text() == key
    assert vault.file.stat().st_mode & 0o777 == 0o600
    assert list(vault.file.parent.iterdir()) == [vault.file]


def test_of_many_who_make_the_first_key_one_wins(vault):
    sealed, wait = [], threading.Barrier(8)

    def seal():
        wait.wait()
        sealed.append(vault.seal("x"))

    threads = [threading.Thread(target=seal) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [vault.open(one) for one in sealed] == ["x"] * 8


def test_a_lost_key_is_never_replaced_silently(tmp_path):
    vault = Vault(tmp_path / FILE, Secret(), lambda: True)
    with pytest.raises(VaultError, match=r"key of the secrets is missing: put .*secret\.key back"):
        vault.seal("x")
    assert not vault.file.exists()


def test_opening_without_a_key_says_so(vault):
    with pytest.raises(VaultError, match="is missing"):
        vault.open("gAAAA")


def test_another_key_is_told_from_a_missing_one(vault):
    sealed = vault.seal("x")
    vault.file.write_text(new_key())
    with pytest.raises(VaultError, match="is not the one the secrets were sealed with"):
        vault.open(sealed)


def test_what_is_no_key_is_named(vault):
    vault.seal("x")
    vault.file.write_text("my password")
    with pytest.raises(VaultError, match="That is no key of secrets"):
        vault.seal("x")


def test_a_file_that_is_no_text_is_refused(vault):
    vault.seal("x")
    vault.file.write_bytes(b"\xff\xfe")
    with pytest.raises(VaultError, match="cannot be read"):
        vault.seal("x")


def test_a_key_that_others_may_read_is_refused(vault):
    vault.seal("x")
    vault.file.chmod(0o640)
    with pytest.raises(VaultError, match="chmod 600"):
        vault.open("x")


def test_a_key_of_the_environment_goes_before_the_file(tmp_path):
    key = new_key()
    vault = Vault(tmp_path / FILE, Secret(key), lambda: True)
    sealed = vault.seal("x")
    assert (vault.open(sealed), vault.is_own, vault.file.exists()) == ("x", False, False)
    with pytest.raises(VaultError, match="CENTRAL_SECRET_KEY is not the one"):
        Vault(tmp_path / FILE, Secret(new_key()), lambda: True).open(sealed)


def test_a_new_key_opens_what_the_old_one_sealed_until_that_is_forgotten(vault):
    sealed = vault.seal("x")
    vault.add_key()
    renewed = vault.renew(sealed)
    assert (vault.open(sealed), vault.open(renewed)) == ("x", "x")
    vault.forget_old_keys()
    assert vault.open(renewed) == "x"
    assert vault.file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(VaultError):
        vault.open(sealed)


def test_two_keys_of_the_environment_are_read_newest_first(tmp_path):
    old, new = new_key(), new_key()
    sealed = Vault(tmp_path / FILE, Secret(old), lambda: True).seal("x")
    both = Vault(tmp_path / FILE, Secret(f"{new} {old}"), lambda: True)
    assert Vault(tmp_path / FILE, Secret(new), lambda: True).open(both.renew(sealed)) == "x"


def test_the_key_lies_in_the_home_folder_and_is_never_shown(store, tmp_path):
    settings = Settings(home=tmp_path, secret_key=Secret("canary"))
    vault = open_vault(store, settings)
    assert vault.file == tmp_path / FILE
    assert "canary" not in repr(vault)
    assert vault.is_used() is False
