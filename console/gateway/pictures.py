"""Pictures for the browser: drawn anew from customers' files, small, without what cameras add.

What is shown inline never holds the bytes that came in: they are decoded, scaled, turned the way
they were taken and encoded again, so neither a place in EXIF nor a second file behind the first
gets through.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Semaphore
from typing import Final

from PIL import Image, ImageOps

from console.store.files import FileStore

SIZES: Final[Mapping[str, int]] = {"thumb": 480, "full": 2_560}
"""The longest side of what is shown, in pixels."""
MOST_PIXELS: Final = 50_000_000  # a phone's best camera; four bytes each while it is decoded
_LONGEST_SIDE: Final = 20_000
_DECODERS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_PHOTO_SIDE: Final = 2_560  # below 5 MB whatever it shows, and more than a phone displays
_QUALITY: Final = 82
_TURNS: Final = Semaphore(2)  # pictures decoded at a time, whoever asks


class UnshownError(Exception):
    """The file is no picture that may be decoded: broken, cut off, or far too large."""


def picture(files: FileStore, sha256: str, size: str) -> Path:
    """The picture in WebP, made when it is asked for the first time; raises UnshownError."""
    source = files.path_of(sha256)
    target = source.with_name(f"{sha256}.{size}.webp")
    if not target.exists():
        spare = files.spare()
        try:
            with _TURNS:
                _draw(source, spare, SIZES[size])
            spare.replace(target)
        finally:
            spare.unlink(missing_ok=True)
    return target


def as_photo(path: Path) -> None:
    """Make the picture at `path` a JPEG that WhatsApp takes, on white; raises UnshownError.

    For photos larger than that and for pictures of other types, as phones do before they send.
    """
    spare = path.with_suffix(".photo")
    try:
        with _TURNS:
            _save(path, spare, _PHOTO_SIDE, "JPEG")
        spare.replace(path)
    finally:
        spare.unlink(missing_ok=True)


def _draw(source: Path, target: Path, longest: int) -> None:
    _save(source, target, longest, "WEBP")


def _save(source: Path, target: Path, longest: int, form: str) -> None:
    try:
        with Image.open(source, formats=_DECODERS) as opened:  # reads the header alone
            _check(opened)
            opened.draft("RGB", (longest, longest))  # a JPEG is decoded at a fraction
            drawn = _turned(opened, longest)
            plain = drawn if form == "WEBP" else _on_white(drawn)
            plain.save(target, form, quality=_QUALITY)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise UnshownError from error


def _on_white(drawn: Image.Image) -> Image.Image:
    if drawn.mode != "RGBA":
        return drawn
    white = Image.new("RGB", drawn.size, "white")
    white.paste(drawn, mask=drawn.getchannel("A"))
    return white


def _check(opened: Image.Image) -> None:
    width, height = opened.size
    if width * height > MOST_PIXELS or max(width, height) > _LONGEST_SIDE:
        raise UnshownError


def _turned(opened: Image.Image, longest: int) -> Image.Image:
    """The first frame, scaled down, the right way up, in plain colours."""
    opened.thumbnail((longest, longest))
    turned = ImageOps.exif_transpose(opened)
    has_holes = turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info
    plain = turned.convert("RGBA" if has_holes else "RGB")
    plain.info.clear()  # profiles, comments, EXIF: WebP would carry them on
    return plain
