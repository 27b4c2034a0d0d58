"""A service centre with bulk runs: planned by ids, carried out in chunks, seen from all sides."""

from collections import Counter, defaultdict
from uuid import uuid4

from sqlalchemy import select

from build import MONDAY_9H, Centre, Role, system
from console import actions
from console.actions.advance import advance
from console.actions.base import ContactCommand
from console.domain.bulk import RowResult, RunStatus
from console.domain.centre import CentreSettings
from console.domain.conversation import Conversation, fold
from console.domain.errors import RuleError
from console.domain.ids import DAY, MINUTE
from console.domain.priority import Priority
from console.store import bulk, tables
from console.store.bulk import Planned
from console.store.doctor import examine
from console.store.rows import event_of, load_contacts, load_conversations, message_of

# By name: the wish, and what has to be wished before so that it finds something to do.
__all__ = [
    "OF_CONTACTS",
    "OF_CONVERSATIONS",
    "WISHES",
    "Office",
    "facts",
    "new_key",
    "system",
    "unsound",
]

WISHES = {
    "reply": (lambda _: actions.Reply("Tudo certo?"), None),
    "note": (lambda _: actions.Note("Ligar amanhã"), None),
    "assign": (lambda o: actions.Assign(o.bia.agent_id), None),
    "unassign": (lambda _: actions.Assign(None), lambda o: actions.Assign(o.bia.agent_id)),
    "assign_team": (lambda o: actions.AssignTeam(o.team_id), None),
    "leave_team": (lambda _: actions.AssignTeam(None), lambda o: actions.AssignTeam(o.team_id)),
    "resolve": (lambda _: actions.Resolve(), None),
    "reopen": (lambda _: actions.Reopen(), lambda _: actions.Resolve()),
    "mark_read": (lambda _: actions.MarkRead(), None),
    "mark_unread": (lambda _: actions.MarkUnread(), lambda _: actions.MarkRead()),
    "set_priority": (lambda _: actions.SetPriority(Priority.HIGH), None),
    "snooze": (lambda _: actions.Snooze(MONDAY_9H + 30 * DAY), None),
    "unsnooze": (
        lambda _: actions.Unsnooze(),
        lambda _: actions.Snooze(MONDAY_9H + 30 * DAY),
    ),
    "label_on": (lambda o: actions.Label(o.label_id), None),
    "label_off": (
        lambda o: actions.Label(o.label_id, on=False),
        lambda o: actions.Label(o.label_id),
    ),
    "block": (lambda _: actions.Block(), None),
    "unblock": (lambda _: actions.Unblock(), lambda _: actions.Block()),
}
OF_CONTACTS = ("block", "unblock")
OF_CONVERSATIONS = tuple(name for name in WISHES if name not in OF_CONTACTS)


