"""Fetching the files of incoming messages: a message is shown first, its file when it is here."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from console.channels.base import Action, Channel, Fetched, Rejected
from console.channels.inbound import Kind, MediaRef
from console.domain import ids
from console.domain.attachment import LARGEST, Attachment, FileState
from console.domain.file_types import HEAD, sniff
from console.domain.ids import DAY, MINUTE, Instant
from console.i18n import Text
from console.store import attachments
from console.store.files import FileStore, head_of
from console.store.uploads import Uploads
from console.store.work import Store

_LASTS: Final = 7 * DAY  # Cloud API: how long the id of a file from a webhook is answered
_HELD: Final = 2 * MINUTE
_TIDY_EVERY: Final = 10 * MINUTE
_log: Final = logging.getLogger(__name__)

GONE: Final = Text(
    "O arquivo já não está com o provedor: ele o guarda por 7 dias.",
    "The provider has the file no more: it keeps files for 7 days.",
    "El proveedor ya no tiene el archivo: lo guarda por 7 días.",
)
NOT_GIVEN: Final = Text(
    "O provedor não entregou o arquivo.",
    "The provider did not hand the file over.",
    "El proveedor no entregó el archivo.",
)
TOO_LARGE: Final = Text(
    "O arquivo é maior do que o permitido.",
    "The file is larger than allowed.",
    "El archivo es mayor de lo permitido.",
)
NOT_WHOLE: Final = Text(
    "O arquivo chegou diferente do que foi enviado.",
    "The file arrived different from what was sent.",
    "El archivo llegó distinto de lo que se envió.",
)
NO_ROOM: Final = Text(
    "O arquivo não pôde ser guardado no servidor.",
    "The file could not be kept on the server.",
    "El archivo no se pudo guardar en el servidor.",
)
_LATER: Final = frozenset(
    {
        *(Action.RETRY, Action.THROTTLE_NUMBER, Action.THROTTLE_PEER),
        *(Action.AUTH, Action.DISCONNECTED),
    }
)


class MediaFetcher:
    """Fetches what waits, one file a step; several processes may work on one store.

    `folder` is that of `media_folder`. `channel_of` gives the channel of an instance, None while
    it is not linked: its files wait.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        channel_of: Callable[[int], Channel | None],
        clock: Callable[[], Instant] = ids.now,
    ) -> None:
        self._store = store
        self._files = FileStore(folder)
        self._uploads = Uploads(self._files)
        self._channel_of = channel_of
        self._clock = clock
        self._tidied_at = 0

    def step(self) -> bool:
        """Fetch the file that has been due longest; whether there was any."""
        self._tidy()
        at = self._clock()
        with self._store.read() as connection:
            if not attachments.has_due(connection, at):
                return False
        file = self._store.write(lambda connection: attachments.claim_file(connection, at))
        if file is None:
            return False
        self._tried(file)
        return True

    def _tried(self, file: Attachment) -> None:
        try:
            self._fetch(file)
        except Exception as error:  # noqa: BLE001 - whatever it was, other files go on
            # Without the message, which may hold an address or words of a customer.
            _log.error("file %s could not be fetched: %s", file.id, type(error).__name__)
            self._later(file, NO_ROOM if isinstance(error, OSError) else NOT_GIVEN)

    def _tidy(self) -> None:
        if self._clock() - self._tidied_at >= _TIDY_EVERY:
            self._tidied_at = self._clock()
            self._files.tidy(self._tidied_at)
            self._uploads.tidy(self._tidied_at)

    def _fetch(self, file: Attachment) -> None:
        channel = self._channel_of(file.instance_id)
        if self._clock() - file.created_at > _LASTS:
            self._end(file, FileState.FAILED, GONE)
        elif channel is None:
            self._hold(file)
        else:
            self._fetch_by(file, channel)

    def _fetch_by(self, file: Attachment, channel: Channel) -> None:
        path = self._files.spare()
        try:
            answer = channel.fetch_media(ref_of(file), path, LARGEST)
            self._take(file, answer, path)
        finally:
            path.unlink(missing_ok=True)

    def _take(self, file: Attachment, answer: Fetched | Rejected, path: Path) -> None:
        if isinstance(answer, Rejected):
            self._rejected(file, answer)
        elif path.stat().st_size > LARGEST:
            self._end(file, FileState.REFUSED, TOO_LARGE)
        else:
            self._keep(file, answer, path)

    def _rejected(self, file: Attachment, answer: Rejected) -> None:
        _log.warning("file %s was not given: %s", file.id, answer.error.code)
        if answer.action in _LATER:
            self._later(file, NOT_GIVEN)
        else:
            self._end(file, FileState.FAILED, NOT_GIVEN)

    def _keep(self, file: Attachment, answer: Fetched, path: Path) -> None:
        found = sniff(head_of(path, HEAD), file.filename)
        kept = self._files.take(path)
        if kept.sha256 != answer.sha256:
            self._end(file, FileState.REFUSED, NOT_WHOLE)
            return
        at = self._clock()
        self._store.write(
            lambda connection: attachments.keep_file(
                connection, file, kept.sha256, kept.size, found.mime, at
            )
        )

    def _later(self, file: Attachment, why: Text) -> None:
        at = self._clock()
        self._store.write(lambda connection: attachments.postpone(connection, file, why, at))

    def _hold(self, file: Attachment) -> None:
        until = self._clock() + _HELD
        self._store.write(lambda connection: attachments.hold(connection, file, until))

    def _end(self, file: Attachment, state: FileState, why: Text) -> None:
        at = self._clock()
        self._store.write(lambda connection: attachments.give_up(connection, file, state, why, at))


def ref_of(file: Attachment) -> MediaRef:
    """Where the bytes are, as the channel that told of them wrote it down."""
    read = json.loads(file.ref)
    return MediaRef(**{**read, "kind": Kind(read["kind"])})
