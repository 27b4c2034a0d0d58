"""Every word of the page of last activity."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

TITLE: Final = Text("Última atividade", "Last activity", "Última actividad")
WAITS: Final = Text(
    "Quem espera, e há quanto tempo", "Who waits, and how long", "Quién espera y cuánto"
)
AT: Final = Text("Como estava em {moment}.", "As it was on {moment}.", "Como estaba el {moment}.")
BANDS_ALT: Final = Text(
    "Barras: quantos clientes esperam, por faixa de espera",
    "Bars: how many customers wait, by length of the wait",
    "Barras: cuántos clientes esperan, por franja de espera",
)
OLDEST: Final = Text("As esperas mais longas", "The longest waits", "Las esperas más largas")
OLDEST_ALT: Final = Text(
    "Tabela: as esperas mais longas, com contato e responsável",
    "Table: the longest waits, with contact and assignee",
    "Tabla: las esperas más largas, con contacto y responsable",
)
NOBODY_WAITS: Final = Text("Ninguém espera.", "Nobody waits.", "Nadie espera.")
NOBODY_WAITED: Final = Text(
    "Ninguém esperava em {at}.", "Nobody was waiting at {at}.", "Nadie esperaba en {at}."
)
WAITING: Final = Text("Esperando há", "Waiting for", "Esperando hace")
SINCE: Final = Text("Desde", "Since", "Desde")
ASSIGNEE: Final = Text("Responsável", "Assignee", "Responsable")
UNASSIGNED: Final = Text("sem responsável", "unassigned", "sin responsable")
FIELD: Final = Text(
    "Quando os contatos escrevem", "When contacts write", "Cuándo escriben los contactos"
)
FIELD_ALT: Final = Text(
    "Mapa de calor: mensagens e reações dos contatos por dia da semana e hora",
    "Heat map: messages and reactions of contacts by weekday and hour",
    "Mapa de calor: mensajes y reacciones de los contactos por día de la semana y hora",
)
FIELD_TELL: Final = Text(
    "Mensagens e reações dos contatos, no fuso {zone}.",
    "Messages and reactions of contacts, in the time zone {zone}.",
    "Mensajes y reacciones de los contactos, en la zona {zone}.",
)
AGENTS: Final = Text("Atendentes", "Agents", "Agentes")
AGENTS_ALT: Final = Text(
    "Tabela: última atividade de cada atendente, com mensagens e resoluções",
    "Table: last activity of each agent, with messages and resolutions",
    "Tabla: última actividad de cada agente, con mensajes y resoluciones",
)
AGENTS_TELL: Final = Text(
    "A última mensagem, nota ou ação no período. Hora ativa é a que teve ao menos uma delas.",
    "The last message, note or act of the period. An active hour has at least one of them.",
    "El último mensaje, nota o acción del período. Hora activa es la que tuvo al menos uno.",
)
NO_AGENTS: Final = Text("Não há atendentes.", "There are no agents.", "No hay agentes.")
AGO: Final = Text("Última atividade", "Last activity", "Última actividad")
WHEN: Final = Text("Quando", "When", "Cuándo")
NOT_ACTIVE: Final = Text("nada no período", "nothing in the period", "nada en el período")
SENT_HOURLY: Final = Text(
    "Mensagens por hora ativa", "Messages per active hour", "Mensajes por hora activa"
)
RESOLVED_HOURLY: Final = Text(
    "Resoluções por hora ativa", "Resolutions per active hour", "Resoluciones por hora activa"
)
CONTACTS: Final = Text("Contatos", "Contacts", "Contactos")
ORDERS: Final = {
    "recent": Text("Os mais recentes", "The latest first", "Los más recientes"),
    "silent": Text("Os mais silenciosos", "The most silent", "Los más silenciosos"),
}
CONTACTS_ALT: Final = Text(
    "Tabela: última mensagem ou reação de cada contato",
    "Table: last message or reaction of each contact",
    "Tabla: último mensaje o reacción de cada contacto",
)
CONTACTS_TELL: Final = Text(
    "Dos que escreveram ou reagiram no período, {order}, pela última vez.",
    "Of those who wrote or reacted in the period, {order}, by the last time.",
    "De los que escribieron o reaccionaron en el período, {order}, por la última vez.",
)
MESSAGES: Final = Text("Mensagens no período", "Messages in the period", "Mensajes en el período")
