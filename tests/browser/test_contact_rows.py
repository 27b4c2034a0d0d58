"""Rows F07–F15 and F25 of the features, and merges, on generated conversations in Chromium."""

import itertools
import re
import time
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

import attached
import sample_files
from build import Centre, Role
from console import actions
from console.actions import SetPassword
from console.demo.generate import Plan, generate
from console.domain.ids import HOUR
from console.domain.template import Template, TemplatePart
from console.store import tables
from console.store.files import FileStore, media_folder
from console.store.people_write import save_keyed
from console.store.schema import migrate
from console.store.templates import save_templates
from console.store.work import open_store
from serving import HASHED, serving

NUMBERS = itertools.count(5531987650001)
GREETING = TemplatePart("body", "Podemos conversar?", 0)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Generated conversations of two weeks, a supervisor and an agent, on a running server."""
    home = tmp_path_factory.mktemp("rows")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    now = time.time_ns() // 1000
    generate(store, Plan(120, 14, now, seed=7))
    centre = Centre(store, at=now - HOUR)
    carla, bruno = centre.agent("Carla", Role.SUPERVISOR), centre.agent("Bruno")
    for person in (carla, bruno):
        centre.run(SetPassword(person.agent_id, HASHED))
    with serving(home) as served:
        yield SimpleNamespace(
            url=served.url, home=home, centre=centre, carla=carla, bruno=bruno, naughty=()
        )
    store.close()


@pytest.fixture
def someone(house):
    """Makes somebody who has written: their conversation and contact."""

    def make(name, email="", phone=None):
        talk = house.centre.receive("Bom dia, meu pedido chegou?", phone or next(NUMBERS), name)
        contact = house.centre.state(talk).contact_id
        house.centre.run(actions.EditContact(name, email), contact)
        return talk, contact

    return make


@pytest.fixture
def generated(house):
    """A generated conversation that is pending."""
    table = tables.conversation
    wanted = select(table.c.id).where(table.c.status == "pending", table.c.message_n > 4)
    with house.centre.store.read() as connection:
        return connection.scalar(wanted.order_by(table.c.id.desc()).limit(1))


def panel_button(seat, label):
    return seat.page.locator(".panel").get_by_role("button", name=label)


def edited(seat, label, value):
    """Write a value in its place in the panel."""
    panel_button(seat, f"Editar {label}").click()
    field = seat.page.locator(f'.panel .field-input[aria-label="{label}"]')
    field.fill(value)
    field.press("Enter")


def soon(seat, holds):
    """What the screen shows ahead is in the store within a moment."""
    for _ in range(100):
        if holds():
            return
        seat.page.wait_for_timeout(100)
    raise AssertionError(holds)


def undo(seat):
    seat.page.locator(".toast-undo").click()


def test_f07_the_name_is_edited_in_its_place_and_taken_back(house, seat, someone):
    talk, _ = someone("Conceição Prado")
    carla = seat().sign_in("carla").show(talk)
    edited(carla, "Nome", "Conceição do Prado")
    carla.see(".toast-text", "Contato salvo.")
    expect(carla.page.locator(".head-name")).to_have_text("Conceição do Prado")
    carla.see(".line-text", "Contato editado por Carla")
    undo(carla)
    expect(carla.page.locator(".head-name")).to_have_text("Conceição Prado")
    soon(carla, lambda: house.centre.contact(talk).name == "Conceição Prado")


def test_f08_the_email_is_edited_in_its_place_and_a_wrong_one_is_refused(house, seat, someone):
    talk, _ = someone("Bento Alves")
    carla = seat().sign_in("carla").show(talk)
    edited(carla, "E-mail", "bento")
    carla.see(".panel .problem", "Escreva um e-mail como")
    carla.page.locator('.panel .field-input[aria-label="E-mail"]').fill("bento@loja.example")
    carla.page.locator('.panel .field-input[aria-label="E-mail"]').press("Enter")
    carla.see(".panel .value", "bento@loja.example")
    undo(carla)
    expect(carla.page.locator(".panel .value").nth(1)).to_have_text("Não informado")
    soon(carla, lambda: house.centre.contact(talk).email is None)


def test_f09_the_phone_is_shown_in_national_and_e164_form(house, seat, generated):
    digits = house.centre.contact(generated).phone
    carla = seat().sign_in("carla").show(generated)
    national = carla.page.locator(".phone-national").inner_text()
    assert re.fullmatch(r"\(\d{2}\) \d{4,5}-\d{4}", national)
    assert re.sub(r"\D", "", national) == digits[2:]
    expect(carla.page.locator(".phone-e164")).to_have_text(f"+{digits}")


def test_f10_the_assigned_agent_is_shown_and_changed_in_place(house, seat, someone):
    talk, _ = someone("Dirceu Lima")
    carla = seat().sign_in("carla").show(talk)
    expect(carla.page.locator(".panel .select").first).to_contain_text("Ninguém")
    carla.page.locator(".panel .select").first.click()
    carla.page.locator(".menu .choice-text", has_text="Bruno").click()
    expect(carla.page.locator(".panel .select").first).to_contain_text("Bruno")
    carla.see(".line-text", "Conversa atribuída a Bruno por Carla")
    soon(carla, lambda: house.centre.state(talk).assignee_id == house.bruno.agent_id)


def test_f11_who_resolved_it_when_and_how_often_it_was_reopened(house, seat, someone):
    talk, _ = someone("Elza Rocha")
    for wish in (actions.Resolve(), actions.Reopen(), actions.Resolve()):
        house.centre.run(wish, talk, by=house.carla)
    carla = seat().sign_in("carla").show(talk)
    field = carla.page.locator(".panel .field", has_text="Qual operador resolveu")
    expect(field.locator(".fact").first).to_have_text("Carla")
    expect(field).to_contain_text("Reaberta 1 vez")
    expect(field).to_contain_text(re.compile(r"\d{1,2} de \w+\.? de \d{4}, \d{2}:\d{2}"))


def test_f12_the_last_activity_is_that_of_the_contact(house, seat, someone):
    talk, _ = someone("Fábio Nunes")
    heard = house.centre.state(talk).contact_activity_at
    house.centre.run(actions.Reply("Já verifico."), talk, by=house.carla)
    assert house.centre.state(talk).contact_activity_at == heard
    carla = seat().sign_in("carla").show(talk)
    field = carla.page.locator(".panel .field", has_text="Última atividade no WhatsApp")
    minutes = (time.time_ns() // 1000 - heard) // 60_000_000
    expect(field.locator(".fact").first).to_have_text(re.compile(rf"há {minutes}|há {minutes + 1}"))


def test_f13_system_messages_are_blocked_with_a_reason_and_allowed_again(house, seat, someone):
    talk, _ = someone("Gilda Reis")
    carla = seat().sign_in("carla").show(talk)
    carla.page.locator(".panel .switch").click()
    carla.page.locator(".menu .choice", has_text="O cliente pediu").click()
    carla.see(".line-text", "Bloqueio de notificações feito por Carla: o cliente pediu")
    assert house.centre.contact(talk).is_blocked
    carla.page.locator(".panel .switch").click()
    carla.see(".line-text", "Bloqueio de notificações desfeito por Carla")
    soon(carla, lambda: not house.centre.contact(talk).is_blocked)


def test_f14_the_status_bar_is_orange_then_green_and_one_click_changes_it(house, seat, someone):
    talk, _ = someone("Heitor Dias")
    carla = seat().sign_in("carla").show(talk)
    bar = carla.page.locator(".status")
    colour = "node => getComputedStyle(node).backgroundColor"
    orange = bar.evaluate(colour)
    carla.page.locator(".status-button").click()
    expect(bar).to_have_attribute("data-status", "resolved")
    green = bar.evaluate(colour)
    red, amber, blue = map(int, re.findall(r"\d+", orange)[:3])
    assert red > amber > blue
    red, amber, blue = map(int, re.findall(r"\d+", green)[:3])
    assert amber > max(red, blue)
    carla.see(".line-text", "Conversa resolvida por Carla")


def test_f15_many_alert_lines_are_folded_and_open_by_the_keyboard(house, seat, someone):
    talk, _ = someone("Iara Melo")
    label = house.centre.label(f"Troca {talk}")
    for _ in range(3):
        house.centre.run(actions.Label(label), talk, by=house.carla)
        house.centre.run(actions.Label(label, on=False), talk, by=house.carla)
    house.centre.run(actions.Resolve(), talk, by=house.carla)
    house.centre.run(actions.Reopen(), talk, by=house.carla)
    house.centre.run(actions.Reply("Pronto."), talk, by=house.carla)
    carla = seat().sign_in("carla").show(talk)
    fold = carla.page.locator(".fold")
    expect(fold).to_have_text("9 alterações")  # the edit of the contact is one of them
    assert carla.lines() == []
    fold.focus()
    carla.page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    told = [line.split(" por ")[0] for line in carla.lines()]
    label_name = f"Etiqueta Troca {talk}"
    assert told == [
        "Contato editado",
        *[f"{label_name} colocada", f"{label_name} retirada"] * 3,
        "Conversa resolvida",
        "Conversa reaberta",
    ]
    assert all(line.endswith(("Carla", "Ana")) for line in carla.lines())
    carla.page.keyboard.press("Enter")
    expect(carla.page.locator(".line-text")).to_have_count(0)


def filled(seat, name, phone):
    seat.page.get_by_role("button", name="Novo contato").click()
    seat.page.locator(".sheet").get_by_label("Nome").fill(name)
    seat.page.locator(".sheet").get_by_label("WhatsApp").fill(phone)


def test_f25_a_new_contact_is_checked_while_typed_and_opens_its_conversation(house, seat):
    bruno = seat().sign_in("bruno").open()
    number = str(next(NUMBERS))
    filled(bruno, "Rita de Cássia", f"({number[2:4]}) {number[5:7]}")
    create = bruno.page.get_by_role("button", name="Criar e abrir conversa")
    bruno.see(".number-checked .problem", "Faltam dígitos")
    expect(create).to_be_disabled()
    bruno.page.locator(".sheet").get_by_label("WhatsApp").fill(number[2:4] + number[5:])
    bruno.see(".number-checked", "O nono dígito foi acrescentado")
    bruno.see(".number-checked", f"+{number}")
    bruno.page.locator(".sheet").get_by_label("E-mail (opcional)").fill("rita@loja.example")
    create.click()
    expect(bruno.page.locator(".sheet")).to_have_count(0)
    expect(bruno.page.locator(".head-name")).to_have_text("Rita de Cássia")
    bruno.see(".panel .value", "rita@loja.example")
    bruno.see(".line-text", "Conversa aberta por Bruno")


def test_f25_somebody_known_is_opened_and_not_written_down_twice(house, seat, someone):
    number = next(NUMBERS)
    talk, _ = someone("Jonas Teles", phone=number)
    carla = seat().sign_in("carla").open()
    filled(carla, "Jonas", str(number)[2:])
    carla.see(".number-checked", "Já existe um contato com esse WhatsApp")
    carla.see(".number-checked", "Jonas Teles")
    expect(carla.page.get_by_role("button", name="Criar e abrir conversa")).to_be_disabled()
    carla.page.locator(".number-checked").get_by_role("button", name="Abrir conversa").click()
    carla.page.wait_for_selector(f'.middle[data-conversation="{talk}"]')


def test_f25_a_number_of_another_country_is_told_by_its_code(house, seat):
    carla = seat().sign_in("carla").open()
    filled(carla, "Inês", "+351 912 345 678")
    carla.see(".number-checked b", "912 345 678")
    expect(carla.page.locator(".sheet select").first).to_have_value("PT")
    carla.page.keyboard.press("Escape")
    expect(carla.page.locator(".sheet")).to_have_count(0)


def test_f25_where_only_a_template_may_be_sent_the_picker_comes_by_itself(house, seat):
    centre = house.centre
    cloud = centre.instance("Loja Nuvem")
    kept = [Template("ola", "pt_BR", "UTILITY", "APPROVED", (GREETING,))]
    more = {"channel": "cloud"}
    centre.store.write(lambda c: save_templates(c, cloud, kept, centre.at))
    centre.store.write(
        lambda c: save_keyed(c, "instance", cloud, "loja-nuvem", "Loja Nuvem", centre.at, more)
    )
    carla = seat().sign_in("carla").open()
    filled(carla, "Lúcia Pinto", str(next(NUMBERS))[2:])
    carla.page.locator(".sheet select").last.select_option(label="Loja Nuvem")
    carla.page.get_by_role("button", name="Criar e abrir conversa").click()
    carla.see(".templates .templates-name", "ola")
    expect(carla.page.locator(".head-name")).to_have_text("Lúcia Pinto")


def test_the_same_person_is_joined_after_a_yes_and_parted_by_the_notice(house, seat, someone):
    talk, kept = someone("Marina Souza", "marina@loja.example")
    other_talk, gone = someone("Marina S.", "Marina@Loja.example")
    carla = seat().sign_in("carla").show(talk)
    carla.see(".same", "O mesmo e-mail")
    carla.see(".same .card-title", "Marina S.")
    carla.page.get_by_role("button", name="É a mesma pessoa").click()
    carla.see(".merge-facts", "Passam para ele: 1 número, 1 conversa.")
    carla.page.get_by_role("button", name="Unir contatos").click()
    carla.see(".toast-text", "Contatos unidos.")
    expect(carla.page.locator(".panel .phone-national")).to_have_count(2)
    expect(carla.page.locator(".same")).to_have_count(0)
    carla.see(".line-text", "Contato unido a outro cadastro da mesma pessoa por Carla")
    assert house.centre.state(other_talk).contact_id == kept
    undo(carla)
    expect(carla.page.locator(".panel .phone-national")).to_have_count(1)
    assert house.centre.state(other_talk).contact_id == gone


def test_a_no_is_remembered_and_nobody_asks_again(house, seat, someone):
    talk, _ = someone("Nilo Braga", "nilo@loja.example")
    someone("Nilo B.", "nilo@loja.example")
    carla = seat().sign_in("carla").show(talk)
    carla.page.locator(".same").get_by_role("button", name="Não é").click()
    carla.see(".toast-text", "Anotado: são pessoas diferentes.")
    expect(carla.page.locator(".same")).to_have_count(0)
    carla.show(talk)
    carla.see(".more .field-label", "Outras conversas")
    expect(carla.page.locator(".same")).to_have_count(0)


def test_contacts_are_joined_by_hand_and_parted_from_the_panel(house, seat, someone):
    talk, kept = someone("Olívia Castro")
    other_talk, gone = someone("Olívia do Atacado")
    carla = seat().sign_in("carla").show(talk)
    panel_button(carla, "Unir a outro contato…").click()
    carla.page.locator(".sheet input").fill("olivia do")
    carla.page.locator(".cards-found .card-line-up").click()
    carla.page.get_by_role("button", name="Unir contatos").click()
    carla.see(".merge .card-title", "Olívia do Atacado")
    carla.see(".merge .card-about", "Por Carla")
    carla.page.locator(".talk").click()
    carla.page.wait_for_selector(f'.middle[data-conversation="{other_talk}"]')
    expect(carla.page.locator(".head-name")).to_have_text("Olívia Castro")
    panel_button(carla, "Separar Olívia do Atacado").click()
    expect(carla.page.locator(".head-name")).to_have_text("Olívia do Atacado")
    states = [house.centre.state(i).contact_id for i in (talk, other_talk)]
    assert states == [kept, gone]


def test_pictures_and_documents_of_the_contact_stand_in_the_panel(house, seat, someone):
    number = next(NUMBERS)
    talk, _ = someone("Paulo Freire", phone=number)
    files = FileStore(media_folder(house.home))
    png, at = sample_files.picture("PNG"), house.centre.at
    attached.have(house.centre.store, files, talk, at, png, "image/png")
    house.centre.receive("Segue a nota", number, "Paulo Freire")
    pdf = {"kind": "document", "filename": "nota fiscal.pdf"}
    attached.have(house.centre.store, files, talk, at, b"%PDF-1.7\n", "application/pdf", **pdf)
    carla = seat().sign_in("carla").show(talk)
    carla.see(".document .card-title", "nota fiscal.pdf")
    carla.page.locator(".picture-tile").click()
    expect(carla.page.locator(".viewer-picture")).to_be_visible()
    carla.page.keyboard.press("Escape")
    expect(carla.page.locator(".picture-tile")).to_be_focused()


def test_an_agent_is_asked_nothing_and_joins_nobody(house, seat, someone):
    talk, _ = someone("Quitéria Luz", "luz@loja.example")
    someone("Q. Luz", "luz@loja.example")
    bruno = seat().sign_in("bruno").show(talk)
    bruno.see(".more .field-label", "Outras conversas")
    expect(bruno.page.locator(".same, .merges")).to_have_count(0)
    expect(panel_button(bruno, "Unir a outro contato…")).to_have_count(0)
