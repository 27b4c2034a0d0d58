"""Benches that only ask: the inbox screen, counts, one page, a deep page, search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from benchmarks import floors, sql
from benchmarks.ground import Ground
from benchmarks.measure import Figure, Gate, Result, median_ms
from benchmarks.words import Word, chosen_words
from console.readmodel import ask
from console.readmodel.expression import parse
from console.readmodel.rows import Key
from console.store import thread

DEEP: Final = 200_000
PAGE_LIMIT: Final = 3.0
DEEP_LIMIT: Final = 4.0
# What a person chooses above the list, and what they type.
FILTERS: Final = (
    "",
    "status:pending",
    "unread",
    "unassigned",
    "assignee:me",
    "waiting>15m",
    "status:pending -assignee:me unread",
)


def inbox(ground: Ground) -> list[Result]:
    """The inbox screen: the counts of all tabs and the first page of 50."""
    instance = f"instance:{ground.instance_key} status:pending"
    masks: dict[str, Callable[[Any], Any]] = {
        "all": lambda _: None,
        "pending": lambda rows: rows["status"].eq("pending"),
        "instance": lambda rows: (
            rows["instance_id"].eq(ground.instance_id) & rows["status"].eq("pending")
        ),
    }
    expressions = {"all": "", "pending": "status:pending", "instance": instance}
    return [_screen(ground, name, expressions[name], mask) for name, mask in masks.items()]


def _screen(ground: Ground, name: str, expression: str, mask: Callable[[Any], Any]) -> Result:
    tree = parse(expression)
    chosen = [ground.instance_id] if name == "instance" else []

    def ours() -> None:
        ask.counts(ground.model, ground.who, chosen, ground.now)
        ask.page(ground.model, tree, ground.who, now=ground.now)

    def theirs(peer: Any) -> None:
        sql.ask(peer.store, sql.COUNTS, me=ground.who.agent_id)
        sql.ask(peer.store, sql.PAGES[name], **_values(ground, name))

    def pandas() -> None:
        ground.frames.counts(ground.who.agent_id)
        ground.frames.page(mask(ground.frames.conversations))

    figures = [Figure("Central", median_ms(ours, runs=15))]
    figures += [Figure(p.name, median_ms(lambda p=p: theirs(p), runs=3)) for p in ground.peers]
    figures.append(Figure("pandas, frames in memory", median_ms(pandas, runs=3)))
    return Result(f"inbox screen, {name}", tuple(figures))


def _values(ground: Ground, name: str) -> dict[str, int]:
    return {"instance": ground.instance_id} if name == "instance" else {}


def counts(ground: Ground) -> list[Result]:
    """The counts of all tabs and instances."""

    def ours() -> object:
        return ask.counts(ground.model, ground.who, [], ground.now)

    me = ground.who.agent_id
    figures = [Figure("Central", median_ms(ours, runs=31))]
    figures += [
        Figure(p.name, median_ms(lambda p=p: sql.ask(p.store, sql.COUNTS, me=me), runs=3))
        for p in ground.peers
    ]
    figures += [
        Figure("pandas, frames in memory", median_ms(lambda: ground.frames.counts(me), runs=3)),
        Figure("floor: select 1", floors.select_one_ms(ground.model)),
    ]
    return [Result("counts", tuple(figures))]


def page(ground: Ground) -> list[Result]:
    """One page of 50 for every kind of filter, against one scan of all rows."""
    scan = floors.scan_ms(ground.model)
    floor = [
        Figure("floor: raw scan of two columns", scan),
        Figure("floor: select 1", floors.select_one_ms(ground.model)),
    ]
    expressions = (*FILTERS, f"instance:{ground.instance_key}")
    times = {e: median_ms(lambda e=e: _page(ground, e), runs=51) for e in expressions}
    return [
        Result(
            "page of 50",
            (*(Figure(f"Central, {e or '(all)'}", ms) for e, ms in times.items()), *floor),
            tuple(
                Gate(f"page {e or '(all)'} ≤ 3 × raw scan", ms / scan, PAGE_LIMIT)
                for e, ms in times.items()
            ),
        )
    ]


def _page(ground: Ground, expression: str, after: Key | None = None) -> ask.Page:
    return ask.page(ground.model, parse(expression), ground.who, now=ground.now, after=after)


def deep(ground: Ground) -> list[Result]:
    """The page behind 200 000 rows, by keyset, against the first page and against OFFSET."""
    depth = min(DEEP, ground.total // 2)
    key = _key_at(ground, depth)
    first = median_ms(lambda: _page(ground, ""), runs=31)
    ours = median_ms(lambda: _page(ground, "", key), runs=31)
    values = {"at": key[0], "id": key[1]}
    figures = [Figure(f"Central, behind {depth} rows", ours), Figure("Central, first page", first)]
    for peer in ground.peers:
        offset = median_ms(
            lambda p=peer: sql.ask(p.store, sql.PAGES["offset"], offset=depth), runs=3
        )
        keyset = median_ms(lambda p=peer: sql.ask(p.store, sql.PAGES["deep"], **values), runs=7)
        figures += [Figure(f"{peer.name}, OFFSET", offset), Figure(f"{peer.name}, keyset", keyset)]
    gate = Gate("deep page ≤ 4 × first page", ours / first, DEEP_LIMIT)
    return [Result("deep page", tuple(figures), (gate,))]


def _key_at(ground: Ground, depth: int) -> Key:
    with ground.model.cursor() as cursor:
        found = cursor.execute(
            "select last_activity_at, id from conversation"
            " order by last_activity_at desc, id desc limit 1 offset $depth",
            {"depth": depth - 1},
        ).fetchall()
    return tuple(found[0])


def search(ground: Ground) -> list[Result]:
    """The 50 newest conversations that hold a word, with the newest one's messages."""
    return [_search(ground, word) for word in chosen_words(ground.model)]


def _search(ground: Ground, word: Word) -> Result:
    expression = f'"{word.text}"'

    def ours() -> None:
        rows = _page(ground, expression).rows
        with ground.store.read() as connection:
            for row in rows[:1]:
                thread.messages(connection, row.id, limit=100)

    figures = [
        Figure("Central, list and thread", median_ms(ours, runs=9)),
        Figure("Central, as a filter of the count", median_ms(lambda: _count(ground, expression))),
    ]
    for peer in ground.peers:
        dialect = peer.store.dialect
        for how, statement in (("full text", dialect), ("like", "like")):
            ms = median_ms(
                lambda p=peer, s=statement: sql.ask(
                    p.store, sql.SEARCH[s], word=word.text, like=f"%{word.text}%"
                ),
                runs=1,
                warm_up=1,
            )
            figures.append(Figure(f"{peer.name}, {how}", ms))
    messages = ground.frames.messages
    pandas = median_ms(
        lambda: messages[messages["text"].str.contains(word.text, case=False)], runs=1, warm_up=0
    )
    figures.append(Figure("pandas, frames in memory", pandas))
    return Result(f"search, {word.what} ({word.n} messages)", tuple(figures))


def _count(ground: Ground, expression: str) -> int:
    tree = parse(f"status:pending {expression}")
    return ask.count(ground.model, tree, ground.who, ground.now)
