"""The bench of webhooks: it sees what is lost, doubled and never painted; and it runs."""

import math

import pytest

from benchmarks.ground import Traffic, opened
from benchmarks.hooks.found import Post, lost_and_doubled, on_screen_ms, quantile
from benchmarks.hooks.post import MARK, PROVIDER_ID
from benchmarks.hooks.scene import Person, Scene, Talk, aimed_at
from benchmarks.made import make
from benchmarks.main import BENCHES
from build import FIRST_PHONE, Centre
from console.actions import Receive
from console.config import Settings
from console.domain.agent import a_contact
from console.domain.contact import Address


def post(n, answered=100.0, status=200):
    return Post(n, 0.0, answered, status)


def brought(centre, n, times=1):
    """The words of a message, under as many ids of the provider."""
    for again in range(times):
        address = Address("phone", str(FIRST_PHONE), str(FIRST_PHONE))
        words, provider_id = f"Bom dia {MARK.format(n=n)}", PROVIDER_ID.format(n=n) + "x" * again
        wish = Receive(centre.loja, address, "Rosa", words, provider_id)
        centre.run(wish, by=a_contact())


def test_what_was_acknowledged_and_is_not_kept_is_lost(store):
    centre = Centre(store)
    brought(centre, 1)
    assert lost_and_doubled(store, [post(1), post(1), post(2, status=503)]) == (0, 0)
    assert lost_and_doubled(store, [post(1), post(2)]) == (1, 0)


def test_what_is_kept_twice_is_doubled(store):
    centre = Centre(store)
    brought(centre, 1, times=3)
    brought(centre, 2)
    assert lost_and_doubled(store, [post(1), post(2)]) == (0, 2)


TALKS = [Talk(i, str(i), "Rosa", False) for i in (11, 12)]
SCENE = Scene("r", "s", [Person("m", "p", TALKS)], [])
STAY = {"id": "11", "from": 1_000.0, "until": 9_000.0}


def seen(posts, painted, stay=STAY):
    return on_screen_ms(SCENE, posts, [{"stays": [stay], "painted": painted}])


def test_messages_go_to_the_watched_conversations_in_turn():
    assert [aimed_at(n, 2) for n in range(18)] == [
        0, *[None] * 7, 1, *[None] * 7, 0, None,
    ]  # fmt: skip


def test_a_message_is_on_the_screen_when_it_is_painted():
    posts = [post(0, 2_000.0), post(8, 2_000.0), post(1, 2_000.0)]
    assert seen(posts, {"0": 2_050.0, "8": 2_070.0}) == [50.0]


def test_what_is_painted_before_its_answer_has_come_was_at_once():
    assert seen([post(0, 2_000.0)], {"0": 1_990.0}) == [0.0]


def test_who_stays_and_is_shown_nothing_has_waited_without_end():
    assert seen([post(0, 2_000.0)], {}) == [math.inf]


@pytest.mark.parametrize("answered", [999.0, 7_501.0])
def test_nobody_waits_for_what_came_before_or_just_before_they_left(answered):
    assert seen([post(0, answered)], {}) == []


def test_a_quantile_is_a_value_that_was_there():
    assert [quantile([3.0, 1.0, 2.0, 4.0], share) for share in (0.25, 0.5, 0.99)] == [1, 2, 4]
    assert quantile([], 0.5) == math.inf


@pytest.mark.browser
@pytest.mark.slow
def test_the_bench_of_webhooks_loses_nothing_on_a_tiny_store(tmp_path):
    made = tmp_path / "store.db"
    make(made, 400)
    ground = opened(made, Settings())
    ground.traffic = Traffic(webhooks=60, rate=10.0, browsers=1)
    answers, screens, rest = BENCHES["webhooks"](ground)
    ground.close()
    assert [gate.value for gate in answers.gates[1:]] == [0, 0, 0]
    assert len(screens.figures) == len(rest.figures) == 3
    assert screens.gates[1].value > 0
    assert math.isfinite(screens.figures[0].ms)  # most of what is watched is seen to be painted
