"""Somebody else's words show as what they are, and what hides in them is marked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ui.plain import JOINER, marked, plain

HOSTILE = [
    "**grande** _torto_ `code` ~~fora~~",
    "# título",
    "1. lista",
    "- item",
    "> citação",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "![x](https://evil.example/beacon.png)",
    "[clique](https://evil.example)",
    "[x]: https://evil.example",
    "https://evil.example www.evil.example ana@evil.example",
    "<https://evil.example> <b>negrito</b> <img src=x onerror=alert(1)>",
    ":red[vermelho] :smile: :material/home: :streamlit:",
    "$$x^2$$ e $5 a $9",
    "a -> b <- c <-> d >= e -- f",
    "título\n=====",
    "    recuado",
    "&amp; &#60;b&#62; &lt;",
    "\\*barra\\*",
    "{{constructor}} ${7*7} #{1}",
]


def read(markdown):
    """What CommonMark makes of it: an escaped sign is that sign; nothing else may be a sign."""
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", markdown)
    assert not re.search(r"[!-/:-@\[-`{-~]", bare)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown).replace(JOINER, "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_read_sign_by_sign(text):
    assert read(plain(text)) == " ".join(text.split())


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_no_ascii_is_ever_markdown(text):
    assert read(plain(text)) == " ".join(text.split())


@pytest.mark.parametrize("shortcode", [":smile:", ":red[x]", ":material/home:", ":+1:"])
def test_no_short_code_survives_the_parser(shortcode):
    assert shortcode[:3] not in plain(shortcode).replace("\\", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("abc\u202edef", "abc⟦U+202E⟧def"),
        ("a\u200bb", "a⟦U+200B⟧b"),
        ("a\u200db", "a⟦U+200D⟧b"),
        ("\ufeffoi", "⟦U+FEFF⟧oi"),
        ("a\x07b", "a⟦U+0007⟧b"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("João", "João"),
    ],
)
def test_what_hides_is_marked_and_what_belongs_stays(text, shown):
    assert marked(text) == shown
