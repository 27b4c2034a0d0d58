"""A socket counts what a person does as a sign of life, and nothing that a clock does."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from console.gate.socket import Frames, Socket
from console.ui.wire import CLOCK, is_automatic, stream_id


def frame(*widgets, is_auto=False):
    message = BackMsg()
    message.rerun_script.is_auto_rerun = is_auto
    for widget_id in widgets:
        message.rerun_script.widget_states.widgets.add(id=widget_id, json_value="1")
    return message.SerializeToString()


@pytest.mark.parametrize(
    ("sent", "is_alive"),
    [
        (frame("$$ID-1-board"), True),
        (frame("$$ID-1-board", f"$$ID-2-{CLOCK}"), False),
        (frame(is_auto=True), False),
    ],
)
def test_only_a_person_keeps_a_session_alive(book, signed, within, sent, is_alive):
    async def story():
        visitor = await book.find(signed.token)
        visitor.active_at = 0
        incoming = [{"type": "websocket.receive", "bytes": sent}]

        async def receive():
            return incoming.pop() if incoming else await asyncio.Event().wait()

        async def send(_):
            pass

        async def app(_, receive, __):
            await receive()

        socket = Socket(book, visitor, Frames(stream_id, is_automatic))
        await socket.run(app, {"type": "websocket", "headers": []}, receive, send)
        return visitor.active_at > 0

    assert within(story()) == is_alive
