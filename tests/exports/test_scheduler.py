"""Exports come round once each time, with the rights of their owner, until they have arrived."""

import json
import threading

import pytest

import reopened
from archive import NAME, Archive
from build import Role
from console import actions
from console.actions import schedule as wishes
from console.actions.base import NOT_ALLOWED, SIGNED_OUT
from console.actions.export import NO_SUCH_EXPORT, USED
from console.config import Settings
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.export import JobStatus
from console.domain.ids import DAY, HOUR, MINUTE, SECOND
from console.domain.recurrence import Every
from console.domain.schedule import LEASE, Plan, ScheduleStatus, Span, Target
from console.exports import delivery, plans, runner, scheduler
from console.exports.letters import REFUSED
from console.exports.links import Target as Linked
from console.exports.links import opened
from console.exports.runner import BROKEN, Runner
from console.exports.scheduler import CANCELLED, FILE_GONE, Scheduler
from console.readmodel.model import ReadModel
from console.store import exports, schedules
from console.store.work import secret
from letterbox import Letterbox
from office import facts

DAILY = Plan("Fila do dia", "conversation", "csv", Every.DAY, 11 * 60, "America/Sao_Paulo")


class Clockwork:
    """A scheduler and a runner on an office, on a Monday at half past ten."""

    def __init__(self, office, model, home, box):
        self.office, self.model, self.store, self.box = office, model, office.store, box
        self.root = home / "out"
        self.root.mkdir()
        self.settings = Settings(
            home=home,
            export_folder=self.root,
            mail_host="localhost",
            mail_port=box.port,
            mail_security="none",
            mail_from="central@loja.example",
            mail_domains="contador.example",
            public_url="https://central.example",
        )
        self.at = office.at
        made = home / "exports"
        self.runner = Runner(self.store, model, made, self.clock, settings=self.settings)
        self.scheduler = Scheduler(self.store, self.settings, made, self.clock)

    def clock(self):
        self.at += 1
        return self.at

    def run(self, command, by=None):
        self.office.at = self.at
        return self.office.run(command, by=by or self.office.bia)

    def plan(self, by=None, **changes):
        given = {f: getattr(DAILY, f) for f in Plan.__dataclass_fields__} | changes
        return self.run(actions.SaveSchedule(Plan(**given)), by).done[0]

    def letters(self, *to, by=None, **changes):
        return self.plan(by, target=Target.MAIL, recipients=to, **changes)

    def found(self, schedule_id):
        with self.store.read() as connection:
            return schedules.find(connection, schedule_id)

    def job(self, job_id):
        with self.store.read() as connection:
            return exports.find_job(connection, job_id)

    def wait(self, duration):
        """Time passes, and everything that is to be done is done."""
        self.at += duration
        while self.scheduler.step() or self.runner.step():
            pass

    def files(self, folder="."):
        return sorted(f.name for f in (self.root / folder).iterdir() if f.suffix != ".json")

    def told(self):
        return [f.kind for f in facts(self.store) if f.kind.startswith("schedule")]

    def deactivate(self, who, role=Role.SUPERVISOR, *, active=False):
        mail = f"{who.name.lower()}@loja.example"
        self.office.run(actions.SaveAgent(mail, who.name, role, (), active, who.agent_id))


@pytest.fixture
def box():
    opened_box = Letterbox()
    yield opened_box
    opened_box.close()


@pytest.fixture
def works(store, tmp_path, box, model_folder):
    folder = model_folder(store, tmp_path / "readmodel")  # before anything happens: it follows
    office = Archive(store).fill()
    model = ReadModel.open(store, folder, Settings(home=tmp_path))
    yield Clockwork(office, model, tmp_path, box)
    model.close()


