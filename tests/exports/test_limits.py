"""How much may be taken away, and from how much on somebody says what for."""

import pytest

from build import Acting, Role
from console.config import Settings
from console.domain.errors import RuleError
from console.exports import limits
from console.exports.grains import BY_KEY
from console.exports.limits import TOO_MANY_ROWS, UNTOLD

BIA, DORA = Acting(1, "Bia", Role.SUPERVISOR), Acting(2, "Dora", Role.ANALYST)
SETTINGS = Settings(export_rows="analyst=10 team_lead=20", export_reason_rows=5)


def refused(*given):
    with pytest.raises(RuleError) as refusal:
        limits.check(*given)
    return refusal.value.text


def test_a_role_has_its_bound():
    limits.check("event", "", DORA, SETTINGS, 10)
    assert refused("event", "", DORA, SETTINGS, 11) == TOO_MANY_ROWS.with_(n=10)
    limits.check("event", "", BIA, SETTINGS, 1_000_000)


def test_personal_rows_beyond_a_number_ask_what_they_are_for():
    for grain in ("conversation", "message"):
        limits.check(grain, "", BIA, SETTINGS, 5)
        assert refused(grain, "", BIA, SETTINGS, 6) == UNTOLD.with_(n=5)
        limits.check(grain, "auditoria", BIA, SETTINGS, 6)
        limits.check(grain, "", DORA, SETTINGS, 6)
    limits.check("episode", "", BIA, SETTINGS, 6)
    limits.check("message", "", BIA, Settings(export_reason_rows=-1), 10**6)


def test_an_unknown_number_asks_to_be_safe():
    grain = BY_KEY["message"]
    assert limits.needs_reason(grain, BIA, SETTINGS)
    assert not limits.needs_reason(grain, DORA, SETTINGS)
    assert not limits.needs_reason(grain, BIA, Settings(export_reason_rows=-1))
