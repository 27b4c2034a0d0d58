"""Files are put into folders whole, under the folder of the settings and nowhere else."""

import json

import pytest

from console.domain.errors import RuleError
from console.exports import folders
from console.exports.folders import BAD_FOLDER, NOT_A_FOLDER, Naming
from console.exports.make import manifest_of

NAMING = Naming("fila", "csv")


@pytest.fixture
def root(tmp_path):
    made = tmp_path / "root"
    made.mkdir()
    return made


@pytest.fixture
def put(root, tmp_path):
    def of(day="2026-11-23", folder="", keep_n=0, content="a,b\n", naming=NAMING):
        file = tmp_path / "7.csv"
        file.write_text(content)
        manifest_of(file).write_text(json.dumps({"file": file.name, "rows": 1}))
        folders.put(root, folder, naming.of(day), file, naming, keep_n)

    return of


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_a_file_lies_there_with_its_manifest_and_nothing_else(put, root):
    put(folder="vendas/diário")
    place = root / "vendas" / "diário"
    assert names(place) == ["fila-2026-11-23.csv", "fila-2026-11-23.csv.manifest.json"]
    assert (place / "fila-2026-11-23.csv").read_text() == "a,b\n"
    told = json.loads((place / "fila-2026-11-23.csv.manifest.json").read_text())
    assert told == {"file": "fila-2026-11-23.csv", "rows": 1}
    assert {f.stat().st_mode & 0o777 & ~0o640 for f in place.iterdir()} == {0}


def test_the_file_of_a_day_is_replaced_whole(put, root):
    put(content="old\n" * 1000)
    put(content="new\n")
    assert (root / "fila-2026-11-23.csv").read_text() == "new\n"


@pytest.mark.parametrize(
    "folder",
    [
        "..",
        "../etc",
        "a/../b",
        "/etc",
        "a//b",
        "a/",
        ".hidden",
        "a/.ssh",
        "a\\b",
        "a\0b",
        "a\nb",
        "a..b",
        "x" * 61,
        "a/b/c/d/e",
        "~",
        "$HOME",
        "-rf",
    ],
)
def test_a_folder_is_names_below_one_another(put, root, folder):
    with pytest.raises(RuleError) as refusal:
        put(folder=folder)
    assert refusal.value.text == BAD_FOLDER
    assert names(root) == []


def test_a_folder_is_written_as_it_is_kept():
    assert folders.checked("  Vendas / diário 2 ") == "Vendas/diário 2"
    assert folders.checked("  ") == ""


def test_no_link_leads_outside(put, root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "vendas").symlink_to(outside)
    for folder in ("vendas", "vendas/diario"):
        with pytest.raises(RuleError) as refusal:
            put(folder=folder)
        assert refusal.value.text == NOT_A_FOLDER.with_(folder=folder)
    assert names(outside) == []


def test_a_link_in_place_of_a_file_is_replaced_and_not_followed(put, root, tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("mine")
    for name in ("fila-2026-11-23.csv", ".fila-2026-11-23.csv.part"):
        (root / name).symlink_to(victim)
    put()
    assert victim.read_text() == "mine"
    assert not (root / "fila-2026-11-23.csv").is_symlink()
    assert names(root) == ["fila-2026-11-23.csv", "fila-2026-11-23.csv.manifest.json"]


def test_a_file_in_place_of_a_folder_is_said(put, root):
    (root / "vendas").write_text("")
    with pytest.raises(RuleError) as refusal:
        put(folder="vendas")
    assert refusal.value.text == NOT_A_FOLDER.with_(folder="vendas")


def test_a_copy_that_breaks_leaves_what_was_there(put, root, monkeypatch):
    put(content="old\n")

    def broken(_source, target):
        target.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.shutil, "copyfileobj", broken)
    with pytest.raises(OSError, match="No space"):
        put(content="new\n")
    assert names(root) == ["fila-2026-11-23.csv", "fila-2026-11-23.csv.manifest.json"]
    assert (root / "fila-2026-11-23.csv").read_text() == "old\n"


def test_the_newest_files_stay(put, root):
    others = ["fila-extra-2026-11-01.csv", "fila-2026-11-01.xlsx", "nota.txt"]
    for name in others:
        (root / name).write_text("")
    for day in range(20, 25):
        put(f"2026-11-{day}", keep_n=2)
    kept = [f"fila-2026-11-{day}.csv{end}" for day in (23, 24) for end in ("", ".manifest.json")]
    assert names(root) == sorted([*others, *kept])


def test_a_root_that_is_not_there_is_not_made(put, root):
    root.rmdir()
    with pytest.raises(FileNotFoundError):
        put()
