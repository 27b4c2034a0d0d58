"""`central bulk ACTION`: what a preview says, what a run does, and what is refused."""

import shlex
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from build import FIRST_PHONE
from console import actions
from console.actions.advance import BULK_COMMANDS
from console.actions.assign import ALREADY_THERE, NO_SUCH_AGENT
from console.actions.reply import WINDOW_CLOSED
from console.actions.resolve import ALREADY_RESOLVED
from console.actions.snooze import IN_THE_PAST
from console.cli import central
from console.domain.bulk import RunStatus
from console.domain.events import EventKind
from console.domain.ids import DAY, SECOND
from console.store import tables
from office import facts, unsound

PENDING = ("--filter", "status:pending")
ALL = ("--filter", "")
YES = "--yes"
SAO_PAULO = ZoneInfo("America/Sao_Paulo")


def contents(store):
    """Every row of every table."""
    with store.read() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table))))
            for name, table in tables.metadata.tables.items()
        }


def waiting(run_id, *, n, command="resolve", total=None, **more):
    """What is told of a planned run."""
    refused = (total or n) - n
    told = {"run": run_id, "command": command, "status": "planned", "total": total or n}
    told |= {"done": 0, "refused": refused, "waiting": n, "undo_of": None}
    return told | more


def test_a_preview_says_what_would_happen_and_leaves_everything_as_it_was(both, line):
    store = both.store
    ids = both.conversations(3)
    both.run(actions.Resolve(), ids[0])
    before = contents(store)
    told = line.read("resolve", *ALL, "--preview")
    after = contents(store)
    assert {name for name, rows in after.items() if rows != before[name]} == {
        "bulk_run",
        "bulk_row",
        "event",
        "command",
        "change_feed",
    }
    (fact,) = facts(store)[len(before["event"]) :]
    assert (fact.kind, str(fact.to_id)) == (EventKind.BULK_PLANNED, told["run"])
    assert told == waiting(
        told["run"],
        n=2,
        total=3,
        filter="",
        reasons=[{"reason": ALREADY_RESOLVED.en, "n": 1}],
        counts={
            "assignee": {"": 3},
            "team": {"": 3},
            "status": {"pending": 2, "resolved": 1},
            "instance": {str(both.loja): 3},
        },
    )
    assert both.found(int(told["run"])).status is RunStatus.PLANNED


def test_yes_runs_at_once_and_an_undo_takes_it_back(both, line):
    ids = both.conversations(5)
    before = both.everything(ids)[0]
    told = line.read("resolve", *PENDING, YES)
    assert [told[key] for key in ("status", "total", "done", "refused")] == ["done", 5, 5, 0]
    assert {both.state(i).status for i in ids} == {"resolved"}
    undo = line.read("undo", told["run"])
    assert (undo["undo_of"], undo["status"], undo["done"]) == (told["run"], "done", 5)
    assert [state.status for state in both.everything(ids)[0]] == [s.status for s in before]
    assert unsound(both.store) == []


def test_a_table_is_for_people(office, line):
    ids = office.conversations(2)
    office.run(actions.Resolve(), ids[0])
    head, planned, *why = line("resolve", *ALL, "--preview").splitlines()
    assert head.split() == "run command status total done refused waiting undo_of filter".split()
    assert planned.split()[1:] == ["resolve", "planned", "2", "0", "1", "1"]
    assert why[:2] == ["", "Would be skipped:"]
    assert why[3] == f"{ALREADY_RESOLVED.en}  1"
    _, planned, *_, done, _, _, skipped = line("resolve", *ALL, YES).splitlines()
    assert planned.split()[2:6] == ["planned", "2", "0", "1"]
    assert done.split()[2:7] == ["done", "2", "1", "1", "0"]
    assert skipped == why[3]


def test_without_yes_and_without_a_terminal_nothing_runs(office, line):
    ids = office.conversations(3)
    words = ["bulk", "resolve", *PENDING]
    done = CliRunner().invoke(central, words)
    assert (done.exit_code, done.stderr) == (
        2,
        "central: Nothing was run: say --yes to change 3 conversations.\n",
    )
    assert "planned" in done.stdout  # what it would have been
    assert {office.state(i).status for i in ids} == {"pending"}


