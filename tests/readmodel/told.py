"""Conversations told from the store's own rows, for whoever counts without the read model.

Messages and events are read as they were written down; a conversation is told from its beginning,
and what was taken back has never happened.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select

from console.domain.sla import effective
from console.store import sla, tables


class Step(NamedTuple):
    """Something that happened: `in`, `reply` by a person, or the kind of an event."""

    at: int
    id: int
    what: str
    by: str
    who: int | None = None
    to: int | None = None


@dataclass
class Talk:
    """A conversation as the store has it."""

    id: int
    state: object
    labels: list
    hours: object
    policy: object
    messages: list = field(default_factory=list)
    withdrawn: list = field(default_factory=list)
    events: list = field(default_factory=list)
    story: list = field(default_factory=list)

    def tell(self):
        """Everything that moves it on, in order; what was taken back has never happened."""
        undone = {e.to_id for e in self.events if e.kind == "undone"}
        self.events = [e for e in self.events if e.bulk_id is None or e.bulk_id not in undone]
        self.withdrawn = [m for m in self.messages if m.delivery == "withdrawn"]
        self.messages = [m for m in self.messages if m.delivery != "withdrawn"]
        steps = [Step(e.at, e.id, e.kind, e.actor_kind, agent(e), e.to_id) for e in self.events]
        for m in self.messages:
            if m.direction == "in":
                steps.append(Step(m.at, m.id, "in", m.author_kind))
            elif m.direction == "out" and m.author_kind == "agent":
                steps.append(Step(m.at, m.id, "reply", "agent", m.author_id))
        self.story = sorted(steps)


def agent(event):
    return event.actor_id if event.actor_kind == "agent" else None


def talks(store):
    """Every conversation of the store."""
    with store.read() as connection:
        rules = sla.rules(connection)
        found = {
            row.id: Talk(
                row.id,
                row,
                [],
                effective(rules.hours, row.instance_id, row.team_id),
                effective(rules.policies, row.instance_id, row.team_id),
            )
            for row in connection.execute(select(tables.conversation))
        }
        for row in connection.execute(select(tables.conversation_label)):
            found[row.conversation_id].labels.append(row.label_id)
        for row in connection.execute(select(tables.message)):
            found[row.conversation_id].messages.append(row)
        for row in connection.execute(select(tables.event)):
            if row.conversation_id is not None:
                found[row.conversation_id].events.append(row)
    for talk in found.values():
        talk.tell()
    return list(found.values())


@dataclass
class Episode:
    """From an opening or reopening to the resolution; `holder` is who has it now or had it last."""

    opened: Step
    holder: int | None
    served: Step | None = None
    served_by: int | None = None
    asked: Step | None = None
    replied: Step | None = None
    replies: list = field(default_factory=list)
    resolved: Step | None = None

    @property
    def credit(self):
        """For whom a resolution counts, by each rule."""
        last = self.replies[-1].who if self.replies else None
        if self.resolved is None:
            return {"resolver": None, "assignee": None, "replier": last}
        return {"resolver": self.resolved.who, "assignee": self.holder, "replier": last}

    def serve(self, step, agent_id):
        if self.served is None and agent_id is not None:
            self.served, self.served_by = step, agent_id


def episodes(talk):
    found, holder, now = [], None, None
    for step in talk.story:
        if step.what == "assigned":
            holder = step.to
        if step.what in ("opened", "reopened"):
            now = Episode(step, holder)
            now.serve(step, holder)
            found.append(now)
        elif now:
            _happen(now, step)
            if step.what == "resolved":
                now = None
    return found


def _happen(now, step):
    if step.what == "assigned":
        now.holder = step.to
        now.serve(step, step.to)
    elif step.what == "in":
        now.asked = now.asked or step
    elif step.what == "reply":
        now.replies.append(step)
        if now.asked:
            now.replied = now.replied or step
            now.serve(step, step.who)
    elif step.what == "resolved":
        now.resolved = step


def closed(talk):
    return [one for one in episodes(talk) if one.resolved]


@dataclass
class Turn:
    """The customer's messages in a row, by the first of them."""

    began: Step
    replied: Step | None = None
    closed: Step | None = None


def turns(talk):
    found, now = [], None
    for step in talk.story:
        if step.what == "in" and now is None:
            now = Turn(step)
            found.append(now)
        elif step.what == "reply" and now:
            now.replied, now = step, None
        elif step.what == "resolved" and now:
            now.closed, now = step, None
    return found
