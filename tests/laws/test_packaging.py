"""What is installed: a lock that names files and no places, a wheel that carries everything."""

import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

from machine import ROOT

LOCK = (ROOT / "requirements.lock").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_lock_names_no_place():
    options = [line for line in LOCK.splitlines() if line.startswith(("-", "/", "."))]
    assert options == []
    assert re.search(r"://|\bfile:|@ ", LOCK) is None


def test_every_locked_package_has_a_hash():
    entries = re.split(
        r"\n(?=[a-z0-9])", LOCK[re.search(r"^[a-z0-9]", LOCK, re.MULTILINE).start() :]
    )
    assert len(entries) > 50
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_dependency_is_locked():
    asked = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]
    names = {re.match(r"[\w-]+", requirement)[0].lower() for requirement in asked}
    assert names - set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE)) == set()


def test_only_one_sqlite_is_locked():
    """Two distributions install the same module, and the last one wins."""
    assert "pysqlite3-binary" not in LOCK


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(file).namelist())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "pattern", "place"),
    [
        ("console", "**/*.py", "console"),
        ("console", "**/*.sql", "console"),
        ("console", "**/*.js", "console"),
        ("console", "**/*.css", "console"),
        ("console", "**/*.html", "console"),
        ("console", "**/*.ogg", "console"),
        ("console", "**/*.toml", "console"),
        ("pages", "*.py", "console/_pages"),
        ("data/words", "**/*.*", "console/_words"),
        (".streamlit", "config.toml", "console/_streamlit"),
    ],
)
def test_the_wheel_carries_it(wheel, folder, pattern, place):
    files = [file.relative_to(ROOT / folder) for file in (ROOT / folder).glob(pattern)]
    assert files
    assert {f"{place}/{file.as_posix()}" for file in files} - wheel == set()
