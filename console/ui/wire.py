"""What the gate reads in Streamlit's binary messages (internals of 1.67, pinned by a test)."""

from __future__ import annotations

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def stream_id(frame: bytes) -> str | None:
    """The session id in a message that opens a run, None in every other message."""
    message = ForwardMsg()
    try:
        message.ParseFromString(frame)
    except DecodeError:
        return None
    return message.new_session.initialize.session_id or None


def is_automatic(frame: bytes) -> bool:
    """Whether a client's message is a rerun by the clock rather than by a person."""
    message = BackMsg()
    try:
        message.ParseFromString(frame)
    except DecodeError:
        return True
    return message.rerun_script.is_auto_rerun