def test_a_file_lies_in_its_folder_when_its_time_has_come(works):
    made = works.plan(folder="vendas")
    works.wait(MINUTE)
    assert works.found(made).last_at is None
    works.wait(2 * HOUR)
    assert works.files("vendas") == ["fila-do-dia-2026-11-02.csv"]
    rows = reopened.of_csv(works.root / "vendas" / "fila-do-dia-2026-11-02.csv")
    found = works.found(made)
    assert (len(rows), rows[0]["contact_name"], found.last_rows_n) == (2, "João", 2)
    assert (found.last_place, found.last_problem) == ("vendas/fila-do-dia-2026-11-02.csv", None)
    assert found.last_bytes_n == (works.root / found.last_place).stat().st_size
    assert works.told() == [
        EventKind.SCHEDULE_SAVED,
        EventKind.SCHEDULE_STARTED,
        EventKind.SCHEDULE_DELIVERED,
    ]
    works.wait(DAY)
    assert works.files("vendas") == ["fila-do-dia-2026-11-02.csv", "fila-do-dia-2026-11-03.csv"]


def test_a_plan_takes_the_columns_that_were_chosen(works):
    works.plan(columns=("status", "id"))
    works.wait(2 * HOUR)
    (row, *_) = reopened.of_csv(works.root / "fila-do-dia-2026-11-02.csv")
    assert [*row] == ["status", "id"]


def test_a_column_that_its_owner_may_not_see_any_more_ends_the_run(works):
    made = works.plan(columns=("contact_name",))
    works.deactivate(works.office.bia, Role.ANALYST, active=True)
    works.wait(2 * HOUR)
    assert works.files() == []
    assert "contact_name" in works.found(made).last_problem.en


def test_times_that_were_missed_are_made_up_for_once(works):
    made = works.plan()
    works.wait(5 * DAY)
    assert works.files() == ["fila-do-dia-2026-11-06.csv"]
    assert works.told().count(EventKind.SCHEDULE_STARTED) == 1
    assert works.found(made).next_at > works.at


def test_old_files_go(works):
    works.plan(keep_n=2)
    for _ in range(4):
        works.wait(DAY)
    assert works.files() == ["fila-do-dia-2026-11-04.csv", "fila-do-dia-2026-11-05.csv"]


def test_only_one_process_begins_a_run_and_hands_it_over(works):
    made = works.plan()
    works.at += 2 * HOUR
    others = [
        Scheduler(works.store, works.settings, works.settings.home / "exports", lambda: works.at)
        for _ in range(4)
    ]
    together = threading.Barrier(len(others))

    def begin(one):
        together.wait()
        one.step()

    def all_step():
        threads = [threading.Thread(target=begin, args=(one,)) for one in others]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    all_step()
    assert works.told().count(EventKind.SCHEDULE_STARTED) == 1
    works.runner.step()
    all_step()
    assert works.told().count(EventKind.SCHEDULE_DELIVERED) == 1
    assert works.found(made).due_at is None


def test_what_a_dead_process_was_handing_over_is_handed_over_by_another(works):
    made = works.plan()
    works.at += 2 * HOUR
    works.scheduler.step()
    works.runner.step()
    with_job = works.found(made)
    assert works.store.write(lambda c: schedules.lease(c, with_job, works.at))
    assert not works.scheduler.step()
    works.wait(LEASE + SECOND)
    assert works.files() == ["fila-do-dia-2026-11-02.csv"]


def test_a_file_of_another_process_is_left_to_it_until_it_is_gone(works):
    made = works.plan()
    works.at += 2 * HOUR
    works.scheduler.step()
    works.runner.step()
    for file in (works.settings.home / "exports").iterdir():
        file.unlink()
    assert not works.scheduler.step()
    works.at += DAY
    works.scheduler.step()
    found = works.found(made)
    assert (found.last_problem, found.due_at) == (FILE_GONE, None)


@pytest.mark.parametrize(
    ("role", "active", "why"),
    [(Role.SUPERVISOR, False, SIGNED_OUT), (Role.AGENT, True, NOT_ALLOWED)],
)
def test_what_its_owner_may_not_do_any_more_is_paused_and_said(works, role, active, why):
    made = works.plan()
    works.deactivate(works.office.bia, role, active=active)
    works.wait(2 * HOUR)
    found = works.found(made)
    assert (found.status, found.paused_for, found.next_at) == (ScheduleStatus.PAUSED, why, None)
    assert works.told()[-1] == EventKind.SCHEDULE_PAUSED
    works.wait(3 * DAY)
    assert works.files() == []


