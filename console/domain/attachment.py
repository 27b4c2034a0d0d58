"""The file of a message: where it stands, and what WhatsApp takes of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from console.domain.file_types import FileType, type_of
from console.domain.ids import Instant
from console.i18n import Text


class FileState(StrEnum):
    """Whether the bytes of a message are here."""

    WAITING = "waiting"  # the provider has them, and is asked
    HERE = "here"
    FAILED = "failed"  # the provider did not give them; a person may ask again
    REFUSED = "refused"  # it gave what is not kept


@dataclass(frozen=True, slots=True)
class Attachment:
    """The file of one message; `ref` is JSON of what it takes to fetch it from the provider.

    `mime` is the provider's word until the bytes are here, then what they are. `size_n` in bytes,
    `problem` why it failed.
    """

    id: int
    instance_id: int
    conversation_id: int
    message_id: int
    kind: str
    mime: str
    filename: str
    sha256: str | None
    size_n: int | None
    seconds_n: int | None
    ref: str
    state: FileState
    attempts_n: int
    next_at: Instant | None
    problem: Text | None
    created_at: Instant

    @property
    def is_here(self) -> bool:
        """Whether it can be shown."""
        return self.state is FileState.HERE and self.sha256 is not None

    @property
    def type(self) -> FileType:
        """What its bytes are; only to be asked of a file that is here."""
        return type_of(self.mime)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that a person sends: `kind` is the message it makes, `size` in bytes.

    `sha256` names its bytes, `mime` is what they are.
    """

    kind: str
    mime: str
    name: str
    size: int
    sha256: str


class Bound(NamedTuple):
    """What is taken of one kind: types, none for all of them, and the most bytes."""

    mimes: tuple[str, ...]
    most: int


MB: Final = 1024 * 1024
LARGEST: Final = 100 * MB
"""The largest file that WhatsApp carries (Cloud API, documents)."""
Bounds = Mapping[str, Bound]
_AUDIO: Final = ("audio/ogg", "audio/mpeg", "audio/aac", "audio/amr", "audio/mp4")
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
WHATSAPP: Final[Bounds] = {
    "image": Bound(("image/jpeg", "image/png"), 5 * MB),
    "video": Bound(("video/mp4", "video/3gpp"), 16 * MB),
    "audio": Bound(_AUDIO, 16 * MB),
    "document": Bound(
        (
            "application/pdf",
            "text/plain",
            "text/csv",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            f"{_OFFICE}.wordprocessingml.document",
            f"{_OFFICE}.spreadsheetml.sheet",
            f"{_OFFICE}.presentationml.presentation",
        ),
        LARGEST,
    ),
}
"""What the Cloud API takes (Meta, Media, 16 June 2026); for instances whose channel is away."""
COPIED: Final[Bounds] = {
    **WHATSAPP,
    "voice": WHATSAPP["audio"],
    "sticker": Bound(("image/webp",), 500 * 1024),
}
"""What is taken of messages that are sent once more: kinds that nobody uploads are among them."""
WITH_CAPTION: Final = frozenset({"image", "video", "document"})

TOO_LARGE: Final = Text(
    "O WhatsApp aceita até {most} MB para este tipo de arquivo, e este tem {size} MB.",
    "WhatsApp takes at most {most} MB of this kind of file, and this one has {size} MB.",
    "WhatsApp acepta hasta {most} MB para este tipo de archivo, y este tiene {size} MB.",
)
NOT_TAKEN: Final = Text(
    "O WhatsApp não aceita este tipo de arquivo. Aceita fotos (JPEG, PNG), vídeos (MP4), áudios,"
    " PDF, texto e documentos do Office.",
    "WhatsApp does not take this type of file. It takes photos (JPEG, PNG), videos (MP4), audio,"
    " PDF, text and Office documents.",
    "WhatsApp no acepta este tipo de archivo. Acepta fotos (JPEG, PNG), videos (MP4), audios,"
    " PDF, texto y documentos de Office.",
)
EMPTY_FILE: Final = Text("O arquivo está vazio.", "The file is empty.", "El archivo está vacío.")


def sent_as(file_type: FileType, bounds: Bounds) -> str:
    """The kind of message a file of this type makes; a document where its own kind will not do."""
    return file_type.kind if _takes(bounds, file_type.kind, file_type.mime) else "document"


def _takes(bounds: Bounds, kind: str, mime: str) -> bool:
    bound = bounds.get(kind)
    return bound is not None and (not bound.mimes or mime in bound.mimes)


def refusal(kind: str, mime: str, size: int, bounds: Bounds) -> Text | None:
    """Why a file of this type and size, in bytes, cannot be sent; None when it can."""
    if size == 0:
        return EMPTY_FILE
    if not _takes(bounds, kind, mime):
        return NOT_TAKEN
    most = bounds[kind].most
    return TOO_LARGE.with_(most=most // MB, size=megabytes(size)) if size > most else None


def megabytes(size: int) -> Text:
    """A size in megabytes as each language writes it, rounded up to a tenth."""
    tenths = -(-10 * size // MB)
    whole, tenth = divmod(tenths, 10)
    return Text(f"{whole},{tenth}", f"{whole}.{tenth}", f"{whole},{tenth}")
