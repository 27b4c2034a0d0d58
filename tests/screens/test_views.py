"""The row of views: every count is that of its filter, and each detector finds what it says."""

import pytest
from sqlalchemy import update

from build import FIRST_PHONE, Role, a_bot
from console import actions
from console.config import Settings
from console.domain.audience import Audience
from console.domain.ids import DAY, HOUR, MINUTE
from console.i18n import LANGUAGES
from console.readmodel import ask, expression
from console.readmodel.model import ReadModel
from console.screens import views
from console.screens.views import DETECTORS, ORIGINALS
from console.store.tables import saved_view
from office import Office
from readmodel import crowd

NOW = crowd.NOW
KEYS = [detector.key for detector in DETECTORS]


def build(store, model, who, now=NOW):
    model.sync()
    return views.build(store, model, who, now)


@pytest.fixture
def crowded(sqlite_store, tmp_path):
    """200 conversations drawn by chance, with their read model."""
    crowd.fill(sqlite_store)
    opened = ReadModel.open(sqlite_store, tmp_path / "readmodel", Settings())
    yield opened
    opened.close()


@pytest.fixture
def office(sqlite_store):
    return Office(sqlite_store)


def test_every_count_is_that_of_the_filter_for_everybody(crowded, sqlite_store):
    seen = {}
    for who in crowd.EVERYBODY:
        shown = build(sqlite_store, crowded, who)
        assert [view.key for view in shown] == [*(key for key, *_ in ORIGINALS), *KEYS]
        seen[who.role] = [view.n for view in shown]
        assert seen[who.role] == [
            ask.count(crowded, expression.parse(view.filter), who, NOW) for view in shown
        ]
    assert min(seen[Role.SUPERVISOR]) > 0
    assert seen[Role.TEAM_LEAD] != seen[Role.SUPERVISOR]


def waited(row, longer_than):
    since = row["waiting_since_at"]
    return since is not None and NOW - since > longer_than


def came_back(row):
    if row["reopened_at"] is None or row["resolved_at"] is None:
        return False
    return row["reopened_at"] - row["resolved_at"] <= DAY


LOOKS = {
    "unanswered": lambda row: (
        row["status"] == "resolved" and row["inbound_n"] > 0 and row["first_response_at"] is None
    ),
    "left_waiting": lambda row: row["status"] == "resolved" and row["last_direction"] == "in",
    "reopened": lambda row: row["status"] == "pending" and came_back(row),
    "silent": lambda row: (
        row["status"] == "pending" and row["assignee_id"] is not None and waited(row, HOUR)
    ),
    "unowned": lambda row: (
        row["status"] == "pending" and row["assignee_id"] is None and waited(row, 15 * MINUTE)
    ),
    "forgotten": lambda row: row["status"] == "pending" and NOW - row["last_activity_at"] > 7 * DAY,
}


def test_a_detector_finds_the_rows_that_a_look_at_all_of_them_finds(crowded, sqlite_store):
    rows = crowd.conversations(sqlite_store)
    assert [*LOOKS] == KEYS
    for detector in DETECTORS:
        tree = expression.parse(detector.filter)
        found = set(ask.ids(crowded, tree, crowd.SUPERVISOR, NOW))
        assert found == {row["id"] for row in rows if LOOKS[detector.key](row)}, detector.key


class Stories:
    """Conversations whose steps lie so and so long before NOW; each step one command."""

    def __init__(self, office):
        self.office, self.n = office, 0
        self.wishes = {
            "answer": (actions.Reply("Já vejo"), office.bia),
            "bot": (actions.Reply("Aguarde"), a_bot()),
            "resolve": (actions.Resolve(), office.bia),
            "reopen": (actions.Reopen(), office.bia),
            "assign": (actions.Assign(office.bia.agent_id), office.bia),
        }

    def tell(self, *steps):
        """The conversation of `(how long ago, what happened)`; `write` is the customer."""
        self.n += 1
        for ago, step in steps:
            self.office.at = NOW - ago - MINUTE  # a minute passes with each command
            if step == "write":
                talk = self.office.receive(phone=FIRST_PHONE + self.n)
            else:
                wish, by = self.wishes[step]
                assert self.office.run(wish, talk, by=by).done == (talk,)
        return talk


