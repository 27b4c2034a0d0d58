"""Why a typed statement was not run, or did not end: one sentence, and the place in it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

import duckdb

from console.domain.errors import RuleError
from console.i18n import Text
from console.readmodel.sql.functions import COMPUTING
from console.readmodel.sql.tables import BY_NAME


class QueryError(RuleError):
    """A statement that was refused or failed; `at` counts characters from its beginning."""

    def __init__(self, text: Text, at: int | None = None) -> None:
        super().__init__(text)
        self.at = at


NOTHING: Final = Text(
    "Escreva um comando que comece com select.",
    "Write a statement that begins with select.",
    "Escribe un comando que empiece con select.",
)
ONLY_ONE: Final = Text(
    "Só um comando por vez: apague o que vem depois do ponto e vírgula.",
    "One statement at a time: delete what follows the semicolon.",
    "Solo un comando a la vez: borra lo que sigue al punto y coma.",
)
ONLY_SELECT: Final = Text(
    "Aqui só se lê: o comando tem de ser um select.",
    "Reading only: the statement has to be a select.",
    "Aquí solo se lee: el comando tiene que ser un select.",
)
PIVOT_VALUES: Final = Text(
    "Diga os valores do pivot: pivot … on coluna in ('a', 'b') using ….",
    "Say the values of the pivot: pivot … on column in ('a', 'b') using ….",
    "Di los valores del pivot: pivot … on columna in ('a', 'b') using ….",
)
TOO_DEEP: Final = Text(
    "O comando tem partes demais uma dentro da outra. Divida-o com with.",
    "Too many parts inside one another. Divide the statement with with.",
    "El comando tiene demasiadas partes una dentro de otra. Divídelo con with.",
)
STOPPED: Final = Text("A consulta foi interrompida.", "Stopped.", "La consulta fue interrumpida.")
BUSY: Final = Text(
    "Outras consultas estão rodando agora. Tente de novo em alguns segundos.",
    "Other queries are running right now. Try again in a few seconds.",
    "Otras consultas se están ejecutando ahora. Inténtalo de nuevo en unos segundos.",
)
MEMORY: Final = Text(
    "A consulta precisa de mais memória do que há para ela: filtre ou agrupe antes.",
    "The query needs more memory than there is for it: filter or group first.",
    "La consulta necesita más memoria de la disponible: filtra o agrupa antes.",
)
NOT_YOURS: Final = Text(
    "Consultas em SQL são para a supervisão, a liderança de equipe e a análise.",
    "SQL is for supervisors, team leads and analysts.",
    "Las consultas SQL son para supervisión, líderes de equipo y análisis.",
)


def too_long(most: int) -> QueryError:
    """The answer to a statement beyond the limit."""
    return QueryError(
        Text(
            f"O comando é longo demais: até {most} caracteres.",
            f"The statement is too long: up to {most} characters.",
            f"El comando es demasiado largo: hasta {most} caracteres.",
        )
    )


def too_slow(limit_s: float) -> QueryError:
    """The answer to a statement that was stopped by the clock."""
    return QueryError(
        Text(
            f"A consulta passou de {limit_s:g} s e foi interrompida. Filtre um período menor.",
            f"The query took longer than {limit_s:g} s and was stopped. Filter a shorter period.",
            f"La consulta pasó de {limit_s:g} s y fue interrumpida. Filtra un período menor.",
        )
    )


def no_table(name: str, at: int | None) -> QueryError:
    """The answer to a table that is not one of those people may ask."""
    known = ", ".join(BY_NAME)
    return QueryError(
        Text(
            f"Não há tabela “{name}”. Há: {known}.",
            f"There is no table “{name}”. There are: {known}.",
            f"No hay tabla “{name}”. Hay: {known}.",
        ),
        at,
    )


def no_function(name: str, at: int | None) -> QueryError:
    """The answer to a function that is not offered."""
    near = _meant(get_close_matches(name.lower(), COMPUTING, n=2, cutoff=0.7))
    return QueryError(
        Text(
            f"A função “{name}” não está disponível aqui.{near.pt}",
            f"The function “{name}” is not available here.{near.en}",
            f"La función “{name}” no está disponible aquí.{near.es}",
        ),
        at,
    )


def qualified(name: str, at: int | None) -> QueryError:
    """The answer to a name with a schema or a database in front of it."""
    return QueryError(
        Text(
            f"Escreva o nome sem esquema nem banco: “{name}” não é aceito.",
            f"Write the name without schema or database: “{name}” is not taken.",
            f"Escribe el nombre sin esquema ni base: “{name}” no se acepta.",
        ),
        at,
    )


def taken_name(name: str) -> QueryError:
    """The answer to a common table expression named like a table of the database."""
    return QueryError(
        Text(
            f"O nome “{name}” já tem dono: dê outro nome a essa parte do with.",
            f"The name “{name}” is taken: give this part of the with another name.",
            f"El nombre “{name}” ya tiene dueño: da otro nombre a esa parte del with.",
        )
    )


def not_taken(what: str, at: int | None) -> QueryError:
    """The answer to a construction that is not offered."""
    name = what.lower().replace("_", " ")
    return QueryError(
        Text(
            f"Esta construção não está disponível aqui ({name}).",
            f"This construction is not available here ({name}).",
            f"Esta construcción no está disponible aquí ({name}).",
        ),
        at,
    )


def _meant(near: list[str]) -> Text:
    if not near:
        return Text("", "", "")
    names = ", ".join(near)
    return Text(f" Quis dizer: {names}?", f" Did you mean: {names}?", f" ¿Quisiste decir: {names}?")


_KNOWN: Final = (
    (
        re.compile(r'column "?(.+?)"? must appear in the GROUP BY'),
        Text(
            "A coluna “{name}” precisa estar no group by, ou em uma função como max.",
            "The column “{name}” has to stand in the group by, or in a function such as max.",
            "La columna “{name}” tiene que estar en el group by, o en una función como max.",
        ),
    ),
    (
        re.compile(r"argument types '(.+?)'\."),
        Text(
            "Nenhuma função aceita esses tipos: {name}.",
            "No function takes these types: {name}.",
            "Ninguna función acepta esos tipos: {name}.",
        ),
    ),
    (
        re.compile(r"Cannot compare values of type (.+?) - an explicit cast", re.DOTALL),
        Text(
            "Estes tipos não se comparam: {name}. Converta um deles.",
            "These types cannot be compared: {name}. Convert one of them.",
            "Estos tipos no se comparan: {name}. Convierte uno de ellos.",
        ),
    ),
)
_PLACE: Final = re.compile(r"\n+LINE (\d+): (.*)\n( *)\^", re.DOTALL)
_COLUMN: Final = re.compile(r'Referenced column "(.+?)" (?:was )?not found')
_CANDIDATES: Final = re.compile(r"Candidate bindings: (.+)")
_CAST: Final = re.compile(r"to (?:destination type )?([A-Z][A-Z0-9_() ,]*)")


def of_duckdb(error: duckdb.Error, statement: str) -> QueryError:
    """What DuckDB said, as one sentence with its place."""
    message = str(error)
    at = _place(message, statement)
    match error:
        case duckdb.OutOfMemoryException():
            return QueryError(MEMORY)
        case duckdb.ParserException():
            return QueryError(_unread(message), at)
        case duckdb.ConversionException():
            return QueryError(_unconverted(message), at)
    column = _COLUMN.search(message)
    if column:
        found = statement.lower().find(column[1].lower())
        return QueryError(_no_column(column[1], message), at if at is not None else _known(found))
    return QueryError(_other(message), at)


def _known(found: int) -> int | None:
    return found if found >= 0 else None


def _unread(message: str) -> Text:
    near = re.search(r'at or near "(.+?)"', message, re.DOTALL)
    if near is None:
        return Text(
            "O comando termina antes do fim: falta alguma parte.",
            "The statement ends too early: something is missing.",
            "El comando termina antes de tiempo: falta alguna parte.",
        )
    word = " ".join(near[1].split())
    return Text(
        f"Não entendi o comando a partir de “{word}”.",
        f"The statement cannot be read from “{word}” on.",
        f"No entendí el comando a partir de “{word}”.",
    )


def _unconverted(message: str) -> Text:
    kind = _CAST.search(message.partition("\n")[0])
    name = kind[1].strip() if kind else "?"
    return Text(
        f"Um valor não pôde ser convertido em {name}. Use try_cast para deixá-lo vazio.",
        f"A value could not be converted to {name}. Use try_cast to leave it empty.",
        f"Un valor no se pudo convertir en {name}. Usa try_cast para dejarlo vacío.",
    )


def _no_column(name: str, message: str) -> Text:
    found = _CANDIDATES.search(message)
    near = _meant(re.findall(r'"([^"]+)"', found[1])[:3] if found else [])
    return Text(
        f"Não há coluna “{name}”.{near.pt}",
        f"There is no column “{name}”.{near.en}",
        f"No hay columna “{name}”.{near.es}",
    )


def _other(message: str) -> Text:
    """What people run into most, in their language; else DuckDB's own first sentence."""
    for pattern, text in _KNOWN:
        found = pattern.search(message)
        if found:
            name = found[1]
            return Text(*(one.format(name=name) for one in (text.pt, text.en, text.es)))
    said = re.sub(r"^[A-Za-z -]+ Error: ", "", _PLACE.split(message)[0].split("\n")[0]).strip()
    return Text(
        f"O banco recusou: {said}", f"The database refused: {said}", f"La base rechazó: {said}"
    )


def _place(message: str, statement: str) -> int | None:
    """The character under DuckDB's `^`; its line may be cut and begin with an ellipsis."""
    found = _PLACE.search(message)
    lines = statement.split("\n")
    if found is None or int(found[1]) > len(lines):
        return None
    number, shown = int(found[1]) - 1, found[2]
    under = len(found[3]) - len(f"LINE {found[1]}: ")
    if shown.startswith("..."):
        begins = lines[number].find(shown.strip("."))
        under += begins - len("...") if begins >= 0 else 0
    return sum(len(line) + 1 for line in lines[:number]) + max(under, 0)
