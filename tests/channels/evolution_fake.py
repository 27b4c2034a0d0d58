"""As much of Evolution API 2.3.6 as Central talks with, on a port of its own.

Written from measured answers and from the server's source: keys, guards, error bodies in three
shapes, the form of numbers, what it keeps, and webhooks with its headers and repetitions.
"""

import base64
import hashlib
import itertools
import json
import math
import re
import threading
import time
from contextlib import contextmanager
from datetime import datetime

import httpx
import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

GLOBAL_KEY = "GLOBAL-KEY-OF-THE-SERVER"
QR = "data:image/png;base64," + base64.b64encode(b"a picture").decode()
FINAL = {400, 401, 403, 404, 422}
KNOWN_EVENTS = set(
    "MESSAGES_UPSERT MESSAGES_UPDATE MESSAGES_EDITED MESSAGES_DELETE SEND_MESSAGE "
    "CONNECTION_UPDATE QRCODE_UPDATED PRESENCE_UPDATE".split()
)
SETTINGS = "rejectCall groupsIgnore alwaysOnline readMessages readStatus syncFullHistory".split()
STICKER = {"message": {"stickerMessage": {"mimetype": "image/webp"}}}


class ApiError(Exception):
    """What the server answers with; `message` may be a text, a list or lists in one."""

    def __init__(self, status, error, message):
        super().__init__(error)
        self.status, self.error, self.message = status, error, message


def create_jid(number):
    """The server's own rule: from area code 31 on, Brazilian mobiles lose their ninth digit."""
    if re.search("@(g.us|s.whatsapp.net|lid)", number):
        return number
    digits = re.sub(r"\D", "", number)
    old = re.fullmatch(r"55(\d\d)\d(\d{8})", digits)
    if old and int(old[2][0]) >= 7 and int(old[1]) >= 31:
        digits = f"55{old[1]}{old[2]}"
    return f"{digits}@s.whatsapp.net"


class Instance:
    def __init__(self, name, token):
        self.name, self.token, self.state = name, token, "close"
        self.webhook, self.settings = {}, {}
        self.records, self.files, self.read, self.sent = [], {}, [], []

    def keep(self, remote, message, from_me=False, at_s=None, **more):
        number = f"3EB0{len(self.records):08X}"
        record = {
            "key": {"id": number, "fromMe": from_me, "remoteJid": remote},
            "pushName": "Você" if from_me else "Rosa Lima",
            "message": message,
            "messageType": next(iter(message)),
            "messageTimestamp": int(time.time()) if at_s is None else at_s,
            "contextInfo": None,
            "MessageUpdate": [],
        }
        self.records.append(record | more)
        return self.records[-1]


