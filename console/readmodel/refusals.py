"""Answers to expressions that cannot be read: what is wrong, where, and the nearest way out."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from console.i18n import Text
from console.readmodel.filters import Field
from console.readmodel.fold import word_key
from console.readmodel.tree import FilterError


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the known words that look most like `word`."""
    by_key = {word_key(k): k for k in known}
    return tuple(by_key[k] for k in get_close_matches(word_key(word), by_key, n=3, cutoff=0.5))


def bad_value(
    field: str, value: str, hint: Text, position: int | None = None, known: Iterable[str] = ()
) -> FilterError:
    """The answer to a value that a field does not take; names the nearest known ones."""
    close = nearest(value, known)
    meant = _meant(close)
    text = Text(
        f"“{value}” não serve para {field}: {hint.pt}.{meant.pt}",
        f"“{value}” is no value for {field}: {hint.en}.{meant.en}",
        f"“{value}” no sirve para {field}: {hint.es}.{meant.es}",
    )
    return FilterError(text, position, close)


def unknown_field(name: str, known: Iterable[str], position: int) -> FilterError:
    """The answer to a field that does not exist."""
    close = nearest(name, known)
    meant = _meant(close)
    text = Text(
        f"Não há filtro “{name}”.{meant.pt} Para procurar essas palavras, use aspas.",
        f"There is no filter “{name}”.{meant.en} To search for these words, use quotes.",
        f"No hay filtro “{name}”.{meant.es} Para buscar esas palabras, use comillas.",
    )
    return FilterError(text, position, close)


def _meant(close: tuple[str, ...]) -> Text:
    if not close:
        return Text("", "", "")
    names = ", ".join(close)
    return Text(f" Quis dizer: {names}?", f" Did you mean: {names}?", f" ¿Quiso decir: {names}?")


def too_much(characters: int, conditions: int) -> FilterError:
    """The answer to an expression beyond the limits."""
    return FilterError(
        Text(
            f"O filtro é grande demais: até {characters} caracteres e {conditions} condições.",
            f"The filter is too large: up to {characters} characters and {conditions} conditions.",
            f"El filtro es demasiado grande: hasta {characters} caracteres, {conditions} partes.",
        )
    )


def nothing_to_search(text: str, at: int) -> FilterError:
    """The answer to words without a letter, a digit or a symbol."""
    return FilterError(
        Text(
            f"Não há o que procurar em “{text}”: escreva letras ou números.",
            f"There is nothing to search for in “{text}”: write letters or digits.",
            f"No hay qué buscar en “{text}”: escriba letras o números.",
        ),
        at,
    )


def no_value(at: int) -> FilterError:
    """The answer to a field without its value."""
    return FilterError(
        Text(
            "Falta um valor depois de “:”, “,” ou da comparação.",
            "A value is missing after “:”, “,” or the comparison.",
            "Falta un valor después de “:”, “,” o de la comparación.",
        ),
        at,
    )


def stands_alone(field: Field, at: int) -> FilterError:
    """The answer to a value on a field that takes none."""
    return FilterError(
        Text(
            f"{field.key} não leva valor: escreva só {field.key} ou -{field.key}.",
            f"{field.key} takes no value: write {field.key} or -{field.key}.",
            f"{field.key} no lleva valor: escriba solo {field.key} o -{field.key}.",
        ),
        at,
    )


def not_compared(field: Field, at: int) -> FilterError:
    """The answer to a comparison that the field does not know."""
    return FilterError(
        Text(
            f"{field.key} não se compara assim: escreva {field.example}.",
            f"{field.key} is not compared like this: write {field.example}.",
            f"{field.key} no se compara así: escriba {field.example}.",
        ),
        at,
    )


def needs_comparison(field: Field, at: int) -> FilterError:
    """The answer to a duration without `>` or `<`."""
    return FilterError(
        Text(
            f"{field.key} pede uma comparação: escreva {field.example}.",
            f"{field.key} needs a comparison: write {field.example}.",
            f"{field.key} pide una comparación: escriba {field.example}.",
        ),
        at,
    )


def unexpected(at: int) -> FilterError:
    """The answer to a place where a condition should stand."""
    return FilterError(
        Text(
            "Falta uma condição aqui, ou sobra um parêntese.",
            "A condition is missing here, or a parenthesis is left over.",
            "Falta una condición aquí, o sobra un paréntesis.",
        ),
        at,
    )


def open_parenthesis(at: int) -> FilterError:
    """The answer to a parenthesis without its end."""
    return FilterError(
        Text(
            "Falta fechar este parêntese.",
            "This parenthesis is not closed.",
            "Falta cerrar este paréntesis.",
        ),
        at,
    )


def open_quote(at: int) -> FilterError:
    """The answer to a quote without its end."""
    return FilterError(
        Text("Falta fechar as aspas.", "A quote is not closed.", "Falta cerrar las comillas."), at
    )
