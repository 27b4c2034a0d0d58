"""The bar over the list: five filters with counts, instances, search, expression and sort."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.readmodel.rows import SORTS, Counts
from console.screens.choice import MORE, TABS, Choice, Tab, filter_text
from console.screens.directory import Directory


def filters_json(
    choice: Choice, counts: Counts, known: Directory, who: Acting, problem: RuleError | None
) -> dict[str, Any]:
    """The whole bar; counts are those of the chosen instances, before search and expression."""
    return {
        "tabs": [_tab(tab, counts, who) for tab in TABS],
        "more": [_tab(tab, counts, who) for tab in MORE],
        "instances": [
            {
                "key": instance.key,
                "name": instance.name,
                "count": counts.by_instance.get(instance.id, 0),
                "chosen": instance.key in choice.instances,
            }
            for instance in known.instances
            if instance.is_active or instance.key in choice.instances
        ],
        "active": choice.tab,
        "expression": choice.expression,
        "search": choice.search,
        "problem": problem.text.in_(who.language) if problem else None,
        "sorts": [{"key": k, "label": o.name.in_(who.language)} for k, o in SORTS.items()],
        "sort": choice.sort,
        "export": _export(choice) if who.may(Right.EXPORT) else None,
    }


def _export(choice: Choice) -> str:
    """The page that makes a file of this very list."""
    wanted = filter_text(choice)
    return f"/exports?{urlencode({'filter': wanted})}" if wanted else "/exports"


def counted(counts: Counts, tab: str) -> int:
    """How many conversations stand behind one of the five filters."""
    number: int = getattr(counts, tab)
    return number


def _tab(tab: Tab, counts: Counts, who: Acting) -> dict[str, Any]:
    return {
        "key": tab.key,
        "label": tab.label.in_(who.language),
        "count": counted(counts, tab.key),
    }
