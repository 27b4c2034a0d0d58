"""Two contacts that are one person: joined, parted, kept apart; on both stores."""

import pytest
from sqlalchemy import select

from build import Centre, Role
from console import actions
from console.actions import base, merge
from console.config import Settings
from console.domain.contact import Address
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import id_floor
from console.readmodel import ask
from console.readmodel.model import ReadModel
from console.readmodel.tree import Everything
from console.store import identity, likeness, merges, tables
from console.store.contacts import contact_page
from console.store.doctor import examine
from console.store.rows import event_of, load_contacts

HOME, SHOP = 5531987654321, 5511900000002


@pytest.fixture
def centre(store):
    return Centre(store)


@pytest.fixture
def pair(centre):
    """Two contacts of two instances, and their conversations."""
    other = centre.instance("Loja 2")
    talks = (
        centre.receive("Oi", HOME, "João"),
        centre.receive("Oi de novo", SHOP, "João Silva", instance=other),
    )
    return tuple(centre.state(talk).contact_id for talk in talks), talks


def contact(centre, contact_id):
    with centre.store.read() as connection:
        return load_contacts(connection, [contact_id])[0]


def everything(centre, *names):
    """All rows of these tables, as sets of what they say; versions and the order aside."""
    with centre.store.read() as connection:
        return {
            name: sorted(
                tuple((k, v) for k, v in row.items() if k != "version")
                for row in connection.execute(select(tables.metadata.tables[name])).mappings()
            )
            for name in names
        }


def facts(centre, *kinds):
    wanted = select(tables.event).where(tables.event.c.kind.in_(kinds)).order_by(tables.event.c.id)
    with centre.store.read() as connection:
        return [event_of(row) for row in connection.execute(wanted).mappings()]


def merged(centre, kept, gone, **options):
    """The merge that a person makes of two contacts."""
    outcome = centre.run(actions.MergeContacts(kept, gone), **options)
    assert outcome.done == (kept,)
    return outcome.made[kept]


def test_the_kept_contact_has_everything_of_the_other(centre, pair):
    (kept, gone), talks = pair
    merge_id = merged(centre, kept, gone)
    assert [a.value for a in contact(centre, kept).addresses] == [str(HOME), str(SHOP)]
    assert contact(centre, gone).addresses == ()
    assert [centre.state(talk).contact_id for talk in talks] == [kept, kept]
    (told,) = facts(centre, EventKind.CONTACTS_MERGED)
    assert (told.actor_kind, told.actor_id) == ("agent", centre.ana.agent_id)
    assert (told.contact_id, told.from_id, told.to_id) == (kept, gone, merge_id)
    talk = centre.receive("E eu de novo", SHOP, "João Silva", instance=centre.state(talks[1])[1])
    assert talk == talks[1]


def test_parting_gives_everything_back(centre, pair):
    (kept, gone), _ = pair
    names = ("contact", "address", "conversation", "message", "conversation_label")
    before = everything(centre, *names)
    merge_id = merged(centre, kept, gone)
    assert everything(centre, *names) != before
    assert centre.run(actions.PartContacts(merge_id)).done == (kept,)
    assert everything(centre, *names) == before
    told = facts(centre, EventKind.CONTACTS_PARTED)
    assert [(e.contact_id, e.from_id, e.to_id) for e in told] == [
        (kept, gone, merge_id),
        (gone, kept, merge_id),
    ]
    with pytest.raises(RuleError, match="separated already"):
        centre.run(actions.PartContacts(merge_id))


def test_the_store_is_whole_and_the_read_model_follows(centre, pair, tmp_path):
    (kept, gone), talks = pair
    opened = ReadModel.open(centre.store, tmp_path / "readmodel", Settings())
    merge_id = merged(centre, kept, gone)
    for names in (["João", "João"], ["João", "João Silva"]):
        opened.sync()
        rows = ask.rows(opened, Everything(), centre.ana, sorted(talks), centre.at)
        assert sorted(row.contact_name for row in rows) == names
        with centre.store.read() as connection:
            assert list(examine(connection)) == []
        if names[1] == "João":
            centre.run(actions.PartContacts(merge_id))
    opened.close()


