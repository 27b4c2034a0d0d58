"""A file on its way to the Cloud API: a form whose length is known, read piece by piece."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from console.channels.base import MediaOut

_PIECE: Final = 256 * 1024


class UploadForm:
    """The body of the request, once; raises OSError when the file has not the size it had.

    The name of the file is not told here: it goes with the message.
    """

    def __init__(self, file: BinaryIO, media: MediaOut) -> None:
        if os.fstat(file.fileno()).st_size != media.size:
            raise OSError
        self._file = file
        self._size = media.size
        self._boundary = secrets.token_hex(16)
        mime = media.mime.split(";", maxsplit=1)[0].strip()
        self._before = "".join(
            (
                self._part('name="messaging_product"', "whatsapp"),
                self._part('name="type"', mime),
                self._part(f'name="file"; filename="file"\r\nContent-Type: {mime}', ""),
            )
        ).encode()[: -len("\r\n")]
        self._after = f"\r\n--{self._boundary}--\r\n".encode()

    @property
    def headers(self) -> Mapping[str, str]:
        """What the request says about its body."""
        length = len(self._before) + self._size + len(self._after)
        return {
            "Content-Type": f"multipart/form-data; boundary={self._boundary}",
            "Content-Length": str(length),
        }

    def __iter__(self) -> Iterator[bytes]:
        yield self._before
        left = self._size
        while left:
            piece = self._file.read(min(left, _PIECE))
            if not piece:
                raise OSError
            left -= len(piece)
            yield piece
        yield self._after

    def _part(self, name: str, content: str) -> str:
        return f"--{self._boundary}\r\nContent-Disposition: form-data; {name}\r\n\r\n{content}\r\n"
