from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.readmodel import expression
from console.readmodel.filters import BY_KEY, BY_WORD, FILTERS, FLAGS
from console.readmodel.tree import (
    AllOf,
    AnyOf,
    Condition,
    Days,
    Everything,
    FilterError,
    Not,
    Words,
    all_of,
    any_of,
    leaves,
    negate,
)
from readmodel.trees import trees

PENDING = Condition("status", "=", ("pending",))
UNREAD = Condition("unread", "is")
MINE = Condition("assignee", "=", ("me",))

EXAMPLES = {
    "": Everything(),
    " \t, ": Everything(),
    "status:pending": PENDING,
    "pending": PENDING,
    "pendentes": PENDING,
    "situação:pendente": PENDING,
    "STATUS:Pending": PENDING,
    "resolvida": Condition("status", "=", ("resolved",)),
    "resolved": Condition("status", "=", ("resolved",)),
    "resolved:today": Condition("resolved", "=", (Days("today", "today"),)),
    "não-lidas": UNREAD,
    "unread>2": Condition("unread", ">", (2,)),
    "assignee:eu": MINE,
    "responsavel:me": MINE,
    "assignee:ninguém,Ana": Condition("assignee", "=", ("none", "Ana")),
    'assignee:"Ana Lima",eu': Condition("assignee", "=", ("Ana Lima", "me")),
    "instance:loja-1,loja-2": Condition("instance", "=", ("loja-1", "loja-2")),
    "waiting": Condition("waiting", "is"),
    "waiting>15m": Condition("waiting", ">", (900,)),
    "esperando>=1h30m": Condition("waiting", ">=", (5_400,)),
    "idle>1w": Condition("idle", ">", (604_800,)),
    "messages:1,2": Condition("messages", "=", (1, 2)),
    "last_activity:2026-11-01..2026-11-07": Condition(
        "last_activity", "=", (Days("2026-11-01", "2026-11-07"),)
    ),
    "opened>=2026-11-01": Condition("opened", "=", (Days("2026-11-01", ""),)),
    "opened<=ontem": Condition("opened", "=", (Days("", "yesterday"),)),
    "opened:..7d": Condition("opened", "=", (Days("", "7d"),)),
    'phone:"(11) 98877-6"': Condition("phone", "=", ("11988776",)),
    "a b": AllOf((Words("a"), Words("b"))),
    "a and b": AllOf((Words("a"), Words("b"))),
    "a or b c": AnyOf((Words("a"), AllOf((Words("b"), Words("c"))))),
    "(a or b) c": AllOf((AnyOf((Words("a"), Words("b"))), Words("c"))),
    "a OU b": AnyOf((Words("a"), Words("b"))),
    "-unread": Not(UNREAD),
    "not unread": Not(UNREAD),
    "--unread": UNREAD,
    "-(a b)": Not(AllOf((Words("a"), Words("b")))),
    "((a))": Words("a"),
    "((a b) c)": AllOf((Words("a"), Words("b"), Words("c"))),
    '"segunda via"': Words("segunda via", is_phrase=True),
    '"diz \\"oi\\" \\\\"': Words('diz "oi" \\', is_phrase=True),
    "text:pendente": Words("pendente"),
    'texto:a,"b c"': AnyOf((Words("a"), Words("b c", is_phrase=True))),
    "10:30": Words("10:30"),
    "😀": Words("😀"),
}

REFUSED = {
    "stauts:pending": (0, "status"),
    "status:pendin": (7, "pending"),
    "satus:pending unread": (0, "status"),
    "unread foo:1": (7, None),
    "http://x.example": (0, None),
    "messages:many": (9, None),
    "messages:99999999999999999999": (9, None),
    "waiting>soon": (8, None),
    "waiting>15": (8, None),
    "waiting>99999w": (8, None),
    "waiting:15m": (8, None),
    "waiting>1h,2h": (8, None),
    "opened:soon": (7, None),
    "opened:2026-13-01": (7, None),
    "opened:2026-02-30": (7, None),
    "opened:2026-11-07..2026-11-01": (7, None),
    "opened:..": (7, None),
    "opened>2026-11-01": (7, None),
    "opened>=2026-11-01..2026-11-02": (8, None),
    "opened:9999-12-31": (7, None),
    "opened:0001-01-01": (7, None),
    "status>pending": (7, None),
    "unassigned:me": (11, None),
    "phone:12": (6, None),
    "phone:abc123": (6, None),
    "assignee:": (9, None),
    'assignee:""': (9, None),
    'contact:" "': (8, None),
    "assignee:ana,": (13, None),
    "phone:(11) 9": (6, None),
    "(a": (0, None),
    "a)": (1, None),
    "()": (1, None),
    "a or": (4, None),
    "or a": (0, None),
    "-": (1, None),
    "a and": (5, None),
    '"open': (0, None),
    '""': (0, None),
    "!!!": (0, None),
    "text:!!!": (5, None),
}


