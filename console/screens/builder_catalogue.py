"""What the filter builder offers: every field with its comparisons, choices and names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from console.domain.agent import Acting
from console.i18n import Text
from console.readmodel.expression import DEEPEST, LONGEST, MOST_LEAVES
from console.readmodel.filters import FILTERS, ME, NONE, Field, Kind, Names
from console.readmodel.tree import Op
from console.screens.directory import Directory

_YES: Final = Text("sim", "yes", "sí")
_IS: Final = Text("é", "is", "es")
_HOLDS: Final = Text("contém", "contains", "contiene")
_ON: Final = Text("em", "on", "en")
_COMPARED: Final[tuple[tuple[Op, Text], ...]] = (
    (">", Text("mais de", "more than", "más de")),
    (">=", Text("pelo menos", "at least", "al menos")),
    ("<", Text("menos de", "less than", "menos de")),
    ("<=", Text("no máximo", "at most", "como máximo")),
)
OPERATORS: Final[Mapping[Kind, tuple[tuple[Op, Text], ...]]] = {
    Kind.FLAG: (),
    Kind.CHOICE: (("=", _IS),),
    Kind.NAMES: (("=", _IS),),
    Kind.NUMBER: (("=", Text("igual a", "equal to", "igual a")), *_COMPARED),
    Kind.DURATION: _COMPARED,
    Kind.DAYS: (("=", _ON),),
    Kind.WORDS: (("=", _HOLDS),),
    Kind.DIGITS: (("=", _HOLDS),),
}
_ME: Final = Text("Eu", "Me", "Yo")
_NONE: Final[Mapping[Names, Text]] = {
    "agent": Text("Ninguém", "Nobody", "Nadie"),
    "team": Text("Sem equipe", "No team", "Sin equipo"),
    "instance": Text("Sem instância", "No instance", "Sin instancia"),
    "label": Text("Sem etiqueta", "No label", "Sin etiqueta"),
}


def catalogue(who: Acting, directory: Directory) -> dict[str, Any]:
    """Everything this person can choose from, in their language; analysts get nothing personal."""
    fields = [f for f in FILTERS if not (who.is_masked and f.is_personal)]
    return {
        "fields": [_field(field, who.language) for field in fields],
        "names": _names(directory),
        "may_search": not who.is_masked,
        "limits": {"longest": LONGEST, "deepest": DEEPEST // 2, "most": MOST_LEAVES},
    }


def operators(field: Field) -> tuple[tuple[Op, Text], ...]:
    """How a field is compared, the first one being what a new condition starts with."""
    present: tuple[tuple[Op, Text], ...] = (("is", _YES),) if field.present else ()
    return present + OPERATORS[field.kind]


def _field(field: Field, language: str) -> dict[str, Any]:
    is_named = field.kind is Kind.NAMES
    return {
        "key": field.key,
        "name": field.name.in_(language),
        "kind": field.kind.value,
        "ops": [_pair(op, name, language) for op, name in operators(field)],
        "choices": [_pair(c.key, c.name, language) for c in field.choices],
        "names": field.names if is_named else None,
        "special": _special(field, language) if is_named else [],
    }


def _special(field: Field, language: str) -> list[dict[str, str]]:
    me = [_pair(ME, _ME, language)] if field.names == "agent" else []
    return me + ([_pair(NONE, _NONE[field.names], language)] if field.absent else [])


def _pair(key: str, name: Text, language: str) -> dict[str, str]:
    return {"key": key, "name": name.in_(language)}


def _names(directory: Directory) -> dict[Names, list[dict[str, str]]]:
    """The names of each sort; former agents are found by typing theirs."""
    return {
        "agent": [{"key": a.email, "name": a.name} for a in directory.agents],
        "team": [{"key": t.key, "name": t.name} for t in directory.teams],
        "instance": [{"key": i.key, "name": i.name} for i in directory.instances],
        "label": [{"key": x.key, "name": x.name, "colour": x.colour} for x in directory.labels],
    }