@pytest.mark.parametrize("is_first", [True, False])
def test_the_stricter_block_holds_for_both(centre, pair, is_first):
    (kept, gone), _ = pair
    centre.run(actions.Block(), kept if is_first else gone)
    merge_id = merged(centre, kept, gone)
    assert contact(centre, kept).is_blocked
    centre.run(actions.PartContacts(merge_id))
    assert contact(centre, kept).is_blocked is is_first
    assert contact(centre, gone).is_blocked is not is_first


def test_a_block_of_both_stays_with_both(centre, pair):
    (kept, gone), _ = pair
    merge_id = merged(centre, kept, gone)
    centre.run(actions.Block(), kept)
    centre.run(actions.PartContacts(merge_id))
    assert [contact(centre, i).is_blocked for i in (kept, gone)] == [True, True]


def test_what_was_allowed_again_is_not_blocked_by_parting(centre, pair):
    (kept, gone), _ = pair
    centre.run(actions.Block(), gone)
    merge_id = merged(centre, kept, gone)
    centre.run(actions.Unblock(), kept)
    centre.run(actions.PartContacts(merge_id))
    assert [contact(centre, i).is_blocked for i in (kept, gone)] == [False, True]


def test_the_block_of_a_contact_that_a_provider_joins_holds(centre, pair):
    (kept, gone), _ = pair
    centre.run(actions.Block(), gone)
    both = [Address("phone", str(n), str(n)) for n in (HOME, SHOP)]
    centre.store.write(lambda c: identity.contact_of(c, both, "João", centre.at))
    assert contact(centre, kept).is_blocked


def test_an_email_is_given_and_taken_back_unless_it_was_changed(centre, pair):
    (kept, gone), _ = pair
    centre.run(actions.EditContact("João Silva", "joao@loja.example"), gone)
    first = merged(centre, kept, gone)
    assert (contact(centre, kept).name, contact(centre, kept).email) == (
        "João",
        "joao@loja.example",
    )
    centre.run(actions.PartContacts(first))
    assert contact(centre, kept).email is None
    second = merged(centre, kept, gone)
    centre.run(actions.EditContact("João", "outro@loja.example"), kept)
    centre.run(actions.PartContacts(second))
    assert contact(centre, kept).email == "outro@loja.example"


def test_who_is_gone_is_found_nowhere_and_opens_as_whom_they_are(centre, pair):
    (kept, gone), talks = pair
    merged(centre, kept, gone)
    with centre.store.read() as connection:
        assert contact_page(connection, centre.ana.scope, "", limit=9, offset=0) == ([kept], 1)
        assert merges.current(connection, gone) == kept
        assert merges.parts_of(connection, [kept]) == {kept: kept, gone: kept}
    outcome = centre.run(actions.EditContact("Novo", ""), gone)
    assert outcome.refused == {gone: base.CONTACT_NOT_FOUND}
    assert others(centre, gone) == ([], set())
    instance = centre.state(talks[1]).instance_id
    assert centre.run(actions.Open(instance, gone)).done == (talks[1],)
    with pytest.raises(RuleError, match="no such contact"):
        centre.run(actions.MergeContacts(gone, kept))


def test_merges_of_merges_are_reversed_in_their_order(centre, pair):
    (first, second), _ = pair
    third = centre.state(centre.receive("Olá", 5541900000003, "João S")).contact_id
    inner = merged(centre, second, third)
    outer = merged(centre, first, second)
    with centre.store.read() as connection:
        assert merges.parts_of(connection, [first]) == dict.fromkeys((first, second, third), first)
        assert [m.gone_id for m in merges.merges_into(connection, first)] == [second]
    with pytest.raises(RuleError, match="latest merge first"):
        centre.run(actions.PartContacts(inner))
    for merge_id in (outer, inner):
        centre.run(actions.PartContacts(merge_id))
    assert [len(contact(centre, i).addresses) for i in (first, second, third)] == [1, 1, 1]


def test_a_group_is_joined_to_nobody(centre, pair):
    (kept, _), _ = pair
    group = [Address("group", "1203@g.us", "1203@g.us", "evolution")]
    made = centre.store.write(lambda c: identity.contact_of(c, group, "Vizinhos", centre.at))
    for one, other in ((kept, made), (made, kept)):
        with pytest.raises(RuleError, match="group is not a person"):
            centre.run(actions.MergeContacts(one, other))
    with pytest.raises(RuleError, match="two different"):
        centre.run(actions.MergeContacts(kept, kept))
    assert facts(centre, EventKind.CONTACTS_MERGED) == []


