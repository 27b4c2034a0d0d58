"""A client that speaks Streamlit's protocol without a browser: what an attacker can send."""

import json
import re
import socket
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

PATIENCE_S = 15
OURS = object()  # the origin of the server itself


class Attack:
    """One socket: whatever cookie, origin, host, header and session id the test wishes."""

    def __init__(
        self, url, cookie=None, *, origin=OURS, host=None, stream_id=None, headers=None, path=None
    ):
        parts = urlsplit(url)
        sent = {**({"Cookie": cookie} if cookie else {}), **(headers or {})}
        protocols = ["streamlit", "NONE", *([stream_id] if stream_id else [])]
        self.stream_id = None
        # The handshake goes to the server whatever the Host header says.
        self._open = ExitStack()
        opening = connect(
            f"ws://{host or parts.netloc}{path or '/_stcore/stream'}",
            sock=socket.create_connection((parts.hostname, parts.port), PATIENCE_S),
            origin=url if origin is OURS else origin,
            subprotocols=protocols,
            additional_headers=sent,
            open_timeout=PATIENCE_S,
            max_size=None,
        )
        self._socket = self._open.enter_context(opening)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._open.close()

    def run(self, page="", query="", **fields):
        """Everything the server answers to one rerun, as one text of bytes."""
        return self.send(page_name=page, query_string=query, **fields)

    def wish(self, component, *actions, page="inbox"):
        """Send a component's actions as its script in a browser would."""
        base = re.search(rb"\$\$ID-[0-9a-f]+-" + component.encode(), self.run(page))[0].decode()
        told = json.dumps([{"event": "actions", "value": list(actions)}])
        return self.send(wishes={base: told}, page_name=page)

    def send(self, widgets=None, wishes=None, **fields):
        message = BackMsg()
        for name, value in fields.items():
            setattr(message.rerun_script, name, value)
        for widget_id, value in (widgets or {}).items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id = widget_id
            state.trigger_value = value
        for base, value in (wishes or {}).items():
            kept = message.rerun_script.widget_states.widgets.add()
            kept.id, kept.json_value = base, "{}"
            told = message.rerun_script.widget_states.widgets.add()
            told.id = f"$$STREAMLIT_INTERNAL_KEY_{base}__events"
            told.json_trigger_value = value
        message.rerun_script.SetInParent()
        self.send_bytes(message.SerializeToString())
        return self.read()

    def send_bytes(self, frame):
        self._socket.send(frame)

    def read(self):
        """The frames until the script has finished."""
        frames, until = [], time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            frame = self._socket.recv(timeout=PATIENCE_S)
            frames.append(frame)
            message = ForwardMsg()
            message.ParseFromString(frame)
            self.stream_id = message.new_session.initialize.session_id or self.stream_id
            if message.WhichOneof("type") == "script_finished":
                return b"".join(frames)
        raise TimeoutError

    def closed_within(self, seconds):
        """The close code, or None when the socket is still open after that time."""
        until = time.monotonic() + seconds
        try:
            while (left := until - time.monotonic()) > 0:
                self._socket.recv(timeout=left)
        except TimeoutError:
            return None
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006
        return None