class FakeEvolution:
    """`faults` are answers that the next calls to a path get instead of the real ones."""

    def __init__(self):
        self.reset()
        self.app = Starlette(routes=[*self._routes()])

    def reset(self):
        self.instances, self.faults, self.calls, self.bodies = {}, {}, [], []
        self.delays, self.has_network = [], True

    def add(self, name="loja", state="open"):
        made = self.instances[name] = Instance(name, f"TOKEN-OF-{name.upper()}")
        made.state = state
        return made

    def _routes(self):
        calls = {
            "GET": ("instance/connect", "instance/connectionState", "webhook/find"),
            "DELETE": ("instance/logout", "instance/delete"),
            "POST": (
                *(f"message/{send}" for send in SENDS),
                "chat/findMessages",
                "chat/getBase64FromMediaMessage",
                "chat/markMessageAsRead",
                "webhook/set",
                "settings/set",
            ),
        }
        for method, paths in calls.items():
            for path in paths:
                yield Route(f"/{path}/{{instance:path}}", self._call(path), methods=[method])
        yield Route("/instance/create", self._call("instance/create"), methods=["POST"])
        yield Route("/instance/fetchInstances", self._call("instance/fetchInstances"))

    def _call(self, path):
        async def endpoint(request):
            self.calls.append(path)
            body = await request.body()
            self.bodies.append(body)
            if self.faults.get(path):
                return self.faults[path].pop(0)
            try:
                instance = self._guarded(path, request)
                told = json.loads(body) if body else {}
                status, answer = CALLS[path](self, instance, told, request)
            except ApiError as error:
                status = error.status
                response = {"message": error.message}
                answer = {"status": status, "error": error.error, "response": response}
            return JSONResponse(answer, status)

        return endpoint

    def _guarded(self, path, request):
        key, name = request.headers.get("apikey"), request.path_params.get("instance")
        instance = self.instances.get(name)
        is_own = instance is not None and key == instance.token
        is_list = path == "instance/fetchInstances"
        tokens = {one.token for one in self.instances.values()}
        if not (key == GLOBAL_KEY or is_own or (is_list and key in tokens)):
            raise ApiError(401, "Unauthorized", "Unauthorized")
        if name is not None and instance is None:
            raise ApiError(404, "Not Found", [f'The "{name}" instance does not exist'])
        return instance

    # Calls

    def create(self, _, told, request):
        name = told["instanceName"]
        if name in self.instances:
            raise ApiError(403, "Forbidden", [f'This name "{name}" is already in use.'])
        made = self.add(name, "connecting")
        made.webhook, made.settings = told["webhook"], {k: told[k] for k in SETTINGS}
        qrcode = self._qrcode() if told["qrcode"] else None
        return 201, {
            "instance": {"instanceName": name, "integration": told["integration"]},
            "hash": made.token,
            "qrcode": qrcode,
        }

    def _qrcode(self):
        if not self.has_network:
            return {"count": 0}
        return {"pairingCode": None, "code": "2@x", "base64": QR, "count": 1}

    def connect(self, instance, told, request):
        if instance.state == "open":
            return self.connection_state(instance, told, request)
        instance.state = "connecting"
        return 200, self._qrcode()

    def connection_state(self, instance, told, request):
        return 200, {"instance": {"instanceName": instance.name, "state": instance.state}}

    def fetch_instances(self, _, told, request):
        wanted = request.query_params.get("instanceName")
        found = [one for one in self.instances.values() if wanted in {None, one.name}]
        return 200, [
            {
                "name": one.name,
                "connectionStatus": one.state,
                "ownerJid": "5511900000099:7@s.whatsapp.net",
                "profileName": "Loja Central",
                "token": one.token,
            }
            for one in found
        ]

    def logout(self, instance, told, request):
        if instance.state == "close":
            raise ApiError(400, "Bad Request", [f'The "{instance.name}" instance is not connected'])
        instance.state = "close"
        return 200, {"status": "SUCCESS", "error": False}

    def delete(self, instance, told, request):
        del self.instances[instance.name]
        return 200, {"status": "SUCCESS", "error": False}

    def set_webhook(self, instance, told, request):
        unknown = set(told["webhook"]["events"]) - KNOWN_EVENTS
        if unknown:
            raise ApiError(400, "Bad Request", [["webhook.events[0] is not one of enum values"]])
        instance.webhook = told["webhook"]
        return 201, told["webhook"]

    def find_webhook(self, instance, told, request):
        return 200, instance.webhook

    def set_settings(self, instance, told, request):
        missing = [f'requires property "{name}"' for name in SETTINGS if name not in told]
        if missing:
            raise ApiError(400, "Bad Request", [missing])
        instance.settings = told
        return 201, {"settings": told}

    def send(self, instance, told, request):
        form = request.url.path.split("/")[2]
        wanted, message = SENDS[form]
        missing = [f'requires property "{name}"' for name in wanted if name not in told]
        if missing:
            raise ApiError(400, "Bad Request", [missing])
        if instance.state != "open":
            words = "TypeError: Cannot read properties of undefined (reading 'user')"
            raise ApiError(500, "Internal Server Error", words)
        jid = told["key"]["remoteJid"] if "key" in told else create_jid(told["number"])
        if jid.endswith("0404@s.whatsapp.net"):
            answer = {"jid": jid, "exists": False, "number": told["number"]}
            raise ApiError(400, "Bad Request", [answer])
        if form == "sendReaction" and len(told["reaction"]) > 2:
            words = "Reaction must be a single emoji or empty string"
            raise ApiError(400, "Bad Request", [words])
        record = instance.keep(jid, message(told), from_me=True)
        instance.sent.append(told)
        return 201, {**record, "status": "PENDING"}

    def find_messages(self, instance, told, request):
        where, times = told["where"], told["where"].get("messageTimestamp", {})
        found = [one for one in instance.records if _is_wanted(one, where, times)]
        found.sort(key=lambda one: -one["messageTimestamp"])
        page, size = told.get("page") or 1, told.get("offset") or 50
        return 200, {
            "messages": {
                "total": len(found),
                "pages": math.ceil(len(found) / size),
                "currentPage": page,
                "records": found[size * (page - 1) : size * page],
            }
        }

    def get_base64(self, instance, told, request):
        file = instance.files.get(told["message"]["key"]["id"])
        if file is None:
            raise ApiError(400, "Bad Request", ["Message not found"])
        return 201, {
            "mediaType": "imageMessage",
            "fileName": "x.jpg",
            "caption": 'with "base64":"not it" inside',
            "size": {"fileLength": {"low": len(file), "high": 0, "unsigned": True}},
            "mimetype": "image/jpeg",
            "base64": base64.b64encode(file).decode(),
            "buffer": None,
        }

    def mark_read(self, instance, told, request):
        instance.read += told["readMessages"]
        return 201, {"message": "Read messages", "read": "success"}

    # Webhooks

    def tell(self, instance, event, told, attempts=10):
        """Post an event as the server does; the status of each attempt."""
        hook, statuses = instance.webhook, []
        headers = dict(hook["headers"])
        key = headers.pop("jwt_key", None)
        if key:
            now = int(time.time())
            claims = {"iat": now, "exp": now + 600, "app": "evolution", "action": "webhook"}
            token = jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(key))
            headers["Authorization"] = f"Bearer {token}"
        body = {
            "event": event,
            "instance": instance.name,
            "data": told,
            "destination": hook["url"],
            "sender": "5511900000099@s.whatsapp.net",
            "apikey": instance.token,
        }
        path = f"/{event.replace('.', '-')}" if hook["byEvents"] else ""
        for attempt in range(attempts):
            statuses.append(self._post(hook["url"] + path, body, headers))
            if statuses[-1] in FINAL or statuses[-1] < 300:
                break
            self.delays.append(min(5 * 2**attempt, 300))
        return statuses

    @staticmethod
    def _post(url, body, headers):
        return httpx.post(url, json=body, headers=headers).status_code


