"""Every word of the pages of figures."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

PERIOD: Final = Text("Período", "Period", "Período")
OWN: Final = Text("Escolher os dias…", "Choose the days…", "Elegir los días…")
DAYS: Final = Text("Do dia ao dia", "From day to day", "Del día al día")
COMPARE: Final = Text("Comparar com", "Compare with", "Comparar con")
COMPARISONS: Final = {
    "before": Text("Período anterior", "Period before", "Período anterior"),
    "none": Text("Nada", "Nothing", "Nada"),
}
FILTER: Final = Text("Filtro", "Filter", "Filtro")
FILTER_HINT: Final = Text(
    "instância:loja-1 -etiqueta:vip",
    "instance:store-1 -label:vip",
    "instancia:tienda-1 -etiqueta:vip",
)
FILTER_HELP: Final = Text(
    "O mesmo da Supervisão: só contam as conversas que correspondem *agora*. Vazio: todas.",
    "The same as in Supervision: only conversations that match *now* count. Empty: all.",
    "El mismo de Supervisión: solo cuentan las conversaciones que coinciden *ahora*.",
)
MORE: Final = Text("Opções", "Options", "Opciones")
CLOCK: Final = Text("Relógio", "Clock", "Reloj")
CLOCKS: Final = {
    "calendar": Text("Corrido", "Calendar", "Corrido"),
    "business": Text("Horário de atendimento", "Business hours", "Horario de atención"),
}
CLOCK_HELP: Final = Text(
    "O corrido conta noites e domingos; o de atendimento, só o tempo em que a equipe atende.",
    "The calendar's counts nights and Sundays; the other one only business hours.",
    "El corrido cuenta noches y domingos; el de atención, solo el tiempo en que se atiende.",
)
ZONE: Final = Text("Fuso horário", "Time zone", "Zona horaria")
ACCOUNTS_ZONE: Final = Text(
    "{zone} (o da conta)", "{zone} (the account's)", "{zone} (el de la cuenta)"
)
CREDIT: Final = Text("Conta para", "Counts for", "Cuenta para")
USUAL_CREDIT: Final = Text(
    "O usual de cada métrica", "Each metric's usual", "El usual de cada métrica"
)
FIXED: Final = Text(
    "Link com os dias de hoje, que não anda com o calendário:",
    "A link with today's days, which does not move with the calendar:",
    "Enlace con los días de hoy, que no avanza con el calendario:",
)
UNTIL: Final = Text("Dados até {time}", "Data until {time}", "Datos hasta {time}")
AGAINST: Final = Text("comparado com {days}", "compared with {days}", "comparado con {days}")
ON_CLOCK: Final = Text(
    "tempos no horário de atendimento", "times in business hours", "tiempos en horario de atención"
)
IN_ZONE: Final = Text("fuso", "time zone", "zona")
STILL: Final = Text(
    "{n} conversas ainda sendo contadas",
    "{n} conversations still being counted",
    "{n} conversaciones aún por contar",
)
STILL_ONE: Final = Text(
    "1 conversa ainda sendo contada",
    "1 conversation still being counted",
    "1 conversación aún por contar",
)
COUNTING: Final = Text("Contando…", "Counting…", "Contando…")
NOTHING: Final = Text("Nada neste período.", "Nothing in this period.", "Nada en este período.")

NOT_OFFERED: Final = Text(
    "Esta página não tem essa escolha. Escolha uma da lista.",
    "This page has no such choice. Choose one of the list.",
    "Esta página no tiene esa elección. Elige una de la lista.",
)
NO_VALUE: Final = Text("–", "–", "–")
SAME: Final = Text("igual", "the same", "igual")
DEFINITION: Final = Text("Como se conta", "How it is counted", "Cómo se cuenta")
WHY: Final = Text("Por que este número", "Why this number", "Por qué este número")
WHY_SHORT: Final = Text("Por quê?", "Why?", "¿Por qué?")
NOTHING_BEHIND: Final = Text(
    "Nada neste período: não há linhas por trás deste número.",
    "Nothing in this period: there are no rows behind this number.",
    "Nada en este período: no hay filas detrás de este número.",
)
CONTACT: Final = Text("Contato", "Contact", "Contacto")
VALUE: Final = Text("Valor", "Value", "Valor")
START: Final = Text("Início", "Start", "Inicio")
START_HOW: Final = Text("Como começou", "How it started", "Cómo empezó")
END: Final = Text("Fim", "End", "Fin")
END_HOW: Final = Text("Como terminou", "How it ended", "Cómo terminó")
FOR: Final = Text("Conta para", "Counts for", "Cuenta para")
INSTANCE: Final = Text("Instância", "Instance", "Instancia")
OPEN: Final = Text("Abrir", "Open", "Abrir")
LINK: Final = Text("Conversa", "Conversation", "Conversación")
YES: Final = Text("sim", "yes", "sí")
NO: Final = Text("não", "no", "no")
LEFT_OUT: Final = Text("fora", "left out", "fuera")
STILL_OPEN: Final = Text("em aberto", "open", "abierta")
GREATEST_FIRST: Final = Text(
    "{n} linhas, as de maior valor primeiro",
    "{n} rows, the greatest first",
    "{n} filas, las de mayor valor primero",
)
NEWEST_FIRST: Final = Text(
    "{n} linhas, as mais recentes primeiro",
    "{n} rows, the newest first",
    "{n} filas, las más recientes primero",
)
NOBODY: Final = Text("Ninguém", "Nobody", "Nadie")
NO_TEAM: Final = Text("Sem equipe", "No team", "Sin equipo")
NO_LABEL: Final = Text("Sem etiqueta", "No label", "Sin etiqueta")
HOUR: Final = Text("{hour}h", "{hour}:00", "{hour} h")
WEEK_OF: Final = Text("semana de {day}", "week of {day}", "semana del {day}")
CLICK: Final = Text(
    "Clique numa marca para ver as conversas por trás dela.",
    "Click a mark to see the conversations behind it.",
    "Haz clic en una marca para ver las conversaciones detrás de ella.",
)

OVERVIEW: Final = Text("Visão geral", "Overview", "Visión general")
FLOW: Final = Text("Abertos e resolvidos", "Opened and resolved", "Abiertas y resueltas")
FLOW_ALT: Final = Text(
    "Linhas: atendimentos abertos e resoluções ao longo do período",
    "Lines: episodes opened and resolutions over the period",
    "Líneas: atenciones abiertas y resoluciones en el período",
)
BY_HOUR: Final = Text("A que horas abrem", "At what hour they open", "A qué hora se abren")
BY_HOUR_ALT: Final = Text(
    "Barras: atendimentos abertos por hora do dia",
    "Bars: episodes opened by hour of day",
    "Barras: atenciones abiertas por hora del día",
)
