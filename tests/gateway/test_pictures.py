"""Pictures drawn anew: scaled, upright, without a camera's words, or not at all."""

import pytest
from PIL import Image

import sample_files
from console.gateway.pictures import UnshownError, as_photo, picture
from console.store.files import FileStore


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / "media")


def drawn(files, body, size="thumb"):
    path = picture(files, files.put([body], len(body)).sha256, size)
    with Image.open(path) as shown:
        shown.load()
        return path, shown


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_scaled_to_its_size(files, form):
    body = sample_files.picture(form, (3_000, 1_500))
    assert drawn(files, body)[1].size == (480, 240)
    assert drawn(files, body, "full")[1].size == (2_560, 1_280)


def test_a_small_picture_stays_as_large_as_it_is(files):
    assert drawn(files, sample_files.picture(size=(90, 60)), "full")[1].size == (90, 60)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_where_it_was_taken_is_not_shown(files, form):
    body = sample_files.picture(form)
    assert sample_files.PLACE.encode() in body
    path, shown = drawn(files, body, "full")
    assert sample_files.PLACE.encode() not in path.read_bytes()
    assert (dict(shown.getexif()), shown.format) == ({}, "WEBP")


def test_a_picture_is_shown_the_way_it_was_taken(files):
    assert drawn(files, sample_files.picture(size=(90, 60), orientation=6))[1].size == (60, 90)


def test_nothing_behind_a_picture_gets_through(files):
    polyglot = sample_files.picture("GIF") + sample_files.HTML
    assert b"<script>" not in drawn(files, polyglot)[0].read_bytes()


@pytest.mark.parametrize(
    "body",
    [
        sample_files.huge_png(),
        sample_files.huge_png(21_000, 2),
        sample_files.huge_png(12_000, 12_000),
        sample_files.picture()[:300],
        sample_files.picture("PNG")[:80],
        b"\xff\xd8\xff" + sample_files.HTML,
        b"GIF89a" + b"\0" * 20,
        sample_files.zipped("foto.jpg"),
        sample_files.SVG,
        sample_files.PDF,
        b"",
    ],
)
def test_what_is_no_picture_is_not_drawn(files, body):
    kept = files.put([body], len(body))
    with pytest.raises(UnshownError):
        picture(files, kept.sha256, "full")
    assert [p.name for p in files.path_of(kept.sha256).parent.iterdir()] == [kept.sha256]


def test_a_picture_is_drawn_once(files):
    path, _ = drawn(files, sample_files.picture())
    drawn_at = path.stat().st_mtime_ns
    assert drawn(files, sample_files.picture())[0] == path
    assert path.stat().st_mtime_ns == drawn_at


def test_a_photo_goes_out_upright_on_white_and_without_its_place(tmp_path):
    path = tmp_path / "photo"
    for body in (
        sample_files.picture(size=(5_000, 3_000), orientation=6),
        sample_files.picture("PNG", (300, 500), colour=(0, 0, 0)),
    ):
        path.write_bytes(body)
        as_photo(path)
        with Image.open(path) as photo:
            assert (photo.format, photo.mode) == ("JPEG", "RGB")
            assert photo.size in {(1_536, 2_560), (300, 500)}
        assert sample_files.PLACE.encode() not in path.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_picture_is_no_photo_and_stays_as_it_is(tmp_path):
    path = tmp_path / "photo"
    path.write_bytes(sample_files.huge_png())
    with pytest.raises(UnshownError):
        as_photo(path)
    assert path.read_bytes() == sample_files.huge_png()
    assert list(tmp_path.iterdir()) == [path]
