"""Pictures that customers attach, drawn: a parcel with its label, a candle, a sticker."""

from __future__ import annotations

import math
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

_FINE: Final = 2  # drawn twice as large and made smaller: soft edges
_INK: Final = "#1d2a26"
# The font that comes with Pillow has no accents.
_LABEL: Final = (
    ("LOJA AURORA", 30, 0),
    ("Rua do Porto, 88 · Santos - SP", 17, 44),
    ("PARA", 17, 100),
    ("Marina Campos", 34, 124),
    ("Av. Beira-Rio, 1020 · apto 34", 22, 172),
    ("CEP 50030-230 · Recife - PE", 22, 204),
)
_BARS: Final = "3113121122131211321121312113212231121321"

Point = tuple[float, float]


def parcel() -> bytes:
    """A JPEG of a cardboard box whose label is torn at a corner."""
    image = _paper((960, 720), "#e9ece8", "#cfd6d0")
    draw = _draw(image)
    draw.ellipse(_box(100, 590, 860, 690), fill="#b9c1ba")
    draw.polygon(_points((120, 190), (840, 190), (840, 640), (120, 640)), fill="#c59a6b")
    draw.polygon(_points((120, 190), (840, 190), (765, 115), (195, 115)), fill="#d8b188")
    draw.polygon(_points((440, 115), (525, 115), (545, 190), (420, 190)), fill="#e8d3b2")
    draw.rectangle(_box(420, 190, 545, 250), fill="#dcc29b")
    _label(draw, 190, 275)
    return _saved(image, "JPEG", quality=82)


def candle(flicker: float = 0.0) -> bytes:
    """A PNG of a scented candle in a glass; `flicker` (radians) moves the flame."""
    image = _candle(flicker)
    return _saved(image, "PNG", optimize=True)


def sticker() -> bytes:
    """A WebP of 512 × 512 with a transparent ground: a smiling parcel."""
    from PIL import Image  # noqa: PLC0415 - slow import

    image = Image.new("RGBA", (512 * _FINE, 512 * _FINE), (0, 0, 0, 0))
    draw = _draw(image)
    draw.rounded_rectangle(_box(66, 96, 446, 456), 64 * _FINE, fill="#ffffff")
    draw.rounded_rectangle(_box(84, 114, 428, 438), 48 * _FINE, fill="#d3a26f")
    draw.rectangle(_box(226, 114, 286, 206), fill="#f0d9b5")
    for left in (164, 304):
        draw.ellipse(_box(left, 242, left + 44, 296), fill=_INK)
        draw.ellipse(_box(left + 22, 250, left + 36, 266), fill="#ffffff")
    draw.arc(_box(188, 262, 324, 372), 20, 160, fill=_INK, width=12 * _FINE)
    for left in (116, 350):
        draw.ellipse(_box(left, 306, left + 46, 336), fill="#e88f6f")
    return _saved(image, "WEBP", quality=80)


def _candle(flicker: float) -> Image:
    image = _paper((640, 640), "#f6e9e2", "#e3cfc6")
    draw = _draw(image)
    draw.ellipse(_box(150, 520, 490, 580), fill="#cbb3a8")
    draw.rounded_rectangle(_box(190, 250, 450, 555), 34 * _FINE, fill="#ffffff")
    draw.rounded_rectangle(_box(204, 300, 436, 542), 26 * _FINE, fill="#d9c8ee")
    draw.ellipse(_box(204, 282, 436, 326), fill="#e9ddf7")
    _flame(draw, 6 * math.sin(flicker), 1 + 0.06 * math.sin(2 * flicker + 1))
    draw.rounded_rectangle(_box(248, 372, 392, 478), 12 * _FINE, fill="#fbf7ff")
    _centred(draw, (320, 404), "LAVANDA", 24)
    _centred(draw, (320, 440), "Loja Aurora", 18)
    return image


def _flame(draw: ImageDraw, lean: float, stretch: float) -> None:
    draw.line(_points((320, 304), (320 + lean / 3, 270)), fill=_INK, width=5 * _FINE)
    for width, height, ink in ((30, 96, "#f7b733"), (19, 66, "#fde08d"), (9, 36, "#fffbe8")):
        outline = [_of_flame(angle, width, height * stretch, lean) for angle in range(0, 360, 6)]
        draw.polygon(_points(*outline), fill=ink)


def _of_flame(angle: int, width: float, height: float, lean: float) -> Point:
    """One point of a drop whose foot stands on the wick."""
    turn = math.radians(angle)
    rise = (1 - math.cos(turn)) / 2
    return (
        320 + lean * rise * rise + width * math.sin(turn) * math.sqrt(1 - rise) * 1.5,
        288 - height * rise,
    )


def _label(draw: ImageDraw, left: int, top: int) -> None:
    corners = ((0, 0), (580, 0), (580, 250), (540, 268), (556, 300), (506, 330), (0, 330))
    draw.polygon(_points(*((left + x, top + y) for x, y in corners)), fill="#fdfdfb")
    for text, size, down in _LABEL:
        draw.text(_points((left + 26, top + 18 + down))[0], text, _INK, _font(size))
    x = left + 26
    for number, width in enumerate(int(bar) * 4 for bar in _BARS):
        if number % 2 == 0:
            draw.rectangle(_box(x, top + 264, x + width, top + 312), fill=_INK)
        x += width


def _paper(size: tuple[int, int], light: str, dark: str) -> Image:
    """A ground that is a little darker below."""
    from PIL import Image, ImageColor  # noqa: PLC0415 - slow import

    wide, high = (side * _FINE for side in size)
    ends = ImageColor.getrgb(light), ImageColor.getrgb(dark)
    column = Image.new("RGB", (1, high))
    for y in range(high):
        share = y / high
        mixed = (round(a + (b - a) * share) for a, b in zip(*ends, strict=True))
        column.putpixel((0, y), tuple(mixed))
    return column.resize((wide, high))


def _draw(image: Image) -> ImageDraw:
    from PIL import ImageDraw  # noqa: PLC0415 - slow import

    return ImageDraw.Draw(image)


def _font(size: int) -> FreeTypeFont | ImageFont:
    from PIL import ImageFont as Fonts  # noqa: PLC0415 - slow import

    return Fonts.load_default(size * _FINE)


def _centred(draw: ImageDraw, middle: Point, text: str, size: int) -> None:
    draw.text(_points(middle)[0], text, _INK, _font(size), anchor="mm")


def _points(*points: Point) -> Sequence[Point]:
    return [(x * _FINE, y * _FINE) for x, y in points]


def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
    return left * _FINE, top * _FINE, right * _FINE, bottom * _FINE


def _saved(image: Image, form: str, **options: object) -> bytes:
    wide, high = image.size
    held = BytesIO()
    image.resize((wide // _FINE, high // _FINE)).save(held, form, **options)
    return held.getvalue()