def test_when_nothing_would_change_nobody_is_asked(office, line):
    office.run(actions.Resolve(), office.receive())
    told = line.read("resolve", *ALL)
    assert (told["status"], told["total"], told["refused"]) == ("planned", 1, 1)
    assert told["reasons"] == [{"reason": ALREADY_RESOLVED.en, "n": 1}]


def test_a_row_that_is_touched_between_preview_and_start_is_skipped(office, line):
    office.conversations(2)
    told = line.read("resolve", *PENDING, "--preview")
    office.receive("mais uma coisa", FIRST_PHONE)
    ended = line.read("start", told["run"])
    assert (ended["done"], ended["refused"]) == (1, 1)


def test_conversations_are_assigned_and_taken_from_everybody(office, line):
    ids = office.conversations(2)
    line.read("assign", "--to", "CAIO@loja.example", *ALL, YES)
    assert {office.state(i).assignee_id for i in ids} == {office.caio.agent_id}
    line.read("assign", "--to", "none", *ALL, YES)
    assert {office.state(i).assignee_id for i in ids} == {None}


def test_teams_and_labels_are_named_by_their_keys(office, line):
    talk = office.receive()
    line.read("assign-team", "--team", "vendas", *ALL, YES)
    assert office.state(talk).team_id == office.team_id
    line.read("label", "--label", "vip", *ALL, YES)
    assert office.state(talk).label_ids == {office.label_id}
    line.read("label", "--label", "vip", "--off", *ALL, YES)
    assert office.state(talk).label_ids == set()
    line.read("assign-team", "--team", "none", *ALL, YES)
    assert office.state(talk).team_id is None


def test_a_reply_reaches_whoever_wrote_within_24_hours_or_everybody(office, line):
    late, early = office.conversations(2)
    office.at -= 3 * DAY
    old = office.receive(phone=FIRST_PHONE + 9)
    told = line.read("reply", "--text", "Bom dia!", *PENDING, YES)
    assert (told["done"], told["reasons"]) == (2, [{"reason": WINDOW_CLOSED.en, "n": 1}])
    assert [office.state(i).last_preview for i in (late, early, old)] == ["Bom dia!"] * 2 + ["Oi"]
    assert line.read("reply", "--text", "Boa tarde!", "--any-time", *PENDING, YES)["done"] == 3


def test_a_priority_is_set_and_taken_away(office, line):
    talk = office.receive()
    line.read("set-priority", "--priority", "urgent", *ALL, YES)
    assert office.state(talk).priority == "urgent"
    line.read("set-priority", "--priority", "none", *ALL, YES)
    assert office.state(talk).priority is None


def test_a_snooze_lasts_until_a_moment_in_the_centre_s_zone(office, line, monkeypatch):
    monkeypatch.setenv("CENTRAL_TIME_ZONE", "America/Sao_Paulo")
    talk = office.receive()
    day = datetime.now(SAO_PAULO).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    at, midnight, past = day + timedelta(days=2), day + timedelta(days=3), day - timedelta(days=1)
    assert line.read("snooze", "--until", f"{at:%Y-%m-%dT%H:%M}", *ALL, YES)["done"] == 1
    assert office.state(talk).snoozed_until_at == instant(at)
    line.read("snooze", "--until", f"{midnight:%Y-%m-%d}", *ALL, YES)
    assert office.state(talk).snoozed_until_at == instant(midnight.replace(hour=0))
    told = line.read("snooze", "--until", f"{past:%Y-%m-%d}", *ALL, YES)
    assert told["reasons"] == [{"reason": IN_THE_PAST.en, "n": 1}]
    line.read("unsnooze", *ALL, YES)
    assert office.state(talk).snoozed_until_at is None


def instant(local):
    return int(local.replace(tzinfo=SAO_PAULO).timestamp()) * SECOND


