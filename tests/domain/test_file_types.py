"""What a file is: told by its bytes, whatever its name says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sample_files
from console.domain import file_types
from console.domain.file_types import TYPES, safe_name, sniff, type_of

KNOWN = [
    (sample_files.picture("JPEG"), "image/jpeg"),
    (sample_files.picture("PNG"), "image/png"),
    (sample_files.picture("WEBP"), "image/webp"),
    (sample_files.picture("GIF"), "image/gif"),
    (sample_files.OPUS, "audio/ogg"),
    (b"OggS\0\2" + b"\0" * 20 + b"\1\x1e\x01vorbis", "application/ogg"),
    (b"ID3\4\0\0\0\0\0\0", "audio/mpeg"),
    (b"\xff\xfb\x90\x64" + b"\0" * 60, "audio/mpeg"),
    (b"\xff\xf1\x50\x80" + b"\0" * 60, "audio/aac"),
    (b"#!AMR\n\x3c", "audio/amr"),
    (sample_files.base_media(b"M4A "), "audio/mp4"),
    (sample_files.base_media(b"isom"), "video/mp4"),
    (sample_files.base_media(b"mp42"), "video/mp4"),
    (sample_files.base_media(b"3gp5"), "video/3gpp"),
    (sample_files.base_media(b"qt  "), "video/quicktime"),
    (sample_files.base_media(b"heic"), "image/heic"),
    (sample_files.base_media(b"zzzz"), "application/octet-stream"),
    (sample_files.PDF, "application/pdf"),
    (sample_files.DOCX, file_types.DOCX.mime),
    (sample_files.XLSX, file_types.XLSX.mime),
    (sample_files.PPTX, file_types.PPTX.mime),
    (sample_files.ODT, file_types.ODT.mime),
    (sample_files.zipped("foto.jpg"), "application/zip"),
    ("Olá, tudo bem?\r\n\té".encode(), "text/plain"),
    ("Olá".encode("latin-1"), "text/plain"),
]
HOSTILE = [
    sample_files.HTML,
    b"   \n" + sample_files.HTML,
    b"\xef\xbb\xbf" + sample_files.SVG,
    sample_files.XML_SVG,
    b"words first\n<SCRIPT>x</SCRIPT>",
    sample_files.PROGRAM,
    b"\xff\xfeh\0i\0",
    b"",
    b"\0",
    b"RIFF\0\0\0\0WAVEfmt ",
]


@pytest.mark.parametrize(("head", "mime"), KNOWN, ids=[mime for _, mime in KNOWN])
def test_a_known_type_is_told_by_its_bytes(head, mime):
    assert sniff(head).mime == mime
    assert sniff(head, "page.html").mime == mime


@pytest.mark.parametrize("head", HOSTILE)
@pytest.mark.parametrize("name", ["x.jpg", "x.svg", "x.html", "x.doc", "x.csv", ""])
def test_what_is_not_on_the_list_is_nothing_in_particular(head, name):
    found = sniff(head, name)
    assert found is file_types.UNKNOWN
    assert (found.is_picture, found.is_played) == (False, False)


def test_a_name_decides_only_among_types_that_look_alike():
    assert sniff(b"a;b\n1;2\n", "Preços.CSV").mime == "text/csv"
    assert sniff(sample_files.OLD_OFFICE, "a.xls").mime == "application/vnd.ms-excel"
    assert sniff(sample_files.OLD_OFFICE, "a.exe").mime == "application/x-ole-storage"
    assert sniff(sample_files.PROGRAM, "a.doc") is file_types.UNKNOWN
    assert sniff(sample_files.zipped("x"), "a.docx").mime == "application/zip"


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_have_a_type_of_the_list_and_it_is_found_by_its_name(head, name):
    found = sniff(head, name)
    assert found in TYPES
    assert type_of(found.mime) is found


@given(st.binary(max_size=200))
def test_markup_is_never_shown(tail):
    for start in (sample_files.HTML, sample_files.SVG):
        found = sniff(start + tail)
        assert (found.is_picture, found.is_played) == (False, False)


def test_an_unknown_word_is_the_unknown_type():
    assert type_of("text/html") is file_types.UNKNOWN


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("boleto.pdf", "boleto.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\foto.jpg", "foto.jpg"),
        ("fatura\u202efdp.exe", "faturafdp.exe"),
        ("a\u200bb\r\nContent-Type: x.txt", "abContent-Type x.txt"),
        ('a"b;c.txt', "ab;c.txt"),
        ("  .hidden. ", "hidden"),
        ("..", "file"),
        ("", "file"),
        ("Conferência nº 2.pdf", "Conferência nº 2.pdf"),
        ("n" * 300 + ".pdf", "n" * 116 + ".pdf"),
        ("n" * 300, "n" * 120),
    ],
)
def test_a_name_is_harmless_to_save_under(given_name, kept):
    assert safe_name(given_name, "file") == kept


@given(st.text(max_size=400))
def test_a_safe_name_is_safe_again(name):
    once = safe_name(name, "file")
    assert safe_name(once, "file") == once
    assert 0 < len(once) <= 120