def test_rights_that_are_lost_while_the_file_is_made_stop_it(works):
    made = works.plan()
    works.at += 2 * HOUR
    works.scheduler.step()
    works.deactivate(works.office.bia)
    works.wait(SECOND)
    assert works.found(made).paused_for == SIGNED_OUT
    assert works.files() == []


def test_rights_that_are_lost_before_it_is_handed_over_stop_it(works):
    made = works.plan()
    works.at += 2 * HOUR
    works.scheduler.step()
    works.runner.step()
    works.deactivate(works.office.bia, Role.AGENT, active=True)
    works.wait(SECOND)
    assert works.found(made).paused_for == NOT_ALLOWED
    assert works.files() == []


def test_an_analyst_gets_pseudonyms(works):
    works.plan(works.office.dora)
    works.wait(2 * HOUR)
    file = works.root / "fila-do-dia-2026-11-02.csv"
    assert NAME not in file.read_text(encoding="utf-8")
    assert json.loads((works.root / f"{file.name}.manifest.json").read_text())["is_pseudonymised"]


def test_a_team_lead_gets_the_team_s(works):
    works.plan(works.office.lia)
    works.wait(2 * HOUR)
    rows = reopened.of_csv(works.root / "fila-do-dia-2026-11-02.csv")
    assert [row["contact_name"] for row in rows] == [NAME]


def test_a_span_is_seen_from_the_day_on_which_it_was_due(works):
    """Everything happened on Monday, 2 November: the week is last week's on the 9th."""
    for name, span in (("Semana", Span.LAST_WEEK), ("Ontem", Span.YESTERDAY)):
        works.plan(name=name, every=Every.WEEK, weekdays=(0,), span=span)
    works.wait(2 * HOUR)
    works.wait(7 * DAY + 30 * HOUR)  # the server was away on Monday
    counted = {name: len(reopened.of_csv(works.root / name)) for name in works.files()}
    assert counted == {
        "ontem-2026-11-02.csv": 0,
        "ontem-2026-11-09.csv": 0,
        "semana-2026-11-02.csv": 0,
        "semana-2026-11-09.csv": 2,
    }
    told = json.loads((works.root / "semana-2026-11-09.csv.manifest.json").read_text())
    assert told["filter"] == "last_activity:2026-11-02..2026-11-08"


@pytest.mark.parametrize(
    ("span", "wanted"),
    [
        (Span.ALL, "(unread or vip)"),
        (Span.TODAY, "(unread or vip) opened:2026-03-01"),
        (Span.YESTERDAY, "(unread or vip) opened:2026-02-28"),
        (Span.LAST_WEEK, "(unread or vip) opened:2026-02-16..2026-02-22"),
        (Span.LAST_MONTH, "(unread or vip) opened:2026-02-01..2026-02-28"),
    ],
)
def test_a_span_narrows_the_filter_as_a_whole(span, wanted):
    fields = {f: getattr(DAILY, f) for f in Plan.__dataclass_fields__}
    plan = Plan(**fields | {"filter": "unread or vip", "span": span, "span_field": "opened"})
    first_of_march = 1_772_334_000_000_000  # 2026-03-01 00:00 in São Paulo
    found = plans.filter_at(plan, first_of_march)
    assert found == (wanted if span is not Span.ALL else "unread or vip")


