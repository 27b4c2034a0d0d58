"""The files of messages for people who may read them, and files on their way to a message."""

from __future__ import annotations

import errno
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response

from console.actions.base import NOT_ALLOWED, NOT_FOUND
from console.domain import ids
from console.domain.agent import Acting, Right
from console.domain.attachment import MB, WHATSAPP, Attachment, Bounds, refusal, sent_as
from console.domain.errors import RuleError
from console.domain.file_types import HEAD, JPEG, FileType, safe_name, sniff
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.gateway import pictures
from console.i18n import Text
from console.screens.asked import an_id
from console.screens.bubbles import is_readable
from console.store import people
from console.store.attachments import find_file
from console.store.files import FileStore, head_of, media_folder
from console.store.rows import load_conversations
from console.store.thread import message_by_id
from console.store.uploads import Upload, Uploads

MOST_HELD: Final = 300 * MB
"""What one person may have uploaded without sending it."""
_BUFFER: Final = MB
_NO_STORE: Final = {"cache-control": "no-store"}
_AGAIN: Final = {"cache-control": "private, no-cache"}  # kept, but asked for each time
_ABSENT: Final = "no such file"

TOO_MUCH: Final = Text(
    "Há arquivos demais à espera de envio. Envie ou descarte alguns e tente de novo.",
    "Too many files wait to be sent. Send or discard some and try again.",
    "Hay demasiados archivos en espera. Envía o descarta algunos e inténtalo de nuevo.",
)
NO_ROOM: Final = Text(
    "O servidor está sem espaço para arquivos. Avise quem administra a Central.",
    "The server has no room for files. Tell your Central administrator.",
    "El servidor no tiene espacio para archivos. Avisa a quien administra Central.",
)


def file_store(home: Path) -> FileStore:
    """Where the bytes of messages are."""
    return FileStore(media_folder(home))


def of_whatsapp(_: int) -> Bounds:
    """What an instance takes when its channel says nothing of its own."""
    return WHATSAPP


class _RefusedError(Exception):
    """Why an upload is not taken, with the status of the answer."""

    def __init__(self, status: int, text: Text) -> None:
        super().__init__(text.en)
        self.status = status
        self.text = text


class Attachments:
    """Answers `/attachment`; `bounds_of` says what an instance takes."""

    def __init__(
        self, house: House, book: VisitorBook, bounds_of: Callable[[int], Bounds] = of_whatsapp
    ) -> None:
        self._house = house
        self._book = book
        self._bounds_of = bounds_of

    async def file(self, request: Request) -> Response:
        """`GET /attachment/<id>`, `?size=thumb` or `?download=1`: 404 for absent and not yours.

        Pictures are drawn anew, sounds and videos are given in ranges, all else is taken away.
        415 for a picture that cannot be drawn.
        """
        visitor: Visitor = request.scope[VISITOR]
        try:
            wanted = an_id(request.path_params["file"])
        except RuleError:
            return _absent()
        find = partial(_found, self._house.runtime, visitor.agent_id, wanted)
        file = await self._book.in_thread(find)
        files = file_store(self._house.settings.home)
        if file is None or file.sha256 is None or files.size(file.sha256) is None:
            return _absent()
        size = request.query_params.get("size", "full")
        if "download" not in request.query_params and file.type.is_picture:
            return await self._picture(request, files, file, size)
        return _original(request, files, file)

    async def _picture(
        self, request: Request, files: FileStore, file: Attachment, size: str
    ) -> Response:
        if size not in pictures.SIZES:
            return _absent()
        mark = f'"{file.sha256}-{size}"'
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers={**_AGAIN, "etag": mark})
        try:
            draw = partial(pictures.picture, files, file.sha256 or "", size)
            path = await self._book.in_thread(draw)
        except pictures.UnshownError:
            return JSONResponse({"error": "no picture"}, 415, _NO_STORE)
        return FileResponse(path, headers={**_AGAIN, "etag": mark}, media_type="image/webp")

    async def upload(self, request: Request) -> Response:
        """`POST /attachment?conversation=…&name=…` with the bytes: a handle, or why not."""
        visitor: Visitor = request.scope[VISITOR]
        token = request.headers.get("x-csrf", "")
        if not secrets.compare_digest(token.encode(), visitor.csrf.encode()):
            return JSONResponse({"error": NOT_ALLOWED.en}, 403, _NO_STORE)
        self._book.note_activity(visitor)
        asked = partial(_granted, self._house.runtime, visitor.agent_id, request)
        granted = await self._book.in_thread(asked)
        if isinstance(granted, Text):
            return JSONResponse({"error": granted.en}, 404, _NO_STORE)
        who, instance_id = granted
        try:
            upload = await self._received(request, who, self._bounds_of(instance_id))
        except _RefusedError as no:
            return JSONResponse({"error": no.text.in_(who.language)}, no.status, _NO_STORE)
        except ClientDisconnect:
            return Response(status_code=499)  # nobody reads it
        told = {"handle": upload.handle, "kind": upload.kind, "mime": upload.mime}
        return JSONResponse({**told, "name": upload.name, "size": upload.size}, 200, _NO_STORE)

    async def _received(self, request: Request, who: Acting, bounds: Bounds) -> Upload:
        uploads = Uploads(file_store(self._house.settings.home))
        declared = int(request.headers.get("content-length", "0"))
        if uploads.held(who.agent_id) + declared > MOST_HELD:
            raise _RefusedError(429, TOO_MUCH)
        path = uploads.begin(who.agent_id)
        name = safe_name(request.query_params.get("name", "")[:1_000], "")
        try:
            await self._written(request, path)
            accept = partial(_accepted, uploads, path, name, bounds)
            return await self._book.in_thread(accept)
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise _RefusedError(507, NO_ROOM) from error
            raise

    async def _written(self, request: Request, path: Path) -> None:
        """The body on disk, a megabyte at a time; the gate bounds how much of it there is."""
        with path.open("xb") as file:
            waiting = bytearray()
            async for chunk in request.stream():
                waiting += chunk
                if len(waiting) >= _BUFFER:
                    await self._book.in_thread(partial(file.write, bytes(waiting)))
                    waiting.clear()
            file.write(waiting)