class Office(Centre):
    """Ana (admin), Bia and Caio (supervisors), Lia who leads a team, a label."""

    def __init__(self, store):
        super().__init__(store)
        self.team_id = self.team("Vendas")
        self.label_id = self.label("VIP")
        self.bia = self.agent("Bia", Role.SUPERVISOR)
        self.caio = self.agent("Caio", Role.SUPERVISOR)
        self.lia = self.agent("Lia", Role.TEAM_LEAD, self.team_id)

    def limits(self, *limits):
        """Above how many rows a run asks for its number, and for a second person."""
        self.run(actions.SaveCentre(CentreSettings(*limits)))

    def deactivate(self, who, name):
        mail = f"{name.lower()}@loja.example"
        self.run(actions.SaveAgent(mail, name, who.role, (), False, who.agent_id))

    def wish(self, name):
        return WISHES[name][0](self)

    def ready(self, name, n):
        """`n` conversations on which the wish finds something to do."""
        ids = self.conversations(n)
        self.prepare(name, ids)
        return ids

    def prepare(self, name, ids):
        before = WISHES[name][1]
        if before:
            self.one_by_one(before(self), ids)

    def one_by_one(self, command, ids, **options):
        """The command on each conversation (or on its contact) by itself; its refusals."""
        refused = {}
        for i in ids:
            is_of_contact = isinstance(command, ContactCommand)
            outcome = self.run(command, self.contact(i).id if is_of_contact else i, **options)
            if outcome.problem:
                refused[i] = outcome.problem
        return refused

    def plan(self, command, *ids, by=None, versions=None):
        """A planned run over these conversations as they are now; its id."""
        rows, reasons = self.frozen(command, ids, by or self.bia, versions or {})
        wish = actions.PlanBulk(command, "status:pending", rows, reasons)
        return self.run(wish, by=by or self.bia).done[0]

    def frozen(self, command, ids, who, versions):
        """What is planned: each row with its version and why it is skipped, if it is."""
        states, contacts = self.by_id(ids)
        reasons, rows = {}, []
        for state in (states[i] for i in ids):
            why = _refusal(command, state, contacts[state.contact_id], who, self.at)
            number = None if why is None else reasons.setdefault(why, len(reasons))
            rows.append(Planned(state.id, versions.get(state.id, state.version), number))
        return tuple(rows), tuple(reasons)

    def refusal(self, command, conversation_id, who):
        """Why a rule forbids the wish, or None."""
        state, contact = self.state(conversation_id), self.contact(conversation_id)
        return _refusal(command, state, contact, who, self.at)

    def by_id(self, ids):
        """These conversations and their contacts, each by its id."""
        with self.store.read() as connection:
            states = load_conversations(connection, ids, with_labels=True)
            contacts = load_contacts(connection, sorted({s.contact_id for s in states}))
        return {s.id: s for s in states}, {c.id: c for c in contacts}

    def start(self, run_id, by=None, typed_n=None):
        self.run(actions.StartBulk(run_id, typed_n), by=by or self.bia)
        return run_id

    def advance(self, run_id, limit):
        self.at += MINUTE
        return advance(self.store, run_id, at=self.at, limit=limit)

    def carry_on(self, run_id, limit=2):
        """The run when it runs no more; `limit` may be a list of limits in turn."""
        limits = limit if isinstance(limit, list) else [limit]
        turn = 0
        run = self.found(run_id)
        while run.status is RunStatus.RUNNING:
            run = self.advance(run_id, limits[turn % len(limits)])
            turn += 1
        return run

    def bulk(self, command, *ids, by=None, limit=2):
        """A whole run, planned, started and carried out."""
        run_id = self.plan(command, *ids, by=by)
        waiting_n = self.found(run_id).waiting_n
        return self.carry_on(self.start(run_id, by, typed_n=waiting_n), limit)

    def undo(self, run_id, by=None, limit=2):
        """A run taken back as far as it can be; the run that did so."""
        return self.carry_on(self.start_undo(run_id, by), limit)

    def start_undo(self, run_id, by=None):
        return self.run(actions.UndoBulk(run_id), by=by or self.bia).done[0]

    def found(self, run_id):
        with self.store.read() as connection:
            return bulk.find_run(connection, run_id)

    def results(self, run_id, by=None, **options):
        """By conversation: the result, and the reason of a refused row."""
        with self.store.read() as connection:
            run = bulk.find_run(connection, run_id)
            listed = bulk.results(connection, run, by or self.ana, **options)
        return {r.conversation_id: r.reason or r.result for r in listed}

    def everything(self, ids):
        """The whole state of these conversations and of their contacts."""
        states, contacts = self.by_id(ids)
        return list(states.values()), [(c.id, c.is_blocked) for c in contacts.values()]


def _refusal(command, state, contact, who, at):
    try:
        if isinstance(command, ContactCommand):
            command.decide_contact(contact, who, at)
        else:
            command.decide(state, who, at)
    except RuleError as error:
        return error.text
    return None


def facts(store, **wanted):
    """The events with these values, in the order in which they were written down."""
    table = tables.event
    conditions = [table.c[name] == value for name, value in wanted.items()]
    with store.read() as connection:
        rows = connection.execute(select(table).where(*conditions).order_by(table.c.id))
        return [event_of(row) for row in rows.mappings()]


def unsound(store):
    """What is wrong with a store: nothing after whatever happened to it."""
    with store.read() as connection:
        states = _conversations(connection)
        messages = {
            row["id"]: message_of(row)
            for row in connection.execute(select(tables.message)).mappings()
        }
        runs = connection.execute(select(tables.bulk_run)).all()
        rows = _grouped(connection.execute(select(tables.bulk_row)), "run_id")
        complaints = [f"{f.invariant}: {f.text.en} {f.ids}" for f in examine(connection)]
    events = facts(store)
    complaints += _not_folded(states, _grouped(events, "conversation_id"), messages)
    of_runs = _grouped(events, "bulk_id")
    for run in runs:
        complaints += _untrue(run, rows[run.id], of_runs[run.id])
    return complaints


def _grouped(things, name):
    found = defaultdict(list)
    for thing in things:
        found[getattr(thing, name)].append(thing)
    return found


def _conversations(connection):
    ids = list(connection.scalars(select(tables.conversation.c.id)))
    return load_conversations(connection, ids, with_labels=True)


def _not_folded(states, events, messages):
    for state in states:
        start = Conversation(state.id, state.instance_id, state.contact_id, version=state.version)
        if fold(start, events[state.id], messages) != state:
            yield f"conversation {state.id} is not the fold of its events"


def _untrue(run, rows, events):
    """A done row has exactly one fact of the run, any other row none, and the totals agree."""
    counted = Counter(row.result for row in rows)
    done_n, refused_n = counted[RowResult.DONE], counted[RowResult.REFUSED]
    if (run.total_n, run.done_n, run.refused_n) != (len(rows), done_n, refused_n):
        yield f"run {run.id}: its totals do not agree with its rows"
    if run.status == RunStatus.DONE and counted[RowResult.WAITING]:
        yield f"run {run.id} is done, but rows wait"
    if any(event.conversation_id is None for event in events):
        return  # of contacts, which several rows may share
    done = sorted(row.conversation_id for row in rows if row.result == RowResult.DONE)
    if sorted(event.conversation_id for event in events) != done:
        yield f"run {run.id}: its facts are not those of its done rows"


def new_key():
    return str(uuid4())
