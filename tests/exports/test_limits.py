"""How much may be taken away, and from how much on somebody says what for."""

import pytest

from build import Acting, Role
from console.config import Settings
from console.domain.errors import RuleError
from console.domain.export import ExportJob, JobStatus
from console.domain.ids import DAY, new_id
from console.exports import limits
from console.exports.grains import BY_KEY
from console.exports.limits import TOO_MANY_ROWS, TOO_MANY_TODAY, UNTOLD
from console.store import exports
from office import Office

BIA, DORA = Acting(1, "Bia", Role.SUPERVISOR), Acting(2, "Dora", Role.ANALYST)
SETTINGS = Settings(export_rows="analyst=10 team_lead=20", export_reason_rows=5)


def job(grain, reason="", columns=()):
    return ExportJob(1, grain, "csv", "", reason=reason, columns=columns)


def refused(*given):
    with pytest.raises(RuleError) as refusal:
        limits.check(*given)
    return refusal.value.text


def test_a_role_has_its_bound():
    limits.check(job("event"), DORA, SETTINGS, 10)
    assert refused(job("event"), DORA, SETTINGS, 11) == TOO_MANY_ROWS.with_(n=10)
    limits.check(job("event"), BIA, SETTINGS, 1_000_000)


def test_a_person_has_a_bound_for_a_day():
    settings = Settings(export_daily_rows="analyst=10", export_reason_rows=-1)
    limits.check(job("event"), DORA, settings, 4, 6)
    assert refused(job("event"), DORA, settings, 5, 6) == TOO_MANY_TODAY.with_(n=10, left=4)
    assert refused(job("event"), DORA, settings, 1, 12) == TOO_MANY_TODAY.with_(n=10, left=0)
    limits.check(job("event"), BIA, settings, 10**6, 10**6)


def test_what_was_given_up_does_not_count(store):
    office = Office(store)
    who, at = office.bia, office.at

    def taken(**values):
        one = ExportJob(new_id(), "event", "csv", "", who.agent_id, asked_at=at, **values)
        store.write(lambda connection: exports.add_job(connection, one))
        return one.id

    done = taken(status=JobStatus.DONE, rows_n=5)
    for status in (JobStatus.TAKEN, JobStatus.RUNNING, JobStatus.FAILED, JobStatus.CANCELLED):
        taken(status=status, rows_n=10)
    assert limits.taken_before(store, who, at) == 25
    assert limits.taken_before(store, who, at, done) == 20
    assert limits.taken_before(store, who, at + DAY + 1) == 0
    assert limits.taken_before(store, office.ana, at) == 0


def test_columns_without_a_customer_s_data_need_no_reason():
    limits.check(job("message", columns=("id", "kind")), BIA, SETTINGS, 6)
    assert refused(job("message", columns=("id", "text")), BIA, SETTINGS, 6) == UNTOLD.with_(n=5)


def test_personal_rows_beyond_a_number_ask_what_they_are_for():
    for grain in ("conversation", "message"):
        limits.check(job(grain), BIA, SETTINGS, 5)
        assert refused(job(grain), BIA, SETTINGS, 6) == UNTOLD.with_(n=5)
        limits.check(job(grain, "auditoria"), BIA, SETTINGS, 6)
        limits.check(job(grain), DORA, SETTINGS, 6)
    limits.check(job("episode"), BIA, SETTINGS, 6)
    limits.check(job("message"), BIA, Settings(export_reason_rows=-1), 10**6)


def test_an_unknown_number_asks_to_be_safe():
    grain = BY_KEY["message"]
    assert limits.needs_reason(grain.columns_for(BIA), SETTINGS)
    assert not limits.needs_reason(grain.columns_for(DORA), SETTINGS)
    assert not limits.needs_reason(grain.columns_for(BIA), Settings(export_reason_rows=-1))