def _is_wanted(record, where, times):
    if "gte" in times and "lte" in times:
        low, high = (datetime.fromisoformat(times[end]).timestamp() for end in ("gte", "lte"))
        if not low <= record["messageTimestamp"] <= high:
            return False
    key = where.get("key", {})
    return not key.get("fromMe") or record["key"]["fromMe"]


def _media(told):
    content = base64.b64decode(told["media"], validate=True)
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    file = {"mimetype": told["mimetype"], "fileSha256": digest, "fileLength": len(content)}
    told = file | {name: told[name] for name in ("caption", "fileName") if name in told}
    return told


def _file_message(told):
    return {f"{told['mediatype']}Message": _media(told)}


SENDS = {
    "sendText": (("number", "text"), lambda told: {"conversation": told["text"]}),
    "sendMedia": (("number", "mediatype", "media"), _file_message),
    "sendWhatsAppAudio": (
        ("number", "audio"),
        lambda told: {"audioMessage": {"ptt": True, "mimetype": "audio/ogg; codecs=opus"}},
    ),
    "sendSticker": (("number", "sticker"), lambda told: STICKER["message"]),
    "sendReaction": (
        ("key", "reaction"),
        lambda told: {"reactionMessage": {"key": told["key"], "text": told["reaction"]}},
    ),
}

CALLS = {
    "instance/create": FakeEvolution.create,
    "instance/connect": FakeEvolution.connect,
    "instance/connectionState": FakeEvolution.connection_state,
    "instance/fetchInstances": FakeEvolution.fetch_instances,
    "instance/logout": FakeEvolution.logout,
    "instance/delete": FakeEvolution.delete,
    "webhook/set": FakeEvolution.set_webhook,
    "webhook/find": FakeEvolution.find_webhook,
    "settings/set": FakeEvolution.set_settings,
    "chat/findMessages": FakeEvolution.find_messages,
    "chat/getBase64FromMediaMessage": FakeEvolution.get_base64,
    "chat/markMessageAsRead": FakeEvolution.mark_read,
} | {f"message/{send}": FakeEvolution.send for send in SENDS}


def failing(status, message="Internal Server Error", error="Internal Server Error"):
    body = {"status": status, "error": error, "response": {"message": message}}
    return JSONResponse(body, status)


def saying(content, status=200):
    return Response(content, status, media_type="application/json")


@contextmanager
def serving(app):
    """The address at which an app answers."""
    config = uvicorn.Config(app, port=0, ws="none", lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    for _ in itertools.takewhile(lambda _: not server.started, itertools.count()):
        time.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
