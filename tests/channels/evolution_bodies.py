"""Bodies as Evolution API 2.3.6 writes them, with made-up people."""

import json

AT = 1_767_600_000_000_000  # 2026-01-05 08:00 UTC, when bodies come in
SAID_S = AT // 1_000_000 - 60  # a minute before
ROSA = "5511900000001@s.whatsapp.net"
GROUP = "120363000000000007@g.us"
LID = "100000000000017@lid"
APIKEY = "0A1B2C3D-CANARY-4E5F"


def envelope(event, told, **more):
    return {
        "event": event,
        "instance": "loja",
        "data": told,
        "destination": "https://central.example/wh/evolution/x",
        "date_time": "2026-01-05T05:00:00.000Z",
        "sender": "5511900000099@s.whatsapp.net",
        "server_url": "http://127.0.0.1:8080",
        "apikey": APIKEY,
        **more,
    }


def body(event, told, **more):
    return json.dumps(envelope(event, told, **more)).encode()


def key(remote=ROSA, from_me=False, id_="3EB0A1", **more):
    return {"remoteJid": remote, "fromMe": from_me, "id": id_, **more}


def said(message, of=None, **more):
    """One item of `messages.upsert`."""
    return {
        "key": of or key(),
        "pushName": "Rosa Lima",
        "status": "DELIVERY_ACK",
        "message": message,
        "messageType": next(iter(message), "unknown"),
        "messageTimestamp": SAID_S,
        "instanceId": "2c1b0f3e-0000-4000-8000-000000000001",
        "source": "android",
        **more,
    }


def octets(*values):
    return {str(place): value for place, value in enumerate(values)}


def long(value, unsigned=True):
    low, high = value & 0xFFFFFFFF, value >> 32
    return {"low": low - 2**32 if low >= 2**31 else low, "high": high, "unsigned": unsigned}


def file(mime, **more):
    return {
        "url": "https://mmg.whatsapp.net/v/t62/x.enc",
        "mimetype": mime,
        "fileSha256": octets(*range(32)),
        "fileLength": long(2048),
        "mediaKey": octets(*[7] * 32),
        "jpegThumbnail": octets(255, 216, 255),
        **more,
    }


QUOTED = {"stanzaId": "3EB0Q1", "participant": ROSA, "quotedMessage": {"conversation": "Qual?"}}

MESSAGES = {
    "text": {"conversation": "Oi, bom dia"},
    "image": {"imageMessage": file("image/jpeg", caption="olha")},
    "video": {"videoMessage": file("video/mp4", caption="v", seconds=9)},
    "ptv": {"ptvMessage": file("video/mp4", seconds=4)},
    "voice": {"audioMessage": file("audio/ogg; codecs=opus", ptt=True, seconds=3)},
    "audio": {"audioMessage": file("audio/mpeg", seconds=180)},
    "document": {"documentMessage": file("application/pdf", fileName="nota.pdf", title="nota")},
    "document_caption": {
        "documentWithCaptionMessage": {
            "message": {"documentMessage": file("application/pdf", title="2ª via", caption="segue")}
        }
    },
    "sticker": {"stickerMessage": file("image/webp", isAnimated=True)},
    "location": {
        "locationMessage": {
            "degreesLatitude": -23.5,
            "degreesLongitude": -46.6,
            "name": "Loja",
            "address": "Rua A, 1",
        }
    },
    "live_location": {"liveLocationMessage": {"degreesLatitude": -23.5, "degreesLongitude": -46.6}},
    "contact": {
        "contactMessage": {
            "displayName": "Bia",
            "vcard": "BEGIN:VCARD\nTEL;type=CELL;waid=5511900000002:+55 11 90000-0002\n"
            "item1.TEL:0800 000 0000\nEND:VCARD",
        }
    },
    "contacts_array": {
        "contactsArrayMessage": {
            "displayName": "2 contatos",
            "contacts": [{"displayName": "Bia", "vcard": ""}, {"displayName": "Caio"}],
        }
    },
    "reaction": {"reactionMessage": {"key": key(id_="3EB0T1", from_me=True), "text": "👍"}},
    "reaction_removed": {"reactionMessage": {"key": key(id_="3EB0T1", from_me=True), "text": ""}},
    "buttons_response": {
        "buttonsResponseMessage": {
            "selectedButtonId": "sim",
            "selectedDisplayText": "Sim",
            "contextInfo": QUOTED,
        }
    },
    "list_response": {
        "listResponseMessage": {
            "title": "Troca",
            "description": "Trocar um produto",
            "singleSelectReply": {"selectedRowId": "r1"},
            "contextInfo": QUOTED,
        }
    },
    "template_button": {
        "templateButtonReplyMessage": {"selectedId": "ok", "selectedDisplayText": "Confirmo"}
    },
    "form": {
        "interactiveResponseMessage": {
            "body": {"text": "Enviado"},
            "nativeFlowResponseMessage": {"name": "flow", "paramsJson": '{"nota":5}'},
        }
    },
    "order": {
        "orderMessage": {
            "orderId": "77",
            "orderTitle": "Loja",
            "itemCount": 2,
            "totalAmount1000": long(89_900),
            "totalCurrencyCode": "BRL",
            "message": "Quero estes",
        }
    },
    "poll": {
        "pollCreationMessageV3": {
            "name": "Qual?",
            "options": [{"optionName": "a"}, {"optionName": "b"}],
        }
    },
    "bot": {"interactiveMessage": {"body": {"text": "Escolha"}}},
    "ephemeral_text": {"ephemeralMessage": {"message": {"extendedTextMessage": {"text": "some"}}}},
    "view_once": {
        "viewOnceMessageV2": {"message": {"imageMessage": file("image/jpeg", viewOnce=True)}}
    },
    "protocol_revoke": {"protocolMessage": {"key": key(id_="3EB0C1"), "type": 0}},
    "edited": {
        "editedMessage": {
            "message": {
                "protocolMessage": {
                    "key": key(id_="3EB0C1"),
                    "type": 14,
                    "editedMessage": {"conversation": "corrigido"},
                }
            }
        }
    },
}

# Every shape of the pack, and some more.
ITEMS = {name: said(message) for name, message in MESSAGES.items()} | {
    "extended_reply": said({"conversation": "essa"}, contextInfo=QUOTED),
    "lid_dm": said({"conversation": "oi"}, key(LID, remoteJidAlt=ROSA, addressingMode="lid")),
    "lid_alone": said({"conversation": "oi"}, key(LID, addressingMode="lid")),
    "group_lid": said(
        {"conversation": "oi"}, key(GROUP, participant=LID, participantAlt=ROSA, id_="3EB0G1")
    ),
    "from_me_phone": said({"conversation": "oi"}, key(from_me=True), pushName="Loja", source="ios"),
    "status_broadcast": said({"conversation": "oi"}, key("status@broadcast", participant=ROSA)),
}
