"""What the gate reads in Streamlit's binary messages (internals of 1.67, pinned by a test)."""

from __future__ import annotations

from typing import Final

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

CLOCK: Final = "wall-clock"
"""The key of the element that reruns the live board on a wall: streamlit-autorefresh."""


def stream_id(frame: bytes) -> str | None:
    """The session id in a message that opens a run, None in every other message."""
    message = ForwardMsg()
    try:
        message.ParseFromString(frame)
    except DecodeError:
        return None
    return message.new_session.initialize.session_id or None


def is_automatic(frame: bytes) -> bool:
    """Whether a client's message is a rerun by the clock rather than by a person.

    The clock of the wall reports as a widget does, and every message of that page carries its
    value; what a person clicks there comes as a trigger beside it.
    """
    message = BackMsg()
    try:
        message.ParseFromString(frame)
    except DecodeError:
        return True
    if message.rerun_script.is_auto_rerun:
        return True
    widgets = message.rerun_script.widget_states.widgets
    has_clock = any(widget.id.endswith(f"-{CLOCK}") for widget in widgets)
    return has_clock and not any(widget.HasField("json_trigger_value") for widget in widgets)
