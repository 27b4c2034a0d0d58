"""How long things take and how many there are: the drawn measures of the traffic.

Every figure is a measured one of public support channels unless it is marked as a choice.
Times are seconds. `(median, sigma)` are those of a lognormal.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Random = np.random.Generator

MESSAGES: Final = (7.0, 0.985)  # quantiles 1/4/7/13/25/32/60
MOST_MESSAGES: Final = 127
RUN_ENDS: Final = 0.62  # runs of one side: 61 % one message, 23 % two, 8 % three …
FIRST_RESPONSE: Final = (108.0, 1.21)
AGENT_GAP: Final = (56.0, 1.14)
BURST_GAP: Final = (27.0, 1.8)
# Measured p50 60, p90 394, p95 1 001, p99 4 860: a lognormal and 4 % returns after 30 min to 24 h.
CUSTOMER_GAP: Final = (56.2, 1.27)
RETURN_SHARE: Final = 0.04
_RETURN_FROM: Final = 1_800.0
_RETURN_SIGMA: Final = 0.9
_DAY: Final = 86_400.0

UNANSWERED: Final = 0.15  # measured 10-27 %
OPENED_BY_AGENT: Final = 0.03  # choice, as are the shares below
REOPENING: Final = 0.045  # of each later customer turn; about one conversation in ten
TRANSFER: Final = 0.07
BOT_GREETING: Final = 0.30
NOTE: Final = 0.05
LABELLED: Final = 0.35
MARKED: Final = 0.04  # with `urgente` or `vip`
TEAM_KNOWN: Final = 0.85
ASSIGNED_BY_SUPERVISOR: Final = 0.15
ASSIGNED_UNANSWERED: Final = 0.35
READ_UNANSWERED: Final = 0.5
SLOW: Final = 0.06  # conversations that stay pending for days or weeks
SLOW_UNANSWERED: Final = 0.4
CLOSED_GAP: Final = (57_600.0, 1.1)  # from the last message to a return that reopens
RESOLVE_GAP: Final = (720.0, 1.0)
GIVEN_UP_GAP: Final = (21_600.0, 1.2)  # an unanswered conversation is closed

# Days until slow requests were answered: share → days.
_SLOW_SHARES: Final = (0.0, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 1.0)
_SLOW_DAYS: Final = (0.5, 1.0, 3.0, 11.0, 20.0, 29.0, 34.0, 86.0, 120.0)

# Characters of a message, and their classes.
AGENT_LENGTH: Final = (93.0, 0.68)
SHORT_SHARE: Final = 0.70  # of customer messages; quantiles 2/4/11/23/39/51/78
SHORT_LENGTH: Final = (10.5, 1.02)
INFORMAL_LENGTH: Final = (66.0, 0.98)
LONG_SHARE: Final = 0.04  # complaints written at length, 3-5 %
LONG_LENGTH: Final = (255.0, 0.67)
FORWARD_SHARE: Final = 0.015
EMOJI: Final = 0.12  # of informal messages, as the next two
LINE_BREAK: Final = 0.15
LINK: Final = 0.19
NO_ACCENTS: Final = 0.11
UPPER_CASE: Final = 0.06  # of long messages


def lognormal(random: Random, measure: tuple[float, float], n: int) -> Floats:
    """`n` draws with this median and sigma."""
    return random.lognormal(np.log(measure[0]), measure[1], n)


def message_counts(random: Random, n: int) -> NDArray[np.int64]:
    """Messages of `n` conversations: a heavy tail, and many of one message."""
    drawn = np.rint(lognormal(random, MESSAGES, n))
    return np.clip(drawn, 1, MOST_MESSAGES).astype(np.int64)


def customer_gaps(random: Random, n: int) -> Floats:
    """Seconds until the customer answers; some come back hours later."""
    soon = lognormal(random, CUSTOMER_GAP, n)
    late = _RETURN_FROM * np.exp(np.abs(random.normal(0, _RETURN_SIGMA, n)))
    return np.where(random.random(n) < RETURN_SHARE, np.minimum(late, _DAY), soon)


def slow_gaps(random: Random, n: int) -> Floats:
    """Seconds until a conversation that was left lying is closed: days to months."""
    return np.interp(random.random(n), _SLOW_SHARES, _SLOW_DAYS) * _DAY
