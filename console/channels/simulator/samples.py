"""Files that customers attach: small, real, and made by the project.

The voice message and the recording were spoken by espeak-ng and coded by ffmpeg (Opus, MP3), the
video is `drawings.candle` in 36 frames (H.264 and AAC); they lie in `assets/samples`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from console.channels.simulator.drawings import candle, parcel, sticker
from console.channels.simulator.receipt import receipt
from console.i18n import Text

_FOLDER: Final = Path(__file__).parent / "assets" / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """A file to attach; `kind` is the kind of message it makes."""

    kind: str
    mime: str
    filename: str
    words: Text
    content: Callable[[], bytes]


def _committed(name: str) -> Callable[[], bytes]:
    return cache((_FOLDER / name).read_bytes)


SAMPLES: Final[Mapping[str, Sample]] = {
    "parcel": Sample(
        "image",
        "image/jpeg",
        "pacote.jpg",
        Text("Foto do pacote", "Photo of the parcel", "Foto del paquete"),
        cache(parcel),
    ),
    "candle": Sample(
        "image",
        "image/png",
        "vela.png",
        Text("Foto do produto", "Photo of the product", "Foto del producto"),
        cache(candle),
    ),
    "voice": Sample(
        "voice",
        "audio/ogg; codecs=opus",
        "voz.ogg",
        Text("Mensagem de voz", "Voice message", "Mensaje de voz"),
        _committed("voice.ogg"),
    ),
    "audio": Sample(
        "audio",
        "audio/mpeg",
        "gravacao.mp3",
        Text("Gravação em MP3", "MP3 recording", "Grabación en MP3"),
        _committed("audio.mp3"),
    ),
    "video": Sample(
        "video",
        "video/mp4",
        "vela.mp4",
        Text("Vídeo", "Video", "Video"),
        _committed("video.mp4"),
    ),
    "receipt": Sample(
        "document",
        "application/pdf",
        "comprovante.pdf",
        Text("Comprovante em PDF", "Receipt as PDF", "Comprobante en PDF"),
        receipt,
    ),
    "sticker": Sample(
        "sticker",
        "image/webp",
        "figurinha.webp",
        Text("Figurinha", "Sticker", "Sticker"),
        cache(sticker),
    ),
}
OF_KIND: Final = {sample.kind: key for key, sample in reversed(list(SAMPLES.items()))}
