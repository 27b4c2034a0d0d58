"""A mail server of a test's own: keeps what it is given, with or without encryption and sign-in."""

import base64
import contextlib
import socketserver
import ssl
import subprocess
import threading
from email import message_from_bytes, policy


class Letterbox:
    """Listens on a free port of this machine until it is closed; `letters` are (to, message)."""

    def __init__(self, context=None, security="none", account=None):
        self.letters, self.refused, self.is_down = [], set(), False
        self.context, self.security, self.account = context, security, account
        letterbox = self

        class Talk(_Talk):
            box = letterbox

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def to(self):
        return [to for to, _ in self.letters]


class _Talk(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs."""

    box = None

    def handle(self):
        with contextlib.suppress(ssl.SSLError, ConnectionError):  # of clients that do not trust us
            self.talk()

    def finish(self):
        with contextlib.suppress(ssl.SSLError, ConnectionError, ValueError):
            super().finish()
        self.request.close()

    def talk(self):
        if self.box.security == "tls":
            self._encrypt()
        self.is_safe, self.is_known = self.box.security == "tls", False
        self.say(421 if self.box.is_down else 220, "letterbox")
        to = None
        while line := self.rfile.readline().strip().decode():
            verb = line.split()[0].upper()
            if verb == "QUIT":
                return self.say(221, "bye")
            if verb == "EHLO":
                self.say(250, *self.offered())
            elif verb == "STARTTLS":
                self.say(220, "go")
                self._encrypt()
                self.is_safe = True
            elif verb == "AUTH":
                self.sign_in(line)
            elif verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self.say(550 if to in self.box.refused else 250, "said")
            elif verb == "DATA":
                self.take(to)
            elif self.box.account and verb == "MAIL" and not self.is_known:
                self.say(530, "sign in first")
            else:
                self.say(250, "ok")
        return None

    def offered(self):
        found = ["letterbox", "8BITMIME"]
        if self.box.security == "starttls" and not self.is_safe:
            found.append("STARTTLS")
        return [*found, "AUTH PLAIN"] if self.box.account and self.is_safe else found

    def sign_in(self, line):
        given = base64.b64decode(line.split()[-1]).decode().split("\0")[1:]
        self.is_known = tuple(given) == self.box.account
        self.say(235 if self.is_known else 535, "said")

    def take(self, to):
        self.say(354, "go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.box.letters.append((to, message_from_bytes(b"".join(lines), policy=policy.default)))
        self.say(250, "kept")

    def say(self, code, *texts):
        for text in texts[:-1]:
            self.wfile.write(f"{code}-{text}\r\n".encode())
        self.wfile.write(f"{code} {texts[-1]}\r\n".encode())
        self.wfile.flush()

    def _encrypt(self):
        self.rfile.close()
        self.request = self.box.context.wrap_socket(self.request, server_side=True)
        self.setup()  # streams over the encrypted connection


def certificate(folder):
    """A certificate for `localhost` that vouches for itself, as (file, context of a server)."""
    key, file = folder / "key.pem", folder / "cert.pem"
    wanted = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    rest = ["-nodes", "-keyout", str(key), "-out", str(file), "-days", "2", *wanted]
    subprocess.run([*made, *rest], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return file, context
