"""Each code of Meta has one consequence and words in three languages."""

import pytest

from console.channels.base import Action
from console.channels.graph_errors import (
    ALERTING,
    GraphError,
    action_of,
    action_without_code,
    spoken,
)
from console.channels.graph_words import SPOKEN
from console.channels.inbound import ProviderError
from console.channels.own_errors import WORDS
from console.i18n import LANGUAGES

# Section 3.3 of the channel specification, written out once more.
TABLE = {
    Action.WINDOW_CLOSED: {131047},
    Action.THROTTLE_PEER: {131056},
    Action.THROTTLE_NUMBER: {4, 80007, 130429, 131057, 133016, 131048, 131064},
    Action.RETRY: {1, 2, 131000, 131016},
    Action.AUTH: {
        *(0, 3, 10, 190, 131005, 131031, 131037, 131042, 131045, 133010, 368),
        *range(200, 300),
    },
    Action.PERMANENT: {
        *(100, 131008, 131009, 131021, 131026, 131030, 131049, 131050, 131051, 131053, 131062),
        *(132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069, 132999),
        *(130472, 130497, 135000, 137000, 33, 999_999, 131052),
    },
}
CODES = [(code, action) for action, codes in TABLE.items() for code in sorted(codes)]


def given(code, is_transient=None):
    return GraphError(ProviderError(code, "Title", "Details"), is_transient)


@pytest.mark.parametrize(("code", "action"), CODES)
def test_a_code_has_its_action_whatever_the_status(code, action):
    for status in (400, 401, 403, 404, 429):
        assert action_of(given(code), status) is action


@pytest.mark.parametrize(("code", "action"), CODES)
def test_what_passes_is_tried_again_unless_more_is_known(code, action):
    expected = Action.RETRY if action is Action.PERMANENT else action
    assert action_of(given(code, is_transient=True), 400) is expected


@pytest.mark.parametrize(
    ("code", "is_transient", "action"),
    [
        (999_999, None, Action.RETRY),
        (999_999, False, Action.PERMANENT),
        (131026, None, Action.PERMANENT),
        (132000, None, Action.PERMANENT),
        (3, None, Action.AUTH),
        (131000, None, Action.RETRY),
    ],
)
def test_an_unknown_failure_of_the_server_is_tried_again(code, is_transient, action):
    assert action_of(given(code, is_transient), 500) is action


@pytest.mark.parametrize(
    ("status", "action"),
    [
        (301, Action.AUTH),
        (307, Action.AUTH),
        (400, Action.PERMANENT),
        (401, Action.AUTH),
        (403, Action.AUTH),
        (404, Action.PERMANENT),
        (413, Action.PERMANENT),
        (429, Action.THROTTLE_NUMBER),
    ],
)
def test_a_refusal_without_a_code(status, action):
    assert action_without_code(status) is action


def test_the_title_decides_nothing():
    for title in ("Re-engagement message", "Rate limit hit", ""):
        assert action_of(GraphError(ProviderError(131026, title)), 400) is Action.PERMANENT


def test_every_code_has_words_of_its_own():
    named = {code for code, _ in CODES if code < 132000 or code > 132999}
    unnamed = named - set(SPOKEN) - set(range(200, 300)) - {33, 137000, 999_999}
    assert unnamed == set()
    for words in (*SPOKEN.values(), *WORDS.values()):
        texts = [words.in_(language) for language in LANGUAGES]
        assert all(text.endswith(".") and "  " not in text for text in texts)
        assert len(set(texts)) == 3


def test_what_a_person_reads():
    assert spoken(ProviderError(131047)).pt == (
        "Janela de 24 h encerrada. Envie um modelo para retomar a conversa."
    )
    assert spoken(ProviderError(250)) == spoken(ProviderError(10))
    assert "132001" in spoken(ProviderError(132001)).es
    assert spoken(ProviderError(None, "no_caption")) == WORDS["no_caption"]
    assert spoken(ProviderError(7, "Title", "{details}")).en == (
        "WhatsApp refused the message: 7 {details}"
    )
    assert spoken(ProviderError(7, "Title")).en == "WhatsApp refused the message: 7 Title"
    assert spoken(ProviderError(None)).en == "WhatsApp refused the message: —"


def test_what_alerts_pauses_the_number():
    assert TABLE[Action.THROTTLE_NUMBER] > ALERTING
