"""Every page opens for every role, empty and full, in each language."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

import machine
from build import FIRST_PHONE, Centre, Role
from console import actions, auth
from console.actions.base import NOT_ALLOWED
from console.config import Settings
from console.domain import ids
from console.domain.errors import RuleError
from console.domain.hours import Block
from console.domain.phone import typed_phone
from console.domain.sla import CENTRE, SlaPolicy
from console.gate.runtime import HOUSE, Runtime
from console.i18n import LANGUAGES
from console.readmodel.model import ReadModel
from console.screens import contacts as contact_screen
from console.store import people, sla
from console.store.contacts import contact_by_address
from console.ui.frame import ENTRIES, may_open
from console.ui.options import SESSION_KEY

PAGES = [entry.key for entry in ENTRIES]
PASSWORD = "uma-senha-comprida"
WAIT_S = 20
DIALOGS = """
from console.screens import contacts as contact_screen, settings as setting_screen
from console.ui import contacts, context
from console.domain.sla import CENTRE
from console.screens.hours import WHOLE_CENTRE
from console.ui.settings import hours, labels, instances, people, sla, teams

signed, store = context.present(), context.runtime().store
shown = setting_screen.build(store, signed.who)
agents = {agent.name: agent for agent in shown.known.agents}
"""


class Office:
    """A running process without a server: pages are drawn for whoever is signed in."""

    def __init__(self, store, model, settings):
        self.centre, self.model, self.settings = Centre(store), model, settings

    def open(self, page, who, **query):
        """The page as this person gets it."""
        self.model.sync()
        test = AppTest.from_file(str(machine.ROOT / "console/ui/frame.py"), default_timeout=WAIT_S)
        self.signed_in(test, who)
        test.query_params.update(query)
        if may_open(next(e for e in ENTRIES if e.key == page), who):
            test.switch_page(str(machine.ROOT / "pages" / f"{page}.py"))
        return test.run()

    def draw(self, drawn, who):
        """What a dialog holds, drawn by itself: in a browser it is a fragment of its page."""
        script = f"{DIALOGS}\n{drawn}"
        test = AppTest.from_string(script, default_timeout=WAIT_S)
        return self.signed_in(test, who).run()

    def signed_in(self, test, who):
        signed = auth.start_session(self.centre.store, self.settings, who.agent_id, ids.now())
        test.user = {"is_logged_in": True, SESSION_KEY: auth.hash_token(signed.token)}
        return test

    def speak(self, who, language):
        self.centre.run(actions.SavePreferences(language=language), by=who)
        return self.centre.today(who.agent_id)

    def fill(self):
        """Something of everything, some of it with a hostile name."""
        centre = self.centre
        team = centre.team("**Vendas** [x](https://evil.example)")
        centre.instance(":red[Loja] 2")
        centre.label("$VIP$ <b>")
        centre.agent("Zoé", Role.TEAM_LEAD, team)
        for i, name in enumerate(["João", "<img src=x>", "**Conceição**"]):
            centre.receive("Oi", FIRST_PHONE + i, name)


@pytest.fixture
def office(sqlite_store, tmp_path, model_folder):
    settings = Settings(home=tmp_path, store=sqlite_store.url)
    model = ReadModel.open(
        sqlite_store, model_folder(sqlite_store, tmp_path / "readmodel"), settings
    )
    HOUSE.move_in(Runtime(settings, sqlite_store, model))
    yield Office(sqlite_store, model, settings)
    HOUSE.move_out()
    model.close()


def shown(test):
    kinds = ("title", "subheader", "markdown", "caption", "text", "info", "warning", "error")
    return [element.value for kind in kinds for element in test.get(kind)]


@pytest.mark.parametrize("is_full", [False, True], ids=["empty", "full"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_for_every_role(office, page, language, is_full):
    if is_full:
        office.fill()
    for role in Role:
        who = office.speak(office.centre.agent(str(role), role), language)
        test = office.open(page, who)
        assert [e.message for e in test.exception] == [], role
        assert [e.value for e in test.error] == [], role


def test_a_page_that_is_not_ones_own_says_so(office):
    analyst = office.centre.agent("Dora", Role.ANALYST)
    assert not may_open(next(e for e in ENTRIES if e.key == "contacts"), analyst)


def test_nobody_without_a_session_sees_a_page(office):
    test = AppTest.from_file(str(machine.ROOT / "console/ui/frame.py"), default_timeout=WAIT_S)
    test.run()
    assert len(test.info) == 1
    assert shown(test)[-1].startswith("Sua sessão terminou")


def test_an_ended_session_ends_the_page(office):
    test = office.open("contacts", office.centre.ana)
    office.centre.run(actions.SetPassword(office.centre.ana.agent_id, "x"))
    assert shown(test.run())[-1].startswith("Sua sessão terminou")


def test_contacts_are_searched_and_numbered(office):
    for i in range(30):
        office.centre.receive("Oi", FIRST_PHONE + i, f"Cliente {i:02}")
    test = office.open("contacts", office.centre.ana)
    assert test.dataframe[0].value.shape == (15, 5)
    assert "30 contatos" in shown(test)
    test.text_input(key="contacts:wanted").set_value("cliente 07").run()
    assert list(test.dataframe[0].value["Nome"]) == ["Cliente 07"]
    test.text_input(key="contacts:wanted").set_value("(11) 90000-0003").run()
    assert list(test.dataframe[0].value["Nome"]) == ["Cliente 02"]
    test.text_input(key="contacts:wanted").set_value("**ninguém**").run()
    assert test.info[0].value == (
        "Nenhum contato tem “\\*\\*ninguém\\*\\*” no nome, no número ou no e-mail."
    )


NEW_CONTACT = "contacts.new(signed, contact_screen.build(store, signed.who, '', 1))"


def save(test):
    test.button[-1].click().run()
    return [error.value for error in test.error]


def test_a_new_contact_is_written_down_with_the_ninth_digit(office):
    test = office.draw(NEW_CONTACT, office.centre.ana)
    test.text_input[0].set_value("Márcia")
    test.text_input[1].set_value("(11) 8765-4321")
    test.text_input[2].set_value("marcia@exemplo.com.br")
    assert save(test) == []
    with office.centre.store.read() as connection:
        assert contact_by_address(connection, typed_phone("+55 11 98765-4321")) is not None


def test_an_incomplete_number_is_refused_in_words(office):
    test = office.draw(NEW_CONTACT, office.centre.ana)
    test.text_input[0].set_value("Márcia")
    test.text_input[1].set_value("12")
    (told,) = save(test)
    assert told.startswith("Esse número não parece completo")


def tabs(test):
    return [tab.label for tab in test.tabs]


def test_each_role_has_its_tabs(office):
    of = {
        role: tabs(office.open("settings", office.centre.agent(str(role), role))) for role in Role
    }
    canned, mine = "Mensagens predefinidas", "Minhas preferências"
    assert of == {
        Role.ADMIN: [
            "Pessoas",
            "Equipes",
            "Instâncias",
            "Horários",
            "SLA",
            "Regras",
            "Etiquetas",
            canned,
            mine,
        ],
        Role.SUPERVISOR: ["Etiquetas", canned, mine],
        Role.TEAM_LEAD: [canned, mine],
        Role.AGENT: [canned, mine],
        Role.ANALYST: [mine],
    }


def fill_in(test, *values):
    for widget, value in zip(test.text_input, values, strict=True):
        widget.set_value(value)
    return save(test)


def test_a_person_is_written_down_and_can_sign_in(office):
    test = office.draw("people.form(signed, shown, None)", office.centre.ana)
    assert fill_in(test, "Rita", "rita@loja.example", PASSWORD) == []
    signed = auth.sign_in(
        office.centre.store, office.settings, "rita@loja.example", PASSWORD, "ip", ids.now()
    )
    assert signed is not None


def test_a_weak_password_writes_nobody_down(office):
    test = office.draw("people.form(signed, shown, None)", office.centre.ana)
    assert len(fill_in(test, "Rita", "rita@loja.example", "senha12345")) == 1
    with office.centre.store.read() as connection:
        assert people.agent_by_email(connection, "rita@loja.example") is None


def test_a_new_password_is_given(office):
    bruno = office.centre.agent("Bruno")
    test = office.draw("people.reset(agents['Bruno'], 'pt')", office.centre.ana)
    assert len(fill_in(test, "curta")) == 1
    assert fill_in(test, PASSWORD) == []
    with office.centre.store.read() as connection:
        assert people.agent(connection, bruno.agent_id).can_sign_in


def test_deactivating_asks_first(office):
    bruno = office.centre.agent("Bruno")
    test = office.draw("people.deactivate(agents['Bruno'], 'pt')", office.centre.ana)
    assert shown(test)[0].startswith("Desativar Bruno?")
    assert office.centre.today(bruno.agent_id) is not None
    test.button(key="people:off:yes").click().run()
    assert office.centre.today(bruno.agent_id) is None


@pytest.mark.parametrize(
    ("drawn", "entity"),
    [
        ("teams.form(None, 'pt')", "teams"),
        ("instances.form(None, 'pt')", "instances"),
        ("labels.form(None, 'pt')", "labels"),
    ],
)
def test_a_new_record_needs_a_name_of_its_own(office, drawn, entity):
    def values(name):
        return (name, "(11) 3333-4444") if entity == "instances" else (name,)

    assert fill_in(office.draw(drawn, office.centre.ana), *values("Troca")) == []
    assert len(fill_in(office.draw(drawn, office.centre.ana), *values("Troca"))) == 1
    assert len(fill_in(office.draw(drawn, office.centre.ana), *values(" "))) == 1
    with office.centre.store.read() as connection:
        names = [row.name for row in getattr(people, entity)(connection)]
    assert names.count("Troca") == 1


def test_language_changes_with_the_preferences(office):
    test = office.open("settings", office.centre.agent("Bruno"))
    next(s for s in test.selectbox if s.label == "Idioma").select("es")
    next(b for b in test.button if b.label == "Salvar").click().run()
    assert test.title[0].value == "Configuración"


@pytest.mark.parametrize(
    ("current", "again", "told"),
    [
        ("outra-senha-qualquer", "nova-senha-comprida", "A senha atual não confere"),
        (PASSWORD, "nova-senha-compridA", "As duas senhas novas são diferentes"),
    ],
)
def test_a_password_is_only_changed_by_who_knows_it(office, current, again, told):
    bruno = office.centre.agent("Bruno")
    office.centre.run(actions.SetPassword(bruno.agent_id, auth.hash_password(PASSWORD)))
    test = office.open("settings", bruno)
    fields = [field for field in test.text_input if "enha" in field.label]
    for field, value in zip(fields, (current, "nova-senha-comprida", again), strict=True):
        field.set_value(value)
    test.button[-1].click().run()
    assert test.error[0].value.startswith(told)


def test_contacts_are_found_without_accents_and_in_any_case(office):
    office.centre.receive("Oi", FIRST_PHONE, "CONCEIÇÃO Araújo")
    found = contact_screen.build(office.centre.store, office.centre.ana, "conceicao ar", 1)
    assert [card.contact.name for card in found.cards] == ["CONCEIÇÃO Araújo"]
    none = contact_screen.build(office.centre.store, office.centre.ana, "100%", 1)
    assert (none.cards, none.total, none.pages) == ((), 0, 1)


def test_contacts_are_closed_to_analysts_below_the_page_too(office):
    dora = office.centre.agent("Dora", Role.ANALYST)
    with pytest.raises(RuleError) as refused:
        contact_screen.build(office.centre.store, dora, "", 1)
    assert refused.value.text == NOT_ALLOWED
    with pytest.raises(RuleError):
        contact_screen.card(office.centre.store, dora, 1)


def test_a_contact_of_somebody_elses_conversation_is_not_there(office):
    talk = office.centre.receive()
    office.centre.run(actions.Assign(office.centre.ana.agent_id), talk)
    bruno = office.centre.agent("Bruno")
    contact_id = office.centre.state(talk).contact_id
    assert contact_screen.card(office.centre.store, bruno, contact_id) is None
    assert contact_screen.card(office.centre.store, office.centre.ana, contact_id) is not None


def test_the_colour_of_a_label_is_changed_where_it_is_shown(office):
    made = office.centre.label("VIP")
    test = office.open("settings", office.centre.agent("Carla", Role.SUPERVISOR))
    test.color_picker[0].set_value("#ff8800").run()
    assert [e.value for e in test.error] == []
    with office.centre.store.read() as connection:
        assert [(x.id, x.colour) for x in people.labels(connection)] == [(made, "#ff8800")]


HOURS_FORM = "hours.form(CENTRE, WHOLE_CENTRE, shown.hours.get(CENTRE), 'pt')"
SLA_FORM = "sla.form(CENTRE, WHOLE_CENTRE, shown.policies.get(CENTRE), 'pt')"


def unescaped(text):
    return text.replace("\\", "").replace("\u2060", "")


def kept_rules(office):
    with office.centre.store.read() as connection:
        return sla.timetables(connection).get(CENTRE), sla.policies(connection).get(CENTRE)


def test_hours_are_written_changed_and_removed(office):
    test = office.draw(HOURS_FORM, office.centre.ana)
    assert [field.value for field in test.text_input][4:6] == ["09:00-12:00, 13:00-18:00", ""]
    test.text_input[5].set_value("9-13")
    test.selectbox[1].select("BR-SP")
    test.text_area[0].set_value("24/12/2026\n31/12/2026")
    test.button[0].click().run()
    assert [e.value for e in test.error] == []
    table, _ = kept_rules(office)
    assert (table.week[5], table.holidays) == ((Block(540, 780),), "BR-SP")
    assert (table.zone, table.closed_on[0]) == ("America/Sao_Paulo", date(2026, 12, 24))
    drawn = [unescaped(text) for text in shown(office.open("settings", office.centre.ana))]
    assert any("feriados BR-SP" in text for text in drawn)
    test = office.draw(HOURS_FORM, office.centre.ana)
    assert test.text_area[0].value == "24/12/2026\n31/12/2026"
    test.button[1].click().run()
    assert kept_rules(office) == (None, None)


@pytest.mark.parametrize(
    ("line", "closed", "told"),
    [
        ("das nove", "", "Segunda-feira: não entendemos “das nove”"),
        ("18-9", "", "Segunda-feira: Cada período vai de um horário a outro mais tarde"),
        ("9-18", "32/01/2026", "Não entendemos o dia “32/01/2026”"),
    ],
)
def test_hours_that_cannot_be_read_are_told_and_stay(office, line, closed, told):
    test = office.draw(HOURS_FORM, office.centre.ana)
    test.text_input[0].set_value(line)
    test.text_area[0].set_value(closed)
    test.button[0].click().run()
    assert unescaped(test.error[0].value).startswith(told)
    assert test.text_input[0].value == line
    assert kept_rules(office) == (None, None)


def test_targets_are_written_changed_and_removed(office):
    assert fill_in(office.draw(SLA_FORM, office.centre.ana), "15m", "1h30m", "") == []
    assert kept_rules(office)[1] == SlaPolicy(900, 5_400)
    told = "Primeira resposta 15m · Próximas respostas 90m · Horário de atendimento"
    assert told in [unescaped(x) for x in shown(office.open("settings", office.centre.ana))]
    test = office.draw(SLA_FORM, office.centre.ana)
    test.button[1].click().run()
    assert kept_rules(office) == (None, None)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("", "", ""), "Escreva pelo menos uma meta."),
        (("logo", "", ""), "“logo” não serve para Primeira resposta: escreva 15m, 2h ou 3d."),
        (("10s", "", ""), "Uma meta vai de 1 minuto a 90 dias."),
    ],
)
def test_targets_that_make_no_sense_are_told(office, typed, told):
    errors = fill_in(office.draw(SLA_FORM, office.centre.ana), *typed)
    assert [unescaped(e) for e in errors] == [told]
    assert kept_rules(office) == (None, None)
