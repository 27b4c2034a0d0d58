"""A store filled with random rows at once, for what many conversations show."""

import random
from datetime import date
from itertools import count

from sqlalchemy import insert, select

from console.domain.agent import Acting, Role
from console.domain.hours import Block
from console.domain.ids import DAY, HOUR, MINUTE
from console.domain.sla import CENTRE, Owner, SlaPolicy, Timetable
from console.store import sla, tables

NOW = 1_793_620_800_000_000  # 2026-11-02 09:00 in São Paulo
NAMES = ("Conceição Araújo", "João Müller", "Zoë de Souza", "MARIA SOUZA", "José", "İnci 😀")
TEXTS = (
    "Olá, quero a segunda via do boleto",
    "segunda-feira via correio",
    "NÃO recebi o pedido 12345",
    "nao veio, e agora?",
    "Bom dia 😀 tudo bem?",
    "Acao e ação: e\u0301 igual",
    "",
    "straße 日本語 foo@bar.com",
)
AGENTS = ((7, "ana@loja.example", "Ana Lima"), (8, "bia@loja.example", "Bia Ávila"))
TEAMS = ((5, "vendas", "Vendas"), (6, "pos-venda", "Pós-venda"))
LABELS = ((9, "vip", "VIP"), (10, "troca", "Troca"))
INSTANCES = ((1, "loja-1", "Loja 1"), (2, "loja-2", "Loja 2"), (3, "matriz", "Matriz"))
ZONE = "America/Sao_Paulo"
EARLY = (Block(390, 470), Block(490, 1440))  # half past six to ten to eight, ten past to midnight
HOURS = {
    CENTRE: Timetable((EARLY,) * 7, ZONE),
    Owner("team", 5): Timetable((EARLY,) * 7, ZONE, "BR", (date(2026, 10, 31),)),  # NOW is closed
}
POLICIES = {
    CENTRE: SlaPolicy(first_response_s=3_600),
    Owner("instance", 2): SlaPolicy(1_800, 2_400, is_business=False),
    Owner("team", 6): SlaPolicy(next_reply_s=2_700),
}

SUPERVISOR = Acting(8, "Bia", Role.SUPERVISOR)
LEAD = Acting(8, "Bia", Role.TEAM_LEAD, frozenset({5}), frozenset({7}))
AGENT = Acting(7, "Ana", Role.AGENT, frozenset({6}))
ANALYST = Acting(8, "Bia", Role.ANALYST)
EVERYBODY = (SUPERVISOR, LEAD, AGENT, ANALYST)


def fill(store, n=200, seed=1):
    """`n` conversations with contacts, addresses, labels and messages, all drawn by the seed."""
    store.write(lambda connection: _Crowd(connection, random.Random(seed)).make(n))


def conversations(store):
    """Every conversation as plain values, with its contact, phones, labels and texts."""
    with store.read() as connection:
        c, p = tables.conversation, tables.contact
        wanted = select(c, p.c.name, p.c.email, p.c.is_blocked).join(p, p.c.id == c.c.contact_id)
        rows = [dict(row) for row in connection.execute(wanted).mappings()]
        phones = list(connection.execute(select(tables.address)))
        labels = list(connection.execute(select(tables.conversation_label)))
        texts = list(
            connection.execute(select(tables.message.c.conversation_id, tables.message.c.text))
        )
    for row in rows:
        own = [a for a in phones if a.contact_id == row["contact_id"]]
        used = [(a.last_seen_at, a.id, a.value) for a in own if a.retired_at is None]
        row["phones"] = [a.value for a in own]
        row["phone"] = max(used)[-1] if used else None
        row["labels"] = {x.label_id for x in labels if x.conversation_id == row["id"]}
        row["texts"] = [text for i, text in texts if i == row["id"]]
    return rows


