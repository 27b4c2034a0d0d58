"""A server on this machine that ends connections wherever a test wants."""

import socket
import struct
import threading
from contextlib import contextmanager, suppress

_BODY = b'{"messaging_product":"whatsapp","messages":[{"id":"wamid.1"}]}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)
LAST_ANSWER = ANSWER.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n")


class Cutter:
    """Reads `reads` bytes of each request (None: all of it), then writes `answer` and closes.

    With `reset` the end is a reset and not an orderly one. `whole` counts requests that had
    arrived in full: what a provider might have acted upon. `ended` counts closed connections.
    """

    def __init__(self):
        self.reads = None
        self.answer = ANSWER
        self.reset = False
        self.whole = 0
        self.seen = 0
        self.ended = threading.Semaphore(0)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}/v23.0"

    def close(self):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def _serve(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(5)
                self._one(connection)
            self.ended.release()

    def _one(self, connection):
        request = self._read(connection)
        self.seen = len(request)
        if self.reads is None:
            self.whole += 1
            connection.sendall(self.answer)
        if self.reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _read(self, connection):
        request = b""
        while not self._is_enough(request):
            most = 65_536 if self.reads is None else self.reads - len(request)
            piece = connection.recv(most)
            if not piece:
                break
            request += piece
        return request

    def _is_enough(self, request):
        if self.reads is not None:
            return len(request) >= self.reads
        head, end, body = request.partition(b"\r\n\r\n")
        lengths = [
            line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
        ]
        wanted = int(lengths[0].split(b":")[1]) if lengths else 0
        return bool(end) and len(body) >= wanted


@contextmanager
def cutter():
    server = Cutter()
    try:
        yield server
    finally:
        server.close()