def _found(runtime: Runtime, agent_id: int, file_id: int) -> Attachment | None:
    """The file, when it is here and this person may see it; analysts see none."""
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
        if who is None or who.is_masked:
            return None
        file = find_file(connection, file_id, who.scope)
        message = message_by_id(connection, file.message_id) if file and file.is_here else None
    return file if message and is_readable(message, who) else None


def _original(request: Request, files: FileStore, file: Attachment) -> Response:
    """The bytes as they came: played in the browser, or taken away under a harmless name."""
    is_shown = file.type.is_played and "download" not in request.query_params
    name = safe_name(file.filename, f"central-{file.id}.{file.type.extension}")
    return FileResponse(
        files.path_of(file.sha256 or ""),
        headers=_AGAIN if is_shown else _NO_STORE,
        media_type=file.type.mime,
        filename=name,
        content_disposition_type="inline" if is_shown else "attachment",
    )


def _absent() -> Response:
    return JSONResponse({"error": _ABSENT}, 404, _NO_STORE)


def _granted(runtime: Runtime, agent_id: int, request: Request) -> tuple[Acting, int] | Text:
    """Who uploads for which instance, or why they may not."""
    try:
        conversation_id = an_id(request.query_params.get("conversation"))
    except RuleError as problem:
        return problem.text
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
        found = load_conversations(connection, [conversation_id])
    if who is None or not who.may(Right.ANSWER):
        return NOT_ALLOWED
    if not found or not who.scope.covers(found[0].assignee_id, found[0].team_id):
        return NOT_FOUND
    return who, found[0].instance_id


def _accepted(uploads: Uploads, path: Path, name: str, bounds: Bounds) -> Upload:
    """The upload, once it is known for what it is; raises for what cannot be sent."""
    found = sniff(head_of(path, HEAD), name)
    if found.is_picture and refusal("image", found.mime, path.stat().st_size, bounds):
        found, name = _as_photo(path, found, name)
    kind = sent_as(found, bounds)
    problem = refusal(kind, found.mime, path.stat().st_size, bounds)
    if problem:
        raise _RefusedError(415, problem)
    shown = name or f"{found.kind}-{ids.new_id()}.{found.extension}"
    return uploads.end(path, found.mime, kind, shown)


def _as_photo(path: Path, found: FileType, name: str) -> tuple[FileType, str]:
    """A picture that WhatsApp would not take, made one that it takes; what is none stays."""
    try:
        pictures.as_photo(path)
    except pictures.UnshownError:
        return found, name
    stem = name.rpartition(".")[0] or name
    return JPEG, f"{stem}.{JPEG.extension}" if stem else ""
