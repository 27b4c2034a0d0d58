"""Every word of exports."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

TITLE: Final = Text("Exportações", "Exports", "Exportaciones")
EXPORT: Final = Text("Exportar", "Export", "Exportar")
TELL: Final = Text(
    "Tudo o que o filtro encontra, dentro do que você pode ver. O arquivo é feito em segundo plano"
    " e espera por um dia na página Exportações.",
    "Everything the filter matches, as far as you may see it. The file is made in the background"
    " and waits for a day on the page Exports.",
    "Todo lo que el filtro encuentra, dentro de lo que puedes ver. El archivo se hace en segundo"
    " plano y espera un día en la página Exportaciones.",
)
MASKED: Final = Text(
    "Nomes, telefones, e-mails e textos de contatos ficam de fora; cada contato tem um pseudônimo.",
    "Names, phones, e-mails and words of contacts stay out; each contact has a pseudonym.",
    "Nombres, teléfonos, correos y textos de contactos quedan fuera; cada contacto tiene un"
    " seudónimo.",
)
GRAIN: Final = Text("Uma linha por", "One row per", "Una fila por")
FORMAT: Final = Text("Formato", "Format", "Formato")
COLUMNS: Final = Text("Colunas", "Columns", "Columnas")
ALL_COLUMNS: Final = Text("Todas as {n} colunas", "All {n} columns", "Las {n} columnas")
COLUMNS_HELP: Final = Text(
    "Sem escolha, o arquivo tem todas. As escolhidas ficam na ordem em que você as escolhe.",
    "Without a choice the file has all. Those you choose stand in the order in which you do so.",
    "Sin elección, el archivo las tiene todas. Las elegidas quedan en el orden en que las eliges.",
)
ONLY_COLUMNS: Final = Text("Colunas: {names}", "Columns: {names}", "Columnas: {names}")
ROWS: Final = Text("{n} linhas", "{n} rows", "{n} filas")
ROWS_ONE: Final = Text("1 linha", "1 row", "1 fila")
MANY_ROWS: Final = Text(
    "Muitas linhas: o número aparece quando o arquivo estiver pronto.",
    "Many rows: their number is shown when the file is ready.",
    "Muchas filas: su número aparece cuando el archivo esté listo.",
)
MAKE: Final = Text("Fazer o arquivo", "Make the file", "Hacer el archivo")
ASKED: Final = Text(
    "Pedido anotado. O arquivo aparece em Exportações.",
    "Noted. The file will be on the page Exports.",
    "Pedido anotado. El archivo aparece en Exportaciones.",
)
NONE: Final = Text(
    "Nenhuma exportação ainda. Faça uma com o botão Exportar.",
    "No exports yet. Make one with the button Export.",
    "Todavía no hay exportaciones. Haz una con el botón Exportar.",
)
EVERYTHING: Final = Text("todas as conversas", "every conversation", "todas las conversaciones")
PROGRESS: Final = Text("{done} de {total} linhas", "{done} of {total} rows", "{done} de {total}")
FACTS: Final = Text(
    "{rows} linhas · {size} · {when}",
    "{rows} rows · {size} · {when}",
    "{rows} filas · {size} · {when}",
)
FETCH: Final = Text("Baixar", "Download", "Descargar")
MANIFEST: Final = Text("Manifesto", "Manifest", "Manifiesto")
CANCEL: Final = Text("Cancelar", "Cancel", "Cancelar")
CANCELLED: Final = Text("Exportação cancelada.", "Export cancelled.", "Exportación cancelada.")
GONE: Final = Text(
    "O arquivo não está mais guardado.",
    "The file is not kept any more.",
    "El archivo ya no está guardado.",
)
ONCE: Final = Text(
    "Cada link vale uma vez e por cinco minutos; a página se renova sozinha.",
    "Each link is good once and for five minutes; the page renews itself.",
    "Cada enlace vale una vez y por cinco minutos; la página se renueva sola.",
)
READY: Final = Text(
    "{rows} linhas · {size} · o link vale uma vez, por cinco minutos",
    "{rows} rows · {size} · the link is good once, for five minutes",
    "{rows} filas · {size} · el enlace vale una vez, por cinco minutos",
)
FOR: Final = Text("Para: {reason}", "For: {reason}", "Para: {reason}")