def test_a_mishap_is_tried_again_with_longer_and_longer_pauses(works, monkeypatch):
    made = works.plan()
    with monkeypatch.context() as patched:
        patched.setattr(runner, "export", lambda *_, **__: 1 // 0)
        works.wait(2 * HOUR)
        found = works.found(made)
        assert (found.tries_n, found.last_problem) == (1, BROKEN)
        works.wait(30 * SECOND)
        assert works.found(made).tries_n == 1
        works.wait(MINUTE)
        assert works.found(made).tries_n == 2
    works.wait(6 * MINUTE)
    found = works.found(made)
    assert (found.tries_n, found.last_problem, found.due_at) == (0, None, None)
    assert works.files() == ["fila-do-dia-2026-11-02.csv"]


def test_it_is_given_up_in_the_end_and_comes_round_again(works, monkeypatch):
    made = works.plan()
    with monkeypatch.context() as patched:
        patched.setattr(delivery.folders, "put", lambda *_: 1 // 0)
        works.wait(2 * HOUR)
        for _ in range(8):
            works.wait(4 * HOUR)
            if not works.found(made).is_going_on:
                break
        found = works.found(made)
        assert (found.last_problem, found.due_at) == (BROKEN, None)
        assert works.told().count(EventKind.SCHEDULE_FAILED) == 6
        assert works.told().count(EventKind.SCHEDULE_STARTED) == 1
    works.wait(DAY)
    assert works.found(made).last_problem is None


def test_a_folder_that_cannot_be_written_to_is_said(works):
    made = works.plan()
    works.root.rmdir()
    works.wait(2 * HOUR)
    what = "No such file or directory"
    assert works.found(made).last_problem == delivery.NO_ROOM.with_(what=what)
    works.root.mkdir()
    works.wait(MINUTE + SECOND)
    assert works.files() == ["fila-do-dia-2026-11-02.csv"]


def test_a_filter_that_makes_no_sense_any_more_ends_the_run_in_words(works):
    made = works.plan(filter="team:fantasmas")
    works.wait(2 * HOUR)
    found = works.found(made)
    assert "fantasmas" in found.last_problem.pt
    assert (found.due_at, found.status) == (None, ScheduleStatus.ACTIVE)


def test_a_filter_that_cannot_be_read_any_more_pauses_it(works):
    made = works.plan(filter="statu:pending")
    works.wait(2 * HOUR)
    assert "status" in works.found(made).paused_for.en
    assert not works.scheduler.step()


def test_a_run_that_is_cancelled_ends(works):
    made = works.plan()
    works.at += 2 * HOUR
    works.scheduler.step()
    works.run(actions.CancelExport(works.found(made).job_id))
    works.wait(SECOND)
    assert (works.found(made).last_problem, works.files()) == (CANCELLED, [])


def test_it_runs_at_once_beside_its_times_even_while_paused(works):
    made = works.plan()
    works.run(actions.PauseSchedule(made))
    works.run(actions.RunSchedule(made))
    with pytest.raises(RuleError) as refusal:
        works.run(actions.RunSchedule(made))
    assert refusal.value.text == wishes.GOING_ON
    works.wait(SECOND)
    found = works.found(made)
    assert works.files() == ["fila-do-dia-2026-11-02.csv"]
    assert (found.status, found.next_at, found.is_going_on) == ("paused", None, False)


def test_a_letter_with_the_file_reaches_everybody_who_may_get_it(works):
    to = ("caio@loja.example", "fiscal@contador.example")
    made = works.letters(*to)
    works.wait(2 * HOUR)
    assert works.box.to == list(to)
    message = works.box.letters[0][1]
    assert message["Subject"] == "Fila do dia – exportação de 2026-11-02"
    (part,) = message.iter_attachments()
    assert part.get_filename() == "fila-do-dia-2026-11-02.csv"
    assert NAME in part.get_payload(decode=True).decode()
    assert works.found(made).last_place == ", ".join(to)


def test_whoever_has_their_letter_gets_no_second_one(works):
    works.box.refused.add("caio@loja.example")
    made = works.letters("caio@loja.example", "ana@loja.example")
    works.wait(2 * HOUR)
    problem = REFUSED.with_(address="caio@loja.example")
    assert (works.box.to, works.found(made).last_problem) == (["ana@loja.example"], problem)
    works.box.refused.clear()
    works.wait(2 * MINUTE)
    assert works.box.to == ["ana@loja.example", "caio@loja.example"]
    assert works.found(made).last_problem is None


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("ana@loja.example", True),
        ("dora@loja.example", False),  # an analyst, of a supervisor's file
        ("lia@loja.example", False),  # a team's lead, of everybody's conversations
        ("davi@loja.example", False),  # has no right to export
        ("eva@example.com", False),
        ("eva@sub.contador.example", False),
        ("eva@contador.example", True),
        ("eva@contador.example\r\nBcc: x@y.example", False),
    ],
)
def test_letters_go_to_those_who_may_see_as_much(works, address, is_taken):
    made = works.letters(address)
    works.wait(2 * HOUR)
    if is_taken:
        assert works.box.to == [address]
    else:
        assert works.box.to == []
        assert works.found(made).last_problem == plans.NOT_TO.with_(address=address)


