"""Every metric worked out by hand, in stories of which a team lead can check each number.

Hours are Monday to Friday from 9 to 12 and from 13 to 18, closed on the holidays of São Paulo.
Times are local; durations are written as sums of minutes.
"""

import shutil
from dataclasses import dataclass, field
from datetime import date

import pytest
from sqlalchemy import update

from console.config import Settings
from console.domain.ids import SECOND
from console.readmodel import expression, figures, period
from console.readmodel.measure import Question
from console.readmodel.metrics import METRICS, METRICS_BY_KEY
from console.readmodel.model import ReadModel
from console.readmodel.period import Period
from console.store import tables
from console.store.work import open_store
from readmodel.scenes import ALWAYS, SAO_PAULO, Scenes, instant

LATER = "2018-12-20 12:00"  # every span of these stories is over
AT_FIVE = "2018-10-10 17:00"
MIN, H = 60, 3_600

# A day with a bot, a transfer and a reopening.
DAY = """
    Wed   2018-10-10
    09:00 maria writes
    09:05 bot replies maria
    09:10 bia assigns maria caio
    09:30 caio replies maria
    09:40 caio notes maria
    10:00 maria writes
    10:01 maria writes
    10:20 caio replies maria
    10:30 caio assigns maria bia
    11:00 bia replies maria
    11:30 bia resolves maria
    15:00 maria writes
    15:40 caio replies maria
    16:00 caio resolves maria
"""

# A night, a holiday (Friday, Nossa Senhora Aparecida), a weekend and a lunch break.
NIGHT = """
    Thu   2018-10-11
    17:30 joana writes
    Mon   2018-10-15
    09:40 bia replies joana
    14:00 bia resolves joana
"""

# The clocks went from 24:00 of Saturday 3 November 2018 straight to 01:00 of Sunday.
FORWARD = """
    Sat   2018-11-03
    23:30 rita writes
    Sun   2018-11-04
    01:30 bia replies rita
    01:40 rita writes
    01:50 bia resolves rita
"""

# And from 24:00 of Saturday 17 February 2018 back to 23:00: that hour came twice.
BACK = """
    Sat   2018-02-17
    23:30-02:00 rita writes
    23:30-03:00 rita writes
    Sun   2018-02-18
    00:10 bia replies rita
    00:20 bia resolves rita
"""

# A queue: eva waits, ivo is answered and writes again, lia is read, zeca is closed in silence.
QUEUE = """
    Tue   2018-10-16
    08:00 zeca writes
    08:30 bia resolves zeca
    09:00 eva writes
    09:10 ivo writes
    09:20 bia assigns ivo caio
    09:30 lia writes
    09:35 bia assigns lia caio
    09:40 caio reads lia
    09:50 caio replies ivo
    09:55 ivo writes
    10:30 caio unassigns ivo
"""

# Runs that are taken back: nothing of them counts.
UNDONE = """
    Wed   2018-10-17
    09:00 noel writes
    09:01 olga writes
    09:30 bia notes noel
    10:00 bia all-resolves
    10:10 bia undoes
    10:20 bia all-replies
    10:30 bia undoes
    10:40 bia all-notes
    10:50 bia undoes
    11:00 bia all-assigns - caio
    11:10 bia undoes
"""

# Targets: first response in 60 minutes, the next in 30, resolution in 4 hours, of business hours.
TARGETS = """
    Thu   2018-10-18
    11:30 rosa writes
    11:30 saul writes
    13:20 caio replies rosa
    13:40 caio replies saul
    14:00 rosa writes
    14:20 caio replies rosa
    16:00 caio resolves rosa
    17:00 bia resolves saul
    17:30 tina writes
    17:45 bia resolves tina
    17:50 ugo writes
"""

# What the channel told of five messages.
CHANNEL = """
    Fri   2018-10-19
    09:55 vera writes
    10:00 caio replies vera
    10:01 caio replies vera
    10:02 caio replies vera
    10:03 caio replies vera
    10:04 bot replies vera
    10:10 caio resolves vera
"""
TOLD = {  # seconds after the message: accepted, delivered
    ("caio", "10:00"): ("delivered", 1, 4),
    ("caio", "10:01"): ("failed", 1, None),
    ("caio", "10:02"): ("sent", 2, None),
    ("bot", "10:04"): ("read", 1, 6),
}  # that of 10:03 is still queued

