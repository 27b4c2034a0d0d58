"""What the composer knows of the 24 hours and of templates."""

import pytest

from build import MONDAY_9H, Centre
from console import actions
from console.domain.ids import DAY, MINUTE
from console.domain.template import Template, TemplatePart
from console.screens.directory import Directory
from console.screens.windows import window_json
from console.store import people
from console.store.people_write import save_keyed
from console.store.templates import save_templates

BODY = TemplatePart("body", "Oi {{1}}", 1)
PHOTO = TemplatePart("header", "", 0, "image")
LINK = TemplatePart("button", "Ver", 1, "url")


def template(name, *parts, status="APPROVED"):
    return Template(name, "pt_BR", "UTILITY", status, parts)


@pytest.fixture
def centre(sqlite_store):
    made = Centre(sqlite_store)
    kept = [
        template("b", BODY, LINK),
        template("foto", PHOTO, BODY),
        template("nova", BODY, status="PENDING"),
    ]
    sqlite_store.write(lambda c: save_templates(c, made.loja, kept, MONDAY_9H))
    return made


def linked(centre, channel):
    more = {"channel": channel}
    centre.store.write(
        lambda c: save_keyed(c, "instance", centre.loja, "loja-1", "Loja 1", MONDAY_9H, more)
    )


def window(centre, talk):
    with centre.store.read() as connection:
        known = Directory({}, {}, tuple(people.instances(connection)))
        return window_json(connection, centre.state(talk), known)


@pytest.mark.parametrize("channel", ["none", "evolution"])
def test_where_there_is_no_window_nothing_is_said(centre, channel):
    linked(centre, channel)
    assert window(centre, centre.receive()) is None


def test_a_window_lasts_a_day_from_the_last_message(centre):
    linked(centre, "cloud")
    talk = centre.receive()
    heard_at = centre.at
    centre.run(actions.Reply("Bom dia"), talk)
    assert window(centre, talk) == {
        "closes_at": (heard_at + DAY) // 1000,
        "templates": [
            {
                "name": "b",
                "language": "pt_BR",
                "header": {"text": "", "names": []},
                "body": {"text": "Oi {{1}}", "names": ["1"]},
                "footer": {"text": "", "names": []},
                "buttons": [{"place": 0, "text": "Ver", "n": 1}],
            }
        ],
    }


def test_a_customer_who_never_wrote_has_no_window_yet(centre):
    linked(centre, "cloud")
    wish = actions.CreateContact("Rita", "11 98765-4321")
    contact = centre.run(wish).done[0]
    talk = centre.run(actions.Open(centre.loja, contact)).done[0]
    centre.at += MINUTE
    assert window(centre, talk)["closes_at"] == 0
