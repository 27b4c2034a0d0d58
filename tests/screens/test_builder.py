"""What a browser may send, and what the filter builder offers."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import RuleError
from console.readmodel import expression
from console.readmodel.expression import DEEPEST, LONGEST, MOST_LEAVES
from console.readmodel.filters import BY_KEY, FILTERS, Kind
from console.readmodel.tree import AllOf, Condition, Everything, Not, Words, all_of, leaves
from console.screens import builder
from console.screens.asked import NOT_UNDERSTOOD
from console.screens.builder import DraftError, from_builder, is_draft, to_builder
from console.screens.builder_catalogue import catalogue, operators
from console.screens.directory import Directory
from console.store.people import Instance, Label, Team
from readmodel import crowd
from readmodel.trees import conditions, trees

UNREAD = {"type": "condition", "field": "unread", "op": "is", "values": [], "not": False}
BOLETO = {"type": "words", "text": "boleto", "phrase": False, "not": False}


def group(*parts, join="and", negated=False):
    return {"type": "group", "join": join, "not": negated, "parts": list(parts)}


def condition(field, *values, op="=", negated=False):
    return {
        "type": "condition",
        "field": field,
        "op": op,
        "values": list(values),
        "not": negated,
    }


def nested(depth, leaf=UNREAD):
    return leaf if depth == 0 else group(nested(depth - 1, leaf), join=("and", "or")[depth % 2])


@given(trees)
def test_a_tree_opened_in_the_builder_is_read_back_the_same(tree):
    assert from_builder(json.loads(json.dumps(to_builder(tree)))) == tree


def test_everything_is_a_builder_without_conditions():
    assert to_builder(Everything()) == group()
    assert from_builder(group()) == Everything()
    assert from_builder(group(join="or")) == Everything()


def test_a_draft_reads_as_the_expression_that_says_the_same():
    draft = group(
        condition("status", "pendente"),
        condition("assignee", "Eu", "ana@loja.example", negated=True),
        group(condition("waiting", "15m", op=">"), {**BOLETO, "phrase": True}, join="or"),
        condition("opened", "2026-10-20..2026-11-01", "hoje"),
        {**BOLETO, "text": "segunda via", "not": True},
    )
    said = (
        'status:pending -assignee:me,ana@loja.example (waiting>15m or "boleto")'
        " opened:2026-10-20..2026-11-01,today -(segunda via)"
    )
    assert from_builder(draft) == expression.parse(said)


INCOMPLETE = {
    "no field": (condition(""), builder.NO_FIELD),
    "no value": (condition("assignee"), builder.NO_VALUE.with_(field=BY_KEY["assignee"].name)),
    "a blank value": (
        condition("contact", "maria", " "),
        builder.NO_VALUE.with_(field=BY_KEY["contact"].name),
    ),
    "no words": ({**BOLETO, "text": "  "}, builder.NO_WORDS),
    "an empty group": (group(), builder.NO_PARTS),
    "an empty group in another": (group(group(), join="or"), builder.NO_PARTS),
}


@pytest.mark.parametrize("name", INCOMPLETE)
@pytest.mark.parametrize("join", ["and", "or"])
def test_what_is_incomplete_is_named_and_never_left_out(name, join):
    part, text = INCOMPLETE[name]
    with pytest.raises(DraftError) as refused:
        from_builder(group(UNREAD, part, join=join))
    assert refused.value.text == text
    assert refused.value.is_incomplete
    assert refused.value.path[0] == 1


def test_not_without_conditions_is_incomplete():
    with pytest.raises(DraftError) as refused:
        from_builder(group(negated=True))
    assert (refused.value.text, refused.value.path) == (builder.NOTHING_LEFT, ())


WRONG = {
    "an unknown field": condition("stauts", "pending"),
    "a choice that is none": condition("status", "pendingg"),
    "a number that is none": condition("messages", "many"),
    "a duration without a unit": condition("waiting", "15", op=">"),
    "a duration that is equal": condition("waiting", "15m"),
    "two durations": condition("waiting", "15m", "20m", op=">"),
    "a day that is none": condition("opened", "2026-02-30"),
    "a comparison of names": condition("assignee", "me", op=">"),
    "a flag with a value": condition("blocked", "yes"),
    "presence with a value": condition("unread", "1", op="is"),
    "presence of what has none": condition("messages", op="is"),
    "few digits": condition("phone", "12"),
    "words without letters": {**BOLETO, "text": "!!!"},
    "a phrase without letters": {**BOLETO, "text": "!!!", "phrase": True},
    "more words than are kept": {**BOLETO, "text": "a," * MOST_LEAVES},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_field_does_not_take_is_refused_where_it_stands(name):
    with pytest.raises(DraftError) as refused:
        from_builder(group(UNREAD, group(UNREAD, WRONG[name], join="or")))
    assert (refused.value.path, refused.value.is_incomplete) == ((1, 1), False)
    assert all((refused.value.text.pt, refused.value.text.en, refused.value.text.es))


NO_DRAFTS = {
    "nothing": None,
    "a text": "unread",
    "a list": [group()],
    "a condition alone": UNREAD,
    "no type": {"join": "and", "not": False, "parts": []},
    "an unknown type": group({**UNREAD, "type": "sql"}),
    "an unknown join": group(join="xor"),
    "parts that are none": {**group(), "parts": {"0": UNREAD}},
    "not that is no yes or no": group({**UNREAD, "not": "no"}),
    "a field that is no text": group({**UNREAD, "field": ["status"]}),
    "an unknown comparison": group({**UNREAD, "op": "in"}),
    "a comparison that is no text": group({**UNREAD, "op": ["is"]}),
    "a value that is no text": group(condition("messages", 5)),
    "values that are no list": group({**UNREAD, "values": "abc"}),
    "more than a node holds": group({**UNREAD, "sql": "drop table"}),
    "words that are none": group({**BOLETO, "text": None}),
    "a phrase that is no yes or no": group({**BOLETO, "phrase": 1}),
    "too long a text": group({**BOLETO, "text": "a" * (LONGEST + 1)}),
    "half a character": group({**BOLETO, "text": "\ud83d"}),
    "a zero": group({**BOLETO, "text": "a\0b"}),
    "too many values": group(condition("contact", *["a"] * (LONGEST + 1))),
    "too many parts": group(*[UNREAD] * 2_000),
    "an abyss": nested(200),
}


@pytest.mark.parametrize("name", NO_DRAFTS)
def test_what_is_no_draft_is_refused(name):
    assert not is_draft(NO_DRAFTS[name])
    with pytest.raises(RuleError) as refused:
        from_builder(NO_DRAFTS[name])
    assert refused.value.text == NOT_UNDERSTOOD


def test_what_is_too_large_for_an_expression_is_refused():
    for draft in (
        group(*[UNREAD] * (MOST_LEAVES + 1)),
        group(condition("contact", *[f"{i:04}" for i in range(LONGEST // 4)])),
        nested(DEEPEST + 3),
    ):
        assert is_draft(draft)
        with pytest.raises(RuleError):
            from_builder(draft)
    assert from_builder(nested(DEEPEST + 1)) == Condition("unread", "is")


def test_the_deepest_expression_opens_in_the_builder():
    text = "unread"
    for depth in range(DEEPEST):
        text = f"({text} {'or ' if depth % 2 else ''}blocked)"
    tree = expression.parse(text)
    assert from_builder(to_builder(tree)) == tree


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["and", "is"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.fixed_dictionaries(
            {
                "type": st.just("group"),
                "join": inner,
                "not": st.booleans(),
                "parts": st.lists(inner),
            }
        )
        | st.fixed_dictionaries(
            {
                "type": st.just("condition"),
                "field": st.sampled_from([f.key for f in FILTERS]) | inner,
                "op": st.sampled_from(["is", "=", ">"]) | inner,
                "values": st.lists(st.text(max_size=5) | inner, max_size=3),
                "not": st.booleans(),
            }
        )
        | st.fixed_dictionaries(
            {"type": st.just("words"), "text": inner, "phrase": inner, "not": st.booleans()}
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=3))
def test_anything_sent_is_either_a_filter_or_refused_with_words(parts):
    draft = group(*parts)
    try:
        tree = from_builder(draft)
    except RuleError as error:
        refused = error.text
        assert all((refused.pt, refused.en, refused.es))
        return
    assert (tree == Everything()) == (parts == [])
    assert expression.parse(expression.to_text(tree)) == tree
    assert from_builder(to_builder(tree)) == tree


def test_negating_twice_is_the_same_as_never():
    twice = group(group(condition("unread", op="is", negated=True), negated=True))
    assert from_builder(twice) == Condition("unread", "is")
    assert from_builder(group(UNREAD, BOLETO, negated=True)) == Not(
        AllOf((Condition("unread", "is"), Words("boleto")))
    )


DIRECTORY = Directory(
    teams=(Team(5, "vendas", "Vendas"),),
    instances=(Instance(1, "loja-1", "Loja 1", "cloud", None, is_active=True),),
    labels=(Label(9, "vip", "VIP", "#aa0000"),),
)


@pytest.mark.parametrize("language", ["pt", "en", "es"])
def test_every_field_is_offered_by_itself_in_each_language(language):
    offered = catalogue(replace(crowd.SUPERVISOR, language=language), DIRECTORY)
    assert [(f["key"], f["name"]) for f in offered["fields"]] == [
        (field.key, field.name.in_(language)) for field in FILTERS
    ]
    assert all(op["name"] for f in offered["fields"] for op in f["ops"])
    assert json.loads(json.dumps(offered)) == offered


@pytest.mark.parametrize("field", FILTERS, ids=lambda field: field.key)
def test_every_comparison_that_is_offered_can_be_read(field):
    example = to_builder(expression.parse(field.example))["parts"][0]["values"]
    values = {Kind.NUMBER: ["1"], Kind.DURATION: ["1h"]}.get(field.kind, example)
    assert operators(field)
    for op, name in operators(field):
        read = expression.condition(field, op, [] if op == "is" else values)
        assert read.op == op
        assert all((name.pt, name.en, name.es))


@pytest.mark.parametrize("field", FILTERS, ids=lambda field: field.key)
def test_every_condition_of_a_field_has_its_comparison_offered(field):
    @given(conditions(field))
    def offered(one):
        assert one.op in {op for op, _ in operators(field)}

    offered()


def test_names_are_offered_with_me_and_nobody_where_the_field_knows_them():
    offered = catalogue(crowd.SUPERVISOR, DIRECTORY)
    special = {f["key"]: [one["key"] for one in f["special"]] for f in offered["fields"]}
    named = {key: special[key] for key in special if BY_KEY[key].kind is Kind.NAMES}
    assert named == {
        "assignee": ["me", "none"],
        "team": ["none"],
        "instance": [],
        "label": ["none"],
        "resolved_by": ["me", "none"],
    }
    assert offered["names"] == {
        "agent": [],
        "team": [{"key": "vendas", "name": "Vendas"}],
        "instance": [{"key": "loja-1", "name": "Loja 1"}],
        "label": [{"key": "vip", "name": "VIP", "colour": "#aa0000"}],
    }


def test_an_analyst_is_offered_nothing_personal():
    offered = catalogue(crowd.ANALYST, DIRECTORY)
    keys = {f["key"] for f in offered["fields"]}
    assert {f.key for f in FILTERS if f.is_personal} == {f.key for f in FILTERS} - keys
    assert not offered["may_search"]
    assert catalogue(crowd.AGENT, DIRECTORY)["may_search"]


def test_words_in_one_box_are_all_wanted():
    draft = group({**BOLETO, "text": 'boleto "segunda via" pendente'})
    assert from_builder(draft) == all_of(
        [Words("boleto"), Words("segunda via", is_phrase=True), Words("pendente")]
    )
    assert len(list(leaves(from_builder(draft)))) == 3
