"""Every word of the page of contacts."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

TITLE: Final = Text("Contatos", "Contacts", "Contactos")
NEW: Final = Text("Novo contato", "New contact", "Nuevo contacto")
SEARCH: Final = Text("Buscar contato", "Search contacts", "Buscar contacto")
SEARCH_HINT: Final = Text(
    "Nome, número ou e-mail", "Name, number or e-mail", "Nombre, número o correo"
)
NOBODY: Final = Text(
    "Ainda não há contatos. Quem escreve para a loja aparece aqui.",
    "There are no contacts yet. Whoever writes to the shop appears here.",
    "Todavía no hay contactos. Quien escribe a la tienda aparece aquí.",
)
NOT_FOUND: Final = Text(
    "Nenhum contato tem “{wanted}” no nome, no número ou no e-mail.",
    "No contact has “{wanted}” in name, number or e-mail.",
    "Ningún contacto tiene “{wanted}” en el nombre, el número o el correo.",
)
COUNT: Final = Text("{n} contatos", "{n} contacts", "{n} contactos")
COUNT_ONE: Final = Text("1 contato", "1 contact", "1 contacto")
PICK: Final = Text(
    "Escolha um contato na lista para ver números, e-mail e conversas.",
    "Choose a contact in the list to see numbers, e-mail and conversations.",
    "Elige un contacto de la lista para ver números, correo y conversaciones.",
)
NAME: Final = Text("Nome", "Name", "Nombre")
WHATSAPP: Final = Text("WhatsApp", "WhatsApp", "WhatsApp")
EMAIL: Final = Text("E-mail", "E-mail", "Correo")
TALKS: Final = Text("Conversas", "Conversations", "Conversaciones")
LAST: Final = Text("Última atividade", "Last activity", "Última actividad")
NONE_YET: Final = Text(
    "Nenhuma conversa ainda.", "No conversation yet.", "Ninguna conversación todavía."
)
EDIT: Final = Text("Editar", "Edit", "Editar")
SAVE: Final = Text("Salvar", "Save", "Guardar")
CREATE: Final = Text("Criar e abrir conversa", "Create and open", "Crear y abrir conversación")
START: Final = Text("Abrir conversa", "Open conversation", "Abrir conversación")
INSTANCE: Final = Text("Instância", "Instance", "Instancia")
BLOCKED: Final = Text(
    "Mensagens do sistema bloqueadas", "System messages blocked", "Mensajes del sistema bloqueados"
)
CREATED: Final = Text("Contato criado.", "Contact created.", "Contacto creado.")
SAVED: Final = Text("Contato salvo.", "Contact saved.", "Contacto guardado.")
OPENED: Final = Text("Conversa aberta.", "Conversation opened.", "Conversación abierta.")
STATUS: Final = {
    "pending": Text("pendente", "pending", "pendiente"),
    "resolved": Text("resolvida", "resolved", "resuelta"),
}
NUMBER_HELP: Final = Text(
    "Com DDD; para outro país, comece por + e o código.",
    "Brazilian area code first; for another country begin with + and its code.",
    "Con código de área de Brasil; para otro país, empieza por + y su código.",
)
NO_INSTANCE: Final = Text(
    "Não há instância ativa: peça a quem administra a Central que conecte um número.",
    "There is no active instance: ask your administrator to connect a number.",
    "No hay ninguna instancia activa: pide a quien administra Central que conecte un número.",
)
