"""Every action of the inbox: what it changes, what is said, and how it is taken back."""

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import MONDAY_9H
from console import actions
from console.actions.base import CHANGED
from console.actions.snooze import IN_THE_PAST
from console.domain.agent import Role
from console.domain.errors import RuleError
from console.domain.ids import DAY
from console.screens import asked
from console.screens.inbox_acts import INSTANCES_SETTING, SORT_SETTING
from console.screens.snooze_times import BAD_MOMENT, snooze_until
from console.store import people
from console.store.thread import messages


@pytest.fixture
def talk(centre):
    return centre.receive("Oi")


def texts(centre, conversation_id):
    with centre.store.read() as connection:
        return [m.text for m in messages(connection, conversation_id)]


def pt(handled):
    return handled.notice.text.pt if handled.notice else None


def undone(sitting, handled):
    undo = handled.notice.undo
    return sitting.do(undo["kind"], **{k: v for k, v in undo.items() if k != "kind"})


def test_a_reply_is_sent_once_however_often_it_arrives(sit, centre, talk):
    ana = sit()
    for _ in range(3):
        handled = ana.do("reply", id=str(talk), text="Bom dia", key="the-same-key")
        assert (handled.notice, dict(handled.refused)) == (None, {})
    assert texts(centre, talk) == ["Oi", "Bom dia"]


def test_a_write_is_in_the_list_at_once(sit, talk, model):
    ana = sit()
    ana.do("reply", id=str(talk), text="Bom dia")
    row = ana.see()["list"]["rows"][0]
    assert (row["preview"], row["direction"], row["unread"]) == ("Bom dia", "out", 0)


def test_a_refused_reply_comes_back_by_its_key(sit, talk):
    handled = sit().do("reply", id=str(talk), text="   ", key="key-of-blank")
    assert pt(handled) == "Escreva alguma coisa antes de enviar."
    assert {k: t.pt for k, t in handled.refused.items()} == {"key-of-blank": pt(handled)}


def test_a_note_stays_inside(sit, centre, talk):
    sit().do("note", id=str(talk), text="Cliente antigo")
    assert texts(centre, talk) == ["Oi", "Cliente antigo"]
    assert centre.state(talk).outbound_n == 0


def test_resolving_and_reopening(sit, centre, talk):
    ana = sit()
    version = {str(talk): centre.state(talk).version}
    assert ana.do("resolve", ids=[str(talk)], versions=version).notice is None
    assert centre.state(talk).is_resolved
    assert pt(ana.do("reopen", ids=[str(talk)])) == "Conversa reaberta."
    assert not centre.state(talk).is_resolved


def test_whoever_was_faster_is_named(sit, centre, talk):
    bruno = centre.agent("Bruno", Role.SUPERVISOR)
    seen = {str(talk): centre.state(talk).version}
    ana = sit()
    centre.run(actions.Resolve(), talk, by=bruno)
    assert pt(ana.do("resolve", ids=[str(talk)], versions=seen)) == "Bruno resolveu antes de você."
    assert pt(ana.do("resolve", ids=[str(talk)])) == "Bruno resolveu antes de você."
    centre.run(actions.Reopen(), talk, by=bruno)
    assert pt(ana.do("reopen", ids=[str(talk)])) == "Bruno reabriu antes de você."
    centre.run(actions.Assign(bruno.agent_id), talk, by=bruno)
    assert pt(ana.do("resolve", ids=[str(talk)], versions=seen)) == (
        "Bruno mudou o responsável antes de você. Confira e tente de novo."
    )
    centre.run(actions.Reply("Já vejo"), talk, by=bruno)
    assert pt(ana.do("resolve", ids=[str(talk)], versions=seen)) == "Bruno respondeu antes de você."
    centre.receive("E agora?")
    assert pt(ana.do("resolve", ids=[str(talk)], versions=seen)) == (
        "O contato escreveu antes de você. Leia e tente de novo."
    )


def test_a_change_of_ones_own_is_not_somebody_else(sit, centre, talk):
    seen = {str(talk): centre.state(talk).version}
    centre.run(actions.Assign(centre.ana.agent_id), talk)
    assert sit().do("resolve", ids=[str(talk)], versions=seen).notice.text == CHANGED
    centre.run(actions.Reply("Oi"), talk)
    assert sit().do("resolve", ids=[str(talk)], versions=seen).notice.text == CHANGED


def test_assigning_is_told_and_undone(sit, centre, talk):
    bruno = centre.agent("Bruno")
    ana = sit()
    done = ana.do("assign", ids=[str(talk)], agent=str(bruno.agent_id))
    assert (pt(done), centre.state(talk).assignee_id) == ("Responsável alterado.", bruno.agent_id)
    undone(ana, done)
    assert centre.state(talk).assignee_id is None


