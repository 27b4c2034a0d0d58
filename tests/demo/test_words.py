"""The generator's words: every phrase can be said, and refers to what exists."""

import re

import pytest

from console.demo.phrasebook import EDGES, Stage
from console.demo.texts import EXAMPLE, phrasebook
from console.demo.words import load_words

WORDS = load_words()
STAGES = {"open", "detail", "first", "step", "done"}


def phrases():
    for topic in WORDS.topics:
        for kind, listed in topic.phrases.items():
            yield from ((f"{topic.key}/{kind}", phrase) for phrase in listed)
    for speaker, kinds in WORDS.common.items():
        for kind, listed in kinds.items():
            yield from ((f"{speaker}/{kind}", phrase) for phrase in listed)


def test_every_phrase_fills_and_none_stands_twice_in_its_list():
    filled = [(where, phrase % EXAMPLE) for where, phrase in phrases()]
    assert len(filled) > 900
    twice = {one for one in filled if filled.count(one) > 1}
    assert twice == set()


@pytest.mark.parametrize("topic", WORDS.topics, ids=lambda topic: topic.key)
def test_a_topic_has_all_its_stages_and_a_team_and_label_of_the_shop(topic):
    assert topic.phrases.keys() == STAGES
    assert topic.team in {team["key"] for team in WORDS.shop["teams"]}
    assert topic.label in {label["key"] for label in WORDS.shop["labels"]}
    assert topic.weight > 0


def test_phones_and_addresses_belong_to_nobody():
    assert {i["phone"][5:9] for i in WORDS.shop["instances"]} == {"9000"}
    assert WORDS.shop["site"].endswith(".example")
    found = re.findall(r"https?://\S+", " ".join(phrase % EXAMPLE for _, phrase in phrases()))
    assert all(link.startswith(WORDS.shop["site"]) for link in found)


def test_every_stage_topic_and_length_has_templates():
    book = phrasebook()
    assert book.size.shape == (len(Stage), len(WORDS.topics), EDGES.size)
    assert book.size.min() > 0
    assert book.begin.max() + book.size.flat[book.begin.argmax()] <= book.templates.size


def test_a_message_of_the_team_begins_with_a_capital():
    book = phrasebook()
    begin, size = book.begin[Stage.STEP], book.size[Stage.STEP]
    said = book.templates[begin.min() : (begin + size).max()]
    assert [t for t in said if not (t % EXAMPLE)[0].isupper()] == []
