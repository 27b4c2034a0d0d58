"""The demo has a store of its own, made once."""

from dataclasses import replace

import pytest

from console.auth import check_password, verify_password
from console.config import Settings
from console.demo.start import prepare
from console.domain.agent import Role
from console.domain.sla import CENTRE
from console.store import people, sla


@pytest.fixture
def settings(tmp_path):
    return replace(Settings(), home=tmp_path, store="sqlite:////nowhere/real.db")


def test_a_demo_is_made_once_and_again_when_a_fresh_one_is_wanted(settings):
    first = prepare(settings, 30, 5)
    first.store.close()
    second = prepare(settings, 30, 5)
    second.store.close()
    third = prepare(settings, 30, 5, fresh=True)
    third.store.close()
    assert [first.is_new, second.is_new, third.is_new] == [True, False, True]
    assert first.sign_ins == second.sign_ins
    assert third.sign_ins[0].password != first.sign_ins[0].password


def test_the_demo_never_touches_the_store_of_the_settings(settings, tmp_path):
    made = prepare(settings, 30, 5)
    made.store.close()
    assert made.settings.is_demo
    assert made.settings.store_url == f"sqlite:///{tmp_path}/demo/central.db"
    assert made.settings.home == tmp_path / "demo"


def test_each_role_can_sign_in_and_the_other_agents_cannot(settings):
    made = prepare(settings, 30, 5)
    assert {s.role for s in made.sign_ins} == set(Role)
    with made.store.read() as connection:
        for one in made.sign_ins:
            agent_id, kept = people.password_hash(connection, one.email)
            assert verify_password(one.password, kept)
            assert people.acting(connection, agent_id).role is one.role
        able = [a for a in people.agents(connection) if a.can_sign_in]
    made.store.close()
    assert len(able) == len(made.sign_ins)
    check_password(made.sign_ins[0].password)


def test_the_demo_has_hours_and_targets(settings):
    made = prepare(settings, 30, 5)
    with made.store.read() as connection:
        known = sla.rules(connection)
    made.store.close()
    assert known.hours[CENTRE].is_ever_open
    assert known.policies[CENTRE].first_response_s == 1_800


def test_what_a_cut_short_demo_left_is_thrown_away(settings, tmp_path):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "central.building").write_bytes(b"half a store")
    made = prepare(settings, 30, 5)
    made.store.close()
    assert made.is_new
    assert not list((tmp_path / "demo").glob("*.building*"))


def test_progress_is_told(settings):
    told = []
    prepare(settings, 30, 5, progress=lambda *now: told.append(now)).store.close()
    assert told[-1] == (30, 30)
