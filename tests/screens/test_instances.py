"""The page of instances: how each is, in words; what is asked of providers; what is shown once."""

import base64
import sys
import types
from typing import ClassVar

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

import machine
from build import Centre, Role
from console import actions, auth
from console.channels import CHANNELS
from console.channels.base import (
    Health,
    HealthState,
    Pairing,
    Template,
    TemplatePart,
)
from console.config import Settings
from console.domain import ids
from console.domain.ids import HOUR, MINUTE
from console.gate.runtime import HOUSE, Runtime
from console.readmodel.model import ReadModel
from console.screens import instances
from console.screens.instances import Standing
from console.screens.linking import Typed, prepare
from console.store import accounts, holds, tables
from console.store.integrations import integration_of
from console.store.templates import templates
from console.store.vault import open_vault
from console.ui.instances.dialogs import png_of
from console.ui.options import SESSION_KEY

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 8
DIALOGS = """
from console.domain import ids
from console.screens import instances as screen
from console.ui import context
from console.ui.instances import dialogs, linking, systems

signed = context.present()
shown = screen.build(context.runtime().store, ids.now())
line = shown.lines[0]
"""


class Provider:
    """A channel that answers what the test has put here."""

    told: ClassVar = {}

    def __init__(self, account):
        self.account = account

    def health(self):
        return self._say("health")

    def pairing(self):
        return self._say("pairing")

    def templates(self):
        return self._say("templates")

    def _say(self, name):
        found = self.told[name]
        if isinstance(found, Exception):
            raise found
        return found


class Office:
    def __init__(self, store, model, settings):
        self.store, self.model, self.settings = store, model, settings
        self.centre = Centre(store, at=ids.now() - 30 * MINUTE)
        self.vault = open_vault(store, settings)

    @property
    def loja(self):
        return self.centre.loja

    def link(self, channel="cloud", instance_id=None, name="104000000000001"):
        is_evolution = channel == "evolution"
        url = "" if channel == "cloud" else "http://localhost:9"
        business = "" if is_evolution else "77000000000001"
        secret = "" if is_evolution else "segredo-canario"
        typed = Typed(channel, name, url, business, "token-canario", secret)
        made = prepare(self.vault, instance_id or self.loja, typed, None)
        self.centre.run(made.wish)
        return made

    def write(self, unit):
        self.store.write(unit)

    def found(self):
        with self.store.read() as connection:
            return accounts.link(connection, self.loja)

    def page(self, **query):
        self.model.sync()
        test = AppTest.from_file(str(machine.ROOT / "console/ui/frame.py"), default_timeout=20)
        self._sign_in(test)
        test.query_params.update(query)
        test.switch_page(str(machine.ROOT / "pages/instances.py"))
        return test.run()

    def dialog(self, drawn):
        test = AppTest.from_string(f"{DIALOGS}\n{drawn}", default_timeout=20)
        return self._sign_in(test).run()

    def _sign_in(self, test):
        agent_id = self.centre.ana.agent_id
        signed = auth.start_session(self.store, self.settings, agent_id, ids.now())
        test.user = {"is_logged_in": True, SESSION_KEY: auth.hash_token(signed.token)}
        return test


@pytest.fixture
def office(sqlite_store, tmp_path, model_folder, monkeypatch):
    settings = Settings(home=tmp_path, store=sqlite_store.url)
    folder = model_folder(sqlite_store, tmp_path / "readmodel")
    model = ReadModel.open(sqlite_store, folder, settings)
    HOUSE.move_in(Runtime(settings, sqlite_store, model))
    monkeypatch.setitem(sys.modules, "provider", types.SimpleNamespace(Provider=Provider))
    for key in CHANNELS:
        monkeypatch.setitem(CHANNELS, key, ("provider", "Provider"))
    monkeypatch.setattr(Provider, "told", {})
    yield Office(sqlite_store, model, settings)
    HOUSE.move_out()
    model.close()


def shown(test):
    kinds = ("title", "markdown", "caption", "info", "warning", "error", "success")
    return [element.value for kind in kinds for element in test.get(kind)]


