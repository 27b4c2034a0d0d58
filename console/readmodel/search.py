"""Full text: which conversations hold a word or a phrase.

The index is a vocabulary of folded words and postings (word, message, conversation); words that
came after the last load lie in a delta. Texts are not kept here: a phrase is verified on the
texts of its candidates, which come from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from string import Template
from typing import Final

import duckdb
import pyarrow as pa

from console.i18n import Text
from console.readmodel.sources import MESSAGE
from console.readmodel.tree import FilterError, Words
from console.store.mirror import selected_by_ids
from console.store.work import Store

Bind = Callable[[object], str]

_FEW: Final = 10_000
_INSIDE: Final = Template("contains(token, $word)")
_WHOLE: Final = Template("token = $word")
MOST_CANDIDATES: Final = 50_000
_SHORTEST_INSIDE: Final = 3  # shorter words are found as whole words only,
_IDEOGRAPHS: Final = "\u2e80"  # except in scripts that write no spaces, from here on
_SHORTEST_PHONE: Final = 4


def condition(cursor: duckdb.DuckDBPyConnection, store: Store, node: Words, bind: Bind) -> str:
    """SQL over the wide row that holds where a message, a name or a phone holds the words.

    Few ids are looked up first and sent as one value; many stay a question inside the question.
    """
    found = _question(cursor, store, node)
    values: dict[str, object] = {}
    few = f"select distinct id from ({found(_binder(values))}) limit {_FEW + 1}"  # noqa: S608
    ids = [row[0] for row in cursor.execute(few, values).fetchall()]
    if len(ids) <= _FEW:
        return f"id in (select unnest({bind(ids)}::bigint[]))"
    return f"id in ({found(bind)})"


def _binder(values: dict[str, object]) -> Bind:
    def bind(value: object) -> str:
        name = f"s{len(values)}"
        values[name] = value
        return f"${name}"

    return bind


def _question(
    cursor: duckdb.DuckDBPyConnection, store: Store, node: Words
) -> Callable[[Bind], str]:
    """The ids of conversations that hold the words, as SQL once its values are bound."""
    tokens = _tokens(cursor, node.text)
    if len(tokens) > 1:
        ids = _with_phrase(cursor, store, tokens)
        return lambda bind: (
            f"select unnest({bind(ids)}::bigint[]) as id union all {_of_contacts(node.text, bind)}"
        )
    is_long = len(tokens[0]) >= _SHORTEST_INSIDE or max(tokens[0]) >= _IDEOGRAPHS
    fits = _INSIDE if is_long and not node.is_phrase else _WHOLE
    rows = cursor.execute(
        f"select token_id from vocabulary where {fits.substitute(word='$word')}",  # noqa: S608
        {"word": tokens[0]},
    ).fetchall()
    known = [row[0] for row in rows]
    return lambda bind: (
        "select conversation_id as id from posting"  # noqa: S608 - parameters only
        f" where token_id in (select unnest({bind(known)}::integer[]))"
        " union all select conversation_id from posting_delta"
        f" where {fits.substitute(word=bind(tokens[0]))}"
        f" union all {_of_contacts(node.text, bind)}"
    )


def _of_contacts(text: str, bind: Bind) -> str:
    matching = [f"contains(contact_folded, folded({bind(text.strip())}))"]
    digits = "".join(c for c in text if c in "0123456789")
    if len(digits) >= _SHORTEST_PHONE and len(digits) >= sum(c.isalnum() for c in text):
        matching.append(f"contains(contact_phones, {bind(digits)})")
    return f"select id from conversation where {' or '.join(matching)}"  # noqa: S608 - parameters


def _with_phrase(
    cursor: duckdb.DuckDBPyConnection, store: Store, tokens: Sequence[str]
) -> list[int]:
    ids = _candidates(cursor, sorted(set(tokens)))
    if len(ids) > MOST_CANDIDATES:
        raise _too_common(" ".join(tokens))
    with store.read() as connection:
        rows = selected_by_ids(connection, MESSAGE.statement, MESSAGE.key, ids)
    texts = pa.table(
        {
            "conversation_id": pa.array([row.conversation_id for row in rows], pa.int64()),
            "text": pa.array([row.text for row in rows], pa.string()),
        }
    )
    cursor.register("candidate_text", texts)
    verified = cursor.execute(
        "select distinct conversation_id from candidate_text"
        " where contains(' ' || array_to_string(token_row(text), ' ') || ' ', $words)",
        {"words": f" {' '.join(tokens)} "},
    ).fetchall()
    cursor.unregister("candidate_text")
    return [row[0] for row in verified]


def _candidates(cursor: duckdb.DuckDBPyConnection, tokens: list[str]) -> list[int]:
    """Messages that hold every one of these words."""
    rows = cursor.execute(
        "with wanted as (select token_id from vocabulary where list_contains($tokens, token)),"
        " hit as (select v.token, p.message_id from posting as p"
        " join vocabulary as v on v.token_id = p.token_id"
        " where p.token_id in (select token_id from wanted)"
        " union all select token, message_id from posting_delta"
        " where list_contains($tokens, token))"
        " select message_id from hit group by message_id"
        " having count(distinct token) = $n limit $most",
        {"tokens": tokens, "n": len(tokens), "most": MOST_CANDIDATES + 1},
    ).fetchall()
    return [row[0] for row in rows]


def _tokens(cursor: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    tokens: list[str] = cursor.execute("select token_row($text)", {"text": text}).fetchall()[0][0]
    if not tokens:
        raise FilterError(
            Text(
                f"Não há o que procurar em “{text}”: escreva letras ou números.",
                f"There is nothing to search for in “{text}”: write letters or digits.",
                f"No hay qué buscar en “{text}”: escriba letras o números.",
            )
        )
    return tokens


def _too_common(phrase: str) -> FilterError:
    return FilterError(
        Text(
            f"“{phrase}” aparece em mensagens demais para conferir: junte outra palavra.",
            f"“{phrase}” is in too many messages to verify: add another word.",
            f"“{phrase}” aparece en demasiados mensajes: agregue otra palabra.",
        )
    )
