"""The filter expression: text to typed tree, tree to text, and both to the address of a page.

    status:pending unread instance:loja-1,loja-2 -assignee:me waiting>15m "segunda via"
    (team:vendas or unassigned)

A space means "and"; `or`, `-` (or `not`) and parentheses say the rest. Words without a field are
searched in the conversation. What cannot be read is refused with the nearest known word: a broken
expression never turns into a wider one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, assert_never

from console.readmodel.filters import (
    BY_KEY,
    BY_WORD,
    COMPARED,
    FILTERS,
    FLAGS,
    STATUS_WORDS,
    Field,
    Kind,
)
from console.readmodel.fold import word_key
from console.readmodel.refusals import (
    needs_comparison,
    no_value,
    not_compared,
    nothing_to_search,
    open_parenthesis,
    open_quote,
    too_much,
    unexpected,
    unknown_field,
)
from console.readmodel.tree import (
    AllOf,
    AnyOf,
    Condition,
    Everything,
    Not,
    Op,
    Tree,
    Value,
    Words,
    all_of,
    any_of,
    leaves,
    negate,
)
from console.readmodel.values import read_value, write_value

LONGEST: Final = 2_000
DEEPEST: Final = 20
MOST_LEAVES: Final = 100
PARAMETER: Final = "filter"

_QUOTED: Final = r'"(?:[^"\\]|\\.)*"'
_BARE: Final = r'[^\s(),"]+'
_SPACE: Final = re.compile(r"[\s,]+")
_NAME: Final = re.compile(r"([^\W\d][\w-]*)(:|>=|<=|>|<)")
_PIECE: Final = re.compile(f"({_QUOTED})|({_BARE})", re.DOTALL)
_WORD: Final = re.compile(_BARE)
_SEARCHED: Final = re.compile(r'"([^"]*)"|[^\s(),"]+')
_JOINS: Final = {"or": "or", "ou": "or", "and": "and", "not": "not"}
_TEXT_WORDS: Final = frozenset({"text", "texto", "mensagem", "mensaje"})
_OPS: Final[dict[str, Op]] = {":": "=", ">": ">", ">=": ">=", "<": "<", "<=": "<="}

_NO_TREE: Final = Everything()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["(", ")", "-", "or", "and", "leaf"]
    position: int
    tree: Tree = _NO_TREE


def parse(text: str) -> Tree:
    """The typed tree of an expression; raises FilterError, blank text is everything."""
    if len(text) > LONGEST:
        raise too_much(LONGEST, MOST_LEAVES)
    tree = _Parser(list(_tokens(text)), len(text)).whole()
    if sum(1 for _ in leaves(tree)) > MOST_LEAVES:
        raise too_much(LONGEST, MOST_LEAVES)
    return tree


def words(text: str) -> Tree:
    """The tree of a search box: every word must be found, "quotes" keep words together.

    Nothing in it is read as a filter. Blank text is everything.
    """
    found = [
        Words(m[1], is_phrase=True) if m[1] is not None else Words(m[0])
        for m in _SEARCHED.finditer(text[:LONGEST])
    ]
    wanted = [word for word in found if is_searchable(word.text)]
    if text.strip() and not wanted:
        raise nothing_to_search(text.strip(), 0)
    return all_of(wanted[:MOST_LEAVES])


def is_searchable(text: str) -> bool:
    """Whether a text holds something the search keeps: a letter, a digit or a symbol."""
    return any(c.isalnum() or ord(c) > 0x2190 for c in text)  # noqa: PLR2004 - arrows, emoji


def condition(field: Field, op: Op, texts: Sequence[str]) -> Tree:
    """One condition, its values written as in an expression but unquoted; raises FilterError."""
    if op == "is":
        if texts or not field.present:
            raise not_compared(field, 0)
        return Condition(field.key, "is")
    if not texts:
        raise no_value(0)
    return _condition(field, op, [(text, 0, True) for text in texts])


def to_text(tree: Tree) -> str:
    """The expression that parses to this tree."""
    match tree:
        case Everything():
            return ""
        case Condition():
            return _condition_text(tree)
        case Words():
            return _words_text(tree)
        case Not(part):
            return "-" + _grouped(part, AllOf, AnyOf)
        case AllOf(parts):
            return " ".join(_grouped(part, AnyOf) for part in parts)
        case AnyOf(parts):
            return " or ".join(to_text(part) for part in parts)
        case _:
            assert_never(tree)


def to_params(tree: Tree) -> dict[str, str]:
    """The tree as query parameters of a page; everything needs none."""
    text = to_text(tree)
    return {PARAMETER: text} if text else {}


def from_params(params: Mapping[str, str]) -> Tree:
    """The tree that query parameters carry; raises FilterError."""
    return parse(params.get(PARAMETER, ""))


def _grouped(part: Tree, *kinds: type) -> str:
    text = to_text(part)
    return f"({text})" if isinstance(part, kinds) else text


def _condition_text(condition: Condition) -> str:
    if condition.op == "is":
        return condition.field
    sign = ":" if condition.op == "=" else condition.op
    kind = BY_KEY[condition.field].kind
    return f"{condition.field}{sign}" + ",".join(_value_text(kind, v) for v in condition.values)


def _value_text(kind: Kind, value: Value) -> str:
    text = write_value(kind, value)
    return text if _WORD.fullmatch(text) else _quote(text)


def _words_text(node: Words) -> str:
    if node.is_phrase:
        return _quote(node.text)
    return node.text if _reads_alone(node.text) else f"text:{node.text}"


def _reads_alone(word: str) -> bool:
    key = word_key(word)
    is_taken = key in _JOINS or key in FLAGS or key in STATUS_WORDS
    return not (is_taken or word.startswith("-") or _NAME.match(word))


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unquote(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
        elif text[at] in "()":
            yield _Token("(" if text[at] == "(" else ")", at)
            at += 1
        elif text[at] == "-":
            yield _Token("-", at)
            at += 1
        else:
            token, at = _leaf(text, at)
            yield token


def _leaf(text: str, at: int) -> tuple[_Token, int]:
    if named := _NAME.match(text, at):
        return _named(text, at, named)
    piece = _piece(text, at)
    if piece[1]:
        return _Token("leaf", at, _words(_unquote(piece[1]), at, is_phrase=True)), piece.end()
    return _bare(piece[0], at), piece.end()


def _piece(text: str, at: int) -> re.Match[str]:
    piece = _PIECE.match(text, at)
    if piece is None:
        raise open_quote(at)
    return piece


def _bare(word: str, at: int) -> _Token:
    key = word_key(word)
    if key in _JOINS:
        join = _JOINS[key]
        return _Token("-" if join == "not" else "or" if join == "or" else "and", at)
    if key in STATUS_WORDS:
        return _Token("leaf", at, Condition("status", "=", (STATUS_WORDS[key],)))
    if key in FLAGS:
        return _Token("leaf", at, Condition(FLAGS[key].key, "is"))
    return _Token("leaf", at, _words(word, at, is_phrase=False))


def _words(text: str, at: int, *, is_phrase: bool) -> Words:
    if not is_searchable(text):
        raise nothing_to_search(text, at)
    return Words(text, is_phrase)


def _named(text: str, at: int, named: re.Match[str]) -> tuple[_Token, int]:
    name, sign = word_key(named[1]), named[2]
    pieces, end = _values(text, named.end())
    if name in _TEXT_WORDS and sign == ":":
        found = any_of(_words(v, p, is_phrase=quoted) for v, p, quoted in pieces)
        return _Token("leaf", at, found), end
    field = BY_WORD.get(name)
    if field is None:
        raise unknown_field(named[1], (*(f.key for f in FILTERS), "text"), at)
    return _Token("leaf", at, _condition(field, _OPS[sign], pieces)), end


def _values(text: str, at: int) -> tuple[list[tuple[str, int, bool]], int]:
    pieces: list[tuple[str, int, bool]] = []
    while True:
        if at >= len(text) or (text[at] != '"' and not _WORD.match(text, at)):
            raise no_value(at)
        piece = _piece(text, at)
        pieces.append((_unquote(piece[0]) if piece[1] else piece[0], at, bool(piece[1])))
        at = piece.end()
        if not text.startswith(",", at):
            return pieces, at
        at += 1


def _condition(field: Field, op: Op, pieces: list[tuple[str, int, bool]]) -> Tree:
    first = pieces[0][1]
    if op != "=" and (field.kind not in COMPARED or len(pieces) > 1):
        raise not_compared(field, first)
    if op == "=" and field.kind is Kind.DURATION:
        raise needs_comparison(field, first)
    values = tuple(dict.fromkeys(read_value(field, op, text, at) for text, at, _ in pieces))
    return Condition(field.key, "=" if field.kind is Kind.DAYS else op, values)


class _Parser:
    """Recursive descent over the tokens; every step either advances or raises."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self._tokens = tokens
        self._end = end
        self._at = 0

    def whole(self) -> Tree:
        if not self._tokens:
            return Everything()
        tree = self._any(0)
        if self._at < len(self._tokens):
            raise unexpected(self._tokens[self._at].position)
        return tree

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else "end"

    def _any(self, depth: int) -> Tree:
        parts = [self._all(depth)]
        while self._kind() == "or":
            self._at += 1
            parts.append(self._all(depth))
        return any_of(parts)

    def _all(self, depth: int) -> Tree:
        parts = [self._one(depth)]
        while self._kind() in {"leaf", "(", "-", "and"}:
            if self._kind() == "and":
                self._at += 1
            parts.append(self._one(depth))
        return all_of(parts)

    def _one(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise too_much(LONGEST, MOST_LEAVES)
        kind = self._kind()
        position = self._tokens[self._at].position if kind != "end" else self._end
        self._at += 1
        if kind == "leaf":
            return self._tokens[self._at - 1].tree
        if kind == "-":
            return negate(self._one(depth + 1))
        if kind != "(":
            raise unexpected(position)
        tree = self._any(depth + 1)
        if self._kind() != ")":
            raise open_parenthesis(position)
        self._at += 1
        return tree
