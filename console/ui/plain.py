"""Somebody else's words inside an element that Streamlit reads as Markdown.

Names, labels and e-mail addresses come from outside. In `st.markdown`, in alerts, toasts and the
labels of widgets they could draw links, images, colours, formulas and icons, or turn the reading
direction around. `plain` makes them show as what they are. Texts of messages never come here:
they are drawn by the inbox component, by `st.text` or in cells of `st.dataframe`.
"""

from __future__ import annotations

import re
from typing import Final

JOINER: Final = "\u2060"  # invisible, of no width: parts what the Markdown reader would join

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
# After the parser, text is searched again for addresses, short codes and arrows, so escaping
# alone does not stop them (Streamlit 1.67: remark-gfm, remark-emoji, its own icons and arrows).
_JOINED_LATER: Final = re.compile(r"(:|@|(?<=\bwww)(?=\.)|(?<=[-<>=~])(?=[-<>=~]))", re.IGNORECASE)
_HIDDEN: Final = re.compile(
    "[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u206f\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\U000e0000-\U000e007f]"
)
# The two joiners belong to emoji and to several scripts; between ASCII signs they only deceive.
_STRAY_JOINER: Final = re.compile(
    "(?:(?<=[\x00-\x7f])|^)[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f]|$)"
)


def plain(text: str) -> str:
    """Markdown that shows `text` on one line, sign by sign, with what is hidden in it marked."""
    parted = _JOINED_LATER.sub(_part, marked(" ".join(text.split())))
    return _PUNCTUATION.sub(r"\\\1", parted)


def marked(text: str) -> str:
    """The text with direction marks, zero-width and control characters made visible."""
    return _HIDDEN.sub(_name, _STRAY_JOINER.sub(_name, text))


def _name(found: re.Match[str]) -> str:
    return f"⟦U+{ord(found[0]):04X}⟧"


def _part(found: re.Match[str]) -> str:
    return f"{JOINER}{found[0]}{JOINER}" if found[0] else JOINER
