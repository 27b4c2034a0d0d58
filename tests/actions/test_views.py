"""Saved views: who finds one, who may change it, and what is kept of it."""

import pytest

from build import Role
from console import actions
from console.actions.assign import NO_SUCH_TEAM
from console.actions.audience import NO_TEAM
from console.actions.base import NOT_ALLOWED
from console.actions.contacts import NAME_MISSING
from console.actions.settings import BAD_COLOUR
from console.actions.views import (
    FILTER_TOO_LONG,
    LONGEST_FILTER,
    NO_SUCH_SORT,
    NO_SUCH_VIEW,
)
from console.domain.audience import Audience
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import MINUTE, new_id
from console.domain.text import clean
from console.domain.view import View
from console.readmodel.rows import SORTS
from console.store import views
from office import Office, facts

PRIVATE, TEAM, EVERYBODY = Audience
PENDING = "status:pending"


class ViewOffice(Office):
    """An office with a second team, an agent and an analyst."""

    def __init__(self, store):
        super().__init__(store)
        self.other_id = self.team("Compras")
        self.davi = self.agent("Davi", Role.AGENT, self.team_id)
        self.dora = self.agent("Dora", Role.ANALYST)
        self.olga = self.agent("Olga", Role.TEAM_LEAD, self.other_id)
        self.everybody = (self.ana, self.bia, self.caio, self.lia, self.davi, self.dora, self.olga)

    def save(self, by, name="Fila", filter=PENDING, **fields):
        return self.run(actions.SaveView(name, filter, **fields), by=by).done[0]

    def team_view(self, by, team_id, **fields):
        return self.save(by, audience=TEAM, team_id=team_id, **fields)

    def remove(self, by, view_id):
        return self.run(actions.RemoveView(view_id), by=by)

    def found(self, who):
        with self.store.read() as connection:
            return views.views_of(connection, who)

    def view(self, view_id):
        return self.store.write(lambda connection: views.find_view(connection, view_id))

    def versions(self, view_id):
        with self.store.read() as connection:
            return views.versions(connection, view_id)

    def who_find(self, view_id):
        return {who.name for who in self.everybody if view_id in [v.id for v in self.found(who)]}


@pytest.fixture
def office(store):
    return ViewOffice(store)


def refusal(done):
    with pytest.raises(RuleError) as refused:
        done()
    return refused.value.text


def test_a_view_is_kept_as_it_was_typed_behind_the_others(office):
    first = office.save(office.davi, " Minha  fila ", "  status:pending   or unread ")
    second = office.save(office.davi, "Outra", sort="waiting", colour="#C9302C")
    assert office.found(office.davi) == [
        View(
            id=first,
            owner_id=office.davi.agent_id,
            audience=PRIVATE,
            team_id=None,
            name="Minha  fila",
            filter="  status:pending   or unread ",
            sort="newest",
            colour="#1a7f5a",
            position=1,
        ),
        View(
            id=second,
            owner_id=office.davi.agent_id,
            audience=PRIVATE,
            team_id=None,
            name="Outra",
            filter=PENDING,
            sort="waiting",
            colour="#C9302C",
            position=2,
        ),
    ]


def test_each_audience_finds_its_views_and_nobody_else(office):
    mine = office.save(office.davi)
    ours = office.team_view(office.lia, office.team_id)
    for_all = office.save(office.bia, audience=EVERYBODY)
    assert office.who_find(mine) == {"Davi"}
    assert office.who_find(ours) == {"Ana", "Bia", "Caio", "Lia", "Davi"}
    assert office.who_find(for_all) == {who.name for who in office.everybody}


def test_a_person_who_changes_teams_finds_the_views_of_the_new_one(office):
    ours = office.team_view(office.lia, office.team_id)
    assert office.who_find(ours) >= {"Davi"}
    wish = actions.SaveAgent(
        "davi@loja.example", "Davi", Role.AGENT, (office.other_id,), True, office.davi.agent_id
    )
    office.run(wish)
    assert ours not in [view.id for view in office.found(office.today(office.davi.agent_id))]


def test_whom_a_person_may_address(office):
    wishes = {
        "private": {},
        "own": {"audience": TEAM, "team_id": office.team_id},
        "other": {"audience": TEAM, "team_id": office.other_id},
        "everybody": {"audience": EVERYBODY},
    }
    allowed = {
        office.ana: {"private", "own", "other", "everybody"},
        office.bia: {"private", "own", "other", "everybody"},
        office.lia: {"private", "own"},
        office.olga: {"private", "other"},
        office.davi: {"private"},
        office.dora: {"private"},
    }
    for who, addresses in allowed.items():
        for key, fields in wishes.items():
            if key in addresses:
                assert office.save(who, **fields)
            else:
                assert refusal(lambda f=fields, w=who: office.save(w, **f)) == NOT_ALLOWED
    assert len(office.found(office.ana)) == 1 + 2 * 3 + 2  # her own, and all that are shared


