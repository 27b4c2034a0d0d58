"""The live board's queue against plain Python, and against the count of each expression."""

from itertools import pairwise

import pytest

from console.config import Settings
from console.domain.agent import Acting, Role
from console.domain.ids import MINUTE, SECOND
from console.readmodel import ask, expression
from console.readmodel.board import EDGES, Board, Part
from console.readmodel.model import ReadModel
from console.store.work import open_store
from readmodel import crowd
from readmodel.crowd import EVERYBODY, NOW, SUPERVISOR

NOWHERE = Acting(8, "Bia", Role.TEAM_LEAD)
OWNERS = {"by_assignee": "assignee_id", "by_team": "team_id", "by_instance": "instance_id"}


@pytest.fixture(scope="module")
def filled(sqlite_template, tmp_path_factory):
    """A store whose waits lie on, just before and just behind every edge of a band."""
    import shutil

    from sqlalchemy import select, update

    from console.store.tables import conversation

    folder = tmp_path_factory.mktemp("board")
    shutil.copy(sqlite_template, folder / "central.db")
    store = open_store(f"sqlite:///{folder}/central.db")
    crowd.fill(store, 300)
    waits = [edge * SECOND + step for edge in EDGES for step in (-1, 0, 1)]
    waits += [0, -MINUTE, MINUTE]

    def spread(connection):
        wanted = select(conversation.c.id).where(conversation.c.waiting_since_at.is_not(None))
        for n, row in enumerate(connection.execute(wanted.order_by(conversation.c.id)).all()):
            since = NOW - waits[n % len(waits)]
            which = conversation.c.id == row.id
            connection.execute(update(conversation).where(which).values(waiting_since_at=since))

    store.write(spread)
    model = ReadModel.open(store, folder / "readmodel", Settings())
    yield model, crowd.conversations(store)
    model.close()
    store.close()


def queue(rows, who):
    return [
        row
        for row in rows
        if row["status"] == "pending" and who.scope.covers(row["assignee_id"], row["team_id"])
    ]


def part(rows):
    since = [row["waiting_since_at"] for row in rows if row["waiting_since_at"] is not None]
    unread = sum(row["unread_n"] > 0 for row in rows)
    return Part(len(rows), len(since), min(since, default=None), unread)


def parts(rows, column):
    keys = {row[column] for row in rows}
    return {key: part([row for row in rows if row[column] == key]) for key in keys}


def bands(rows):
    waits = [NOW - row["waiting_since_at"] for row in rows if row["waiting_since_at"] is not None]
    edges = [-(2**62), *(edge * SECOND for edge in EDGES), 2**62]
    return tuple(sum(low < wait <= high for wait in waits) for low, high in pairwise(edges))


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.role)
def test_the_board_counts_what_plain_python_counts(filled, who):
    model, rows = filled
    mine = queue(rows, who)
    found = ask.board(model, who, NOW)
    assert found.whole == part(mine)
    assert found.bands == bands(mine)
    assert min(found.bands) > 0
    assert sum(found.bands) == found.whole.waiting_n
    for name, column in OWNERS.items():
        assert getattr(found, name) == parts(mine, column)


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.role)
def test_a_band_is_the_count_of_its_durations(filled, who):
    model, _ = filled
    texts = [
        "waiting<=15m",
        "waiting>15m waiting<=1h",
        "waiting>1h waiting<=4h",
        "waiting>4h waiting<=24h",
        "waiting>24h waiting<=3d",
        "waiting>3d",
    ]
    counted = [ask.count(model, expression.parse(f"pending {t}"), who, NOW) for t in texts]
    assert ask.board(model, who, NOW).bands == tuple(counted)


def test_others_teams_are_not_on_the_board_of_a_lead(filled):
    model, rows = filled
    everything = ask.board(model, SUPERVISOR, NOW)
    assert {5, 6, None} <= set(everything.by_team)
    lead = crowd.LEAD
    assert set(ask.board(model, lead, NOW).by_team) == {5, None}
    assert ask.board(model, lead, NOW).by_team[None].open_n == len(
        [r for r in queue(rows, lead) if r["team_id"] is None and r["assignee_id"] == 7]
    )


def test_without_conversations_the_board_is_empty(filled):
    model, _ = filled
    assert ask.board(model, NOWHERE, NOW) == Board()
