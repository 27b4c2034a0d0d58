"""Random filter trees of every field, and what they mean in plain Python."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import cache
from operator import eq, ge, gt, le, lt
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from console.domain.hours import elapsed
from console.domain.ids import SECOND
from console.domain.sla import CENTRE, Owner, SlaPolicy
from console.readmodel import tree as t
from console.readmodel.filters import COMPARED, FILTERS, Kind
from console.store.rules import hours_of
from readmodel.crowd import HOURS, POLICIES

ZONE = ZoneInfo("America/Sao_Paulo")
SIGNS = (">", ">=", "<", "<=")
NAMES = {
    "agent": ("me", "none", "ana", "Bia Ávila", "ana@loja.example"),
    "team": ("none", "vendas", "Pós-venda"),
    "label": ("none", "vip", "troca"),
    "instance": ("loja-1", "Loja 2", "loja", "matriz"),
}
WORDS = {"contact": ("souza", "JOÃO", "maria s"), "email": ("ceu@", "example")}
SEARCHED = ("boleto", "NAO", "segund", "ação", "via", "ol", "😀", "souza", "日本", "9000")
PHRASES = ("segunda via", "pedido 12345", "via", "Müller", "foo@bar.com", "acao e AÇÃO")

DAYS = ("2026-10-20", "2026-11-01", "today", "yesterday", "3d", "30d")
VALUES = {
    Kind.NUMBER: range(4),
    Kind.DURATION: (0, 60, 900, 3_600, 5_400, 259_200),
    Kind.DAYS: tuple(t.Days(*ends) for day in DAYS for ends in ((day, day), (day, ""), ("", day))),
    Kind.DIGITS: ("11900", "0001", "123"),
}


def values_of(field):
    """The values of a field that the trees compare with."""
    match field.kind:
        case Kind.CHOICE:
            return [c.key for c in field.choices]
        case Kind.NAMES:
            return NAMES[field.names]
        case Kind.WORDS:
            return WORDS[field.key]
        case _:
            return VALUES[field.kind]


def conditions(field):
    """Conditions of one field in every form that the expression can write."""
    forms = []
    if field.present:
        forms.append(st.just(t.Condition(field.key, "is")))
    if field.kind is not Kind.FLAG:
        values = st.sampled_from(values_of(field))
        if field.kind is not Kind.DURATION:
            lists = st.lists(values, min_size=1, max_size=3, unique=True)
            forms.append(lists.map(lambda v: t.Condition(field.key, "=", tuple(v))))
        if field.kind in COMPARED - {Kind.DAYS}:
            forms.append(
                st.builds(
                    lambda op, v: t.Condition(field.key, op, (v,)), st.sampled_from(SIGNS), values
                )
            )
    return st.one_of(forms)


searches = st.one_of(
    st.sampled_from(SEARCHED).map(t.Words),
    st.sampled_from(PHRASES).map(lambda text: t.Words(text, is_phrase=True)),
)
leaves = st.one_of(*(conditions(field) for field in FILTERS), searches)
trees = st.recursive(
    leaves,
    lambda parts: st.one_of(
        parts.map(t.negate),
        st.lists(parts, min_size=2, max_size=3).map(t.all_of),
        st.lists(parts, min_size=2, max_size=3).map(t.any_of),
    ),
    max_leaves=6,
)


def drawn(random, n):
    """`n` different trees of the same sorts, drawn by a seed: fast, and without shrinking."""
    found = {}
    while len(found) < n:
        found[_drawn(random, 3)] = None
    return list(found)


def _drawn(random, depth):
    shape = random.choice(("leaf", "leaf", "not", "and", "or")) if depth else "leaf"
    if shape == "leaf":
        return _drawn_leaf(random)
    if shape == "not":
        return t.negate(_drawn(random, depth - 1))
    parts = [_drawn(random, depth - 1) for _ in range(random.randint(2, 3))]
    return t.all_of(parts) if shape == "and" else t.any_of(parts)


def _drawn_leaf(random):
    field = random.choice((*FILTERS, None))
    if field is None:
        is_phrase = random.random() < 0.5
        return t.Words(random.choice(PHRASES if is_phrase else SEARCHED), is_phrase)
    forms = [op for op, is_known in _forms(field) if is_known]
    op = random.choice(forms)
    if op == "is":
        return t.Condition(field.key, "is")
    known = list(values_of(field))
    if op == "=":
        values = random.sample(known, random.randint(1, min(3, len(known))))
        return t.Condition(field.key, "=", tuple(values))
    return t.Condition(field.key, random.choice(SIGNS), (random.choice(known),))


def _forms(field):
    yield "is", bool(field.present)
    yield "=", field.kind not in {Kind.FLAG, Kind.DURATION}
    yield "compared", field.kind in COMPARED - {Kind.DAYS}


@cache
def fold(text):
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


@cache
def tokens(text):
    return re.findall(r"[^\W_]+|[\u2190-\U0010ffff]", fold(text))


class Oracle:
    """What a tree means, row by row, without any SQL."""

    def __init__(self, names, me, now):
        self.names = names
        self.me = me
        self.now = now

    def fits(self, tree, row):
        match tree:
            case t.Everything():
                return True
            case t.Not(part):
                return not self.fits(part, row)
            case t.AllOf(parts):
                return all(self.fits(part, row) for part in parts)
            case t.AnyOf(parts):
                return any(self.fits(part, row) for part in parts)
            case t.Words(text, is_phrase):
                return self._found(row, text, is_phrase)
            case t.Condition(field, "is", _):
                return self._present(field, row)
            case t.Condition(field, op, values):
                return any(self._compared(field, op, value, row) for value in values)

    def _present(self, field, row):
        return _PRESENT[field](row)

    def _compared(self, field, op, value, row):
        if field in _COLUMNS:
            return _sign(op, row[_COLUMNS[field]], value)
        if field in _DURATIONS:
            passed = _DURATIONS[field](row, self.now)
            return passed is not None and _sign(op, passed, value * SECOND)
        if field in _DAYS:
            return self._on(value, row[_DAYS[field]])
        if field in _NAMED:
            return self._named(field, value, row)
        if field == "sla":
            return _sla(row, self.now) == value
        return _OTHERS[field](value, row)

    def _named(self, field, value, row):
        sort, column = _NAMED[field]
        has = row[column] if field == "label" else {row[column]} - {None}
        if value == "none":
            return not has
        return bool(has & self._meant(sort, value))

    def _meant(self, sort, value):
        if value == "me":
            return {self.me}
        wanted = fold(value)
        for fits in (
            lambda key, _: fold(key) == wanted,
            lambda _, name: fold(name) == wanted,
            lambda _, name: all(
                any(w.startswith(x) for w in fold(name).split()) for x in wanted.split()
            ),
        ):
            found = {i for i, key, name in self.names[sort] if fits(key, name)}
            if found:
                return found
        raise AssertionError(value)

    def _on(self, span, at):
        if at is None:
            return False
        local, today = _local(at), _local(self.now)
        is_late = not span.first or local >= _date(span.first, today)
        return is_late and (not span.last or local <= _date(span.last, today))

    def _found(self, row, text, is_phrase):
        wanted = tokens(text)
        digits = "".join(c for c in text if c in "0123456789")
        if fold(text) in fold(row["name"]):
            return True
        is_number = len(digits) >= 4 and digits == "".join(c for c in text if c.isalnum())
        if is_number and any(digits in phone for phone in row["phones"]):
            return True
        return any(_in_text(wanted, tokens(text), is_phrase) for text in row["texts"])


def _in_text(wanted, words, is_phrase):
    is_long = len(wanted[0]) >= 3 or max(wanted[0]) >= "\u2e80"
    if len(wanted) == 1 and not is_phrase and is_long:
        return any(wanted[0] in word for word in words)
    n = len(wanted)
    return any(words[i : i + n] == wanted for i in range(len(words) - n + 1))


def _has_words(words, wanted):
    return all(any(word.startswith(start) for word in words) for start in wanted)


@cache
def _local(at):
    return datetime.fromtimestamp(at / SECOND, UTC).astimezone(ZONE).date()


def _date(text, today):
    back = {"today": 0, "yesterday": 1}
    if "-" in text:
        return date.fromisoformat(text)
    return today - timedelta(days=back[text] if text in back else int(text[:-1]))


def _sign(op, left, right):
    return _SIGNS[op](left, right)


def _sla(row, now):
    """By how much of the target has passed, where the read model asks when it is reached."""
    known = [Owner("team", row["team_id"]), Owner("instance", row["instance_id"]), CENTRE]
    policy = next((POLICIES[o] for o in known if o in POLICIES), SlaPolicy())
    is_first = row["first_response_at"] is None
    target_s = policy.first_response_s if is_first else policy.next_reply_s
    since = row["waiting_since_at"]
    if since is None or target_s is None:
        return "none"
    hours = hours_of(next(HOURS[o] for o in known if o in HOURS))
    passed = elapsed(hours, since, now) if policy.is_business else now - since
    if passed >= target_s * SECOND:
        return "breached"
    return "due" if passed >= target_s * SECOND * 3 // 4 else "ok"


def _since(start, end):
    return None if start is None else end - start


_SIGNS = {"=": eq, ">": gt, ">=": ge, "<": lt, "<=": le}
_PRESENT = {
    "unread": lambda row: row["unread_n"] > 0,
    "unassigned": lambda row: row["assignee_id"] is None,
    "waiting": lambda row: row["waiting_since_at"] is not None,
    "reopened": lambda row: row["reopened_n"] > 0,
    "first_response": lambda row: row["first_response_at"] is not None,
    "blocked": lambda row: row["is_blocked"],
    "snoozed": lambda row: row["snoozed_until_at"] is not None,
}
_COLUMNS = {
    "unread": "unread_n",
    "reopened": "reopened_n",
    "messages": "message_n",
    "received": "inbound_n",
    "sent": "outbound_n",
    "notes": "note_n",
    "id": "id",
}
_DURATIONS = {
    "reopened_within": lambda row, now: (
        None
        if None in (row["reopened_at"], row["resolved_at"]) or row["status"] != "pending"
        else row["reopened_at"] - row["resolved_at"]
    ),
    "waiting": lambda row, now: _since(row["waiting_since_at"], now),
    "idle": lambda row, now: now - row["last_activity_at"],
    "age": lambda row, now: now - row["opened_at"],
    "first_response": lambda row, now: (
        None if row["first_response_at"] is None else row["first_response_at"] - row["opened_at"]
    ),
}
_DAYS = {
    "last_activity": "last_activity_at",
    "contact_activity": "contact_activity_at",
    "opened": "opened_at",
    "resolved": "resolved_at",
    "snoozed_until": "snoozed_until_at",
}
_NAMED = {
    "assignee": ("agent", "assignee_id"),
    "resolved_by": ("agent", "resolved_by_id"),
    "team": ("team", "team_id"),
    "instance": ("instance", "instance_id"),
    "label": ("label", "labels"),
}
_FROM = {"in": "contact", "out": "agent"}
_OTHERS = {
    "status": lambda value, row: row["status"] == value,
    "priority": lambda value, row: (row["priority"] or "none") == value,
    "last_from": lambda value, row: (
        {"in": "contact", "out": "agent"}.get(row["last_direction"]) == value
    ),
    "contact": lambda value, row: fold(value) in fold(row["name"]),
    "email": lambda value, row: fold(value) in fold(row["email"] or ""),
    "phone": lambda value, row: value in " ".join(row["phones"]),
}
