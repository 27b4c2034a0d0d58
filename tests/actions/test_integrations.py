import pytest

from build import MONDAY_9H, Centre, Role
from console import actions
from console.actions.integrations import NO_INTEGRATION
from console.domain.errors import RuleError
from console.domain.ids import MINUTE
from console.store import integrations
from console.store.integrations import hash_of, integration_of, new_token, note_use


@pytest.fixture
def centre(store):
    return Centre(store)


def made(centre, name="ERP da loja"):
    token = new_token()
    return token, centre.run(actions.SaveIntegration(name, hash_of(token))).done[0]


def holder(centre, token):
    with centre.store.read() as connection:
        return integration_of(connection, token)


def test_a_token_names_its_integration_and_is_kept_nowhere(centre):
    token, integration_id = made(centre)
    assert token.startswith("central_")
    assert len(token) == 8 + 43
    one = holder(centre, token)
    assert (one.id, one.key, one.name, one.is_active) == (
        integration_id,
        "erp-da-loja",
        "ERP da loja",
        True,
    )
    with centre.store.read() as connection:
        kept = connection.exec_driver_sql("select * from integration").all()
        commands = connection.exec_driver_sql("select * from command").all()
    assert token not in str(kept) + str(commands)


@pytest.mark.parametrize("token", ["", "central_", "x" * 5_000, "\ud800"])
def test_another_token_names_nobody(centre, token):
    made(centre)
    assert holder(centre, token) is None


def test_the_hash_is_no_token(centre):
    token, _ = made(centre)
    assert holder(centre, hash_of(token)) is None


def test_a_revoked_token_ends_at_once_and_gives_its_name_up(centre):
    token, first = made(centre)
    centre.run(actions.RevokeIntegration(first))
    assert holder(centre, token) is None
    token, second = made(centre)
    with centre.store.read() as connection:
        shown = [(i.id, i.is_active) for i in integrations.integrations(connection)]
    assert shown == [(second, True), (first, False)]
    assert holder(centre, token).id == second


def test_a_name_in_use_is_refused(centre):
    made(centre)
    with pytest.raises(RuleError, match="one of this name"):
        made(centre, "erp da LOJA")


@pytest.mark.parametrize("integration_id", [1, "revoked"])
def test_only_what_is_active_can_be_revoked(centre, integration_id):
    if integration_id == "revoked":
        integration_id = made(centre)[1]
        centre.run(actions.RevokeIntegration(integration_id))
    with pytest.raises(RuleError) as raised:
        centre.run(actions.RevokeIntegration(integration_id))
    assert raised.value.text == NO_INTEGRATION


def test_a_supervisor_makes_no_tokens(centre):
    with pytest.raises(RuleError, match="does not allow"):
        centre.run(actions.SaveIntegration("ERP", "0" * 64), by=centre.agent("B", Role.SUPERVISOR))


def test_its_use_is_noted_to_the_minute(centre):
    token, _ = made(centre)
    for at in (MONDAY_9H, MONDAY_9H + 1, MONDAY_9H + MINUTE):
        note_use(centre.store, holder(centre, token), at)
    assert holder(centre, token).used_at == MONDAY_9H + MINUTE
    note_use(centre.store, holder(centre, token), MONDAY_9H + MINUTE + 1)
    assert holder(centre, token).used_at == MONDAY_9H + MINUTE
