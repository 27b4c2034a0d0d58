"""Linking instances to providers: what is kept, what is refused, and what nobody is shown."""

import pytest
from sqlalchemy import insert, select

from build import MONDAY_9H, Centre, Role
from console import actions
from console.actions import link as words
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import new_id
from console.domain.template import Template, TemplatePart
from console.store import accounts, dead_letters, holds, people, tables, templates
from console.store.accounts import Sealed


@pytest.fixture
def centre(store):
    return Centre(store)


def wish(centre, **changes):
    given = {
        "instance_id": centre.loja,
        "channel": "cloud",
        "provider_name": "104000000000001",
        "business": "77000000000001",
        "token": "sealed-token",
        "webhook_secrets": ("sealed-secret",),
        "verify_token": "sealed-verify",
    }
    return actions.LinkInstance(**given | changes)


def found(centre, instance_id=None):
    with centre.store.read() as connection:
        return accounts.link(connection, instance_id or centre.loja)


def newest_event(centre):
    wanted = select(tables.event.c.kind, tables.event.c.to_id, tables.event.c.actor_id)
    with centre.store.read() as connection:
        return tuple(connection.execute(wanted.order_by(tables.event.c.id.desc())).first())


def test_a_link_is_kept_and_the_instance_takes_its_channel(centre):
    centre.run(wish(centre))
    link = found(centre)
    assert (link.channel, link.provider_name, link.business) == (
        "cloud",
        "104000000000001",
        "77000000000001",
    )
    assert link.base_url == "https://graph.facebook.com/v23.0"
    assert link.sealed == Sealed("sealed-token", ("sealed-secret",), "sealed-verify")
    assert newest_event(centre) == ("instance_linked", centre.loja, centre.ana.agent_id)


def test_secrets_that_are_left_blank_stay(centre):
    centre.run(wish(centre))
    centre.run(wish(centre, token=None, webhook_secrets=None, verify_token=None, business="78000"))
    link = found(centre)
    assert link.sealed == Sealed("sealed-token", ("sealed-secret",), "sealed-verify")
    assert link.business == "78000"
    centre.run(wish(centre, token="new", webhook_secrets=("b", "a"), verify_token=None))
    assert found(centre).sealed == Sealed("new", ("b", "a"), "sealed-verify")


def test_linking_again_keeps_the_address_and_starts_afresh(centre):
    centre.run(wish(centre))
    route = found(centre).route

    def held(connection):
        holds.hold_fast(connection, centre.loja, "auth", MONDAY_9H)
        accounts.note_state(connection, centre.loja, "auth", "190", MONDAY_9H)

    centre.store.write(held)
    centre.run(wish(centre, token="new"))
    link = found(centre)
    assert (link.route, link.held_for, link.held_n, link.state) == (route, None, 0, "unknown")


EVOLUTION = {
    "channel": "evolution",
    "provider_name": "loja 1",
    "business": "",
    "base_url": "http://evolution:8080/",
    "verify_token": None,
}


def test_evolution_needs_neither_business_nor_verify_token(centre):
    centre.run(wish(centre, **EVOLUTION))
    link = found(centre)
    assert (link.channel, link.base_url, link.business) == (
        "evolution",
        "http://evolution:8080",
        "",
    )
    assert link.sealed == Sealed("sealed-token", ("sealed-secret",), "")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"channel": "none"}, words.NO_PROVIDER),
        ({"channel": "telegram"}, words.NO_PROVIDER),
        ({"provider_name": ""}, words.BAD_NAME),
        ({"provider_name": "+55 11 90000-0000"}, words.BAD_NAME),
        ({"provider_name": "104/../105"}, words.BAD_NAME),
        ({"business": ""}, words.BAD_BUSINESS),
        ({"business": "Loja"}, words.BAD_BUSINESS),
        ({"token": None}, words.NO_TOKEN),
        ({"token": ""}, words.NO_TOKEN),
        ({"webhook_secrets": None}, words.NO_SECRET),
        ({"webhook_secrets": ()}, words.NO_SECRET),
        ({"webhook_secrets": ("sealed", "")}, words.NO_SECRET),
        ({"verify_token": None}, words.NO_VERIFY_TOKEN),
        ({"verify_token": ""}, words.NO_VERIFY_TOKEN),
        ({"instance_id": 1}, words.NO_INSTANCE),
        ({**EVOLUTION, "provider_name": "../loja"}, words.BAD_NAME),
        ({**EVOLUTION, "provider_name": "loja "[:-1] + "?"}, words.BAD_NAME),
    ],
)
def test_what_could_not_work_is_refused_in_words(centre, changes, refusal):
    with pytest.raises(RuleError) as raised:
        centre.run(wish(centre, **changes))
    assert raised.value.text == refusal
    assert found(centre) is None