STORIES = {
    "answered and resolved": (
        [(5 * HOUR, "write"), (4 * HOUR, "answer"), (3 * HOUR, "resolve")],
        set(),
    ),
    "never answered": (
        [(5 * HOUR, "write"), (3 * HOUR, "resolve")],
        {"unanswered", "left_waiting"},
    ),
    "only a bot answered": (
        [(5 * HOUR, "write"), (4 * HOUR, "bot"), (3 * HOUR, "resolve")],
        {"unanswered"},
    ),
    "resolved over the last word": (
        [(5 * HOUR, "write"), (4 * HOUR, "answer"), (3 * HOUR, "write"), (2 * HOUR, "resolve")],
        {"left_waiting"},
    ),
    "back after a day": (
        [(DAY + HOUR, "write"), (DAY + HOUR, "answer"), (DAY, "resolve"), (0, "write")],
        {"reopened"},
    ),
    "back after more than a day": (
        [(DAY + HOUR, "write"), (DAY + HOUR, "answer"), (DAY + 1, "resolve"), (0, "write")],
        set(),
    ),
    "reopened by hand": (
        [(5 * HOUR, "write"), (4 * HOUR, "answer"), (3 * HOUR, "resolve"), (HOUR, "reopen")],
        {"reopened"},
    ),
    "back and resolved again": (
        [(5 * HOUR, "write"), (4 * HOUR, "answer"), (3 * HOUR, "resolve"), (2 * HOUR, "reopen"),
         (HOUR, "resolve")],
        set(),
    ),
    "assigned, an hour": ([(HOUR, "write"), (HOUR, "assign")], set()),
    "assigned, more than an hour": ([(HOUR + 1, "write"), (HOUR, "assign")], {"silent"}),
    "assigned and answered": ([(2 * HOUR, "write"), (HOUR, "assign"), (0, "answer")], set()),
    "nobody's, 15 minutes": ([(15 * MINUTE, "write")], set()),
    "nobody's, more than 15 minutes": ([(15 * MINUTE + 1, "write")], {"unowned"}),
    "answered a week ago": ([(8 * DAY, "write"), (7 * DAY, "answer")], set()),
    "answered more than a week ago": ([(8 * DAY, "write"), (7 * DAY + 1, "answer")], {"forgotten"}),
    "nobody's for a week": ([(7 * DAY + 1, "write")], {"unowned", "forgotten"}),
}  # fmt: skip


def test_a_detector_finds_the_stories_it_is_for(office, model):
    stories = Stories(office)
    told = {stories.tell(*steps): name for name, (steps, _) in STORIES.items()}
    model.sync()
    found = {name: set() for name in STORIES}
    for detector in DETECTORS:
        for i in ask.ids(model, expression.parse(detector.filter), office.ana, NOW):
            found[told[i]].add(detector.key)
    assert found == {name: keys for name, (_, keys) in STORIES.items()}


def test_saved_views_stand_between_the_originals_and_the_detectors(office, model):
    office.conversations(3)
    for_all = {"audience": Audience.EVERYBODY}
    mine = office.run(actions.SaveView("Minha", "unread"), by=office.lia).done[0]
    ours = office.run(actions.SaveView("Fila", "pending", "waiting", **for_all)).done[0]
    private = office.run(actions.SaveView("Só da Ana", "pending")).done[0]
    shown = build(office.store, model, office.lia)
    saved = shown[len(ORIGINALS) : -len(DETECTORS)]
    assert [(one.key, one.name, one.sort, one.n, one.may_change) for one in saved] == [
        (f"view-{mine}", "Minha", "newest", 0, True),
        (f"view-{ours}", "Fila", "waiting", 0, False),  # none of her team's
    ]
    keys = [one.key for one in build(office.store, model, office.ana)]
    assert f"view-{private}" in keys
    assert [one.n for one in build(office.store, model, office.ana) if one.name == "Fila"] == [3]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("status:pending", "pendente", True),
        ("pendente espera>1h", "(pending waiting>60m)", True),
        ("", "  ", True),
        ("statu:pending", "statu:pending", True),  # nobody can read it, but it is the same
        ("statu:pending", "status:pending", False),
        ("status:pending", "-status:pending", False),
    ],
)
def test_a_filter_is_known_again_in_other_words(one, other, is_same):
    assert views.is_same(one, other) is is_same


