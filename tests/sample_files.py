"""Files as customers send them, and as somebody with bad intentions makes them."""

import io
import struct
import zipfile
import zlib

from PIL import Image

PLACE = "EXIF says Rua das Flores 12"


def picture(form="JPEG", size=(640, 480), colour=(200, 80, 40), **more):
    """A picture with a place in its EXIF, turned a quarter when `orientation` is 6."""
    exif = Image.Exif()
    exif[0x010E] = PLACE  # ImageDescription
    exif[0x0112] = more.pop("orientation", 1)
    mode = {"GIF": "P", "PNG": "RGBA"}.get(form, "RGB")
    image = Image.new("RGB", size, colour).convert(mode)
    image.paste(20, (0, 0, size[0] // 2, size[1])) if mode == "P" else None
    extra = {"exif": exif} if form in {"JPEG", "PNG", "WEBP"} else {}
    written = io.BytesIO()
    image.save(written, form, **extra, **more)
    return written.getvalue()


def huge_png(width=50_000, height=50_000):
    """A few bytes that claim ten gigabytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0"))


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def zipped(*names):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as folder:
        for name in names:
            folder.writestr(name, "x")
    return written.getvalue()


def base_media(brand):
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\0\0" + brand + brand + b"\0" * 64


def wave(seconds=1, rate=8_000):
    """Silence that every browser plays."""
    body = b"\x80" * (seconds * rate)
    form = struct.pack("<HHIIHH", 1, 1, rate, rate, 1, 8)
    parts = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    parts += b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(parts)) + parts


OPUS = b"OggS\0\2" + b"\0" * 20 + b"\1\x13OpusHead\1\1" + b"\0" * 64
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
HTML = b"<!DOCTYPE html><script>parent.document.title='ran'</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
XML_SVG = b'<?xml version="1.0"?>\n' + SVG
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PROGRAM = b"MZ\x90\0\3\0\0\0" + b"\0" * 64
DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
PPTX = zipped("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml")
ODT = zipped("mimetype").replace(b"mimetypex", b"mimetypeapplication/vnd.oasis.opendocument.text")
