"""The Cloud channel talking with a provider that answers what a test wants."""

import httpx

from cloud_bodies import INSTANCE, ROSA
from console.channels.base import Account, Outbound
from console.channels.cloud import Cloud
from console.channels.inbound import PeerId

BASE = "https://graph.facebook.com/v23.0"
BUSINESS = "200300400500600"
ACCOUNT = Account(
    INSTANCE,
    BASE,
    token="token-secreto",
    webhook_secrets=("novo", "velho"),
    verify_token="aperto",
    business=BUSINESS,
)
OUT = Outbound("01JOUT", PeerId(phone=ROSA), text="Oi")
SENT = {"messaging_product": "whatsapp", "messages": [{"id": "wamid.1"}]}


class Meta:
    """Answers in turn and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, request):
        request.read()
        self.asked.append(request)
        return self.answers.pop(0)


def talking(*answers, account=ACCOUNT):
    meta = Meta(*answers)
    return Cloud(account, httpx.MockTransport(meta)), meta


def ok(**given):
    return httpx.Response(200, json=given)


def error(code, status=400, headers=None, **given):
    told = {"message": "(#x) words", "type": "OAuthException", "code": code, **given}
    return httpx.Response(status, json={"error": told}, headers=headers)
