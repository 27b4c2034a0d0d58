"""Files that customers attach: small, real, and made by the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

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
    return (_FOLDER / name).read_bytes


SAMPLES: Final[Mapping[str, Sample]] = {
    "voice": Sample(
        "voice",
        "audio/ogg; codecs=opus",
        "voz.ogg",
        Text("mensagem de voz", "voice message", "mensaje de voz"),
        _committed("voice.ogg"),
    ),
    "audio": Sample(
        "audio",
        "audio/mpeg",
        "gravacao.mp3",
        Text("gravação em MP3", "MP3 recording", "grabación en MP3"),
        _committed("audio.mp3"),
    ),
}
OF_KIND: Final = {sample.kind: key for key, sample in reversed(list(SAMPLES.items()))}