def test_conversations_are_distributed_as_the_preview_says(office, line):
    ids = office.conversations(5)
    office.run(actions.Assign(office.bia.agent_id), ids[4])  # the first of the list is hers
    bia, caio = (str(who.agent_id) for who in (office.bia, office.caio))
    words = ("distribute", "--to", "bia@loja.example, caio@loja.example", *ALL)
    told = line.read(*words, "--preview")
    assert told["counts"]["to"] == {bia: 2, caio: 2}
    assert told["reasons"] == [{"reason": ALREADY_THERE.en, "n": 1}]
    assert line.read("start", told["run"])["done"] == 4
    assert [office.state(i).assignee_id for i in ids[::-1]] == [
        office.bia.agent_id,
        office.caio.agent_id,
    ] * 2 + [office.bia.agent_id]


def test_the_least_loaded_are_given_more(office, line):
    ids = office.conversations(4)
    office.run(actions.Assign(office.bia.agent_id), *ids[:2])
    words = ("--to", "bia@loja.example,caio@loja.example", "--rule", "least_loaded")
    told = line.read("distribute", *words, "--filter", "unassigned", YES)
    assert told["counts"]["to"] == {str(office.caio.agent_id): 2}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("assign", "--to", "nobody@loja.example", *ALL, YES),
            "Nobody has the address nobody@loja.example: see `central user list`.",
        ),
        (
            ("distribute", "--to", "ana@loja.example,x@loja.example", *ALL, YES),
            "Nobody has the address x@loja.example: see `central user list`.",
        ),
        (
            ("assign-team", "--team", "compras", *ALL, YES),
            "There is no team compras; there are: vendas.",
        ),
        (("label", "--label", "none", *ALL, YES), "There is no label none; there are: vip."),
        (
            ("resolve", *ALL, YES, "--as", "nobody@loja.example"),
            "No active person has the address nobody@loja.example: see `central user list`.",
        ),
        (("assign", "--to", "dora@loja.example", *ALL, YES), NO_SUCH_AGENT.en),
        (
            ("distribute", "--to", "none", *ALL, YES),
            "Choose at least one person to take the conversations.",
        ),
        (
            ("resolve", *ALL, YES, "--as", "dora@loja.example"),
            "Your role does not allow this. Ask a supervisor.",
        ),
    ],
    ids=lambda words: " ".join(words[:4]) if isinstance(words, tuple) else "",
)
def test_what_is_named_wrongly_is_said_in_one_sentence_and_nothing_changes(
    calm, line, words, sentence
):
    before = contents(calm.store)
    assert line.refused(*words) == sentence
    assert contents(calm.store) == before


def test_a_filter_that_cannot_be_read_says_where(calm, line):
    assert "Did you mean: status" in line.refused("resolve", "--filter", "statu:pending", YES)


def test_a_missing_option_is_named(calm, line):
    assert "Missing option '--to'" in line.refused("assign", *ALL, YES)
    assert "Missing option '--filter'" in line.refused("resolve", YES)


@pytest.mark.parametrize("name", [kind.replace("_", "-") for kind in BULK_COMMANDS])
def test_the_help_of_every_action_has_an_example(line, name):
    shown = line(name, "--help")
    example = shown.split("Example:\n")[1].strip()
    assert example.startswith(f"central bulk {name} ")
    assert example.endswith(" --filter 'status:pending' --preview")


def test_the_example_of_an_action_can_be_run(calm, line):
    words = shlex.split(line("mark-read", "--help").split("Example:\n")[1])[2:]
    assert line.read(*words)["waiting"] == 1


def test_the_help_lists_the_actions_in_menu_order_and_then_those_about_runs(line):
    shown = line("--help").split("Commands:\n")[1].split("\n\n")[0]
    names = [row.split()[0] for row in shown.splitlines() if row[2:3].strip()]
    assert names[: len(BULK_COMMANDS)] == [kind.replace("_", "-") for kind in BULK_COMMANDS]
    assert names[len(BULK_COMMANDS) :] == [
        "cancel",
        "list",
        "pause",
        "resume",
        "show",
        "start",
        "undo",
    ]
