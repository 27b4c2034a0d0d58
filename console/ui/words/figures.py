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
CHOSEN: Final = Text(
    "Período e filtros: {chosen}", "Period and filters: {chosen}", "Período y filtros: {chosen}"
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
ACCOUNTS: Final = Text("(o da conta)", "(the account's)", "(el de la cuenta)")
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
NO_BEFORE: Final = Text("nada antes", "nothing before", "nada antes")
SAME: Final = Text("igual", "the same", "igual")
DEFINITION: Final = Text("Como se conta", "How it is counted", "Cómo se cuenta")
WHY: Final = Text("Por que este número", "Why this number", "Por qué este número")
WHY_SHORT: Final = Text("Por quê?", "Why?", "¿Por qué?")
OTHERS: Final = Text("Outros", "Others", "Otros")
NOTHING_BEHIND: Final = Text(
    "Nada neste período: não há linhas por trás deste número.",
    "Nothing in this period: there are no rows behind this number.",
    "Nada en este período: no hay filas detrás de este número.",
)
CONTACT: Final = Text("Contato", "Contact", "Contacto")
FIGURE: Final = Text("Número", "Figure", "Número")
UNIT: Final = Text("Unidade", "Unit", "Unidad")
UNITS: Final = {
    "number": Text("quantidade", "count", "cantidad"),
    "seconds": Text("segundos", "seconds", "segundos"),
    "share": Text("parte de 1", "share of 1", "parte de 1"),
}
VALUE_BEFORE: Final = Text("Antes", "Before", "Antes")
VALUE: Final = Text("Valor", "Value", "Valor")
START: Final = Text("Início", "Start", "Inicio")
START_HOW: Final = Text("Como começou", "How it started", "Cómo empezó")
END: Final = Text("Fim", "End", "Fin")
END_HOW: Final = Text("Como terminou", "How it ended", "Cómo terminó")
FOR: Final = Text("Conta para", "Counts for", "Cuenta para")
INSTANCE: Final = Text("Instância", "Instance", "Instancia")
OPEN: Final = Text("Abrir", "Open", "Abrir")
LINK: Final = Text("Conversa", "Conversation", "Conversación")
FROM_TO: Final = Text("de {first} a {last}", "from {first} to {last}", "de {first} a {last}")
FROM: Final = Text("{first} ou mais", "{first} or more", "{first} o más")
YES: Final = Text("sim", "yes", "sí")
NO: Final = Text("não", "no", "no")
LEFT_OUT: Final = Text("fora", "left out", "fuera")
NO_END: Final = Text("sem término", "no end", "sin término")
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
UNKNOWN: Final = Text("sem cadastro (nº {n})", "not registered (no. {n})", "sin registro (n.º {n})")
ONE_CONTACT: Final = Text("um contato", "one contact", "un contacto")
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

TIMES: Final = Text("Tempos", "Times", "Tiempos")
WHICH: Final = Text("Qual tempo", "Which time", "Qué tiempo")
BY: Final = Text("Tabela por", "Table by", "Tabla por")
MEAN: Final = Text("Média", "Mean", "Media")
MEDIAN: Final = Text("Mediana", "Median", "Mediana")
P75: Final = Text("p75", "p75", "p75")
P90: Final = Text("p90", "p90", "p90")
P95: Final = Text("p95", "p95", "p95")
PERCENTILE: Final = Text(
    "{share}% levaram isto ou menos",
    "{share}% took this or less",
    "El {share}% tardó esto o menos",
)
N: Final = Text("n", "n", "n")
NO_END_N: Final = Text("Sem término", "Without end", "Sin término")
LEFT_OUT_N: Final = Text("De fora", "Left out", "Fuera")
SHARE: Final = Text("Parte", "Share", "Parte")
HISTOGRAM: Final = Text("Como se distribui", "How it is spread", "Cómo se distribuye")
HISTOGRAM_ALT: Final = Text(
    "Barras: quantos levaram de quanto a quanto tempo",
    "Bars: how many took from how long to how long",
    "Barras: cuántos tardaron de cuánto a cuánto",
)
COURSE: Final = Text("Ao longo do período", "Over the period", "A lo largo del período")
COURSE_ALT: Final = Text(
    "Linhas ao longo do período: média, mediana e percentil 90",
    "Lines over the period: mean, median and 90th percentile",
    "Líneas en el período: media, mediana y percentil 90",
)
VALUE_ALT: Final = Text(
    "Linha: o valor ao longo do período",
    "Line: the value over the period",
    "Línea: el valor en el período",
)
BY_HOUR_OF: Final = Text("Média por hora do dia", "Mean by hour of day", "Media por hora del día")
BY_HOUR_OF_ALT: Final = Text(
    "Barras: a média por hora do dia", "Bars: the mean by hour", "Barras: la media por hora"
)
BY_WEEKDAY: Final = Text("Média por dia da semana", "Mean by weekday", "Media por día de la semana")
BY_WEEKDAY_ALT: Final = Text(
    "Barras: a média por dia da semana", "Bars: the mean by weekday", "Barras: la media por día"
)
BY_WHOM: Final = Text("Por {name}", "By {name}", "Por {name}")
BARS_ALT: Final = Text(
    "Barras: o valor de cada parte",
    "Bars: the value of each part",
    "Barras: el valor de cada parte",
)
PICK_ROW: Final = Text(
    "Escolha uma linha para ver as conversas por trás dela.",
    "Choose a row to see the conversations behind it.",
    "Elige una fila para ver las conversaciones detrás de ella.",
)
PICK_CELL: Final = Text(
    "Escolha uma célula para ver as conversas por trás dela; clique num título para ordenar.",
    "Choose a cell to see the conversations behind it; click a title to sort.",
    "Elige una celda para ver sus conversaciones; haz clic en un título para ordenar.",
)
PEERS: Final = Text(
    "O mesmo, contado por outros", "The same, as others count it", "Lo mismo, contado por otros"
)
PEERS_TELL: Final = Text(
    "Para quem vem de outro produto: as mesmas conversas, pela definição dele.",
    "For those who come from another product: the same conversations, by its definition.",
    "Para quien viene de otro producto: las mismas conversaciones, con su definición.",
)
OURS: Final = Text("Central", "Central", "Central")

ALL_OPEN: Final = Text("Sem término: {n}.", "Without an end: {n}.", "Sin término: {n}.")

QUALITY: Final = Text("Qualidade", "Quality", "Calidad")
DETAIL: Final = Text("Em detalhe", "In detail", "En detalle")
