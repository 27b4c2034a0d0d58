"""A phrase in each language of the interface, kept beside the thing it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["pt", "en", "es"]

LANGUAGES: Final[tuple[Language, ...]] = ("pt", "en", "es")
LOCALES: Final = {"pt": "pt_BR", "en": "en_US", "es": "es_419"}
DEFAULT_LANGUAGE: Final[Language] = "pt"


@dataclass(frozen=True, slots=True)
class Text:
    """One phrase in Portuguese, English and Spanish; `{names}` are filled by `with_`."""

    pt: str
    en: str
    es: str

    def in_(self, language: str) -> str:
        """The phrase in `language`, in Portuguese when the language is not one of ours."""
        return {"pt": self.pt, "en": self.en, "es": self.es}.get(language, self.pt)

    def with_(self, **values: object) -> Text:
        """The same phrase with its `{names}` filled; phrases in each language's own words."""
        return Text(*(self.in_(key).format(**_spoken(values, key)) for key in LANGUAGES))


def _spoken(values: Mapping[str, object], language: str) -> dict[str, object]:
    return {n: v.in_(language) if isinstance(v, Text) else v for n, v in values.items()}


def language_of(locale: str | None) -> Language:
    """The interface language nearest to a browser's locale such as `pt-BR` or `en`."""
    prefix = (locale or "").replace("_", "-").split("-")[0].lower()
    for language in LANGUAGES:
        if prefix == language:
            return language
    return DEFAULT_LANGUAGE
