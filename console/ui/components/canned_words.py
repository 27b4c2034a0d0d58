"""The words of canned replies in the composer."""

from typing import Final

from console.i18n import Text

CANNED_WORDS: Final[dict[str, Text]] = {
    "canned": Text("Mensagens predefinidas", "Canned replies", "Mensajes predefinidos"),
    "canned_open": Text(
        "Mensagens predefinidas (/)", "Canned replies (/)", "Mensajes predefinidos (/)"
    ),
    "canned_keys": Text(
        "↑ ↓ escolhem, Enter insere, Esc fecha",
        "↑ ↓ choose, Enter inserts, Esc closes",
        "↑ ↓ eligen, Enter inserta, Esc cierra",
    ),
    "canned_loading": Text("Buscando…", "Fetching…", "Buscando…"),
    "canned_failed": Text(
        "Não foi possível buscar as mensagens. Digite / de novo para tentar outra vez.",
        "The replies could not be fetched. Type / again to retry.",
        "No se pudieron buscar los mensajes. Escribe / otra vez para reintentar.",
    ),
    "canned_none": Text(
        "Nenhuma mensagem com “{word}”.", "No reply with “{word}”.", "Ningún mensaje con “{word}”."
    ),
    "canned_empty": Text(
        "Ainda não há mensagens predefinidas.",
        "There are no canned replies yet.",
        "Todavía no hay mensajes predefinidos.",
    ),
    "canned_manage": Text("Gerenciar", "Manage", "Gestionar"),
    "canned_gap": Text(
        "Falta preencher {gap}. Enter de novo envia assim mesmo.",
        "{gap} is still to be filled. Enter again sends it as it is.",
        "Falta completar {gap}. Enter otra vez lo envía así.",
    ),
    "greeting_morning": Text("Bom dia", "Good morning", "Buenos días"),
    "greeting_afternoon": Text("Boa tarde", "Good afternoon", "Buenas tardes"),
    "greeting_evening": Text("Boa noite", "Good evening", "Buenas noches"),
}
