"""Why a figure is what it is: the rows behind it, each with the two facts that made its value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from console.domain.agent import Acting
from console.domain.events import Event
from console.domain.ids import Instant
from console.domain.message import Direction, Message
from console.i18n import Text
from console.readmodel import ask
from console.readmodel.measure import Figure, Question, Reason
from console.readmodel.rows import Row
from console.readmodel.tree import Everything
from console.screens.figures.asked import Asked
from console.screens.lines import line_of
from console.screens.paging import page_within, pages_of
from console.screens.thread_items import ThreadNames, item_of
from console.store import thread
from console.store.work import Connection, Store

PAGE: Final = 20
MOST: Final = 20_000  # rows of one file


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened in a conversation: who did what, and when.

    `words` are what was written, empty for an act and for those who may not read them; `what`
    names a snooze's end as `{until}`.
    """

    id: int
    at: Instant
    what: str
    words: str = ""
    is_message: bool = False
    until: Instant | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a figure; a fact is None when nothing of the kind has happened (yet).

    `message_id` is where the thread opens: one of the two facts, or the first message from there.
    """

    conversation_id: int
    contact: str
    instance: str
    agent: str
    value: float | bool | None
    start: Fact | None
    end: Fact | None
    message_id: int | None = None

    @property
    def facts(self) -> list[Fact]:
        """What has happened of the two."""
        return [fact for fact in (self.start, self.end) if fact]

    @property
    def link(self) -> str:
        """The address that opens the conversation at its message."""
        anchor = f"#message-{self.message_id}" if self.message_id else ""
        return f"/inbox?conversation={self.conversation_id}{anchor}"


@dataclass(frozen=True, slots=True)
class Why:
    """One page of the rows behind a figure; `total` counts those left out of the value too."""

    question: Question
    figure: Figure
    total: int
    page: int
    lines: tuple[Line, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return pages_of(self.total, PAGE)


def build(store: Store, asked: Asked, question: Question, page: int) -> Why:
    """The page that is asked for, or the last there is; raises RuleError."""
    total = asked.total(question)
    page = page_within(page, total, PAGE)
    found = asked.reasons(question, PAGE, (page - 1) * PAGE)
    return Why(question, asked.figure(question), total, page, _lines(store, asked, found))


def every(store: Store, asked: Asked, question: Question) -> Why:
    """All of them, up to `MOST`, as one page; raises RuleError."""
    found = asked.reasons(question, MOST, 0)
    lines = _lines(store, asked, found)
    return Why(question, asked.figure(question), len(lines), 1, lines)


def _lines(store: Store, asked: Asked, reasons: Sequence[Reason]) -> tuple[Line, ...]:
    """Rows whose conversation has left the person's scope meanwhile are left out."""
    model, who = asked.model, asked.who
    wanted = {reason.conversation_id for reason in reasons}
    rows = {row.id: row for row in ask.rows(model, Everything(), who, wanted, asked.at)}
    seen = [reason for reason in reasons if reason.conversation_id in rows]
    ids = {i for reason in seen for i in (reason.start_id, reason.end_id) if i is not None}
    with store.read() as connection:
        messages = {one.id: one for one in thread.messages_by_ids(connection, sorted(ids))}
        events = {e.id: e for e in thread.events_by_ids(connection, sorted(ids - messages.keys()))}
        agents = {entry.id: entry.name for entry in model.directory.agents.values()}
        told = _Told(asked, agents, messages, events)
        lines = [told.line(reason, rows[reason.conversation_id]) for reason in seen]
        return tuple(_placed(connection, lines))


def _placed(connection: Connection, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with the message at which each of them opens."""
    own = [next((fact.id for fact in line.facts if fact.is_message), None) for line in lines]
    without = [n for n, line in enumerate(lines) if own[n] is None and line.facts]
    places = [(lines[n].conversation_id, lines[n].facts[0].id) for n in without]
    near = dict(zip(without, thread.next_messages(connection, places), strict=True))
    for n, line in enumerate(lines):
        yield replace(line, message_id=near.get(n, own[n]))


@dataclass(frozen=True, slots=True)
class _Told:
    """Reasons in words, with everything that was read for them."""

    asked: Asked
    agents: Mapping[int, str]
    messages: Mapping[int, Message]
    events: Mapping[int, Event]

    def line(self, reason: Reason, row: Row) -> Line:
        teams = {team.id: team.name for team in self.asked.model.directory.teams.values()}
        names = ThreadNames(row.contact_id, row.contact_name, self.agents, teams)
        return Line(
            row.id,
            row.contact_name,
            row.instance_name,
            self.agents.get(reason.agent_id or 0, ""),
            reason.value,
            self._fact(reason.start_id, names, row.id),
            self._fact(reason.end_id, names, row.id),
        )

    def _fact(self, fact_id: int | None, names: ThreadNames, conversation_id: int) -> Fact | None:
        who = self.asked.who
        message, event = self.messages.get(fact_id or 0), self.events.get(fact_id or 0)
        if message and message.conversation_id == conversation_id:
            return _of_message(message, names, who)
        if event and event.conversation_id == conversation_id:
            return _of_event(event, names, who)
        return None


def _of_message(message: Message, names: ThreadNames, who: Acting) -> Fact:
    author = str(item_of(message, names, who)["author"]) or names.contact
    verb = _VERBS.get(message.direction, _VERBS[Direction.OUT])
    words = "" if who.is_masked else message.text
    return Fact(
        message.id,
        message.at,
        verb.with_(who=author).in_(who.language),
        words,
        is_message=True,
    )


def _of_event(event: Event, names: ThreadNames, who: Acting) -> Fact:
    line = line_of(event, names, who)
    what = str(line["text"]) if line else OTHERS.get(event.kind, _SOMETHING).in_(who.language)
    until = event.to_id if line and "until" in line else None
    return Fact(event.id, event.at, what, until=until)


def definition(question: Question) -> Iterable[tuple[str, Text]]:
    """The five choices of a metric, by name, without those that it has no use for."""
    given = question.metric.definition
    for name in ("start", "end", "credit", "cohort", "null"):
        text: Text = getattr(given, name)
        if text.pt != "–":
            yield name, text


_VERBS: Final[Mapping[str, Text]] = {
    Direction.IN: Text("{who} escreveu", "{who} wrote", "{who} escribió"),
    Direction.OUT: Text("{who} respondeu", "{who} replied", "{who} respondió"),
    Direction.NOTE: Text("{who} anotou", "{who} noted", "{who} anotó"),
}
OTHERS: Final[Mapping[str, Text]] = {
    "opened": Text("Conversa aberta", "Conversation opened", "Conversación abierta"),
    "marked_read": Text("Marcada como lida", "Marked as read", "Marcada como leída"),
    "marked_unread": Text("Marcada como não lida", "Marked as unread", "Marcada como no leída"),
    "labelled": Text("Etiqueta colocada", "Label put on", "Etiqueta puesta"),
    "unlabelled": Text("Etiqueta retirada", "Label taken off", "Etiqueta quitada"),
}
_SOMETHING: Final = Text("Ação registrada", "Act recorded", "Acción registrada")