# An answer that came only after the resolution.
LATE = """
    Mon   2018-10-22
    09:00 nina writes
    09:30 bia resolves nina
    10:00 caio replies nina
"""

# The centre writes first: a conversation that Bia opens again.
FIRST = """
    Tue   2018-10-23
    09:00 dora writes
    09:10 bia resolves dora
    Wed   2018-10-24
    09:00 bia reopens dora
    09:05 bia replies dora
    09:20 dora writes
    09:30 bia replies dora
    10:00 bia resolves dora
"""
STORIES = {
    "day": DAY, "night": NIGHT, "queue": QUEUE, "undone": UNDONE, "channel": CHANNEL, "late": LATE,
    "first": FIRST,
}  # fmt: skip


@pytest.fixture(scope="module")
def scenes(tmp_path_factory, sqlite_template):
    folder = tmp_path_factory.mktemp("scenes")
    shutil.copy(sqlite_template, folder / "central.db")
    store = open_store(f"sqlite:///{folder}/central.db")
    played = Scenes(store)
    for name, story in STORIES.items():
        played.play(name, story)
    played.play("targets", TARGETS, targets=(60 * MIN, 30 * MIN, 4 * H))
    for name, story in (("forward", FORWARD), ("back", BACK)):
        played.play(name, story, hours=ALWAYS)
    tell_deliveries(played)
    played.model = ReadModel.open(store, folder / "readmodel", Settings())
    yield played
    played.model.close()
    store.close()


def tell_deliveries(played):
    message = tables.message

    def tell(connection):
        for (who, clock), (delivery, *seconds) in TOLD.items():
            sent = instant(f"2018-10-19 {clock}")
            accepted, delivered = (None if s is None else sent + s * SECOND for s in seconds)
            connection.execute(
                update(message)
                .where(message.c.id == played.said["channel", who, clock])
                .values(delivery=delivery, accepted_at=accepted, delivered_at=delivered)
            )

    played.store.write(tell)


@dataclass(frozen=True)
class Example:
    """What a metric says of a story; `parts` are its values by agent or another dimension."""

    key: str
    scene: str
    value: float | None
    n: int
    censored_n: int = 0
    at: str = ""
    now: str = LATER
    by: str = "agent"
    parts: dict = field(default_factory=dict)
    more: dict = field(default_factory=dict)

    def __str__(self):
        return "-".join(filter(None, (self.key, self.scene, self.at, *self.more.values())))


def business(key, scene, value, n, censored_n=0):
    return Example(key, scene, value, n, censored_n, more={"clock": "business"})


