"""The words of what helps to write: canned replies and emojis."""

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
    "emojis": Text("Emojis", "Emojis", "Emojis"),
    "emoji_open": Text("Emojis (:nome)", "Emojis (:name)", "Emojis (:nombre)"),
    "emoji_search": Text("Buscar emoji", "Search emojis", "Buscar emoji"),
    "emoji_groups": Text("Grupos", "Groups", "Grupos"),
    "emoji_recent": Text("Recentes", "Recent", "Recientes"),
    "emoji_found": Text("Encontrados", "Found", "Encontrados"),
    "emoji_none": Text(
        "Nenhum emoji com essas palavras.", "No emoji with these words.", "Ningún emoji así."
    ),
    "emoji_loading": Text("Buscando…", "Fetching…", "Buscando…"),
    "emoji_failed": Text(
        "Não foi possível buscar os emojis. Feche e abra de novo.",
        "The emojis could not be fetched. Close this and open it again.",
        "No se pudieron buscar los emojis. Cierra y abre de nuevo.",
    ),
    "emoji_tone": Text("Tom de pele", "Skin tone", "Tono de piel"),
    "emoji_tone_n": Text("Tom de pele {n}", "Skin tone {n}", "Tono de piel {n}"),
    "greeting_morning": Text("Bom dia", "Good morning", "Buenos días"),
    "greeting_afternoon": Text("Boa tarde", "Good afternoon", "Buenas tardes"),
    "greeting_evening": Text("Boa noite", "Good evening", "Buenas noches"),
}
