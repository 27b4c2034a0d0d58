import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import RuleError
from console.domain.template import TemplateCall, payload_of, read_template, template_in

values = st.text(min_size=1, max_size=20).filter(str.strip)
calls = st.builds(
    TemplateCall,
    name=values,
    language=values,
    header=st.lists(values, max_size=2).map(tuple),
    body=st.lists(values, max_size=4).map(tuple),
    buttons=st.lists(st.tuples(st.integers(0, 9), values), max_size=3).map(tuple),
)


@given(calls)
def test_a_call_comes_back_out_of_its_payload(call):
    assert template_in(payload_of(call)) == call


def test_the_payload_of_a_text_has_no_call():
    assert template_in("{}") is None


def test_the_shape_of_a_payload_is_fixed():
    """Rows of an older version wait in the outbox: the shape may only grow."""
    call = TemplateCall("pedido_enviado", "pt_BR", ("Loja 1",), ("Ana", "42"), ((0, "BR42"),))
    assert json.loads(payload_of(call)) == {
        "template": {
            "name": "pedido_enviado",
            "language": "pt_BR",
            "header": ["Loja 1"],
            "body": ["Ana", "42"],
            "buttons": [[0, "BR42"]],
        }
    }


def test_name_and_language_are_enough():
    assert read_template({"name": "oi", "language": "pt_BR"}) == TemplateCall("oi", "pt_BR")


NAMED = {"name": "oi", "language": "pt_BR"}


@pytest.mark.parametrize(
    "given_",
    [
        None,
        [],
        "oi",
        {},
        {"name": "oi"},
        {"name": " ", "language": "pt_BR"},
        {"name": "oi", "language": 1},
        {**NAMED, "body": "Ana"},
        {**NAMED, "body": [""]},
        {**NAMED, "body": [1]},
        {**NAMED, "body": ["x" * 1_025]},
        {**NAMED, "body": ["x"] * 101},
        {**NAMED, "header": {"text": "x"}},
        {**NAMED, "buttons": ["x"]},
        {**NAMED, "buttons": [[-1, "x"]]},
        {**NAMED, "buttons": [[True, "x"]]},
        {**NAMED, "buttons": [[0, ""]]},
        {**NAMED, "buttons": [[0, "x", "y"]]},
    ],
)
def test_anything_else_is_refused_in_words(given_):
    with pytest.raises(RuleError, match="Say which template to send"):
        read_template(given_)
