"""Builder, expression, address and SQL say the same: ten thousand filters drawn by a seed."""

import json
import random
import shutil
from collections import Counter
from itertools import pairwise
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode

import pytest

from console.config import Settings
from console.readmodel import ask, compose, expression
from console.readmodel.filters import FILTERS
from console.readmodel.model import ReadModel
from console.readmodel.tree import Words, all_of, any_of, leaves, negate
from console.screens.builder import from_builder, to_builder
from console.store.work import open_store
from readmodel import crowd
from readmodel.crowd import AGENTS, INSTANCES, LABELS, NOW, SUPERVISOR, TEAMS
from readmodel.trees import Oracle, drawn

MANY = 10_000
AT_ONCE = 25
ASKED = 300
NARROWED = 400
NAMES = {"agent": AGENTS, "team": TEAMS, "label": LABELS, "instance": INSTANCES}


@pytest.fixture(scope="module")
def small(sqlite_template, tmp_path_factory):
    """Sixty conversations and their read model."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copy(sqlite_template, folder / "central.db")
    store = open_store(f"sqlite:///{folder}/central.db")
    crowd.fill(store, 60)
    model = ReadModel.open(store, folder / "readmodel", Settings())
    yield model, crowd.conversations(store)
    model.close()
    store.close()


@pytest.fixture(scope="module")
def many():
    return drawn(random.Random(20261102), MANY)


class Question(compose.Query):
    """The composer itself; only what each word finds is asked once, by a question of its own."""

    found: ClassVar = {}

    def _words(self, words):
        if words not in self.found:
            self.found[words] = ask.ids(self._model, words, SUPERVISOR, NOW)
        return f"id in (select unnest({self.bind(self.found[words])}::bigint[]))"


def answers(model, trees):
    """What each tree finds, many trees a statement: the conditions are those of every question."""
    found = []
    for start in range(0, len(trees), AT_ONCE):
        with model.cursor(is_limited=False) as cursor:
            query = Question(model, cursor, SUPERVISOR, NOW)
            wheres = [query.where(tree) for tree in trees[start : start + AT_ONCE]]
            rows = query.run(f"select id, ({'), ('.join(wheres)}) from conversation")
        found += [{row[0] for row in rows if row[at]} for at in range(1, len(wheres) + 1)]
    return found


def test_the_drawn_filters_are_of_every_sort(many):
    found = [leaf for tree in many for leaf in leaves(tree)]
    fields = Counter(leaf.field for leaf in found if not isinstance(leaf, Words))
    assert set(fields) == {field.key for field in FILTERS}
    assert min(fields.values()) > 100
    assert len({expression.to_text(tree) for tree in many}) == MANY
    assert max(len(list(leaves(tree))) for tree in many) > 9


def test_builder_expression_and_address_give_every_filter_back(many):
    for tree in many:
        assert from_builder(json.loads(json.dumps(to_builder(tree)))) == tree
        assert expression.parse(expression.to_text(tree)) == tree
        address = urlencode(expression.to_params(tree))
        assert expression.from_params(dict(parse_qsl(address))) == tree


@pytest.mark.slow
def test_sql_finds_what_every_filter_means(small, many):
    model, rows = small
    oracle = Oracle(NAMES, SUPERVISOR.agent_id, NOW)
    meant = [{row["id"] for row in rows if oracle.fits(tree, row)} for tree in many]
    found = answers(model, many)
    wrong = [i for i in range(MANY) if found[i] != meant[i]]
    assert [expression.to_text(many[i]) for i in wrong] == []
    assert len({frozenset(ids) for ids in meant}) > 500
    for tree, wanted in list(zip(many, meant, strict=True))[:ASKED]:
        assert set(ask.ids(model, tree, SUPERVISOR, NOW)) == wanted


@pytest.mark.slow
def test_one_more_condition_only_narrows(small, many):
    model, _ = small
    trees = many[:NARROWED]
    pairs = list(pairwise(trees))
    alone = answers(model, trees)
    both = answers(model, [all_of(pair) for pair in pairs])
    either = answers(model, [any_of(pair) for pair in pairs])
    without = answers(model, [all_of([a, negate(b)]) for a, b in pairs])
    for i in range(len(pairs)):
        assert both[i] <= alone[i]
        assert both[i] == alone[i] & alone[i + 1]
        assert either[i] == alone[i] | alone[i + 1]
        assert without[i] == alone[i] - alone[i + 1]