def test_an_analyst_s_file_goes_to_an_analyst(works):
    works.office.agent("Eva", Role.ANALYST)
    works.letters("eva@loja.example", by=works.office.dora)
    works.wait(2 * HOUR)
    assert works.box.to == ["eva@loja.example"]


def link_of(message):
    text = message.get_body(("plain",)).get_content()
    return next(line for line in text.splitlines() if line.startswith("https://"))


def test_a_link_is_good_once_for_its_reader_and_for_nobody_else(works):
    office = works.office
    made = works.letters("caio@loja.example", is_attached=False)
    works.at += 2 * HOUR
    works.scheduler.step()
    job_id = works.found(made).job_id
    works.wait(SECOND)
    message = works.box.letters[0][1]
    assert list(message.iter_attachments()) == []
    path, _, token = link_of(message).partition("?token=")
    assert path == f"https://central.example/export/{job_id}/file"
    with works.store.read() as connection:
        key = secret(connection)
    assert opened(token, Linked(job_id, office.bia.agent_id, "file"), key) is None
    nonce, until = opened(token, Linked(job_id, office.caio.agent_id, "file"), key)
    assert until > works.at + 23 * HOUR
    fetch = actions.FetchExport(job_id, nonce)
    with pytest.raises(RuleError) as refusal:
        works.run(fetch, office.ana)
    assert refusal.value.text == NO_SUCH_EXPORT
    works.run(fetch, office.caio)
    with pytest.raises(RuleError) as refusal:
        works.run(fetch, office.caio)
    assert refusal.value.text == USED


def test_a_reader_who_sees_less_by_now_fetches_nothing(works):
    made = works.letters("caio@loja.example", is_attached=False)
    works.at += 2 * HOUR
    works.scheduler.step()
    job_id = works.found(made).job_id
    works.wait(SECOND)
    works.deactivate(works.office.caio, Role.ANALYST, active=True)
    with pytest.raises(RuleError) as refusal:
        works.run(actions.FetchExport(job_id, "a"), works.office.caio)
    assert refusal.value.text == NO_SUCH_EXPORT


def test_a_file_too_large_for_a_letter_is_linked_inside_and_refused_outside(works, monkeypatch):
    monkeypatch.setattr(delivery, "_MEGABYTE", 1)
    inside = works.letters("caio@loja.example", name="A")
    outside = works.letters("eva@contador.example", name="B")
    works.wait(2 * HOUR)
    assert works.box.to == ["caio@loja.example"]
    assert "/export/" in link_of(works.box.letters[0][1])
    assert works.found(inside).last_problem is None
    problem = delivery.TOO_LARGE.with_(n=10, address="eva@contador.example")
    assert works.found(outside).last_problem == problem


def test_a_deed_of_another_process_is_no_error(works, caplog):
    caplog.set_level("INFO", scheduler.__name__)
    made = works.plan()
    works.at += 2 * HOUR
    late = works.found(made)
    works.wait(SECOND)
    works.scheduler._begin(late, late.next_at)
    works.scheduler._begin(late, late.next_at + 1)
    works.scheduler._trouble(late, 7, BROKEN)
    assert "did not begin" in caplog.text
    assert "is over already" in caplog.text
    assert works.found(made).last_problem is None
    assert works.job(late.id) is None
    assert works.told().count(EventKind.SCHEDULE_STARTED) == 1


def test_nothing_is_done_where_nothing_is_due(works):
    assert not works.scheduler.step()


def test_more_rows_than_a_role_may_take_are_refused(works):
    few = Settings(export_rows="supervisor=1")
    works.runner._settings = few
    made = works.plan()
    works.wait(2 * HOUR)
    assert works.found(made).last_problem.en.startswith("Your role allows 1 rows")
    assert works.files() == []
    with works.store.read() as connection:
        jobs = exports.jobs_of(connection, works.office.bia.agent_id, 5)
    assert [job.status for job in jobs] == [JobStatus.FAILED]