def test_a_team_is_changed_and_undone(sit, centre, talk):
    vendas = centre.team("Vendas")
    ana = sit()
    done = ana.do("team", ids=[str(talk)], team=str(vendas))
    assert centre.state(talk).team_id == vendas
    undone(ana, done)
    assert centre.state(talk).team_id is None


def test_reading_is_marked_by_an_act_and_undone(sit, centre, talk):
    ana = sit()
    done = ana.do("read", ids=[str(talk)])
    assert centre.state(talk).unread_n == 0
    back = undone(ana, done)
    assert (pt(back), centre.state(talk).unread_n) == ("Marcada como não lida.", 1)


@pytest.mark.parametrize(("is_mine", "unread"), [(True, 0), (False, 1)])
def test_opening_reads_only_for_the_assignee(sit, centre, talk, is_mine, unread):
    bruno = centre.agent("Bruno", Role.SUPERVISOR)
    centre.run(actions.Assign((centre.ana if is_mine else bruno).agent_id), talk)
    ana = sit()
    ana.do("select", id=str(talk))
    assert (ana.choice.conversation, centre.state(talk).unread_n) == (talk, unread)


def test_a_link_never_marks_as_read(sit, centre, talk):
    centre.run(actions.Assign(centre.ana.agent_id), talk)
    sit(conversation=talk).see()
    assert centre.state(talk).unread_n == 1


def test_labels_are_put_on_and_taken_off(sit, centre, talk):
    vip = centre.label("VIP")
    ana = sit()
    ana.do("label", ids=[str(talk)], label=str(vip), on=True)
    assert centre.state(talk).label_ids == {vip}
    ana.do("label", ids=[str(talk)], label=str(vip), on=False)
    assert centre.state(talk).label_ids == frozenset()


def test_notifications_are_blocked_and_allowed(sit, centre, talk):
    ana = sit(conversation=talk)
    contact = str(centre.state(talk).contact_id)
    done = ana.do("block", contact=contact, on=True)
    assert ana.see()["contact"]["blocked"] is True
    undone(ana, done)
    assert centre.contact(talk).is_blocked is False


def test_a_contact_is_edited(sit, centre, talk):
    ana = sit()
    contact = str(centre.state(talk).contact_id)
    done = ana.do("contact", contact=contact, name="João Souza", email="joao@exemplo.com.br")
    assert (pt(done), ana.see()["list"]["rows"][0]["name"]) == ("Contato salvo.", "João Souza")
    bad = ana.do("contact", contact=contact, name="João", email="joao")
    assert pt(bad) == "Esse e-mail não parece completo. Exemplo: ana@exemplo.com.br"


def test_choices_change_what_is_shown(sit, centre, talk):
    ana = sit(limit=400)
    ana.do("filter", key="unread")
    assert (ana.choice.tab, ana.choice.limit) == ("unread", 50)
    ana.do("search", text=" boleto ")
    ana.do("expression", text="label:vip")
    ana.do("select", id=str(talk))
    ana.do("focus", message="77")
    assert (ana.choice.search, ana.choice.expression) == ("boleto", "label:vip")
    assert (ana.choice.conversation, ana.choice.focus) == (talk, 77)
    ana.do("refresh")
    ana.do("close")
    assert (ana.choice.conversation, ana.choice.focus) == (None, None)


def test_instances_and_sort_are_remembered(sit, centre):
    ana = sit()
    ana.do("instances", keys=["loja-1"])
    ana.do("sort", key="waiting")
    with centre.store.read() as connection:
        kept = people.agent(connection, centre.ana.agent_id).settings
    assert (kept[INSTANCES_SETTING], kept[SORT_SETTING]) == (["loja-1"], "waiting")
    assert (ana.choice.instances, ana.choice.sort) == (("loja-1",), "waiting")


FORGED = [
    ("dance", {}),
    ("select", {"id": "abc"}),
    ("select", {"id": 5}),
    ("select", {"id": str(2**63)}),
    ("filter", {"key": "everything"}),
    ("filter", {"key": ["all"]}),
    ("sort", {"key": "random"}),
    ("search", {"text": "x" * 10_000}),
    ("instances", {"keys": "loja-1"}),
    ("instances", {"keys": [1]}),
    ("resolve", {"ids": []}),
    ("resolve", {"ids": "1"}),
    ("resolve", {"ids": ["1"], "versions": [1]}),
    ("resolve", {"ids": ["1"], "versions": {"1": True}}),
    ("resolve", {"ids": ["1"], "key": "short"}),
    ("resolve", {"ids": ["1"] * 1001}),
    ("label", {"ids": ["1"], "label": "1", "on": "yes"}),
    ("reply", {"id": "1", "text": None}),
]


