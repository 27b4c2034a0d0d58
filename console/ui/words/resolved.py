"""Every word of the page of who resolved what."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

TITLE: Final = Text("Quem resolveu o quê", "Who resolved what", "Quién resolvió qué")
LINES: Final = Text("Linhas por", "Lines by", "Líneas por")
MEDIANS: Final = {
    "handle_time": Text(
        "TMA · Tempo de atendimento, mediana",
        "TMA · Handle time, median",
        "TMA · Tiempo de atención, mediana",
    ),
    "resolution_time": Text(
        "Tempo de resolução, mediana",
        "Resolution time, median",
        "Tiempo de resolución, mediana",
    ),
}
COURSE: Final = Text(
    "Resoluções ao longo do período, por {name}",
    "Resolutions over the period, by {name}",
    "Resoluciones en el período, por {name}",
)
COURSE_ALT: Final = Text(
    "Barras ao longo do período: quantas cada um resolveu",
    "Bars over the period: how many each one resolved",
    "Barras en el período: cuántas resolvió cada uno",
)
LINES_ALT: Final = Text(
    "Tabela: uma linha para cada um, com o que resolveu",
    "Table: a line for each, with what was resolved",
    "Tabla: una línea para cada uno, con lo que resolvió",
)
AWAY: Final = Text("acesso desativado", "deactivated", "acceso desactivado")
RULES: Final = Text(
    "E se contasse para outra pessoa?",
    "What if it counted for somebody else?",
    "¿Y si contara para otra persona?",
)
RULES_TELL: Final = Text(
    "As mesmas resoluções por cada regra de crédito: o lugar de cada um, e quantos lugares sobe (▲)"
    " ou desce (▼) em relação à primeira.",
    "The same resolutions by each credit rule: everybody's place, and how many places they move up"
    " (▲) or down (▼) against the first one.",
    "Las mismas resoluciones según cada regla de crédito: el lugar de cada uno, y cuántos lugares"
    " sube (▲) o baja (▼) respecto de la primera.",
)
RULES_ALT: Final = Text(
    "Tabela: número e lugar de cada um por cada regra de crédito",
    "Table: number and place of each by each credit rule",
    "Tabla: número y lugar de cada uno según cada regla de crédito",
)
COLUMNS: Final = {
    "resolved": Text("Resoluções", "Resolutions", "Resoluciones"),
    "resolved_conversations": Text("Conversas", "Conversations", "Conversaciones"),
    "resolved_contacts": Text("Contatos", "Contacts", "Contactos"),
    "silent_close": Text(
        "Com cliente esperando", "With a customer waiting", "Con cliente esperando"
    ),
    "handle_time": Text("TMA mediano", "Median handle time", "TMA mediano"),
    "resolution_time": Text("Resolução mediana", "Median resolution", "Resolución mediana"),
    "reopen_share_24h": Text("Reabertas em 24 h", "Reopened in 24 h", "Reabiertas en 24 h"),
}
NO_PERSON: Final = Text("(sem pessoa)", "(no person)", "(sin persona)")
PLACE: Final = Text("Lugar", "Place", "Lugar")
NTH: Final = Text("{n}º", "{n}.", "{n}.º")
NO_PLACE: Final = Text("–", "–", "–")
NEW: Final = Text("novo", "new", "nuevo")
APART: Final = Text(
    "Sem pessoa: {told}.",
    "No person: {told}.",
    "Sin persona: {told}.",
)