def told(test):
    """What the page says, without the signs that keep words from being Markdown."""
    assert [e.message for e in test.exception] == []
    return "\n".join(map(str, shown(test))).replace("\\", "").replace("\u2060", "")


def labels(test):
    return [button.label for button in test.button]


def standing(office):
    return instances.build(office.store, ids.now()).lines[0].standing


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (lambda c, i: None, Standing.UNTESTED),
        (lambda c, i: accounts.note_state(c, i, "ok", "", 1), Standing.OK),
        (lambda c, i: accounts.note_state(c, i, "open", "", 1), Standing.OK),
        (lambda c, i: accounts.note_state(c, i, "degraded", "", 1), Standing.DEGRADED),
        (lambda c, i: accounts.note_state(c, i, "down", "", 1), Standing.DOWN),
        (lambda c, i: accounts.note_state(c, i, "auth", "", 1), Standing.AUTH),
        (lambda c, i: accounts.note_state(c, i, "close", "", 1), Standing.DISCONNECTED),
        (lambda c, i: accounts.note_state(c, i, "strange", "", 1), Standing.UNTESTED),
        (lambda c, i: holds.hold_fast(c, i, "auth", 1), Standing.AUTH),
        (lambda c, i: holds.hold(c, i, "throttle_number", 2**60), Standing.HELD),
        (lambda c, i: holds.hold(c, i, "throttle_number", 1), Standing.UNTESTED),
        (lambda c, i: accounts.update_link(c, i, {"is_paused": True}), Standing.PAUSED),
    ],
)
def test_what_matters_most_stands_first(office, unit, expected):
    office.link()
    office.write(lambda c: unit(c, office.loja))
    assert standing(office) is expected


def test_an_instance_without_a_channel_or_out_of_use_says_so(office):
    assert standing(office) is Standing.UNLINKED
    office.centre.run(actions.SaveInstance("Loja", "none", "", False, instance_id=office.loja))
    assert standing(office) is Standing.OFF


def test_every_standing_has_a_name_in_three_languages():
    for one in Standing:
        text = instances.STANDING_NAMES[one]
        assert all((text.pt, text.en, text.es))


def test_a_card_tells_when_something_came_in_and_nothing_secret(office):
    office.link()
    office.write(lambda c: accounts.note_inbound(c, office.loja, ids.now() - 2 * HOUR))
    said = told(office.page())
    assert "Última mensagem recebida há 2 horas" in said
    assert "WhatsApp Cloud API" in said
    assert "canario" not in said


def test_a_paused_instance_tells_what_waits_and_since_when(office):
    office.link()
    talk = office.centre.receive()
    test = office.page()
    assert "fila de envio" not in told(test)
    test.button(key=f"instances:{office.loja}:pause").click().run()
    office.centre.run(actions.Reply("Oi"), talk)
    office.centre.run(actions.Reply("Oi de novo"), talk)
    test.run()
    assert "2 mensagens na fila de envio, a mais antiga escrita há" in told(test)
    test.button(key=f"instances:{office.loja}:resume").click().run()
    assert not office.found().is_paused


def test_one_message_that_waits_is_told_of_in_the_singular(office):
    office.link()
    talk = office.centre.receive()
    office.centre.run(actions.Reply("Oi"), talk)
    office.write(lambda c: holds.hold(c, office.loja, "throttle_number", ids.now(), for_s=3600))
    said = told(office.page())
    assert "1 mensagem na fila de envio, escrita há" in said
    assert "O envio continua sozinho" in said


def test_the_connection_is_tested_and_the_answer_kept(office):
    office.link()
    Provider.told = {"health": Health(HealthState.AUTH, "code 190")}
    test = office.page()
    test.button(key=f"instances:{office.loja}:test").click().run()
    said = told(test)
    assert "O provedor recusou o acesso" in said
    assert "Resposta do provedor: code 190." in said
    assert (office.found().state, office.found().state_detail) == ("auth", "code 190")
    assert f"instances:{office.loja}:mend" in [button.key for button in test.button]