def test_forged_actions_are_not_understood_and_change_nothing(sit, talk):
    ana = sit()
    before = ana.choice
    for kind, fields in FORGED:
        handled = ana.do(kind, **fields)
        assert (handled.notice.text, ana.choice) == (asked.NOT_UNDERSTOOD, before), (kind, fields)


def test_a_wish_for_another_persons_conversation_is_refused(sit, centre, talk):
    centre.run(actions.Assign(centre.ana.agent_id), talk)
    bruno = centre.agent("Bruno", Role.AGENT)
    handled = sit(bruno).do("reply", id=str(talk), text="Oi")
    assert handled.notice.text == actions.base.NOT_FOUND
    assert texts(centre, talk) == ["Oi"]


@given(value=st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text())))
def test_an_id_is_digits_or_refused(value):
    with suppress(RuleError):
        assert str(asked.an_id(value)) == value


def test_a_priority_is_set_shown_and_taken_back(sit, centre, talk):
    ana = sit()
    handled = ana.do("priority", ids=[str(talk)], priority="urgent")
    assert pt(handled) == "Prioridade alterada."
    row = ana.see()["list"]["rows"][0]
    assert (row["priority"], centre.state(talk).priority) == ("urgent", "urgent")
    undone(ana, handled)
    assert centre.state(talk).priority is None


@pytest.mark.parametrize("priority", ["asap", 4, ["urgent"], {}, True])
def test_a_priority_that_is_none_of_ours_is_not_understood(sit, centre, talk, priority):
    handled = sit().do("priority", ids=[str(talk)], priority=priority)
    assert handled.notice.text == asked.NOT_UNDERSTOOD
    assert centre.state(talk).priority is None


def test_a_snooze_is_shown_and_taken_back(sit, centre, talk):
    ana = sit(conversation=talk)
    handled = ana.do("snooze", ids=[str(talk)], until="tomorrow")
    assert pt(handled) == "Conversa adiada."
    until = centre.state(talk).snoozed_until_at
    row = ana.see()["list"]["rows"][0]
    assert (row["snoozed_until"], row["status"]) == (until // 1000, "pending")
    assert ana.see()["contact"]["snoozed_until"] == until // 1000
    later = ana.do("snooze", ids=[str(talk)], until="2026-11-20T14:30")
    undone(ana, later)
    assert centre.state(talk).snoozed_until_at == until
    undone(ana, handled)
    assert centre.state(talk).snoozed_until_at is None


def test_bringing_back_can_be_taken_back(sit, centre, talk):
    ana = sit()
    ana.do("snooze", ids=[str(talk)], until="monday")
    until = centre.state(talk).snoozed_until_at
    handled = ana.do("unsnooze", ids=[str(talk)])
    assert centre.state(talk).snoozed_until_at is None
    undone(ana, handled)
    assert centre.state(talk).snoozed_until_at == until


@pytest.mark.parametrize("until", ["", "soon", None, 1.5, True, [], "2026-02-30T10:00", "1" * 41])
def test_a_moment_that_is_none_is_said(sit, centre, talk, until):
    handled = sit().do("snooze", ids=[str(talk)], until=until)
    assert handled.notice.text == BAD_MOMENT
    assert centre.state(talk).snoozed_until_at is None


def test_a_moment_in_the_past_is_said(sit, centre, talk):
    handled = sit().do("snooze", ids=[str(talk)], until="2026-11-02T08:00")
    assert handled.notice.text == IN_THE_PAST


@pytest.mark.parametrize(
    ("wanted", "local"),
    [
        ("hour", "2026-11-02T10:00"),
        ("evening", "2026-11-02T18:00"),
        ("tomorrow", "2026-11-03T09:00"),
        ("monday", "2026-11-09T09:00"),
        ("2026-12-24T12:30", "2026-12-24T12:30"),
    ],
)
def test_named_moments_are_local(wanted, local):
    zone = ZoneInfo("America/Sao_Paulo")
    told = datetime.fromtimestamp(snooze_until(wanted, MONDAY_9H, zone) / 1e6, zone)
    assert told.isoformat()[:16] == local


@pytest.mark.parametrize(("days", "local"), [(2, "2026-11-09"), (6, "2026-11-09")])
def test_next_monday_is_always_ahead(days, local):
    zone = ZoneInfo("America/Sao_Paulo")
    told = datetime.fromtimestamp(snooze_until("monday", MONDAY_9H + days * DAY, zone) / 1e6, zone)
    assert told.date().isoformat() == local
