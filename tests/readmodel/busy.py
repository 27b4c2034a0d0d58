"""A centre with a past: weeks of made-up traffic, and days of all that people can do on top."""

import json
import random
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from build import Role, a_bot
from console import actions
from console.demo.generate import Plan, generate
from console.domain.errors import RuleError
from console.domain.hours import Block
from console.domain.ids import DAY, HOUR, MINUTE, SECOND
from console.domain.sla import CENTRE, Owner, SlaPolicy, Timetable
from console.imports.jsonl import import_jsonl
from console.store import sla, tables
from office import Office

UNTIL = 1_793_636_400_000_000  # Monday 2026-11-02 13:20 in São Paulo, a holiday
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
WEEKDAY = (Block(9 * 60, 12 * 60), Block(13 * 60, 18 * 60))
SATURDAY = (Block(9 * 60, 12 * 60),)
WEEK = ((WEEKDAY,) * 5) + (SATURDAY, ())
ALL_DAY = (Block(0, 1440),)


class Busy(Office):
    """An office that the generator filled and where people then worked for some days."""

    def __init__(self, store, folder, conversations=2_000, acts=320):
        made = generate(store, Plan(conversations, 25, UNTIL, 3)).centre
        super().__init__(store)
        self.at = UNTIL
        self.random = random.Random(5)
        self.shop = made
        self.team_ids = (*made.team_ids, self.team_id)
        self.eva = self.agent("Eva", Role.AGENT, self.team_id)
        self.gil = self.agent("Gil", Role.AGENT)
        self.lead = self.today(self.lia.agent_id)
        self.people = (self.ana, self.bia, self.caio, self.lia, self.eva, self.gil)
        self._promise()
        self._import(folder)
        self._live(acts)
        self._deliver()
        self.now = self.at + HOUR

    def team(self, name):
        return super().team(f"{name} da noite")  # the generator has made one of this name

    def label(self, name):
        return super().label(f"{name} da noite")

    def _promise(self):
        """Hours and targets of the centre, an instance and teams; one is never there."""
        instance, (wall, never, *_) = self.shop.instance_ids[0], self.shop.team_ids
        holidays = Timetable(WEEK, "America/Sao_Paulo", "BR-SP", (date(2026, 10, 20),))
        hours = {
            CENTRE: holidays,
            Owner("instance", instance): Timetable((ALL_DAY,) * 7, "America/Sao_Paulo"),
            Owner("team", wall): Timetable((WEEKDAY,) * 7, "America/Manaus", "BR"),
            Owner("team", never): Timetable(((),) * 7, "America/Sao_Paulo"),
        }
        targets = {
            CENTRE: SlaPolicy(900, 600, 4 * 3_600),
            Owner("instance", instance): SlaPolicy(120),
            Owner("team", wall): SlaPolicy(300, 180, 3_600, is_business=False),
        }

        def promise(connection):
            for owner, timetable in hours.items():
                sla.save_timetable(connection, owner, timetable)
            for owner, policy in targets.items():
                sla.save_policy(connection, owner, policy)

        self.store.write(promise)

    def _import(self, folder):
        """A history of another system: drafts, records, a clock that stepped back."""
        talks = (
            "customer:0 bot:1 system:2 draft:3 agent:9 customer:5 note:12 customer:20",
            "agent:30 customer:45 agent:44 draft:50 customer:52 agent:55",
            "customer:60",
        )
        file = folder / "before.jsonl"
        file.write_text("\n".join(_record(n, talk) for n, talk in enumerate(talks)))
        import_jsonl(self.store, file, "loja-1", SAO_PAULO)

    def _live(self, acts):
        """People work, customers answer, runs are made and taken back."""
        pool = self._pool()
        runs = []
        for _ in range(acts):
            self.at += self.random.choice((-MINUTE, 0, SECOND, 7 * MINUTE, 50 * MINUTE))
            self._act(pool, runs)
        for run_id in runs:
            self._undo(run_id)

    def _pool(self):
        """Conversations of every kind: new ones, and some that the generator left."""
        new = [self.receive(phone=5511955550000 + n, name=f"Cliente {n}") for n in range(25)]
        table = tables.conversation.c
        with self.store.read() as connection:
            old = [
                connection.scalars(
                    select(table.id).where(table.status == status).order_by(table.id).limit(15)
                ).all()
                for status in ("pending", "resolved")
            ]
        return [*new, *old[0], *old[1]]

    def _act(self, pool, runs):
        pick = self.random.choice
        match pick(("customer", "bot", "one", "one", "one", "one", "bulk", "undo", "open")):
            case "customer":
                self._customer(pick(pool))
            case "bot":
                self.run(actions.Reply("Já vamos atender"), pick(pool), by=a_bot())
            case "one":
                self.run(self._wish(), pick(pool), by=pick((self.ana, self.bia, self.caio)))
            case "open":
                contact = self.state(pick(pool)).contact_id
                who = pick((self.bia, self.lia, self.gil))
                self._dare(lambda: self.run(actions.Open(self.loja, contact), by=who))
            case "bulk":
                ids = sorted(self.random.sample(pool, 6))
                self._dare(lambda: runs.append(self.bulk(self._wish(), *ids).id))
            case "undo" if runs:
                self._undo(runs.pop())

    def _customer(self, talk):
        """The contact writes again, through the same address."""
        state = self.state(talk)
        with self.store.read() as connection:
            phone = connection.scalar(
                select(tables.address.c.value).where(
                    tables.address.c.contact_id == state.contact_id
                )
            )
        self.receive("E agora?", phone=phone, instance=state.instance_id)

    def _wish(self):
        pick = self.random.choice
        kinds = (
            lambda: actions.Reply("Já vai"),
            lambda: actions.Reply("Pronto"),
            lambda: actions.Note("Ver estoque"),
            lambda: actions.Assign(pick(self.people).agent_id),
            lambda: actions.Assign(pick(self.people).agent_id),
            lambda: actions.Assign(None),
            lambda: actions.AssignTeam(pick((*self.team_ids, None))),
            actions.Resolve,
            actions.Resolve,
            actions.Reopen,
            actions.MarkRead,
            actions.MarkUnread,
            lambda: actions.Snooze(self.at + DAY),
            actions.Unsnooze,
            lambda: actions.Label(self.label_id, on=pick((True, True, False))),
        )
        return pick(kinds)()

    def _undo(self, run_id):
        self._dare(lambda: self.undo(run_id))

    def _dare(self, wish):
        """Some wishes are refused as a whole; a history has those too."""
        try:
            wish()
        except RuleError:
            self.at += SECOND

    def _deliver(self):
        """The channel's word on messages that were only queued."""
        table = tables.message
        words = (
            {"delivery": "sent", "accepted_at": UNTIL + DAY},
            {"delivery": "delivered", "accepted_at": UNTIL + DAY, "delivered_at": UNTIL + DAY + 7},
            {"delivery": "failed", "accepted_at": UNTIL + DAY},
            {"delivery": "failed"},
            {"delivery": "unknown"},
            {"delivery": "accepted", "accepted_at": UNTIL + DAY},
        )

        def tell(connection):
            queued = select(table.c.id).where(table.c.delivery == "queued").order_by(table.c.id)
            for n, message in enumerate(connection.scalars(queued).all()):
                if n % 9 < len(words):
                    chosen = update(table).where(table.c.id == message)
                    connection.execute(chosen.values(words[n % 9]))

        self.store.write(tell)


def _record(number, talk):
    said = [one.split(":") for one in talk.split()]
    messages = [
        {
            "role": "agent" if role == "draft" else role,
            "kind": "draft" if role == "draft" else "text",
            "author": "rosa" if role == "customer" else f"{role}-{number}",
            "text": "Oi",
            "at": f"2026-10-28T{8 + int(minute) // 60:02d}:{int(minute) % 60:02d}:00-03:00",
        }
        for role, minute in said
    ]
    return json.dumps({"dataset": "antes", "conversation_id": f"c-{number}", "messages": messages})