def test_who_may_change_and_remove_which_view(office):
    allowed = {
        office.ana: {"ours", "for_all"},
        office.bia: {"ours", "for_all"},
        office.lia: {"ours"},  # hers
        office.davi: {"mine"},  # his
        office.olga: set(),
    }
    for who, changes in allowed.items():
        made = {
            "mine": office.save(office.davi),
            "ours": office.team_view(office.lia, office.team_id),
            "for_all": office.save(office.caio, audience=EVERYBODY),
        }
        found = {view.id for view in office.found(who)}
        for key in made.keys() - changes:
            before = office.view(made[key])
            wishes = (
                actions.SaveView("X", "unread", view_id=before.id),
                actions.RemoveView(before.id),
            )
            for wish in wishes:
                told = refusal(lambda w=wish, by=who: office.run(w, by=by))
                assert told == (NOT_ALLOWED if before.id in found else NO_SUCH_VIEW)
            assert office.view(before.id) == before
        for key in changes:
            as_it_is = {"audience": TEAM, "team_id": office.team_id} if key == "ours" else {}
            office.save(who, "Mudada", view_id=made[key], **as_it_is)
            assert office.view(made[key]).name == "Mudada"
            if key != "for_all":  # turned private, it is only its owner's to remove
                office.remove(who, made[key])
                assert office.view(made[key]) is None


def test_every_version_is_kept_also_of_a_view_that_is_removed(office):
    made = office.save(office.bia, "Fila", PENDING)
    begun = office.at
    office.save(office.bia, "Fila 2", "unread", view_id=made, audience=EVERYBODY)
    office.remove(office.ana, made)
    (three, by_ana, ended, gone), (two, _, _, second), (one, by_bia, at, first) = office.versions(
        made
    )
    assert (three, two, one) == (3, 2, 1)
    assert (by_ana, by_bia) == (office.ana.agent_id, office.bia.agent_id)
    assert (at, ended) == (begun, begun + 2 * MINUTE)
    assert gone is None
    assert [(v["name"], v["filter"], v["audience"]) for v in (first, second)] == [
        ("Fila", PENDING, "private"),
        ("Fila 2", "unread", "everybody"),
    ]
    assert len(facts(office.store, kind=EventKind.VIEW_SAVED, to_id=made)) == 3


def test_a_change_leaves_owner_and_place_unless_a_place_is_named(office):
    first = office.save(office.bia, audience=EVERYBODY)
    second = office.save(office.bia, audience=EVERYBODY)
    office.save(office.ana, "Fila", view_id=first, audience=EVERYBODY)
    assert (office.view(first).owner_id, office.view(first).position) == (office.bia.agent_id, 1)
    office.save(office.ana, "Fila", view_id=first, audience=EVERYBODY, position=9)
    assert [view.id for view in office.found(office.bia)] == [second, first]


def test_a_view_goes_where_it_is_put_and_the_others_keep_their_order(office):
    a, b, c, d = (office.save(office.bia, name, audience=EVERYBODY) for name in "abcd")

    def put(view_id, position):
        view = office.view(view_id)
        office.save(office.bia, view.name, view_id=view_id, audience=EVERYBODY, position=position)
        return [view.id for view in office.found(office.bia)]

    assert put(c, office.view(b).position) == [a, c, b, d]
    assert put(c, office.view(b).position + 1) == [a, b, c, d]
    assert put(d, office.view(a).position) == [d, a, b, c]
    assert put(d, office.view(c).position + 1) == [a, b, c, d]
    new = office.save(office.bia, "e", audience=EVERYBODY, position=office.view(b).position)
    assert [view.id for view in office.found(office.bia)] == [a, new, b, c, d]
    versions = [len(office.versions(view_id)) for view_id in (a, b, c, d)]
    assert versions == [1, 1, 3, 3]  # who made room was not changed by anybody


def test_a_view_that_turns_private_forgets_its_team(office):
    made = office.team_view(office.bia, office.team_id)
    office.save(office.bia, view_id=made, team_id=office.team_id)
    assert (office.view(made).audience, office.view(made).team_id) == (PRIVATE, None)
    assert office.who_find(made) == {"Bia"}


def test_a_removed_view_is_gone_for_everybody_and_for_every_wish(office):
    made = office.save(office.bia, audience=EVERYBODY)
    assert office.who_find(made) == {who.name for who in office.everybody}
    office.remove(office.bia, made)
    assert office.who_find(made) == set()
    assert refusal(lambda: office.remove(office.bia, made)) == NO_SUCH_VIEW
    assert refusal(lambda: office.save(office.bia, view_id=made)) == NO_SUCH_VIEW
    assert refusal(lambda: office.remove(office.bia, new_id())) == NO_SUCH_VIEW


def test_a_view_that_cannot_be_kept_is_refused_in_words(office):
    wishes = [
        ({"colour": "red"}, BAD_COLOUR),
        ({"colour": "#12345"}, BAD_COLOUR),
        ({"colour": "#1a7f5a\n"}, BAD_COLOUR),
        ({"audience": TEAM}, NO_TEAM),
        ({"audience": TEAM, "team_id": 7}, NO_SUCH_TEAM),
        ({"name": " "}, NAME_MISSING),
        ({"sort": "sideways"}, NO_SUCH_SORT.with_(sort="sideways", sorts=", ".join(SORTS))),
        ({"filter": "x" * (LONGEST_FILTER + 1)}, FILTER_TOO_LONG),
    ]
    told = [refusal(lambda f=fields: office.save(office.ana, **f)) for fields, _ in wishes]
    assert told == [why for _, why in wishes]
    assert office.found(office.ana) == []


def test_whatever_can_be_typed_can_be_kept(office):
    made = office.save(office.davi, "a\x00b", 'x "\x00\ud800" 😀')
    assert office.view(made).name == clean("a\x00b").text
    assert office.view(made).filter == clean('x "\x00\ud800" 😀').text