def test_a_lost_key_is_told_with_the_way_out(office):
    office.link()
    (office.settings.home / "secret.key").unlink()
    test = office.page()
    test.button(key=f"instances:{office.loja}:test").click().run()
    assert "Os segredos não podem ser abertos" in told(test)
    assert "Os segredos não podem ser abertos" in told(office.dialog("dialogs.webhook(line, 'pt')"))
    linked = office.dialog("linking.ask(line, 'pt')")
    linked.text_input[2].set_value("outro-token-canario")
    linked.button[-1].click().run()
    assert "Os segredos não podem ser abertos" in told(linked)


def test_the_notice_of_evolution_stands_on_both_pages(office):
    notice = (
        "Este canal usa a Evolution API. "
        "[EvolutionAPI/evolution-api](https://github.com/EvolutionAPI/evolution-api)"
    )
    assert notice not in shown(office.page())
    office.link("evolution")
    assert notice in shown(office.page())
    settings = AppTest.from_file(str(machine.ROOT / "console/ui/frame.py"), default_timeout=20)
    office._sign_in(settings).switch_page(str(machine.ROOT / "pages/settings.py")).run()
    assert notice in [caption.value for caption in settings.caption]
    assert "Este canal usa a Evolution API." in (machine.ROOT / "docs/operations.md").read_text()


def test_the_webhooks_address_is_shown_with_its_token_and_can_be_changed(office):
    made = office.link()
    test = office.dialog("dialogs.webhook(line, 'pt')")
    address = f"http://localhost:8501/wh/cloud/{office.found().route}"
    assert [code.value for code in test.code] == [address, made.made_verify_token]
    assert "CENTRAL_PUBLIC_URL" in told(test)
    test.button(key="instances:rotate").click().run()
    assert office.found().route not in address


FIELDS = ["104000000000001", "77000000000001", "token-canario", "segredo-canario", ""]


def fill(test, values):
    for place, value in enumerate(values):
        test.text_input[place].set_value(value)
    test.button[-1].click().run()
    return test


def test_an_instance_is_linked_on_the_page(office):
    test = fill(office.dialog("linking.ask(line, 'pt')"), FIELDS)
    link = office.found()
    keys = accounts.opened(office.vault, link.sealed)
    assert (link.channel, link.provider_name, keys.token) == ("cloud", FIELDS[0], "token-canario")
    assert [code.value for code in test.code] == [
        f"http://localhost:8501/wh/cloud/{link.route}",
        keys.verify_token,
    ]
    assert "canario" not in told(test)


def test_what_is_missing_is_said_where_it_was_typed(office):
    test = fill(office.dialog("linking.ask(line, 'pt')"), [*FIELDS[:3], "", ""])
    assert test.error[0].value.startswith("Sem o segredo não há como saber")
    short = fill(office.dialog("linking.ask(line, 'pt')"), [*FIELDS[:3], "abc", ""])
    assert "curto demais" in short.error[0].value
    assert office.found() is None


def test_secrets_are_never_filled_in_again(office):
    office.link()
    test = office.dialog("linking.ask(line, 'pt')")
    assert [field.value for field in test.text_input] == [*FIELDS[:2], "", "", "", META]
    fill(test, [FIELDS[0], "78000000000001"])
    assert office.found().business == "78000000000001"
    assert accounts.opened(office.vault, office.found().sealed).token == "token-canario"


META = "https://graph.facebook.com/v23.0"


def test_each_channel_asks_for_what_it_needs(office):
    test = office.dialog("linking.ask(line, 'pt')")
    test.selectbox[0].select("evolution").run()
    assert [field.label for field in test.text_input] == [
        "Endereço do provedor",
        "Nome da instância na Evolution API",
        "Chave da API (apikey)",
        "Segredo do webhook",
    ]
    fill(test, ["http://evolution:8080", "loja", "chave-canario"])
    secret = accounts.opened(office.vault, office.found().sealed).webhook_secrets[0]
    assert secret in [code.value for code in test.code]
    assert "não será mostrado de novo" in told(test)