def test_agents_join_nobody_and_leads_only_what_they_see(centre, pair):
    (kept, gone), talks = pair
    bruno = centre.agent("Bruno")
    for wish in (actions.MergeContacts(kept, gone), actions.KeepApart(kept, gone)):
        with pytest.raises(RuleError, match="role does not allow"):
            centre.run(wish, by=bruno)
    team = centre.team("Vendas")
    lead = centre.agent("Lia", Role.TEAM_LEAD, team)
    with pytest.raises(RuleError, match="no such contact"):
        centre.run(actions.MergeContacts(kept, gone), by=lead)
    other = centre.receive("Oi", HOME, "João", instance=centre.instance("Loja 3"))
    centre.run(actions.AssignTeam(team), talks[0], talks[1])
    with pytest.raises(RuleError, match="may not see"):
        centre.run(actions.MergeContacts(kept, gone), by=lead)
    centre.run(actions.AssignTeam(team), other)
    merged(centre, kept, gone, by=lead)


def test_a_contact_that_does_not_exist_is_refused(centre, pair):
    (kept, _), _ = pair
    nobody = id_floor(centre.at)
    for wish in (actions.MergeContacts(kept, nobody), actions.KeepApart(nobody, kept)):
        with pytest.raises(RuleError, match="no such contact"):
            centre.run(wish)
    with pytest.raises(RuleError, match="two different"):
        centre.run(actions.KeepApart(kept, kept))


def test_the_same_key_joins_once(centre, pair):
    (kept, gone), _ = pair
    wish = actions.MergeContacts(kept, gone)
    assert centre.run(wish, key="once-only") == centre.run(wish, key="once-only")
    assert len(facts(centre, EventKind.CONTACTS_MERGED)) == 1


def test_what_a_merge_moves_is_counted_before(centre, pair):
    (_, gone), talks = pair
    centre.run(actions.Label(centre.label("VIP")), talks[1])
    with centre.store.read() as connection:
        assert merges.counts_of(connection, gone) == {
            "addresses": 1,
            "conversations": 1,
            "labels": 1,
        }
    assert merge.is_group(contact(centre, gone)) is False


def others(centre, contact_id):
    with centre.store.read() as connection:
        one = likeness.person(connection, contact_id)
        found = [other.id for other in likeness.alike(connection, one)]
        return found, likeness.answered(connection, contact_id, found)


def test_who_is_alike_is_found_by_address_email_and_the_end_of_a_number(centre, pair):
    (kept, gone), _ = pair
    centre.receive("Oi", 5521900000009, "Estranha")
    assert others(centre, kept) == ([], set())
    tail = centre.state(centre.receive("Oi", 5548987654321, "João")).contact_id
    assert others(centre, kept) == ([tail], set())
    centre.run(actions.EditContact("João", "Joao@Loja.example"), kept)
    centre.run(actions.EditContact("J", "joao@loja.example"), gone)
    assert others(centre, kept) == ([tail, gone], set())
    merged(centre, kept, tail)
    assert others(centre, kept) == ([gone], set())


def test_the_old_contact_of_a_number_and_its_new_one_are_alike(centre):
    """A reassigned number is retired; that it was there is what makes Central ask."""
    number = Address("phone", str(HOME), str(HOME))
    made = [
        centre.store.write(
            lambda c, who=who: identity.contact_of(
                c, [number, Address("bsuid", who, who, "loja")], who, centre.at
            )
        )
        for who in ("BR.1", "BR.2")
    ]
    assert others(centre, made[0]) == ([made[1]], set())
    assert others(centre, made[1]) == ([made[0]], set())


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_no_is_remembered_whichever_was_asked(centre, pair, is_turned):
    (kept, gone), _ = pair
    for one in (kept, gone):
        centre.run(actions.EditContact("João", "joao@loja.example"), one)
    centre.run(actions.KeepApart(*((gone, kept) if is_turned else (kept, gone))))
    assert others(centre, kept) == ([gone], {gone})
    assert others(centre, gone) == ([kept], {kept})


def test_who_was_parted_is_not_asked_about_again(centre, pair):
    (kept, gone), _ = pair
    for one in (kept, gone):
        centre.run(actions.EditContact("João", "joao@loja.example"), one)
    centre.run(actions.PartContacts(merged(centre, kept, gone)))
    assert others(centre, gone) == ([kept], {kept})
