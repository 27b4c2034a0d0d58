"""The choice in the address: what is shared, what is remembered, what is refused."""

import pytest

from console.domain.agent import Role
from console.screens.choice import Choice
from console.store.people import Agent
from console.ui.state import from_address, start, to_address


def person(role=Role.SUPERVISOR, **settings):
    return Agent(1, "a@b.example", "Ana", role, "pt", "system", settings, True, True, ())


def test_people_begin_where_their_work_is_and_as_they_left_it():
    assert start(person()) == Choice(tab="pending")
    assert start(person(Role.AGENT)) == Choice(tab="mine")
    kept = person(inbox_instances=["loja-1"], inbox_sort="waiting")
    assert start(kept) == Choice(tab="pending", instances=("loja-1",), sort="waiting")
    assert start(person(inbox_instances=7, inbox_sort="odd")) == Choice(tab="pending")


@pytest.mark.parametrize(
    ("choice", "address"),
    [
        (Choice(tab="pending"), {}),
        (Choice(tab="all"), {"filter": ""}),
        (Choice(tab="pending", conversation=77), {"conversation": "77"}),
        (
            Choice(tab="unread", instances=("a",), search="boleto", sort="oldest"),
            {"filter": "unread instance:a boleto", "sort": "oldest"},
        ),
    ],
)
def test_an_address_says_what_differs_and_brings_it_back(choice, address):
    assert to_address(choice, Choice(tab="pending")) == address
    assert from_address(Choice(tab="pending"), address) == choice


def test_an_address_that_makes_no_sense_opens_nothing():
    odd = {"conversation": "abc", "sort": "odd", "filter": "statos:x"}
    choice = from_address(Choice(tab="pending"), odd)
    assert (choice.conversation, choice.sort, choice.expression) == (0, "newest", "statos:x")


def test_another_conversation_in_the_address_begins_at_its_end():
    choice = from_address(Choice(conversation=1, focus=5, older_n=300), {"conversation": "2"})
    assert (choice.conversation, choice.focus, choice.older_n) == (2, None, 100)
