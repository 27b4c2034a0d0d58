"""One conversation as a provider told it, and the same told in other ways."""

import copy
import json
import random

from cloud_bodies import status, with_statuses
from console.channels.simulator import Customer, Number, Simulator

NUMBER = Number(id="100000000000001", webhook="here")
WHO = Customer("5511987654321", "Rita Gomes")


def story():
    """The bodies of a conversation with everything that happens to messages."""
    bodies = []

    def keep(_url, body, _headers):
        bodies.append(json.loads(body))
        return 200

    clock = Clock()
    with Simulator(NUMBER, poster=keep, is_live=False, clock=clock) as sim:

        def heard(text="", **more):
            clock.at += 61_000_000
            made = sim.customer_writes(WHO, text, **more)
            sim.run_all()
            return made

        first = heard("Qero trocar o tamanho")
        heard(kind="image", sample="parcel")
        third = heard("Chegou errado", reply_to=first)
        heard("❤️", kind="reaction", target=third)
        heard("Quero trocar o tamanho", kind="edit", target=first)
        heard("Esquece", kind="text")
        heard("Quero trocar o tamanho e a cor", kind="edit", target=first)
        heard("👍", kind="reaction", target=third)
        gone = heard("Mandei sem querer")
        heard(kind="revoke", target=gone)
        answer = sim.phone_sends(WHO, "Oi, Rita! Aqui é do celular.")
        sim.run_all()
    return [*bodies, *(_status(said, answer, clock.at) for said in ("sent", "delivered", "read"))]


def _status(said, provider_id, at):
    """What becomes of a message of ours, each a second later."""
    seconds = at // 1_000_000 + ("sent", "delivered", "read").index(said)
    told = status(said, id=provider_id, timestamp=str(seconds), recipient_id=WHO.phone)
    return json.loads(with_statuses(told, contacts=(), instance=NUMBER.id))


class Clock:
    """The time of a story."""

    def __init__(self):
        self.at = 1_700_000_000_000_000

    def __call__(self):
        return self.at


def told_in_order(bodies):
    """The bodies as lines, as they came."""
    return [json.dumps({"body": body}) for body in bodies]


def told_otherwise(bodies, seed):
    """The same bodies as lines: shuffled, some twice, some together, and cut ones among them."""
    chance = random.Random(seed)
    lines = [json.dumps(body) for body in bodies]
    lines += chance.sample(lines, 3)
    lines += [line[: chance.randrange(1, len(line))] for line in chance.sample(lines, 3)]
    lines.append(json.dumps(together(chance.sample(bodies, 4))))
    lines.append(json.dumps(chance.choice(bodies), indent=1))
    chance.shuffle(lines)
    return [json.dumps({"body": line}) for line in lines]


def together(bodies):
    """One body with the entries of several."""
    made = copy.deepcopy(bodies[0])
    made["entry"] = [entry for body in bodies for entry in copy.deepcopy(body["entry"])]
    return made
