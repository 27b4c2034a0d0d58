"""The tests' own server: the script, the strict policy of the console, and live batches."""

import asyncio
import json
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

import sample_files
from browser.components import backend, sample
from console.domain.canned import known_gaps
from console.gateway.emojis import emojis

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws://127.0.0.1:*; "
    "media-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-src 'none'; frame-ancestors 'none'"
)


class Strict:
    """Every answer carries the policy."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def sending(message):
            if message["type"] == "http.response.start":
                message["headers"].append((b"content-security-policy", POLICY.encode()))
            await send(message)

        await self.app(scope, receive, sending if scope["type"] == "http" else send)


async def live(request):
    """Server-sent events pushed by `push`."""
    queue = asyncio.Queue()
    backend.LISTENERS[request.path_params["probe"]].append(queue)

    async def events():
        yield ": open\n\n"
        while True:
            event, payload = await queue.get()
            if event == "drop":
                return
            yield f"event: {event}\ndata: {json.dumps(payload)}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


async def push(request):
    """Send one live event to a page; answers how many streams got it."""
    body = await request.json()
    queues = backend.LISTENERS[request.path_params["probe"]]
    for queue in queues:
        queue.put_nowait((body["event"], body["data"]))
    reached = len(queues)
    if body["event"] == "drop":
        queues.clear()
    return JSONResponse(reached)


async def handled(request):
    """What a page's actions came to, in order."""
    return JSONResponse(backend.HANDLED[request.path_params["probe"]])


async def file(request):
    """A picture, a sound, or nothing, by the name that is asked for."""
    name = request.path_params["file"]
    if name == "1":
        return Response(sample_files.picture("WEBP", (90, 60)), media_type="image/webp")
    if name == "2":
        return Response(sample_files.wave(), media_type="audio/wav")
    return Response(status_code=415)


async def upload(request):
    """What the console answers: a handle, or why not in words."""
    body = await request.body()
    name = request.query_params["name"]
    if request.headers["x-csrf"] != "the token" or "bad" in name:
        return JSONResponse({"error": "O WhatsApp não aceita este tipo de arquivo."}, 415)
    kind = "image" if body.startswith(b"\x89PNG") else "document"
    told = {"handle": "ab" * 16, "kind": kind, "name": name, "size": len(body)}
    return JSONResponse(told)


async def canned(request):
    """The replies of whoever asks, and what is filled in them."""
    replies = [
        {"id": str(n), "shortcut": key, "text": text, "audience": "everybody"}
        for n, (key, text) in enumerate(sample.CANNED.items(), 1)
    ]
    return JSONResponse({"replies": replies, "gaps": known_gaps()})


app = st.App(
    str(Path(__file__).with_name("script.py")),
    routes=[
        Route("/live/{probe}", live),
        Route("/push/{probe}", push, methods=["POST"]),
        Route("/handled/{probe}", handled),
        Route("/canned", canned),
        Route("/emojis", emojis),
        Route("/attachment", upload, methods=["POST"]),
        Route("/attachment/{file}", file),
    ],
    middleware=[Middleware(Strict)],
)