def test_plain_http_to_meta_is_refused(centre):
    with pytest.raises(RuleError, match="must begin with https"):
        centre.run(wish(centre, base_url="http://graph.facebook.com/v23.0"))


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "https://collector.example"},
        {"channel": "simulator", "base_url": "http://localhost:9"},
    ],
)
@pytest.mark.parametrize("kept", ["token", "webhook_secrets"])
def test_secrets_never_follow_to_a_new_address(centre, changes, kept):
    """Else whoever may change the address could read the token there."""
    centre.run(wish(centre))
    before = found(centre)
    with pytest.raises(RuleError) as raised:
        centre.run(wish(centre, **changes, **{kept: None}))
    assert raised.value.text == words.TOKEN_FOR_NEW_ADDRESS
    assert found(centre) == before


def test_with_new_secrets_the_address_may_change(centre):
    centre.run(wish(centre))
    centre.run(wish(centre, base_url="https://graph.facebook.com/v24.0", token="t2"))
    link = found(centre)
    assert (link.base_url, link.sealed.token) == ("https://graph.facebook.com/v24.0", "t2")


def test_two_instances_cannot_share_one_number(centre):
    centre.run(wish(centre))
    other = centre.instance("Loja 2")
    with pytest.raises(RuleError) as raised:
        centre.run(wish(centre, instance_id=other))
    assert raised.value.text == words.ALREADY_LINKED
    centre.run(wish(centre, instance_id=other, provider_name="104000000000002"))
    assert found(centre, other).provider_name == "104000000000002"


def test_a_new_address_ends_the_old_one(centre):
    centre.run(wish(centre))
    old = found(centre).route
    centre.run(actions.RotateRoute(centre.loja))
    with centre.store.read() as connection:
        assert accounts.link_by_route(connection, old) is None
    assert found(centre).route != old
    assert newest_event(centre)[:2] == ("route_rotated", centre.loja)


def test_pausing_and_resuming(centre):
    centre.run(wish(centre))
    centre.run(actions.PauseInstance(centre.loja))
    assert found(centre).is_paused
    assert newest_event(centre)[:2] == ("instance_paused", centre.loja)
    with pytest.raises(RuleError, match="paused already"):
        centre.run(actions.PauseInstance(centre.loja))
    centre.run(actions.ResumeInstance(centre.loja))
    assert not found(centre).is_paused
    assert newest_event(centre)[:2] == ("instance_resumed", centre.loja)
    with pytest.raises(RuleError, match="not paused"):
        centre.run(actions.ResumeInstance(centre.loja))


def test_resuming_also_ends_what_the_machine_holds(centre):
    centre.run(wish(centre))
    centre.store.write(lambda c: holds.hold(c, centre.loja, "throttle_number", MONDAY_9H))
    centre.run(actions.ResumeInstance(centre.loja))
    link = found(centre)
    assert (link.held_until_at, link.held_for, link.held_n) == (None, None, 0)


