"""Full text: which conversations hold a word or a phrase.

The index is a vocabulary of folded words and postings (word, message, conversation); words that
came after the last load lie in a delta. Texts are not kept here: a phrase is verified on the
texts of its candidates, which come from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import duckdb
import pyarrow as pa

from console.i18n import Text
from console.readmodel.sources import MESSAGE
from console.readmodel.tree import FilterError, Words
from console.store.mirror import selected_by_ids
from console.store.work import Store

Bind = Callable[[object], str]

MOST_CANDIDATES: Final = 50_000
_SHORTEST_INSIDE: Final = 3  # shorter words are found as whole words only,
_IDEOGRAPHS: Final = "\u2e80"  # except in scripts that write no spaces, from here on
_SHORTEST_PHONE: Final = 4


def condition(cursor: duckdb.DuckDBPyConnection, store: Store, node: Words, bind: Bind) -> str:
    """SQL over the wide row that holds where a message, a name or a phone holds the words."""
    tokens = _tokens(cursor, node.text)
    if len(tokens) > 1:
        found = "select unnest(" + bind(_with_phrase(cursor, store, tokens)) + "::bigint[])"
    else:
        is_long = len(tokens[0]) >= _SHORTEST_INSIDE or max(tokens[0]) >= _IDEOGRAPHS
        is_inside = not node.is_phrase and is_long
        found = _with_word(cursor, tokens[0], bind, is_inside=is_inside)
    return f"id in ({found} union all {_of_contacts(node.text, bind)})"


def _of_contacts(text: str, bind: Bind) -> str:
    matching = [f"contains(contact_folded, folded({bind(text.strip())}))"]
    digits = "".join(c for c in text if c in "0123456789")
    if len(digits) >= _SHORTEST_PHONE and len(digits) >= sum(c.isalnum() for c in text):
        matching.append(f"contains(contact_phones, {bind(digits)})")
    return f"select id from conversation where {' or '.join(matching)}"  # noqa: S608 - parameters


def _with_word(
    cursor: duckdb.DuckDBPyConnection, token: str, bind: Bind, *, is_inside: bool
) -> str:
    fits = "contains(token, $token)" if is_inside else "token = $token"
    rows = cursor.execute(
        f"select token_id from vocabulary where {fits}",  # noqa: S608 - one of two constants
        {"token": token},
    ).fetchall()
    ids = bind([row[0] for row in rows])
    delta = fits.replace("$token", bind(token))
    return (
        "select conversation_id from posting"  # noqa: S608 - parameters only
        f" where token_id in (select unnest({ids}::integer[]))"
        f" union all select conversation_id from posting_delta where {delta}"
    )


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
