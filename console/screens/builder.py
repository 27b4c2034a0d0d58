"""The filter builder: a filter tree as a browser edits it, and what there is to choose from.

In the browser a tree is plain JSON, its outermost node always a group; values are texts, written
as in an expression:

    {"type": "group", "join": "and", "not": false, "parts": [...]}
    {"type": "condition", "field": "waiting", "op": ">", "values": ["15m"], "not": false}
    {"type": "words", "text": "segunda via", "phrase": true, "not": false}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeGuard, assert_never, get_args

from console.domain.errors import RuleError
from console.i18n import Text
from console.readmodel import expression
from console.readmodel.expression import DEEPEST, LONGEST, MOST_LEAVES
from console.readmodel.filters import BY_KEY
from console.readmodel.refusals import nothing_to_search, too_much, unknown_field
from console.readmodel.tree import (
    AllOf,
    AnyOf,
    Condition,
    Everything,
    FilterError,
    Not,
    Op,
    Tree,
    Words,
    all_of,
    any_of,
    negate,
)
from console.readmodel.values import write_value
from console.screens.asked import NOT_UNDERSTOOD

Node = dict[str, Any]

NO_FIELD: Final = Text("Escolha um campo.", "Choose a field.", "Elige un campo.")
NO_VALUE: Final = Text(
    "Falta o valor de “{field}”.", "“{field}” has no value yet.", "Falta el valor de “{field}”."
)
NO_WORDS: Final = Text(
    "Escreva as palavras a procurar.",
    "Write the words to search for.",
    "Escribe las palabras a buscar.",
)
NO_PARTS: Final = Text(
    "Este grupo ainda não tem condições: adicione uma ou remova o grupo.",
    "This group has no conditions yet: add one or remove the group.",
    "Este grupo todavía no tiene condiciones: agrega una o quita el grupo.",
)
NOTHING_LEFT: Final = Text(
    "“Não” sem condições deixaria tudo de fora: adicione uma condição.",
    "“Not” without conditions would leave nothing: add a condition.",
    "“No” sin condiciones dejaría todo fuera: agrega una condición.",
)
TOO_DEEP: Final = Text(
    "Há grupos demais, um dentro do outro: até {n} níveis.",
    "Too many groups inside each other: up to {n} levels.",
    "Hay demasiados grupos, uno dentro de otro: hasta {n} niveles.",
)
_MOST_NODES: Final = 10 * MOST_LEAVES
_SIZES: Final = {"group": 4, "condition": 5, "words": 4}
_SIGNS: Final = frozenset(get_args(Op))


class DraftError(FilterError):
    """A draft that is no filter yet; `path` leads to the part: positions from the root down."""

    def __init__(
        self, text: Text, path: Sequence[int] = (), *, is_incomplete: bool = False
    ) -> None:
        super().__init__(text)
        self.path = tuple(path)
        self.is_incomplete = is_incomplete


def to_builder(tree: Tree) -> Node:
    """The tree as the browser edits it."""
    node = _node(tree)
    return node if node["type"] == "group" else _group("and", [node])


def from_builder(value: object) -> Tree:
    """The tree of a draft from a browser; raises DraftError, or RuleError for what is none.

    What is incomplete is refused, never left out: that could widen the filter. The result is
    what its own expression reads as, so an address can carry it.
    """
    if not is_draft(value):
        raise RuleError(NOT_UNDERSTOOD)
    tree = _tree(value, ())
    return expression.parse(expression.to_text(tree))


def is_draft(value: object) -> TypeGuard[Node]:
    """Whether a browser can draw this: every node is whole, though maybe not yet a filter."""
    if not (isinstance(value, dict) and value.get("type") == "group"):
        return False
    waiting: list[tuple[object, int]] = [(value, 0)]
    seen = 0
    while waiting and seen <= _MOST_NODES:
        node, depth = waiting.pop()
        seen += 1
        if not _is_node(node) or depth > 2 * DEEPEST:
            return False
        waiting += [(part, depth + 1) for part in node.get("parts", ())]
    return not waiting


def _node(tree: Tree) -> Node:
    match tree:
        case Everything():
            return _group("and", [])
        case Condition(field, op, values):
            texts = [write_value(BY_KEY[field].kind, value) for value in values]
            return {"type": "condition", "field": field, "op": op, "values": texts, "not": False}
        case Words(text, is_phrase):
            return {"type": "words", "text": text, "phrase": is_phrase, "not": False}
        case Not(part):
            return {**_node(part), "not": True}
        case AllOf(parts):
            return _group("and", [_node(part) for part in parts])
        case AnyOf(parts):
            return _group("or", [_node(part) for part in parts])
        case _:
            assert_never(tree)


def _group(join: str, parts: list[Node]) -> Node:
    return {"type": "group", "join": join, "not": False, "parts": parts}


def _is_node(node: object) -> TypeGuard[Node]:
    if not isinstance(node, dict) or not isinstance(node.get("not"), bool):
        return False
    match node:
        case {"type": "group", "join": "and" | "or", "parts": list()}:
            return len(node) == _SIZES["group"]
        case {"type": "condition", "field": field, "op": str(op), "values": list(values)}:
            is_whole = len(node) == _SIZES["condition"] and op in _SIGNS
            return is_whole and len(values) <= LONGEST and all(map(_is_text, [field, *values]))
        case {"type": "words", "text": text, "phrase": bool()}:
            return len(node) == _SIZES["words"] and _is_text(text)
        case _:
            return False


def _is_text(value: object) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value:
        return False
    return not any("\ud800" <= c <= "\udfff" for c in value)  # half a character


def _tree(node: Node, path: tuple[int, ...]) -> Tree:
    if len(path) > DEEPEST + 1:  # the outermost group needs no parentheses
        raise DraftError(TOO_DEEP.with_(n=DEEPEST), path)
    tree = _READERS[node["type"]](node, path)
    if not node["not"]:
        return tree
    if tree == Everything():
        raise DraftError(NOTHING_LEFT, path, is_incomplete=True)
    return negate(tree)


def _read_group(node: Node, path: tuple[int, ...]) -> Tree:
    parts = [_tree(part, (*path, at)) for at, part in enumerate(node["parts"])]
    if not parts and path:
        raise DraftError(NO_PARTS, path, is_incomplete=True)
    return any_of(parts) if parts and node["join"] == "or" else all_of(parts)


def _read_condition(node: Node, path: tuple[int, ...]) -> Tree:
    if not node["field"]:
        raise DraftError(NO_FIELD, path, is_incomplete=True)
    field = BY_KEY.get(node["field"])
    if field is None:
        raise DraftError(unknown_field(node["field"], BY_KEY, 0).text, path)
    texts = node["values"]
    if node["op"] != "is" and not (texts and all(text.strip() for text in texts)):
        raise DraftError(NO_VALUE.with_(field=field.name), path, is_incomplete=True)
    try:
        return expression.condition(field, node["op"], texts)
    except FilterError as error:
        raise DraftError(error.text, path) from error


def _read_words(node: Node, path: tuple[int, ...]) -> Tree:
    text = node["text"]
    if not text.strip():
        raise DraftError(NO_WORDS, path, is_incomplete=True)
    if node["phrase"]:
        if not expression.is_searchable(text):
            raise DraftError(nothing_to_search(text, 0).text, path)
        return Words(text, is_phrase=True)
    try:
        tree = expression.words(text)
    except FilterError as error:
        raise DraftError(error.text, path) from error
    if isinstance(tree, AllOf) and len(tree.parts) >= MOST_LEAVES:  # it keeps no more than that
        raise DraftError(too_much(LONGEST, MOST_LEAVES).text, path)
    return tree


_READERS: Final = {"group": _read_group, "condition": _read_condition, "words": _read_words}