EXAMPLES = (
    # ---- A day with a bot, a transfer and a reopening
    Example("opened", "day", 2, 2),  # 09:00 and 15:00
    Example("received", "day", 4, 4, by="hour", parts={9: 1, 10: 2, 15: 1}),
    Example("contact_activity", "day", 4, 4, by="weekday", parts={2: 4}),  # Wednesday
    Example("sent", "day", 4, 4, parts={"caio": 3, "bia": 1}),
    Example("sent_by_bots", "day", 1, 1, by="hour", parts={9: 1}),
    Example("notes", "day", 1, 1, parts={"caio": 1}),
    Example("resolved", "day", 2, 2, parts={"bia": 1, "caio": 1}),
    # In whose hand it was: Bia had it since the transfer, also when Caio resolved.
    Example("resolved", "day", 2, 2, parts={"bia": 2}, more={"credit": "assignee"}),
    Example("resolved", "day", 2, 2, parts={"bia": 1, "caio": 1}, more={"credit": "replier"}),
    Example("resolved_conversations", "day", 1, 1, by="day", parts={"2018-10-10": 1}),
    Example("resolved_contacts", "day", 1, 1, by="month", parts={"2018-10-01": 1}),
    Example("reopened", "day", 1, 1, parts={"bia": 1}),  # who had resolved
    Example("transfers", "day", 1, 1, parts={"caio": 1}),
    Example("transfers", "day", 1, 1, parts={"bia": 1}, more={"credit": "to"}),
    # Caio: 3 replies, 1 note, 1 transfer, 1 resolution. Bia: 1 assignment, 1 reply, 1 resolution.
    Example("agent_activity", "day", 9, 9, parts={"caio": 6, "bia": 3}),
    # Caio at 9, 10, 15 and 16, Bia at 9 and 11; the hour in which both acted is one.
    Example("active_hours", "day", 5, 5, parts={"caio": 4, "bia": 2}),
    # Seen from 17:00: Caio resolved at 16:00 and Bia at 11:30, Maria wrote at 9:00, 10:01, 15:00.
    Example("last_agent_activity", "day", H, 9, now=AT_FIVE, parts={"caio": H, "bia": 330 * MIN}),
    Example(
        "last_contact_activity",
        "day",
        2 * H,
        4,
        now=AT_FIVE,
        by="hour",
        parts={9: 8 * H, 10: 419 * MIN, 15: 2 * H},
    ),
    # 09:00 to the assignment at 09:10; at 15:00 Bia still had it: 0.
    Example("queue_time", "day", 5 * MIN, 2, parts={"caio": 10 * MIN, "bia": 0}),
    # 09:00 to 09:30, not to the bot at 09:05; 15:00 to 15:40.
    Example("first_response", "day", 35 * MIN, 2, parts={"caio": 35 * MIN}),
    # 30 and 40 minutes as above, and 10:00 to 10:20.
    Example("reply_time", "day", 30 * MIN, 3, by="hour", parts={9: 1800, 10: 1200, 15: 2400}),
    # 09:30 to 11:30 and 15:40 to 16:00.
    Example("handle_time", "day", 70 * MIN, 2, parts={"bia": 120 * MIN, "caio": 20 * MIN}),
    # 09:00 to 11:30 and 15:00 to 16:00.
    Example("resolution_time", "day", 105 * MIN, 2, parts={"bia": 150 * MIN, "caio": 60 * MIN}),
    Example("open_time", "day", 210 * MIN, 1, by="hour", parts={16: 210 * MIN}),
    Example("reopen_share_24h", "day", 1 / 2, 2, parts={"bia": 1, "caio": 0}),
    Example("reopen_share_7d", "day", 1 / 2, 2),
    # On Thursday at noon the 24 hours since 16:00 are not over yet.
    Example("reopen_share_24h", "day", 1 / 1, 1, 1, now="2018-10-11 12:00"),
    # Since the creation at 09:00, both times: to 11:30 and to 16:00.
    Example("chatwoot_resolution_time", "day", (150 + 420) * MIN / 2, 2, parts={"bia": 285 * MIN}),
    Example("zendesk_full_resolution", "day", 420 * MIN, 1, parts={"bia": 420 * MIN}),
    Example("chatwoot_first_response", "day", 30 * MIN, 1, parts={"caio": 30 * MIN}),
    Example("zendesk_first_reply", "day", 30 * MIN, 1, by="hour", parts={9: 30 * MIN}),
    # Caio to 10:30, Bia to 11:30, Bia again to 16:00.
    Example("blip_attended", "day", 3, 3, parts={"caio": 1, "bia": 2}),
    Example("livehelperchat_wait", "day", 0, 1),  # ten minutes are 600 s, and dropped
    # ---- A night, a holiday, a weekend and a lunch break
    # Thursday 17:30 to Monday 09:40: 3 days, 16 hours and 10 minutes.
    Example("first_response", "night", (3 * 24 + 16) * H + 10 * MIN, 1),
    # Open on Thursday from 17:30 to 18:00 and on Monday from 09:00: 30 + 40 minutes.
    business("first_response", "night", 70 * MIN, 1),
    business("queue_time", "night", 70 * MIN, 1),
    business("reply_time", "night", 70 * MIN, 1),
    Example("handle_time", "night", 260 * MIN, 1),  # 09:40 to 14:00
    business("handle_time", "night", 200 * MIN, 1),  # without the lunch hour
    business("resolution_time", "night", (70 + 200) * MIN, 1),
    business("open_time", "night", (70 + 200) * MIN, 1),
    # ---- The clocks go forward: 23:30 to 24:00 and 01:00 to 01:30
    Example("first_response", "forward", 60 * MIN, 1, by="day", parts={"2018-11-03": 60 * MIN}),
    business("first_response", "forward", 60 * MIN, 1),
    Example("resolution_time", "forward", 80 * MIN, 1),
    Example("received", "forward", 2, 2, by="hour", parts={23: 1, 1: 1}),
    Example("sent", "forward", 1, 1, by="day", parts={"2018-11-04": 1}),
    Example("received", "forward", 2, 2, by="weekday", parts={5: 1, 6: 1}),
    # That Sunday is the last day of the week of Monday 29 October.
    Example("resolved", "forward", 1, 1, by="week", parts={"2018-10-29": 1}),
    # ---- The clocks go back: 30 minutes, an hour once more, and 10 minutes
    Example("first_response", "back", 100 * MIN, 1),
    business("first_response", "back", 100 * MIN, 1),
    Example("received", "back", 2, 2, by="hour", parts={23: 2}),
    Example("received", "back", 2, 2, by="day", parts={"2018-02-17": 2}),
    Example("sent", "back", 1, 1, by="day", parts={"2018-02-18": 1}),
    # ---- The queue
    # Ivo waited from 09:10 to 09:20, Lia from 09:30 to 09:35; Eva and Zeca never left it.
    Example("queue_time", "queue", 450, 2, 2, parts={"caio": 450, None: None}),
    Example("livehelperchat_wait", "queue", 5 * MIN, 1),
    # 09:10 to 09:50; the others have no reply, Ivo's second turn neither.
    Example("reply_time", "queue", 40 * MIN, 1, 4),
    Example("silent_close", "queue", 1, 1, parts={"bia": 1}),
    Example("unanswered_close", "queue", 1, 1, parts={"bia": 1}),
    Example("backlog", "queue", 3, 3, at="10:00", parts={"caio": 2, None: 1}),
    Example("backlog", "queue", 1, 1, at="08:29"),
    Example("backlog", "queue", 0, 0, at="08:30"),  # resolved in this minute
    Example("backlog", "queue", 3, 3, at="10:30", parts={"caio": 1, None: 2}),
    Example("unassigned", "queue", 1, 1, at="10:00"),
    Example("unassigned", "queue", 2, 2, at="10:30"),
    # Eva, and Ivo who wrote at 09:55; Lia's was read.
    Example("unread", "queue", 2, 2, at="10:00", parts={"caio": 1, None: 1}),
    Example("waiting", "queue", 3, 3, at="10:00", parts={"caio": 2, None: 1}),
    Example("waiting", "queue", 2, 2, at="09:50"),  # Ivo was answered in this minute
    Example("oldest_wait", "queue", 60 * MIN, 3, at="10:00", parts={"caio": 30 * MIN, None: H}),
    # Ivo 5 minutes; Lia 30 and Eva 60, which is the last of its band.
    Example("age_bands", "queue", 3, 3, at="10:00", by="age", parts={0: 1, 1: 2}),
    Example("age_bands", "queue", 3, 3, at="10:01", by="age", parts={0: 1, 1: 1, 2: 1}),
    # Only Ivo left a hand, back to the queue.
    Example("blip_attended", "queue", 1, 1, parts={"caio": 1}),
    # ---- Runs that are taken back
    Example("resolved", "undone", 0, 0),
    Example("opened", "undone", 2, 2),
    Example("backlog", "undone", 2, 2, at="10:05"),
    Example("sent", "undone", 0, 0),
    Example("waiting", "undone", 2, 2, at="10:25"),
    Example("first_response", "undone", None, 0, 2),
    Example("notes", "undone", 1, 1),  # the one of 09:30
    Example("queue_time", "undone", None, 0, 2),
    # The note and the four undoings of two conversations each.
    Example("agent_activity", "undone", 9, 9, parts={"bia": 9}),
    # ---- Targets
    # Rosa: 11:30 to 12:00 and 13:00 to 13:20 are 50 minutes. Saul: 70. Tina: never. Ugo: 10 minutes
    # of Thursday and 10 of Friday, still running.
    Example("sla_first_response", "targets", 1 / 3, 3, 1, now="2018-10-19 09:10"),
    # His hour ends on Friday at 09:50; until then he can be answered in time.
    Example("sla_first_response", "targets", 1 / 3, 3, 1, now="2018-10-19 09:50"),
    Example("sla_first_response", "targets", 1 / 4, 4, 0, now="2018-10-19 09:51"),
    # 30 minutes: only Rosa's second turn, 14:00 to 14:20.
    Example("sla_reply", "targets", 1 / 4, 4, 1, now="2018-10-19 09:10"),
    # Rosa: 11:30 to 16:00 without lunch is 3 h 30. Saul: 4 h 30. Tina: 15 minutes.
    Example("sla_resolution", "targets", 2 / 3, 3, 1, now="2018-10-19 09:10"),
    Example("sla_reply", "day", None, 0, 3),  # nobody set a target there
    # ---- What the channel told
    Example("delivery_failed_share", "channel", 1 / 4, 4, 1),  # one is still queued
    # 10:00:01 to 10:00:04 and 10:04:01 to 10:04:06; that of 10:02 is on its way.
    Example("delivery_time", "channel", (3 + 5) / 2, 2, 1),
    # ---- An answer after the resolution
    Example("first_response", "late", None, 0, 1),  # not in the episode
    Example("chatwoot_first_response", "late", 60 * MIN, 1, parts={"caio": 60 * MIN}),
    Example("zendesk_first_reply", "late", 60 * MIN, 1),
    Example("unanswered_close", "late", 1, 1),
    Example("silent_close", "late", 1, 1),
    # ---- The centre writes first
    # Only that of Tuesday counts, and it has no reply: Bia opened the other one herself.
    Example("first_response", "first", None, 0, 1),
    Example("queue_time", "first", None, 0, 1),
    Example("reply_time", "first", 10 * MIN, 1, 1),  # 09:20 to 09:30
    Example("handle_time", "first", 30 * MIN, 1),  # from the reply at 09:30, not from 09:05
    Example("resolution_time", "first", (10 + 60) * MIN / 2, 2),
    # Tuesday 09:00 to Wednesday 09:05, once per conversation.
    Example("chatwoot_first_response", "first", (24 * 60 + 5) * MIN, 1),
)  # fmt: skip


