"""What a file is, told by its own first bytes: a closed list, and all else is unknown.

The provider's word and the file's name are never trusted: both come from whoever sent it.
Magic bytes as in the WHATWG MIME Sniffing Standard, the brands of ISO base media files as
registered at mp4ra.org, the codecs of Ogg as in RFC 5334.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

HEAD: Final = 65_536
"""Bytes at the start of a file that tell what it is."""


@dataclass(frozen=True, slots=True)
class FileType:
    """A type from the list; `kind` is the message it makes, `extension` without a dot.

    `is_picture` ones are shown after they were drawn anew, `is_played` ones as they are; all
    others are only taken away.
    """

    mime: str
    kind: str
    extension: str
    is_picture: bool = False
    is_played: bool = False


def _picture(mime: str, extension: str, kind: str = "image") -> FileType:
    return FileType(mime, kind, extension, is_picture=True)


def _played(mime: str, extension: str, kind: str) -> FileType:
    return FileType(mime, kind, extension, is_played=True)


def _document(mime: str, extension: str) -> FileType:
    return FileType(mime, "document", extension)


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
JPEG: Final = _picture("image/jpeg", "jpg")
PNG: Final = _picture("image/png", "png")
WEBP: Final = _picture("image/webp", "webp", "sticker")
GIF: Final = _picture("image/gif", "gif", "document")
HEIC: Final = _document("image/heic", "heic")
OPUS: Final = _played("audio/ogg", "ogg", "audio")
VORBIS: Final = _played("application/ogg", "ogg", "document")
MP3: Final = _played("audio/mpeg", "mp3", "audio")
AAC: Final = _played("audio/aac", "aac", "audio")
AMR: Final = _played("audio/amr", "amr", "audio")
M4A: Final = _played("audio/mp4", "m4a", "audio")
MP4: Final = _played("video/mp4", "mp4", "video")
THREE_GP: Final = _played("video/3gpp", "3gp", "video")
MOV: Final = _document("video/quicktime", "mov")
PDF: Final = _document("application/pdf", "pdf")
DOCX: Final = _document(f"{_OFFICE}.wordprocessingml.document", "docx")
XLSX: Final = _document(f"{_OFFICE}.spreadsheetml.sheet", "xlsx")
PPTX: Final = _document(f"{_OFFICE}.presentationml.presentation", "pptx")
ODT: Final = _document("application/vnd.oasis.opendocument.text", "odt")
ODS: Final = _document("application/vnd.oasis.opendocument.spreadsheet", "ods")
DOC: Final = _document("application/msword", "doc")
XLS: Final = _document("application/vnd.ms-excel", "xls")
PPT: Final = _document("application/vnd.ms-powerpoint", "ppt")
OLE: Final = _document("application/x-ole-storage", "ole")
ZIP: Final = _document("application/zip", "zip")
TEXT: Final = _document("text/plain", "txt")
CSV: Final = _document("text/csv", "csv")
UNKNOWN: Final = _document("application/octet-stream", "bin")

TYPES: Final = (
    *(JPEG, PNG, WEBP, GIF, HEIC, OPUS, VORBIS, MP3, AAC, AMR, M4A, MP4, THREE_GP, MOV),
    *(PDF, DOCX, XLSX, PPTX, ODT, ODS, DOC, XLS, PPT, OLE, ZIP, TEXT, CSV, UNKNOWN),
)
_BY_MIME: Final = {file_type.mime: file_type for file_type in TYPES}


def type_of(mime: str) -> FileType:
    """The type of this name, which `sniff` gave; UNKNOWN for any other word."""
    return _BY_MIME.get(mime, UNKNOWN)


def sniff(head: bytes, name: str = "") -> FileType:
    """The type of a file that begins like this.

    The name decides only among types that look alike and do nothing: a table of values is a
    text, and the old office formats share one container.
    """
    found = next((t for magic, t in _MAGIC if head.startswith(magic)), None)
    if found is None:
        found = next((t for look in _LOOKS if (t := look(head))), UNKNOWN)
    extension = name.rpartition(".")[2].lower()
    return _BY_NAME.get((found, extension), found)


def _riff(head: bytes) -> FileType | None:
    return WEBP if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def _ogg(head: bytes) -> FileType | None:
    if not head.startswith(b"OggS"):
        return None
    return OPUS if b"OpusHead" in head[:256] else VORBIS


def _base_media(head: bytes) -> FileType | None:
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    return next((t for start, t in _BRANDS if brand.startswith(start)), UNKNOWN)


def _mpeg_audio(head: bytes) -> FileType | None:
    """A first frame: ADTS has no layer, and of the layers of MPEG only the third is sent."""
    if _ADTS.match(head):
        return AAC
    return MP3 if _LAYER_3.match(head) else None


def _zip(head: bytes) -> FileType | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    if head[30:38] == b"mimetype":
        return next((t for t in (ODT, ODS) if head[38:].startswith(t.mime.encode())), ZIP)
    is_office = b"[Content_Types].xml" in head
    return next((t for part, t in _PARTS if is_office and part in head), ZIP)


def _text(head: bytes) -> FileType | None:
    """Words without control characters; markup is none of it, since something may run it."""
    if not head or _CONTROL.search(head) or _MARKUP.search(head[:4_096].lower()):
        return None
    return TEXT


_MAGIC: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"#!AMR", AMR),
    (b"ID3", MP3),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)
_LOOKS: Final[tuple[Callable[[bytes], FileType | None], ...]] = (
    _riff,
    _ogg,
    _base_media,
    _zip,
    _mpeg_audio,
    _text,
)
_BRANDS: Final = (
    *((brand, HEIC) for brand in (b"hei", b"hev", b"mif1", b"msf1")),
    *((brand, M4A) for brand in (b"M4A", b"M4B", b"F4A")),
    *((brand, THREE_GP) for brand in (b"3gp", b"3g2", b"3ge")),
    *((brand, MP4) for brand in (b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"MSNV", b"dash")),
    (b"qt", MOV),
)
_PARTS: Final = ((b"word/", DOCX), (b"xl/", XLSX), (b"ppt/", PPTX))
_BY_NAME: Final = {(TEXT, "csv"): CSV} | {(OLE, t.extension): t for t in (DOC, XLS, PPT)}
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP: Final = re.compile(
    rb"<\s*(!doctype|!--|\?xml|html|head|body|script|svg|iframe|img|math|a )"
)
_ADTS: Final = re.compile(rb"\xff[\xf0\xf1\xf8\xf9]")
_LAYER_3: Final = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]")

_LONGEST_NAME: Final = 120
_LONGEST_EXTENSION: Final = 10
_FORBIDDEN: Final = frozenset('/\\:*?"<>|')


def safe_name(name: str, fallback: str) -> str:
    """A name to save a file under: nothing of a path, nothing unseen or turning the line around.

    Keeps the extension when it is cut; `fallback` when nothing is left.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if _is_shown(c))
    kept = " ".join(kept.split()).strip(". ")
    if len(kept) > _LONGEST_NAME:
        stem, dot, extension = kept.rpartition(".")
        tail = f"{dot}{extension}" if stem and len(extension) <= _LONGEST_EXTENSION else ""
        kept = kept[: _LONGEST_NAME - len(tail)].rstrip(". ") + tail
    return kept or fallback


def _is_shown(character: str) -> bool:
    """Everything but controls, invisible and private characters, and signs of paths."""
    return unicodedata.category(character)[0] != "C" and character not in _FORBIDDEN