class _Crowd:
    def __init__(self, connection, random_):
        self.connection = connection
        self.random = random_
        self.ids = count(1_000)

    def make(self, n):
        self._insert("instance", [_named(x, channel="simulator") for x in INSTANCES])
        self._insert("team", [_named(x) for x in TEAMS])
        self._insert("label", [_named(x, colour="#aa0000") for x in LABELS])
        self._insert(
            "agent",
            [
                {"id": i, "email": mail, "name": name, "role": "agent", "created_at": 0}
                for i, mail, name in AGENTS
            ],
        )
        contacts = [self._contact() for _ in range(n)]
        self._insert("contact", contacts)
        self._insert("address", [a for c in contacts for a in self._addresses(c["id"])])
        rows = [self._conversation(self.random.choice(contacts)["id"]) for _ in range(n)]
        self._insert("conversation", rows)
        self._insert("conversation_label", [x for row in rows for x in self._labels(row["id"])])
        self._insert("message", [m for row in rows for m in self._messages(row["id"])])
        for owner, timetable in HOURS.items():
            sla.save_timetable(self.connection, owner, timetable)
        for owner, policy in POLICIES.items():
            sla.save_policy(self.connection, owner, policy)

    def _insert(self, table, rows):
        if rows:
            self.connection.execute(insert(tables.metadata.tables[table]), rows)

    def _contact(self):
        pick = self.random.choice
        return {
            "id": next(self.ids),
            "name": pick(NAMES),
            "email": pick((None, "joao@example.com", "CÉU@example.com")),
            "is_blocked": pick((True, False)),
            "created_at": 0,
        }

    def _addresses(self, contact_id):
        for _ in range(self.random.choice((0, 1, 1, 2))):
            number = next(self.ids)
            yield {
                "id": number,
                "contact_id": contact_id,
                "kind": "phone",
                "value": f"+55119{number:08d}",
                "send_value": "",
                "source": "import",
                "first_seen_at": 0,
                "last_seen_at": self.random.randrange(3),
                "retired_at": self.random.choice((None, None, 1)),
            }

    def _conversation(self, contact_id):
        pick, near = self.random.choice, self._near
        opened_at = near(40 * DAY)
        return {
            "id": next(self.ids),
            "instance_id": pick(INSTANCES)[0],
            "contact_id": contact_id,
            "status": pick(("pending", "resolved")),
            "assignee_id": pick((None, 7, 8)),
            "team_id": pick((None, 5, 6)),
            "opened_at": opened_at,
            "last_activity_at": pick((NOW - DAY, near(10 * DAY))),
            "contact_activity_at": pick((None, near(10 * DAY))),
            "waiting_since_at": pick((None, near(2 * HOUR))),
            "first_response_at": pick((None, opened_at + self.random.randrange(3 * HOUR))),
            "resolved_at": pick((None, near(5 * DAY))),
            "resolved_by_id": pick((None, 7, 8)),
            "reopened_at": pick((None, near(5 * DAY))),
            "last_direction": pick((None, "in", "out")),
            "last_preview": pick(TEXTS),
            "priority": pick((None, None, "urgent", "high", "medium", "low")),
            "snoozed_until_at": pick((None, None, NOW + self.random.randrange(2 * DAY))),
            **{name: self.random.randrange(4) for name in _COUNTERS},
        }

    def _near(self, span):
        return NOW - MINUTE * self.random.randrange(span // MINUTE)

    def _labels(self, conversation_id):
        for label in self.random.sample((9, 10), self.random.randrange(3)):
            yield {"conversation_id": conversation_id, "label_id": label}

    def _messages(self, conversation_id):
        for _ in range(self.random.randrange(3)):
            yield {
                "id": next(self.ids),
                "conversation_id": conversation_id,
                "instance_id": 1,
                "direction": "in",
                "kind": "text",
                "author_kind": "contact",
                "text": self.random.choice(TEXTS),
                "at": NOW,
                "created_at": NOW,
            }


_COUNTERS = ("reopened_n", "unread_n", "message_n", "inbound_n", "outbound_n", "note_n")


def _named(entry, **more):
    return {"id": entry[0], "key": entry[1], "name": entry[2], "created_at": 0, **more}