def asked(example):
    """The question about the story, over the year or at an instant of its day."""
    when = period.days(date(2018, 1, 1), date(2018, 12, 31), SAO_PAULO)
    if example.at:
        story = STORIES[example.scene]
        at = instant(f"{story.split()[1]} {example.at}")
        when = Period(at, at + 1, SAO_PAULO)
    tree = expression.parse(f"instance:{example.scene}")
    return Question(METRICS_BY_KEY[example.key], when, tree, **example.more)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_by_hand(scenes, example):
    question, now = asked(example), instant(example.now)
    found = figures.figure(scenes.model, question, scenes.ana, now)
    assert (found.value, found.n, found.censored_n) == (
        example.value,
        example.n,
        example.censored_n,
    )
    if example.parts:
        names = {who.agent_id: name for name, who in scenes.who.items() if who.agent_id}
        parts = figures.parts(scenes.model, question, [example.by], scenes.ana, now)
        told = {names.get(p.keys[0], p.keys[0]): p.figure.value for p in parts}
        assert told == example.parts


def test_every_metric_has_an_example():
    assert {example.key for example in EXAMPLES} == {metric.key for metric in METRICS}


def test_the_days_on_which_the_clocks_change_have_23_and_25_hours():
    hours = {}
    for day in (date(2018, 11, 4), date(2018, 2, 17), date(2018, 2, 18)):
        one = period.days(day, day, SAO_PAULO)
        hours[day.isoformat()] = (one.to_at - one.from_at) // SECOND / H
    assert hours == {"2018-11-04": 23, "2018-02-17": 25, "2018-02-18": 24}
    begins = period.midnight(date(2018, 11, 4), SAO_PAULO)
    assert begins == instant("2018-11-04 01:00-02:00")