def test_the_code_to_scan_is_drawn_until_the_phone_is_connected(office):
    office.link("evolution")
    picture = "data:image/png;base64," + base64.b64encode(PNG).decode()
    Provider.told = {"pairing": Pairing(None, "WZYE-H1YY")}
    test = office.dialog("dialogs.pair(line, 'pt')")
    assert [code.value for code in test.code] == ["WZYE-H1YY"]
    Provider.told = {"pairing": Pairing()}
    assert "Telefone conectado" in told(test.run())
    Provider.told = {"pairing": None}
    assert "Telefone conectado" in told(test.run())
    assert (png_of(picture), png_of(picture.partition(",")[2])) == (PNG, PNG)
    assert [png_of(text) for text in ("", "data:image/png;base64,!!", "aGVsbG8=")] == [None] * 3


def test_a_phone_that_is_gone_offers_the_code(office):
    office.link("evolution")
    office.write(lambda c: accounts.note_state(c, office.loja, "close", "", 1))
    assert f"instances:{office.loja}:pair" in [b.key for b in office.page().button]


def test_templates_are_fetched_and_listed(office):
    office.link()
    found = Template("pedido", "pt_BR", "UTILITY", "APPROVED", (TemplatePart("body", "Oi"),))
    other = Template("x", "en", "MARKETING", "FLAGGED", ())
    Provider.told = {"templates": [found, other]}
    test = office.dialog("dialogs.templates(line, 'pt')")
    assert "Nenhum modelo conhecido" in told(test)
    test.button(key="instances:templates").click().run()
    assert test.dataframe[0].value.to_numpy().tolist() == [
        ["pedido", "pt_BR", "aprovado", "Oi"],
        ["x", "en", "FLAGGED", ""],
    ]
    with office.store.read() as connection:
        assert len(templates(connection, office.loja)) == 2
    Provider.told = {"templates": RuntimeError("x")}
    assert len(office.dialog("dialogs.templates(line, 'pt')").dataframe) == 1


def test_a_token_is_shown_once(office):
    test = office.dialog("systems.form('pt')")
    test.text_input[0].set_value("ERP")
    test.button[-1].click().run()
    (token,) = [code.value for code in test.code]
    with office.store.read() as connection:
        one = integration_of(connection, token)
    assert one.name == "ERP"
    page = office.page(section="systems")
    assert "ERP" in told(page)
    assert token not in told(page)
    page.button(key=f"systems:off:{one.id}").click().run()
    with office.store.read() as connection:
        assert integration_of(connection, token) is None
    assert "nunca usada" in told(page)


def test_an_empty_section_says_so(office):
    assert "Nenhuma integração ainda" in told(office.page(section="systems"))
    assert "Tudo o que chegou foi processado" in told(office.page(section="letters"))
    assert "Cada instância é um número" in told(office.page(section="nonsense"))


def test_what_was_given_up_is_listed_with_its_reason_and_tried_again(office):
    rows = [
        {
            "id": ids.new_id(),
            "instance_id": office.loja,
            "sha256": str(n),
            "headers": "{}",
            "body": b"canario",
            "received_at": ids.now(),
            "state": "dead",
            "attempts_n": 5,
            "facts_n": 0,
            "known_n": 0,
            "unhandled_n": 0,
            "problem": "**sem contato**" if n else None,
        }
        for n in range(3)
    ]
    office.write(lambda c: c.execute(insert(tables.webhook_raw), rows))
    test = office.page(section="letters")
    said = told(test)
    assert "sem motivo anotado" in said
    assert "**\\*\\*sem contato\\*\\***" in shown(test)
    assert "canario" not in said
    test.button(key=f"letter:{rows[0]['id']}").click().run()
    test.button(key="letters:all").click().run()
    assert "Tudo o que chegou foi processado" in told(test)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_opens_the_page(office, role):
    who = office.centre.agent(str(role), role)
    test = AppTest.from_file(str(machine.ROOT / "console/ui/frame.py"), default_timeout=20)
    signed = auth.start_session(office.store, office.settings, who.agent_id, ids.now())
    test.user = {"is_logged_in": True, SESSION_KEY: auth.hash_token(signed.token)}
    assert "Nova instância" not in labels(test.run())