def test_a_view_moves_by_one_place_of_those_its_reader_finds(office, model):
    for_all = {"audience": Audience.EVERYBODY}
    for name in "abc":
        office.run(actions.SaveView(name, "pending", **for_all))
        office.run(actions.SaveView(f"{name} of Lia", "unread"), by=office.lia)

    def moved(name, *, is_back):
        shown = build(office.store, model, office.ana)
        view = next(one.view for one in shown if one.name == name)
        position = views.beside(shown, view, is_back=is_back)
        if position is not None:
            wish = actions.SaveView(name, "pending", position=position, view_id=view.id, **for_all)
            office.run(wish, by=office.ana)
        return [one.name for one in build(office.store, model, office.ana) if one.view]

    assert moved("c", is_back=True) == ["a", "c", "b"]
    assert moved("c", is_back=True) == ["c", "a", "b"]
    assert moved("c", is_back=True) == ["c", "a", "b"]
    assert moved("a", is_back=False) == ["c", "b", "a"]
    assert moved("a", is_back=False) == ["c", "b", "a"]
    of_lia = [one.name for one in build(office.store, model, office.lia) if "Lia" in one.name]
    assert of_lia == ["a of Lia", "b of Lia", "c of Lia"]


def test_a_view_that_no_longer_reads_has_no_count_and_harms_no_other(office, model):
    office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), office.receive(phone=FIRST_PHONE + 5))
    wishes = {"equipe": "team:vendas", "quebrada": "statu:pending", "estranha": "team:compras"}
    for name, text in wishes.items():
        office.run(actions.SaveView(name, text, "waiting"))
    with_an_order_of_before = update(saved_view).values(sort="sideways")
    office.store.write(lambda connection: connection.execute(with_an_order_of_before))
    shown = build(office.store, model, office.ana)
    found = {one.name: (one.n, one.filter, one.sort) for one in shown if one.view}
    assert found == {
        "equipe": (1, "team:vendas", "newest"),
        "quebrada": (None, "statu:pending", "newest"),
        "estranha": (None, "team:compras", "newest"),
    }
    assert [one.n for one in shown if not one.view][:5] == [0, 3, 3, 3, 3]


def test_only_what_may_have_changed_is_counted_again(office, model):
    office.conversations(3)
    known = views.Counted()

    def counts(who=office.ana):
        model.sync()
        found = views.build(office.store, model, who, NOW, known)
        return {one.key: one.n for one in found}

    first = counts()
    known.by_filter.update(dict.fromkeys(known.by_filter, 77))  # none of these is asked again
    with_a_clock = {"silent", "unowned", "forgotten"}
    assert counts() == {key: n if key in with_a_clock else 77 for key, n in first.items()}
    assert 77 not in counts(office.lia).values()
    assert counts() == first
    known.by_filter.update(dict.fromkeys(known.by_filter, 77))
    office.receive(phone=FIRST_PHONE + 9)
    assert counts() == {**first, **{key: n + 1 for key, n in first.items() if n == 3}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_views_speak_the_language_of_their_reader(office, model, language):
    office.run(actions.SavePreferences(language=language), by=office.ana)
    shown = build(office.store, model, office.today(office.ana.agent_id))
    told = {one.key: (one.name, one.why) for one in shown}
    assert {key: told[key] for key in KEYS} == {
        d.key: (d.name.in_(language), d.why.in_(language)) for d in DETECTORS
    }
    assert {told[key][0] for key, *_ in ORIGINALS} == {
        name.in_(language) for _, name, _ in ORIGINALS
    }
