"""Every word of business hours and targets in the settings."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

HOURS: Final = Text("Horários", "Hours", "Horarios")
HOURS_INTRO: Final = Text(
    "Quando há alguém para responder. Vale o da equipe, senão o da instância, senão o da Central.",
    "When somebody is there to answer. The team's hold, else the instance's, else Central's.",
    "Cuándo hay alguien para responder. Vale el del equipo, si no el de la instancia, "
    "si no el de la Central.",
)
HOURS_OF: Final = Text("Horário de atendimento", "Business hours", "Horario de atención")
NO_HOURS: Final = Text(
    "Sem horário: nenhum prazo pode ser calculado.",
    "No hours: no deadline can be told.",
    "Sin horario: no se puede calcular ningún plazo.",
)
DEFAULT_HOLDS: Final = Text("Vale o da Central.", "Central's hold.", "Vale el de la Central.")
HOURS_SAVED: Final = Text("Horário salvo.", "Hours saved.", "Horario guardado.")
BLOCKS_EXAMPLE: Final = Text(
    "09:00-12:00, 13:00-18:00", "09:00-12:00, 13:00-18:00", "09:00-12:00, 13:00-18:00"
)
BLOCKS_HELP: Final = Text(
    "Um ou vários períodos por dia, separados por vírgula, até 24:00. Dia em branco é dia fechado.",
    "One or several periods a day, separated by commas, until 24:00. A day left blank is closed.",
    "Uno o varios períodos por día, separados por comas, hasta 24:00. "
    "Un día en blanco está cerrado.",
)
ZONE: Final = Text("Fuso horário", "Time zone", "Huso horario")
HOLIDAYS: Final = Text("Feriados", "Holidays", "Feriados")
NO_HOLIDAYS: Final = Text("Nenhum", "None", "Ninguno")
NATIONAL: Final = Text("Nacionais do Brasil", "Brazil, national", "Nacionales de Brasil")
OF_STATE: Final = Text(
    "Nacionais e de {state}", "National and of {state}", "Nacionales y de {state}"
)
CLOSED_DAYS: Final = Text("Outros dias fechados", "Other closed days", "Otros días cerrados")
CLOSED_HELP: Final = Text(
    "Um dia por linha, como 24/12/2026. Serve para Carnaval, feriado municipal ou inventário.",
    "One day a line, like 2026-12-24. For Carnival, a local holiday or stock-taking.",
    "Un día por línea, como 24/12/2026. Para Carnaval, feriado local o inventario.",
)
USE_DEFAULT: Final = Text("Voltar ao da Central", "Use Central's", "Volver al de la Central")
REMOVE: Final = Text("Tirar", "Remove", "Quitar")

SLA: Final = Text("SLA", "SLA", "SLA")
SLA_INTRO: Final = Text(
    "Em quanto tempo responder. Vale a da equipe, senão a da instância, senão a da Central.",
    "How soon to answer. The team's hold, else the instance's, else Central's.",
    "En cuánto tiempo responder. Vale la del equipo, si no la de la instancia, "
    "si no la de la Central.",
)
SLA_OF: Final = Text("Metas de resposta", "Targets", "Metas de respuesta")
NO_TARGETS: Final = Text("Sem meta.", "No target.", "Sin meta.")
DEFAULT_TARGETS: Final = Text("Valem as da Central.", "Central's hold.", "Valen las de la Central.")
SLA_SAVED: Final = Text("Metas salvas.", "Targets saved.", "Metas guardadas.")
TARGET_EXAMPLE: Final = Text("15m, 2h, 1h30m, 3d", "15m, 2h, 1h30m, 3d", "15m, 2h, 1h30m, 3d")
TARGET_HELP: Final = Text(
    "Deixe em branco o que não tem meta. A lista avisa quando passam três quartos do tempo.",
    "Leave blank what has no target. The list warns when three quarters have passed.",
    "Deja en blanco lo que no tiene meta. La lista avisa cuando pasan tres cuartos del tiempo.",
)
RESOLUTION_HELP: Final = Text(
    "A meta de resolução conta nos indicadores; a lista mostra o prazo da resposta.",
    "The target of a resolution counts in the metrics; the list shows when to answer.",
    "La meta de resolución cuenta en los indicadores; la lista muestra el plazo de respuesta.",
)
CLOCK: Final = Text("Contar em", "Count in", "Contar en")
