"""Every word of the page of the queue over time that is not the name of a metric."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

QUEUE: Final = Text("Fila no tempo", "Queue over time", "Cola en el tiempo")
SHOWN: Final = {
    "back": Text("Voltar {step}", "Back {step}", "Atrás {step}"),
    "forward": Text("Avançar {step}", "Forward {step}", "Adelante {step}"),
    "play": Text("Reproduzir", "Play", "Reproducir"),
    "pause": Text("Pausar", "Pause", "Pausar"),
    "speed": Text("Velocidade", "Speed", "Velocidad"),
    "per_second": Text("{n} passos/s", "{n} steps/s", "{n} pasos/s"),
    "instant": Text("Instante", "Instant", "Instante"),
    "end": Text("Ir ao fim", "To the end", "Ir al final"),
    "rail": Text(
        "Instante da fila; as setas andam um passo",
        "Instant of the queue; arrow keys go one step",
        "Instante de la cola; las flechas avanzan un paso",
    ),
    "agents": Text("Com quem estavam", "Who had them", "Quién las tenía"),
    "agents_told": Text(
        "pendentes, e quantas esperavam",
        "pending, and how many waited",
        "pendientes, y cuántas esperaban",
    ),
    "bands": Text("Há quanto tempo esperavam", "How long they had waited", "Hace cuánto esperaban"),
    "empty": Text(
        "Nada pendente neste instante.",
        "Nothing was pending at this instant.",
        "Nada pendiente en este instante.",
    ),
    "nobody": Text(
        "Ninguém esperava neste instante.",
        "Nobody was waiting at this instant.",
        "Nadie esperaba en este instante.",
    ),
    "most": Text("pico: {n}", "peak: {n}", "pico: {n}"),
    "why": Text("ver as conversas", "see the conversations", "ver las conversaciones"),
    "waits": Text("{n} esperando", "{n} waiting", "{n} esperando"),
}
OUTSIDE: Final = Text(
    "Este instante está fora do período da régua.",
    "This instant lies outside the period of the rail.",
    "Este instante está fuera del período de la regla.",
)
NOBODYS: Final = Text("Sem responsável", "Unassigned", "Sin responsable")
OLDEST_OF_ALL: Final = Text(
    "Esperas mais longas em {at}", "Longest waits at {at}", "Esperas más largas en {at}"
)
NOBODY_WAITED: Final = Text(
    "Ninguém esperava resposta em {at}.",
    "Nobody was waiting for a reply at {at}.",
    "Nadie esperaba respuesta en {at}.",
)
WAITED: Final = Text("Esperava há", "Had waited", "Esperaba hace")
SINCE: Final = Text("Desde", "Since", "Desde")
WITH: Final = Text("Estava com", "Was with", "Estaba con")
MORE: Final = Text(
    "As 20 mais longas de {n}.", "The 20 longest of {n}.", "Las 20 más largas de {n}."
)
COURSE: Final = Text(
    "A fila ao longo do período", "The queue over the period", "La cola en el período"
)
COURSE_ALT: Final = Text(
    "Linhas ao longo do período: conversas pendentes, não atribuídas, não lidas e esperando",
    "Lines over the period: conversations pending, unassigned, unread and waiting",
    "Líneas en el período: conversaciones pendientes, sin asignar, no leídas y esperando",
)
PICK: Final = Text(
    "Clique num ponto para ver a fila naquele instante.",
    "Click a point to see the queue at that instant.",
    "Haz clic en un punto para ver la cola en ese instante.",
)
FLOW: Final = Text(
    "Por que cresceu: o que chegou e o que foi resolvido",
    "Why it grew: what came and what was resolved",
    "Por qué creció: lo que llegó y lo que se resolvió",
)
FLOW_ALT: Final = Text(
    "Linhas: atendimentos abertos e resoluções ao longo do período",
    "Lines: episodes opened and resolutions over the period",
    "Líneas: atenciones abiertas y resoluciones en el período",
)
AGES: Final = Text("Espera por faixa", "Waits by age", "Esperas por franja")
AGES_ALT: Final = Text(
    "Áreas: clientes esperando por faixa de espera ao longo do período",
    "Areas: customers waiting by age of the wait over the period",
    "Áreas: clientes esperando por franja de espera en el período",
)
OLDEST: Final = Text("Maior espera", "Oldest wait", "Mayor espera")
OLDEST_ALT: Final = Text(
    "Linha: a maior espera ao longo do período",
    "Line: the oldest wait over the period",
    "Línea: la mayor espera en el período",
)
TEAM_TODAY: Final = Text(
    "Equipe, etiquetas e filtro são os de agora; o resto é como estava naquele instante.",
    "Team, labels and filter are those of now; everything else is as it was at that instant.",
    "Equipo, etiquetas y filtro son los de ahora; lo demás es como estaba en ese instante.",
)
