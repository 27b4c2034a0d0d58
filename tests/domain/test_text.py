import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.text import PREVIEW_LENGTH, clean, preview


@pytest.mark.parametrize("text", ["", "Olá, tudo bem? 👍🏽", "a\u202eb", "\ufffd"])
def test_a_clean_text_stays_as_it_is_and_keeps_no_bytes(text):
    assert (clean(text).text, clean(text).raw) == (text, None)


def test_nul_and_lone_surrogates_are_replaced_and_the_bytes_are_kept():
    cleaned = clean("a\x00b\ud83dc")
    assert cleaned.text == "a\ufffdb\ufffdc"
    assert cleaned.raw == b"a\x00b\xed\xa0\xbdc"


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_can_be_stored_and_its_bytes_give_it_back(text):
    cleaned = clean(text)
    cleaned.text.encode()
    assert "\x00" not in cleaned.text
    original = cleaned.raw.decode("utf-8", "surrogatepass") if cleaned.raw else cleaned.text
    assert original == text


@given(st.text())
def test_a_preview_is_one_short_line(text):
    shown = preview(text)
    assert len(shown) <= PREVIEW_LENGTH
    assert shown == " ".join(shown.split())


def test_a_long_text_ends_in_an_ellipsis():
    assert preview("a" * 500).endswith("…")
