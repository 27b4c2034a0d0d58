"""The first parts of a figure: the same as of all of them, in their order."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from console.readmodel import figures, period
from console.readmodel.measure import Question
from console.readmodel.metrics import METRICS_BY_KEY
from console.readmodel.ranked import ranked

ALL = period.days(date(2026, 10, 1), date(2026, 11, 30), ZoneInfo("America/Sao_Paulo"))
SOME = [("last_contact_activity", "contact"), ("contact_activity", "contact"), ("sent", "agent")]


@pytest.mark.parametrize(("key", "by"), SOME)
@pytest.mark.parametrize("is_least_first", [True, False])
@pytest.mark.parametrize("name", ["bia", "lead"])
def test_the_first_parts_are_those_of_all_in_order(busy, key, by, is_least_first, name):
    asked, who = Question(METRICS_BY_KEY[key], ALL), getattr(busy, name)
    parts = figures.parts(busy.model, asked, [by], who, busy.now, has_quantiles=False)
    sign = 1 if is_least_first else -1
    wanted = sorted(parts, key=lambda part: (sign * part.figure.value, part.keys[0]))[:7]
    found = ranked(busy.model, asked, by, who, busy.now, limit=7, is_least_first=is_least_first)
    assert [one.part for one in found] == wanted
    for one in found:
        newest = figures.reasons(
            busy.model, replace(asked, parts=((by, one.part.keys[0]),)), who, busy.now, limit=9_999
        )
        latest = max(row.start_at for row in newest)
        assert one.conversation_id in {r.conversation_id for r in newest if r.start_at == latest}


def test_of_nothing_there_is_no_first(busy):
    nothing = period.days(date(2020, 1, 1), date(2020, 1, 2), ZoneInfo("America/Sao_Paulo"))
    asked = Question(METRICS_BY_KEY["last_contact_activity"], nothing)
    assert ranked(busy.model, asked, "contact", busy.bia, busy.now, limit=5) == []
