"""Every metric counted again in plain Python, from the store's own rows and its definition.

Nothing here knows the read model: each metric is one small function over what a conversation
tells.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from console.domain.hours import due, elapsed
from console.domain.ids import DAY, HOUR, SECOND
from console.readmodel.measure import Figure
from readmodel.told import closed, episodes, talks, turns

QUANTILES = ("median", "p75", "p90", "p95")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ORACLE = {}  # by key: (conversation, instant) to the rows that count; of a state: those then


def oracle(function):
    """Know the metric of this name."""
    ORACLE[function.__name__] = function
    return function


class Row(NamedTuple):
    """What counts, at which instant; a duration also by the business clock."""

    talk: object
    at: int
    value: object = 1
    open: int | None = None
    credit: dict = {}  # noqa: RUF012 - nobody writes to it


def timed(talk, at, start, end, **credit):
    """A duration by both clocks; without an end it goes on."""
    if end is None:
        return Row(talk, at, None, None, credit)
    return Row(talk, at, end - start, elapsed(talk.hours, start, end), credit)


# How much


@oracle
def opened(talk, _):
    return [Row(talk, one.opened.at) for one in episodes(talk)]


@oracle
def received(talk, _):
    return [Row(talk, m.at) for m in talk.messages if m.direction == "in"]


def _written(talk, direction, *kinds):
    return [
        Row(talk, m.at, credit={"author": m.author_id})
        for m in talk.messages
        if m.direction == direction and m.author_kind in kinds
    ]


@oracle
def sent(talk, _):
    return _written(talk, "out", "agent")


@oracle
def sent_by_bots(talk, _):
    return _written(talk, "out", "bot", "system")


@oracle
def notes(talk, _):
    return _written(talk, "note", "agent", "bot", "system")


@oracle
def resolved(talk, _):
    return [Row(talk, one.resolved.at, credit=one.credit) for one in closed(talk)]


@oracle
def resolved_conversations(talk, _):
    return [row._replace(value=talk.id) for row in resolved(talk, _)]


@oracle
def resolved_contacts(talk, _):
    return [row._replace(value=talk.state.contact_id) for row in resolved(talk, _)]


@oracle
def reopened(talk, _):
    return [Row(talk, b.opened.at, credit=a.credit) for a, b in pairwise(episodes(talk))]


@oracle
def transfers(talk, _):
    found, holder = [], None
    for step in talk.story:
        if step.what == "assigned":
            if None not in (holder, step.to) and holder != step.to:
                found.append(Row(talk, step.at, credit={"from": holder, "to": step.to}))
            holder = step.to
    return found


contact_activity = ORACLE["contact_activity"] = received


@oracle
def agent_activity(talk, _):
    words = _written(talk, "out", "agent") + _written(talk, "note", "agent")
    acts = [
        Row(talk, e.at, credit={"actor": e.actor_id})
        for e in talk.events
        if e.actor_kind == "agent" and e.message_id is None
    ]
    return [row._replace(credit={"actor": row.credit["author"]}) for row in words] + acts


@oracle
def active_hours(talk, _):
    return [row._replace(value=row.at // HOUR) for row in agent_activity(talk, _)]


@oracle
def last_agent_activity(talk, now):
    return [row._replace(value=now - row.at) for row in agent_activity(talk, now)]


@oracle
def last_contact_activity(talk, now):
    return [row._replace(value=now - row.at) for row in received(talk, now)]


# How long


@oracle
def queue_time(talk, _):
    for one in episodes(talk):
        if one.opened.by == "contact":
            end = one.served and one.served.at
            yield timed(talk, one.opened.at, one.opened.at, end, first=one.served_by)


@oracle
def first_response(talk, _):
    for one in episodes(talk):
        if one.opened.by == "contact" and one.asked:
            end, who = _answer(one.replied)
            yield timed(talk, one.asked.at, one.asked.at, end, replier=who)


def _answer(step):
    return (step.at, step.who) if step else (None, None)


@oracle
def reply_time(talk, _):
    for turn in turns(talk):
        end, who = _answer(turn.replied)
        yield timed(talk, turn.began.at, turn.began.at, end, replier=who)


@oracle
def handle_time(talk, _):
    for one in closed(talk):
        if one.replied:
            yield timed(talk, one.resolved.at, one.replied.at, one.resolved.at, **one.credit)


@oracle
def resolution_time(talk, _):
    for one in closed(talk):
        yield timed(talk, one.resolved.at, one.opened.at, one.resolved.at, **one.credit)


@oracle
def open_time(talk, _):
    every = episodes(talk)
    if every and every[-1].resolved:
        parts = [timed(talk, 0, one.opened.at, one.resolved.at) for one in every]
        spent = None if None in [p.open for p in parts] else sum(p.open for p in parts)
        yield Row(talk, every[-1].resolved.at, sum(p.value for p in parts), spent)


@oracle
def delivery_time(talk, _):
    for m in talk.messages:
        if m.direction == "out" and m.accepted_at is not None and m.delivery != "failed":
            yield timed(talk, m.at, m.accepted_at, m.delivered_at)


# How well


def _reopened_within(talk, span, now):
    for one, following in pairwise([*episodes(talk), None]):
        if one.resolved is None:
            continue
        last = one.resolved.at + span
        is_back = following is not None and following.opened.at <= last
        yield Row(talk, one.resolved.at, is_back if last <= now else None, credit=one.credit)


@oracle
def reopen_share_24h(talk, now):
    return _reopened_within(talk, DAY, now)


@oracle
def reopen_share_7d(talk, now):
    return _reopened_within(talk, 7 * DAY, now)


@oracle
def silent_close(talk, _):
    for turn in turns(talk):
        if turn.closed:
            yield Row(talk, turn.closed.at, credit={"resolver": turn.closed.who})


@oracle
def unanswered_close(talk, _):
    for one in closed(talk):
        if one.asked and not one.replies:
            yield Row(talk, one.resolved.at, credit=one.credit)


def _in_time(talk, start, target, done, ended, now):
    """Whether it was done in time; None while nobody can tell."""
    target_s = getattr(talk.policy, target, None)
    if target_s is None:
        return None
    if talk.policy.is_business:
        last = due(talk.hours, start, target_s * SECOND)
    else:
        last = start + target_s * SECOND
    if last is None:
        return None
    if done:
        return done.at <= last
    return False if ended or last < now else None


@oracle
def sla_first_response(talk, now):
    for one in episodes(talk):
        if one.opened.by == "contact" and one.asked:
            at, who = one.asked.at, _answer(one.replied)[1]
            kept = _in_time(talk, at, "first_response_s", one.replied, one.resolved, now)
            yield Row(talk, at, kept, credit={"replier": who})


@oracle
def sla_reply(talk, now):
    for turn in turns(talk):
        at, who = turn.began.at, _answer(turn.replied)[1]
        kept = _in_time(talk, at, "next_reply_s", turn.replied, turn.closed, now)
        yield Row(talk, at, kept, credit={"replier": who})


@oracle
def sla_resolution(talk, now):
    for one in episodes(talk):
        kept = _in_time(talk, one.opened.at, "resolution_s", one.resolved, None, now)
        yield Row(talk, one.opened.at, kept, credit=one.credit)


@oracle
def delivery_failed_share(talk, _):
    for m in (*talk.messages, *talk.withdrawn):
        if m.direction == "out" and m.delivery is not None:
            is_told = m.delivery not in ("queued", "unknown", "withdrawn")
            yield Row(talk, m.at, m.delivery == "failed" if is_told else None)


# The queue at an instant


@dataclass
class Desk:
    """How a conversation stands: the fold of what has happened so far."""

    is_open: bool = False
    holder: int | None = None
    since: int | None = None  # when the wait of a customer began
    has_unread: bool = False


def desk(talk, instant):
    now = Desk()
    for step in talk.story:
        if step.at > instant:
            break
        match step.what:
            case "opened" | "reopened":
                now.is_open = True
            case "resolved":
                now.is_open, now.since = False, None
            case "assigned":
                now.holder = step.to
            case "in":
                now.since = step.at if now.since is None else now.since
                now.has_unread = True
            case "reply":
                now.since, now.has_unread = None, False
            case "marked_read":
                now.has_unread = False
            case "marked_unread":
                now.has_unread = True
    return now


def _standing(talk, instant, holds, value=1):
    now = desk(talk, instant)
    if holds(now):
        yield Row(talk, instant, value, credit={"assignee": now.holder})


@oracle
def backlog(talk, instant):
    return _standing(talk, instant, lambda now: now.is_open)


@oracle
def unassigned(talk, instant):
    return _standing(talk, instant, lambda now: now.is_open and now.holder is None)


@oracle
def unread(talk, instant):
    return _standing(talk, instant, lambda now: now.is_open and now.has_unread)


@oracle
def waiting(talk, instant):
    return _standing(talk, instant, lambda now: now.since is not None)


@oracle
def oldest_wait(talk, instant):
    return [row._replace(value=_age(row)) for row in waiting(talk, instant)]


@oracle
def age_bands(talk, instant):
    return oldest_wait(talk, instant)


def _age(row):
    return row.at - desk(row.talk, row.at).since


# As other products count


@oracle
def chatwoot_resolution_time(talk, _):
    every = episodes(talk)
    for one in closed(talk):
        then = {"assignee": one.holder}
        yield timed(talk, one.resolved.at, every[0].opened.at, one.resolved.at, **then)


def _first_reply(talk):
    """The creation and the first reply to a customer who wrote, once per conversation."""
    created = next((s for s in talk.story if s.what == "opened"), None)
    has_asked = False
    for step in talk.story:
        has_asked = has_asked or step.what == "in"
        if created and has_asked and step.what == "reply":
            return created, step
    return None


@oracle
def chatwoot_first_response(talk, _):
    found = _first_reply(talk)
    if found:
        created, reply = found
        yield timed(talk, reply.at, created.at, reply.at, replier=reply.who)


@oracle
def zendesk_first_reply(talk, _):
    for row in chatwoot_first_response(talk, _):
        yield row._replace(at=row.at - row.value)


@oracle
def zendesk_full_resolution(talk, _):
    every = episodes(talk)
    if every and every[-1].resolved:
        end = every[-1].resolved.at
        yield timed(talk, end, every[0].opened.at, end, assignee=every[-1].holder)


@oracle
def blip_attended(talk, _):
    """A ticket ends when the conversation leaves a hand: handed over, put back, or resolved."""
    holder, is_open = None, False
    for step in talk.story:
        if step.what in ("assigned", "resolved") and is_open and holder is not None:
            yield Row(talk, step.at, credit={"assignee": holder})
        if step.what == "assigned":
            holder = step.to
        elif step.what in ("opened", "reopened", "resolved"):
            is_open = step.what != "resolved"


@oracle
def livehelperchat_wait(talk, _):
    return [r for r in queue_time(talk, _) if r.value is not None and r.value < 600 * SECOND]


# From rows to figures


class Oracle:
    """Answers the questions that figures answer."""

    def __init__(self, store, now):
        self.talks = talks(store)
        self.now = now
        self._rows = {}

    def figure(self, question, who, keep=lambda _: True):
        """The figure over conversations in the person's scope that `keep` takes."""
        return _figure(question, self.rows(question, who, keep))

    def parts(self, question, by, who, keep=lambda _: True):
        """The figure of each key of a dimension that has rows."""
        groups = defaultdict(list)
        for row in self.rows(question, who, keep):
            for key in keys(row, by, question):
                groups[key].append(row)
        return {key: _figure(question, rows) for key, rows in groups.items()}

    def rows(self, question, who, keep=lambda _: True):
        """The rows of the period, or those of a state at its end."""
        metric, period = question.metric, question.period
        instant = min(period.to_at - 1, self.now) if metric.is_state else self.now
        first, last = (instant, instant + 1) if metric.is_state else (period.from_at, period.to_at)
        return [
            row
            for row in self._all(metric.key, instant)
            if first <= row.at < last
            and who.scope.covers(row.talk.state.assignee_id, row.talk.state.team_id)
            and keep(row.talk)
        ]

    def _all(self, key, instant):
        if (key, instant) not in self._rows:
            tell = ORACLE[key]
            self._rows[key, instant] = [row for talk in self.talks for row in tell(talk, instant)]
        return self._rows[key, instant]


