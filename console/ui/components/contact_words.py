"""The words of the contact's panel below its facts, and of the dialogs about contacts."""

from typing import Final

from console.domain.blocking import BLOCK_REASONS
from console.i18n import Text

CONTACT_WORDS: Final[dict[str, Text]] = {
    "block_why": Text("Por que bloquear?", "Why block them?", "¿Por qué bloquear?"),
    **{
        f"block_{key}": Text(*(f"{t[:1].upper()}{t[1:]}" for t in (name.pt, name.en, name.es)))
        for key, name in BLOCK_REASONS.items()
    },
    "block_no_reason": Text("Sem motivo", "No reason given", "Sin motivo"),
    "no_name": Text("Sem nome", "No name", "Sin nombre"),
    "not_loaded": Text(
        "Não foi possível carregar.", "This could not be loaded.", "No se pudo cargar."
    ),
    "machine": Text("automação", "automation", "automatización"),
    # Below the facts
    "earlier": Text("Outras conversas", "Other conversations", "Otras conversaciones"),
    "earlier_none": Text(
        "Esta é a única conversa.", "This is the only conversation.", "Es la única conversación."
    ),
    "messages_n_one": Text("{n} mensagem", "{n} message", "{n} mensaje"),
    "messages_n_many": Text("{n} mensagens", "{n} messages", "{n} mensajes"),
    "show_all": Text("Mostrar todas", "Show all", "Mostrar todas"),
    "pictures": Text("Fotos", "Photos", "Fotos"),
    "picture_of": Text("Foto de {time}", "Photo of {time}", "Foto del {time}"),
    "documents": Text("Documentos", "Documents", "Documentos"),
    # One person with two entries
    "same_title": Text("Mesma pessoa?", "The same person?", "¿La misma persona?"),
    "same_yes": Text("É a mesma pessoa", "It is the same person", "Es la misma persona"),
    "same_no": Text("Não é", "It is not", "No lo es"),
    "merges": Text("Cadastros unidos", "Merged entries", "Registros unidos"),
    "merges_none": Text(
        "Nenhum outro cadastro faz parte deste.",
        "No other entry is part of this one.",
        "Ningún otro registro es parte de este.",
    ),
    "merged_by": Text("Por {name}, {time}", "By {name}, {time}", "Por {name}, {time}"),
    "part": Text("Separar {name}", "Separate {name}", "Separar {name}"),
    "merge_with": Text(
        "Unir a outro contato…", "Merge with another contact…", "Unir a otro contacto…"
    ),
    "merge_title": Text("Unir contatos", "Merge contacts", "Unir contactos"),
    "merge_help": Text(
        "Procure o outro cadastro da mesma pessoa. Nada muda antes de você confirmar.",
        "Find the other entry of the same person. Nothing changes before you confirm.",
        "Busca el otro registro de la misma persona. Nada cambia antes de confirmar.",
    ),
    "find_contact": Text(
        "Nome, número ou e-mail", "Name, number or e-mail", "Nombre, número o correo"
    ),
    "no_contact_found": Text(
        "Nenhum contato encontrado.", "No contact found.", "Ningún contacto encontrado."
    ),
    "merge_keeps": Text("Este contato fica", "This contact stays", "Este contacto queda"),
    "merge_goes": Text(
        "Este passa a fazer parte dele",
        "This one becomes part of it",
        "Este pasa a ser parte de él",
    ),
    "merge_swap": Text("Trocar", "Swap", "Intercambiar"),
    "merge_other": Text("Outro contato", "Another contact", "Otro contacto"),
    "merge_do": Text("Unir contatos", "Merge contacts", "Unir contactos"),
    "merge_moves": Text("Passam para ele: {what}.", "It gets: {what}.", "Pasan a él: {what}."),
    "merge_moves_nothing": Text(
        "Não há nada que passe para ele.", "There is nothing that it gets.", "Nada pasa a él."
    ),
    "moved_addresses_one": Text("{n} número", "{n} number", "{n} número"),
    "moved_addresses_many": Text("{n} números", "{n} numbers", "{n} números"),
    "moved_conversations_one": Text("{n} conversa", "{n} conversation", "{n} conversación"),
    "moved_conversations_many": Text("{n} conversas", "{n} conversations", "{n} conversaciones"),
    "moved_labels_one": Text("{n} etiqueta", "{n} label", "{n} etiqueta"),
    "moved_labels_many": Text("{n} etiquetas", "{n} labels", "{n} etiquetas"),
    "merge_name": Text(
        "O nome continua {name}.", "The name stays {name}.", "El nombre sigue siendo {name}."
    ),
    "merge_email": Text("O e-mail é {email}.", "The e-mail is {email}.", "El correo es {email}."),
    "merge_blocked": Text(
        "As mensagens do sistema ficam bloqueadas, como já estavam para um dos dois.",
        "System messages stay blocked, as they were for one of the two.",
        "Los mensajes del sistema quedan bloqueados, como ya estaban para uno de los dos.",
    ),
    "merge_undo": Text(
        "Nada se perde: os dois podem ser separados depois.",
        "Nothing is lost: the two can be separated later.",
        "Nada se pierde: se pueden separar después.",
    ),
    # A new contact
    "new_contact": Text("Novo contato", "New contact", "Nuevo contacto"),
    "country": Text("País", "Country", "País"),
    "email_optional": Text("E-mail (opcional)", "E-mail (optional)", "Correo (opcional)"),
    "create_and_open": Text("Criar e abrir conversa", "Create and open", "Crear y abrir"),
    "known": Text(
        "Já existe um contato com esse WhatsApp",
        "A contact with this WhatsApp exists already",
        "Ya existe un contacto con ese WhatsApp",
    ),
    "known_hidden": Text(
        "Esse WhatsApp já é de um contato que outra pessoa atende.",
        "This WhatsApp belongs to a contact that somebody else looks after.",
        "Ese WhatsApp ya es de un contacto que atiende otra persona.",
    ),
    "open_known": Text("Abrir conversa", "Open conversation", "Abrir conversación"),
    "no_instance": Text(
        "Não há instância ativa: peça a quem administra que conecte um número.",
        "There is no active instance: ask an admin to connect a number.",
        "No hay ninguna instancia activa: pide a la administración que conecte un número.",
    ),
    # Many lines between two messages
    "fold_show_one": Text("{n} alteração", "{n} change", "{n} cambio"),
    "fold_show_many": Text("{n} alterações", "{n} changes", "{n} cambios"),
    "fold_hide_one": Text("Recolher {n} alteração", "Hide {n} change", "Ocultar {n} cambio"),
    "fold_hide_many": Text("Recolher {n} alterações", "Hide {n} changes", "Ocultar {n} cambios"),
}
