"""Every word of "what changed": the sentence for people, and what stands around it."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

TITLE: Final = Text("O que mudou?", "What changed?", "¿Qué cambió?")
BY: Final = Text("Explicar por", "Explain by", "Explicar por")
BEFORE: Final = Text("Antes", "Before", "Antes")
NOW: Final = Text("Agora", "Now", "Ahora")
CHANGE: Final = Text("Mudança", "Change", "Cambio")
MIX: Final = Text("Composição", "Mix", "Composición")
RATE: Final = Text("Valor próprio", "Own value", "Valor propio")
N_BEFORE: Final = Text("n antes", "n before", "n antes")
N_NOW: Final = Text("n agora", "n now", "n ahora")
REST: Final = Text("Outros", "Others", "Otros")
OF: Final = Text("só {parts}", "only {parts}", "solo {parts}")
CHART_ALT: Final = Text(
    "Barras: quanto cada grupo soma à mudança, pela composição e pelo valor próprio",
    "Bars: what each group adds to the change, by mix and by its own value",
    "Barras: cuánto suma cada grupo al cambio, por composición y por valor propio",
)
TELL_MEAN: Final = Text(
    "**Composição**: o grupo passou a pesar mais ou menos. **Valor próprio**: o grupo mudou por "
    "dentro. As partes somam exatamente a mudança. Clique numa barra para ver as conversas; em "
    "“Outros”, para ver todos os grupos.",
    "**Mix**: the group weighs more or less than before. **Own value**: the group itself changed. "
    "The parts add up to exactly the change. Click a bar to see its conversations; “Others” to see "
    "all groups.",
    "**Composición**: el grupo pesa más o menos que antes. **Valor propio**: el grupo cambió por "
    "dentro. Las partes suman exactamente el cambio. Haz clic en una barra para ver sus "
    "conversaciones; en “Otros”, para ver todos los grupos.",
)
TELL_COUNT: Final = Text(
    "As partes somam exatamente a mudança. Clique numa barra para ver as conversas; em “Outros”, "
    "para ver todos os grupos.",
    "The parts add up to exactly the change. Click a bar to see its conversations; “Others” to see "
    "all groups.",
    "Las partes suman exactamente el cambio. Haz clic en una barra para ver sus conversaciones; en "
    "“Otros”, para ver todos los grupos.",
)
OF_THE_MEAN: Final = Text(
    "A explicação é da média: mediana e percentis não se dividem assim.",
    "The explanation is of the mean: median and percentiles have no such parts.",
    "La explicación es de la media: mediana y percentiles no se dividen así.",
)
SHARED: Final = Text(
    "O que pertence a vários grupos conta em cada um pela sua parte.",
    "What belongs to several groups counts in each of them for its part.",
    "Lo que pertenece a varios grupos cuenta en cada uno por su parte.",
)
NO_VALUE: Final = Text(
    "Em um dos períodos não há nada: não há o que comparar. Escolha outros dias.",
    "One of the periods holds nothing: there is nothing to compare. Choose other days.",
    "En uno de los períodos no hay nada: no hay qué comparar. Elige otros días.",
)
SAME: Final = Text(
    "{subject} ficou igual: {now} nos dois períodos.",
    "{subject} stayed the same: {now} in both periods.",
    "{subject} quedó igual: {now} en los dos períodos.",
)
SHORT: Final = Text("O {name}", "{name}", "El {name}")
QUOTED: Final = Text("“{name}”", "“{name}”", "“{name}”")
ROSE: Final = Text(
    "{subject} subiu {size}, de {before} para {now}: {parts}.",
    "{subject} rose by {size}, from {before} to {now}: {parts}.",
    "{subject} subió {size}, de {before} a {now}: {parts}.",
)
FELL: Final = Text(
    "{subject} caiu {size}, de {before} para {now}: {parts}.",
    "{subject} fell by {size}, from {before} to {now}: {parts}.",
    "{subject} bajó {size}, de {before} a {now}: {parts}.",
)
BY_MIX: Final = Text(
    "{size} por causa {what} (composição)",
    "{size} because of {what} (mix)",
    "{size} por {what} (composición)",
)
WHAT: Final = {
    "agent": Text("de quem atendeu", "who served", "quién atendió"),
    "team": Text("da equipe que atendeu", "the team that served", "el equipo que atendió"),
    "instance": Text("da instância", "the instance", "la instancia"),
    "hour": Text("da hora do dia", "the time of day", "la hora del día"),
    "weekday": Text("do dia da semana", "the weekday", "el día de la semana"),
    "label": Text("das etiquetas", "the labels", "las etiquetas"),
}
AT: Final = {
    "agent": Text("com {names}", "with {names}", "con {names}"),
    "team": Text("com {names}", "with {names}", "con {names}"),
    "instance": Text("em {names}", "in {names}", "en {names}"),
    "hour": Text("às {names}", "at {names}", "a las {names}"),
    "weekday": Text("em {names}", "on {names}", "en {names}"),
    "label": Text("em {names}", "in {names}", "en {names}"),
}
LONGER: Final = Text(
    "{size} porque demorou mais {at}",
    "{size} because it took longer {at}",
    "{size} porque tardó más {at}",
)
QUICKER: Final = Text(
    "{size} porque demorou menos {at}",
    "{size} because it took less time {at}",
    "{size} porque tardó menos {at}",
)
MORE_OFTEN: Final = Text(
    "{size} porque a parte subiu {at}",
    "{size} because the share rose {at}",
    "{size} porque la parte subió {at}",
)
LESS_OFTEN: Final = Text(
    "{size} porque a parte caiu {at}",
    "{size} because the share fell {at}",
    "{size} porque la parte bajó {at}",
)
ONE: Final = Text("{size} {at}", "{size} {at}", "{size} {at}")
OTHERS: Final = Text("{size} no resto", "{size} elsewhere", "{size} en el resto")
AND: Final = Text("{first} e {last}", "{first} and {last}", "{first} y {last}")
