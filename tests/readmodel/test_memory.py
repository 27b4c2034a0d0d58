"""Answers are kept under one watermark, for a minute, and given to whoever asks the same."""

from console.domain.ids import MINUTE
from console.readmodel.memory import Memory


class Asking:
    """Asks a memory, and counts how often it had to be answered."""

    def __init__(self):
        self.memory, self.answers = Memory(), 0

    def __call__(self, mark, key):
        return self.memory.of(mark, key, self._answer)

    def _answer(self):
        self.answers += 1
        return self.answers


def test_the_same_question_is_answered_once():
    ask = Asking()
    ask.memory.instant("a", 5)
    assert [ask("a", "x"), ask("a", "y"), ask("a", "x")] == [1, 2, 1]


def test_another_watermark_forgets_everything():
    ask = Asking()
    ask.memory.instant("a", 5)
    ask("a", "x")
    ask.memory.instant("b", 6)
    assert [ask("b", "x"), ask("b", "x")] == [2, 2]
    assert [ask("a", "x"), ask("a", "x")] == [3, 4]  # a page that was open before: not kept


def test_the_instant_stands_for_a_minute_while_nothing_changes():
    memory = Memory()
    assert [memory.instant("a", at) for at in (100, 200, 50)] == [100, 100, 100]
    assert memory.instant("a", 100 + MINUTE) == 100 + MINUTE
    assert memory.instant("b", 200) == 200


def test_an_answer_grows_old():
    ask = Asking()
    ask.memory.instant("a", 0)
    ask("a", "x")
    ask.memory.instant("a", MINUTE)
    assert ask("a", "x") == 2


def test_a_memory_keeps_the_last_thousand():
    ask = Asking()
    ask.memory.instant("a", 0)
    for n in range(1_000):
        ask("a", n)
    ask("a", 0)  # asked for again, so not the first to go
    ask("a", "new")
    assert [ask("a", 0), ask("a", 1)] == [1, 1_002]


def test_nothing_is_kept_of_a_question_that_fails():
    memory = Memory()
    memory.instant("a", 0)
    for _ in range(2):
        try:
            memory.of("a", "x", lambda: 1 // 0)
        except ZeroDivisionError:
            continue
    assert memory.of("a", "x", lambda: 7) == 7
