"""What changed in a sentence: signs, sizes and names that a team lead reads at once."""

from types import SimpleNamespace

import pytest

from console.i18n import LANGUAGES
from console.readmodel.explain import BY, Explanation, Side, effects_of
from console.readmodel.metrics import METRICS_BY_KEY
from console.ui.figures.told import group_name, joined, sentence

NAMES = {1: "Ana", 2: "Bruno", 3: "Caio", 4: "<b>Zé</b> {names}"}
KNOWN = {key: SimpleNamespace(name=name) for key, name in NAMES.items()}
MODEL = SimpleNamespace(directory=SimpleNamespace(of=lambda _: KNOWN))


def told(key, before, now, by="agent", language="pt"):
    """The sentence of a change between groups: rows and the sum of their values."""
    sides = [{k: Side(*side) for k, side in one.items()} for one in (before, now)]
    is_mean = METRICS_BY_KEY[key].form in ("duration", "share")
    figures = [
        sum(s.total for s in one.values()) / (sum(s.n for s in one.values()) or 1)
        if is_mean
        else sum(s.n for s in one.values())
        for one in sides
    ]
    effects = effects_of(*sides, is_mean=is_mean)
    question = SimpleNamespace(metric=METRICS_BY_KEY[key], parts=())
    return sentence(Explanation(question, question, by, *figures, effects), MODEL, language)


def test_a_mean_that_rose_by_mix_and_by_itself():
    before = {1: (30, 30 * 120), 2: (10, 10 * 600)}
    now = {1: (20, 20 * 240), 2: (20, 20 * 600)}
    assert told("first_response", before, now) == (
        "O TMPR subiu 3 min, de 4 min para 7 min: +1 min 45 s por causa de quem atendeu"
        " (composição) e +1 min 15 s porque demorou mais com Ana."
    )
    assert told("first_response", before, now, language="en") == (
        "TMPR rose by 3 min, from 4 min to 7 min: +1 min 45 s because of who served (mix) and"
        " +1 min 15 s because it took longer with Ana."
    )


def test_parts_that_pull_apart_have_their_own_signs():
    before = {1: (10, 10 * 600), 2: (10, 10 * 120)}
    now = {1: (18, 18 * 420), 2: (2, 2 * 120)}
    assert told("reply_time", before, now, "hour") == (
        "O TMR subiu 30 s, de 6 min para 6 min 30 s: +2 min 36 s por causa da hora do dia"
        " (composição) e −2 min 06 s porque demorou menos às 1h."
    )


def test_a_part_that_is_nothing_is_not_told():
    before, now = {1: (10, 1_000), 2: (10, 1_000)}, {1: (10, 2_000), 2: (10, 1_500)}
    assert told("reply_time", before, now) == (
        "O TMR subiu 1 min 15 s, de 1 min 40 s para 2 min 55 s:"
        " +1 min 15 s porque demorou mais com Ana e Bruno."
    )


def test_a_share_changes_by_points():
    before, now = {1: (10, 1), 2: (10, 1)}, {1: (10, 3), 2: (10, 1)}
    assert told("reopen_share_24h", before, now) == (
        "“Reabertas em 24 h” subiu 10 p.p., de 10% para 20%: +10 p.p. porque a parte subiu com Ana."
    )


def test_a_count_is_told_by_its_groups_and_the_rest():
    before = {1: (10,), 2: (10,), 3: (4,), 4: (1,), None: (5,)}
    now = {1: (2,), 2: (5,), 3: (7,), 4: (3,), None: (6,)}
    assert told("resolved", before, now) == (
        "“Resoluções” caiu 7, de 30 para 23: −8 com Ana, −5 com Bruno, +3 com Caio e +3 no resto."
    )


def test_nothing_changed_and_nothing_to_compare():
    same = {1: (10, 1_000)}
    assert told("reply_time", same, same) == "O TMR ficou igual: 1 min 40 s nos dois períodos."
    question = SimpleNamespace(metric=METRICS_BY_KEY["reply_time"], parts=())
    empty = Explanation(question, question, "agent", None, 100.0, ())
    assert sentence(empty, MODEL, "pt").startswith("Em um dos períodos não há nada")


def test_names_of_others_are_taken_as_they_are():
    before, now = {4: (10, 1_000)}, {4: (10, 2_000)}
    assert "demorou mais com <b>Zé</b> {names}." in told("reply_time", before, now)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", BY)
def test_every_dimension_has_its_words(by, language):
    before, now = {1: (30, 3_600), 2: (10, 6_000)}, {1: (20, 4_800), 2: (20, 12_000)}
    text = told("first_response", before, now, by, language)
    assert "{" not in text
    assert group_name(MODEL, by, 1, language) in text


def test_things_in_one_line():
    assert joined(["a"], "pt") == "a"
    assert joined(["a", "b", "c"], "es") == "a, b y c"
