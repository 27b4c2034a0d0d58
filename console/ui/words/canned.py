"""Every word of the list of canned replies."""

from __future__ import annotations

from typing import Final

from console.domain.canned import GAP_WORDS
from console.i18n import Text

TAB: Final = Text("Mensagens predefinidas", "Canned replies", "Mensajes predefinidos")
INTRO: Final = Text(
    "Textos que se repetem. Na conversa, digite / e o atalho.",
    "Texts that come again and again. In a conversation, type / and the shortcut.",
    "Textos que se repiten. En la conversación, escribe / y el atajo.",
)
NEW: Final = Text("Nova mensagem", "New reply", "Nuevo mensaje")
EDIT: Final = Text("Editar mensagem", "Edit reply", "Editar mensaje")
NONE: Final = Text(
    "Ainda não há mensagens predefinidas. Crie a primeira, por exemplo /pix com a chave da loja.",
    "There are no canned replies yet. Make the first one, /pix with the shop's key for example.",
    "Todavía no hay mensajes predefinidos. Crea el primero, por ejemplo /pix con la clave.",
)
NOTHING: Final = Text(
    "Nenhuma mensagem com essas palavras.",
    "No reply with these words.",
    "Ningún mensaje con esas palabras.",
)
SEARCH: Final = Text("Buscar mensagem", "Search replies", "Buscar mensaje")
SHORTCUT: Final = Text("Atalho", "Shortcut", "Atajo")
SHORTCUT_HELP: Final = Text(
    "Sem espaços, como pix ou prazo-entrega.",
    "Without spaces, such as pix or delivery-time.",
    "Sin espacios, como pix o plazo-entrega.",
)
TEXT: Final = Text("Texto", "Text", "Texto")
GAPS: Final = Text(
    "Preenchidos sozinhos: {gaps}. Outra palavra entre chaves, como {{pedido}}, "
    "fica para quem envia.",
    "Filled by themselves: {gaps}. Another word in braces, such as {{order}}, "
    "is left to the sender.",
    "Se completan solos: {gaps}. Otra palabra entre llaves, como {{pedido}}, "
    "queda para quien envía.",
)
SAVE: Final = Text("Salvar", "Save", "Guardar")
SAVED: Final = Text("Mensagem salva.", "Reply saved.", "Mensaje guardado.")
CHANGE: Final = Text("Alterar", "Change", "Cambiar")
REMOVE: Final = Text("Remover", "Remove", "Quitar")
CHANGES: Final = {"edit": EDIT, "remove": REMOVE}
REMOVE_ASK: Final = Text(
    "Remover /{shortcut}? Quem usa deixa de encontrar; mensagens já enviadas ficam.",
    "Remove /{shortcut}? Nobody finds it any more; messages that were sent stay.",
    "¿Quitar /{shortcut}? Nadie lo encontrará más; los mensajes enviados se quedan.",
)
REMOVED: Final = Text("Mensagem removida.", "Reply removed.", "Mensaje quitado.")
EXPORT: Final = Text("Baixar CSV", "Download CSV", "Descargar CSV")
IMPORT: Final = Text("Importar CSV", "Import CSV", "Importar CSV")
IMPORT_TELL: Final = Text(
    "Um arquivo com as colunas atalho e texto. Um atalho que já existe muda de texto.",
    "A file with the columns shortcut and text. A shortcut that exists gets the new text.",
    "Un archivo con las columnas atajo y texto. Un atajo que ya existe cambia de texto.",
)
FILE: Final = Text("Arquivo CSV", "CSV file", "Archivo CSV")
FOUND: Final = Text(
    "{new} novas · {changed} mudam · {same} iguais",
    "{new} new · {changed} change · {same} the same",
    "{new} nuevos · {changed} cambian · {same} iguales",
)
PROBLEMS: Final = Text("Ficam de fora: {n}", "Left out: {n}", "Quedan fuera: {n}")
LINE: Final = Text("Linha {n}: {why}", "Line {n}: {why}", "Línea {n}: {why}")
IMPORT_NOW: Final = Text("Importar {n}", "Import {n}", "Importar {n}")
IMPORTED: Final = Text("{n} mensagens salvas.", "{n} replies saved.", "{n} mensajes guardados.")
FOR_TEAM: Final = Text("equipe {name}", "team {name}", "equipo {name}")


def gap_names(language: str) -> str:
    """The words that Central fills, as one types them."""
    return ", ".join(f"{{{said.in_(language)}}}" for said in GAP_WORDS.values())
