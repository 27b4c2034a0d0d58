"""What a person has chosen in the inbox, and how it stands in the address of the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from console.i18n import Text
from console.readmodel import expression
from console.readmodel.filters import ME
from console.readmodel.rows import Sort
from console.readmodel.tree import AllOf, Condition, Everything, FilterError, Tree, Words, all_of

PAGE: Final = 50
MOST_ROWS: Final = 2_000
WINDOW: Final = 100


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the five filters of the product."""

    key: str
    label: Text
    tree: Tree


TABS: Final = (
    Tab("mine", Text("Minhas", "Mine", "Mías"), Condition("assignee", "=", (ME,))),
    Tab(
        "pending",
        Text("Pendente", "Pending", "Pendiente"),
        Condition("status", "=", ("pending",)),
    ),
    Tab("unread", Text("Não lidas", "Unread", "No leídas"), Condition("unread", "is")),
    Tab("all", Text("Todas", "All", "Todas"), Everything()),
)
MORE: Final = (
    Tab(
        "unassigned",
        Text("Não atribuídas", "Unassigned", "Sin asignar"),
        Condition("unassigned", "is"),
    ),
)
_BY_KEY: Final = {tab.key: tab for tab in (*TABS, *MORE)}


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything the inbox is drawn from, beside the store: immutable, one per rerun.

    `tab` is one of the five filters, `expression` and `search` narrow it further. The thread
    shows `older_n` messages up to the newest, or around `focus` when a message was linked.
    """

    tab: str = "pending"
    instances: tuple[str, ...] = ()
    expression: str = ""
    search: str = ""
    sort: Sort = "newest"
    conversation: int | None = None
    focus: int | None = None
    limit: int = PAGE
    older_n: int = WINDOW
    newer_n: int = WINDOW

    def narrowed(self, **changes: object) -> Choice:
        """Another list: it begins at its top again."""
        return replace(self, limit=PAGE, **changes)  # type: ignore[arg-type]

    def opened(self, conversation: int | None, focus: int | None = None) -> Choice:
        """Another thread: it begins at its end, or at the linked message."""
        return replace(self, conversation=conversation, focus=focus, older_n=WINDOW, newer_n=WINDOW)


def is_tab(key: str) -> bool:
    """Whether this names one of the five filters."""
    return key in _BY_KEY


def tree_of(choice: Choice) -> Tree:
    """The whole condition of the list; raises FilterError."""
    return all_of(
        (
            _BY_KEY[choice.tab].tree,
            instances_tree(choice.instances),
            expression.parse(choice.expression),
            expression.words(choice.search),
        )
    )


def instances_tree(keys: tuple[str, ...]) -> Tree:
    """The condition of the chosen instances; none chosen means every one."""
    return Condition("instance", "=", keys) if keys else Everything()


def filter_text(choice: Choice) -> str:
    """What stands in the address: the whole condition, or the words that cannot be read."""
    try:
        return expression.to_text(tree_of(choice))
    except FilterError:
        return choice.expression


def with_filter(choice: Choice, text: str) -> Choice:
    """The choice that a filter in the address stands for; what cannot be read stays as typed."""
    try:
        parts = _parts(expression.parse(text))
    except FilterError:
        return choice.narrowed(tab="all", instances=(), expression=text, search="")
    tab = next((t for t in (*TABS, *MORE) if t.tree in parts), _BY_KEY["all"])
    instances = next((p for p in parts if _is_instances(p)), None)
    searched = [p for p in parts if isinstance(p, Words)]
    rest = [p for p in parts if p not in (tab.tree, instances) and p not in searched]
    return choice.narrowed(
        tab=tab.key,
        instances=tuple(map(str, instances.values)) if isinstance(instances, Condition) else (),
        expression=expression.to_text(all_of(rest)),
        search=" ".join(f'"{w.text}"' if w.is_phrase else w.text for w in searched),
    )


def _parts(tree: Tree) -> tuple[Tree, ...]:
    return tree.parts if isinstance(tree, AllOf) else (tree,)


def _is_instances(tree: Tree) -> bool:
    return isinstance(tree, Condition) and tree.field == "instance" and tree.op == "="