@given(trees)
def test_a_tree_written_as_text_reads_back_the_same(tree):
    assert expression.parse(expression.to_text(tree)) == tree


@given(trees)
def test_a_tree_in_the_address_of_a_page_reads_back_the_same(tree):
    address = urlencode(expression.to_params(tree))
    assert expression.from_params(dict(parse_qsl(address))) == tree


@given(st.text(max_size=60))
def test_any_text_is_either_read_or_refused_with_words(text):
    try:
        tree = expression.parse(text)
    except FilterError as error:
        refused = error.text
        assert all((refused.pt, refused.en, refused.es))
        return
    assert (tree == Everything()) == (not text.replace(",", " ").strip())
    assert expression.parse(expression.to_text(tree)) == tree


@given(st.text(max_size=60))
def test_the_search_box_reads_no_filters_and_is_never_wider_than_asked(text):
    try:
        tree = expression.words(text)
    except FilterError:
        return
    assert all(isinstance(leaf, Words) for leaf in leaves(tree))
    assert (tree == Everything()) == (not text.strip())
    assert expression.parse(expression.to_text(tree)) == tree


def test_the_search_box_wants_every_word_and_keeps_quoted_ones_together():
    assert expression.words('pendente -unread "segunda via" !!') == AllOf(
        (Words("pendente"), Words("-unread"), Words("segunda via", is_phrase=True))
    )


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_read_as(text):
    assert expression.parse(text) == EXAMPLES[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_refused_where_it_stands(text):
    position, nearest = REFUSED[text]
    with pytest.raises(FilterError) as refused:
        expression.parse(text)
    assert refused.value.position == position
    assert nearest is None or nearest in refused.value.nearest


@pytest.mark.parametrize(
    "text",
    [
        "a" * (expression.LONGEST + 1),
        "(" * 50 + "a" + ")" * 50,
        "-" * 50 + "a",
        "a " * (expression.MOST_LEAVES + 1),
    ],
)
def test_what_is_too_large_is_refused(text):
    with pytest.raises(FilterError):
        expression.parse(text)


@pytest.mark.parametrize("field", FILTERS, ids=lambda field: field.key)
def test_every_filter_shows_an_example_that_reads(field):
    tree = expression.parse(field.example)
    assert isinstance(tree, Condition)
    assert tree.field == field.key
    assert expression.to_text(tree) == field.example


def test_no_two_filters_share_a_word():
    words = [word for field in FILTERS for word in {field.key, *field.words}]
    assert len(words) == len(BY_WORD)
    assert len({field.key for field in FILTERS}) == len(FILTERS)


def test_every_filter_is_named_in_each_language_and_can_be_asked():
    for field in FILTERS:
        assert all((field.name.pt, field.name.en, field.name.es))
        assert field.condition or field.present


def test_a_bare_word_is_a_filter_only_where_it_says_something():
    for word in FLAGS:
        assert isinstance(expression.parse(word), Condition)
        assert expression.parse(f'"{word}"') == Words(word, is_phrase=True)


def test_a_condition_from_texts_is_read_as_in_an_expression():
    opened, unread, messages = (BY_KEY[key] for key in ("opened", "unread", "messages"))
    assert expression.condition(opened, "=", ["..hoje"]) == expression.parse("opened:..today")
    assert expression.condition(unread, "is", []) == UNREAD
    for field, op, texts in ((messages, "=", []), (messages, "is", []), (unread, "is", ["1"])):
        with pytest.raises(FilterError):
            expression.condition(field, op, texts)


def test_joining_nothing_is_everything_and_alternatives_need_a_part():
    assert all_of([Everything(), UNREAD]) == UNREAD
    assert any_of([Everything(), UNREAD]) == Everything()
    assert list(leaves(Everything())) == []
    with pytest.raises(ValueError):
        any_of([])
    with pytest.raises(ValueError):
        negate(Everything())