def keys(row, dimension, question):
    """The parts that a row belongs to; a conversation with two labels is in both."""
    if dimension == "label":
        return row.talk.labels or [None]
    if dimension == "agent":
        return [row.credit[question.credit or question.metric.credits[0].key]]
    if dimension == "age":
        return [sum(row.value > s * SECOND for s in (900, 3_600, 14_400, 86_400, 259_200))]
    if dimension in ("team", "instance", "contact"):
        return [getattr(row.talk.state, f"{dimension}_id")]
    return [_bucket(dimension, EPOCH + timedelta(microseconds=row.at), question.period.zone)]


def _bucket(dimension, instant, zone):
    local = instant.astimezone(zone)
    day = local.date()
    return {
        "hour": local.hour,
        "weekday": local.weekday(),
        "day": day.isoformat(),
        "week": (day - timedelta(days=day.weekday())).isoformat(),
        "month": day.replace(day=1).isoformat(),
    }[dimension]


def _figure(question, rows):
    metric = question.metric
    values = [row.open if question.clock == "business" else row.value for row in rows]
    known = sorted(value for value in values if value is not None)
    rest_n = len(values) - len(known)
    match metric.form:
        case "duration":
            mean = sum(known) / len(known) / SECOND if known else None
            spread = [_quantile(known, q) for q in (0.5, 0.75, 0.9, 0.95)]
            return Figure(metric.stamp, metric.form, mean, len(known), rest_n, *spread)
        case "share":
            share = sum(known) / len(known) if known else None
            return Figure(metric.stamp, metric.form, share, len(known), rest_n)
        case "oldest" | "latest":
            end = -1 if metric.form == "oldest" else 0
            age = known[end] / SECOND if known else None
            return Figure(metric.stamp, metric.form, age, len(values))
        case _:
            n = len(set(values)) if metric.form == "distinct" else len(values)
            return Figure(metric.stamp, metric.form, float(n), n)


def _quantile(known, share):
    """Between two neighbours on a straight line."""
    if not known:
        return None
    place = share * (len(known) - 1)
    low, high = known[floor(place)], known[ceil(place)]
    return (low + (high - low) * (place - floor(place))) / SECOND


def assert_agree(found, wanted):
    """Counts, shares and means are equal; quantiles to the microsecond."""
    bare = dict.fromkeys(QUANTILES)
    assert replace(found, **bare) == replace(wanted, **bare)
    for name in QUANTILES:
        told, expected = getattr(found, name), getattr(wanted, name)
        assert (told is None) == (expected is None)
        assert told is None or abs(told - expected) * SECOND < 1