def test_what_a_test_found_is_kept(centre):
    centre.run(wish(centre))
    centre.run(actions.NoteHealth(centre.loja, "degraded", "quality YELLOW"))
    link = found(centre)
    assert (link.state, link.state_detail, link.state_at) == (
        "degraded",
        "quality YELLOW",
        centre.at,
    )
    assert newest_event(centre)[:2] == ("instance_checked", centre.loja)


PARTS = (
    TemplatePart("body", "Olá {{a}}, seu pedido {{b}} saiu.", 2, names=("a", "b")),
    TemplatePart("footer", "Loja"),
)
SENT = Template("pedido", "pt_BR", "UTILITY", "APPROVED", PARTS)


def test_templates_take_the_place_of_those_before(centre):
    centre.run(wish(centre))
    other = Template("oi", "pt_BR", "MARKETING", "PAUSED", ())
    centre.run(actions.SaveTemplates(centre.loja, (other, SENT)))
    assert newest_event(centre)[:2] == ("templates_fetched", centre.loja)
    centre.run(actions.SaveTemplates(centre.loja, (SENT, SENT)))
    with centre.store.read() as connection:
        assert templates.templates(connection, centre.loja) == [SENT]
        assert templates.fetched_at(connection, centre.loja) == centre.at
        assert templates.templates(connection, 1) == []
        assert templates.fetched_at(connection, 1) is None


@pytest.mark.parametrize(
    "make",
    [
        actions.RotateRoute,
        actions.PauseInstance,
        actions.ResumeInstance,
        lambda i: actions.NoteHealth(i, "ok"),
        lambda i: actions.SaveTemplates(i, ()),
    ],
)
def test_an_instance_without_a_link_has_nothing_to_change(centre, make):
    with pytest.raises(RuleError) as raised:
        centre.run(make(centre.loja))
    assert raised.value.text == words.NOT_LINKED


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_those_with_the_right_to_settings_link(centre, role):
    somebody = centre.agent("Bia", role)
    with pytest.raises(RuleError, match="does not allow"):
        centre.run(wish(centre), by=somebody)


def dead(centre, state="dead", **values):
    row = {
        "id": new_id(),
        "instance_id": centre.loja,
        "sha256": str(new_id()),
        "headers": "{}",
        "body": b"{}",
        "received_at": MONDAY_9H,
        "state": state,
        "attempts_n": 5,
        "facts_n": 0,
        "known_n": 0,
        "unhandled_n": 0,
        "problem": "no contact",
    }
    centre.store.write(lambda c: c.execute(insert(tables.webhook_raw).values(**row | values)))
    return row["id"]


def test_what_was_given_up_can_be_taken_in_again(centre):
    first, second = dead(centre), dead(centre, problem=None)
    with centre.store.read() as connection:
        shown = dead_letters.dead_letters(connection)
        assert dead_letters.dead_n(connection) == 2
    assert [(one.id, one.problem, one.attempts_n) for one in shown] == [
        (second, "", 5),
        (first, "no contact", 5),
    ]
    centre.run(actions.RetryWebhooks((first,)))
    t = tables.webhook_raw
    wanted = select(t.c.id, t.c.state, t.c.attempts_n, t.c.next_at, t.c.problem).order_by(t.c.id)
    with centre.store.read() as connection:
        rows = [tuple(row) for row in connection.execute(wanted)]
    assert rows == [(first, "new", 0, centre.at, None), (second, "dead", 5, None, None)]
    assert newest_event(centre)[:2] == (EventKind.WEBHOOKS_RETRIED, first)


def test_what_is_not_given_up_is_left_alone(centre):
    done = dead(centre, "done")
    with pytest.raises(RuleError) as raised:
        centre.run(actions.RetryWebhooks((done, 5)))
    assert raised.value.text == words.NOT_DEAD


def test_the_channel_of_an_instance_is_told_with_its_name(centre):
    centre.run(wish(centre))
    with centre.store.read() as connection:
        (loja,) = people.instances(connection)
    assert loja.channel == "cloud"
