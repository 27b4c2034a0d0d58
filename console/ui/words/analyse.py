"""Every word of the page of SQL that is not the name of a column or an example."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

TITLE: Final = Text("Analisar", "Analyse", "Analizar")
INTRO: Final = Text(
    "Pergunte às conversas em SQL. Só leitura, com as linhas e colunas que você pode ver.",
    "Ask the conversations in SQL. Reading only, with the rows and columns you may see.",
    "Pregunta a las conversaciones en SQL. Solo lectura, con las filas y columnas que puedes ver.",
)
SHOWN: Final = {
    "label": Text("Comando SQL", "SQL statement", "Comando SQL"),
    "placeholder": Text(
        "select … from conversation",
        "select … from conversation",
        "select … from conversation",
    ),
    "run": Text("Executar", "Run", "Ejecutar"),
    "run_hint": Text("Ctrl + Enter", "Ctrl + Enter", "Ctrl + Enter"),
    "stop": Text("Parar", "Stop", "Parar"),
    "limit": Text("Tempo máximo", "Time limit", "Tiempo máximo"),
    "examples": Text("Exemplos", "Examples", "Ejemplos"),
    "history": Text("Recentes", "Recent", "Recientes"),
    "schema": Text("Tabelas e colunas", "Tables and columns", "Tablas y columnas"),
    "find": Text("Procurar coluna", "Find a column", "Buscar columna"),
    "insert": Text("Inserir {name}", "Insert {name}", "Insertar {name}"),
    "none": Text("Nada com esse nome.", "Nothing of that name.", "Nada con ese nombre."),
    "export": Text("Exportar", "Export", "Exportar"),
    "export_as": Text("Formato do arquivo", "Format of the file", "Formato del archivo"),
    "exporting": Text("Exportando…", "Exporting…", "Exportando…"),
    "exported": Text(
        "Pronto. Ele e o manifesto ficam em Exportações por um dia.",
        "Done. It stays on the page Exports with its manifest for a day.",
        "Listo. Queda en Exportaciones con su manifiesto por un día.",
    ),
    "reason": Text("Para que servem?", "What are they for?", "¿Para qué sirven?"),
    "cancel": Text("Cancelar", "Cancel", "Cancelar"),
    "cancelled": Text("Cancelado.", "Cancelled.", "Cancelado."),
    "lost": Text(
        "Sem contato com o servidor. Tente de novo.",
        "No contact with the server. Try again.",
        "Sin contacto con el servidor. Inténtalo de nuevo.",
    ),
    "link": Text("Copiar link", "Copy link", "Copiar enlace"),
    "copied": Text("Link copiado", "Link copied", "Enlace copiado"),
    "place": Text(
        "linha {line}, coluna {column}",
        "line {line}, column {column}",
        "línea {line}, columna {column}",
    ),
    "from_link": Text(
        "Este comando veio de um link. Confira antes de executar.",
        "This statement came with a link. Look at it before you run it.",
        "Este comando vino de un enlace. Revísalo antes de ejecutar.",
    ),
}
EMPTY: Final = Text(
    "Escolha um exemplo ou escreva um select, e execute com Ctrl + Enter.",
    "Choose an example or write a select, and run it with Ctrl + Enter.",
    "Elige un ejemplo o escribe un select, y ejecútalo con Ctrl + Enter.",
)
WORKING: Final = Text("Consultando… {n} s", "Asking… {n} s", "Consultando… {n} s")
NO_ROWS: Final = Text(
    "Nenhuma linha. O comando rodou em {ms} ms.",
    "No rows. The statement ran in {ms} ms.",
    "Ninguna fila. El comando se ejecutó en {ms} ms.",
)
ROWS: Final = Text("{n} linhas em {ms} ms", "{n} rows in {ms} ms", "{n} filas en {ms} ms")
ONE_ROW: Final = Text("1 linha em {ms} ms", "1 row in {ms} ms", "1 fila en {ms} ms")
MORE_ROWS: Final = Text(
    "As primeiras {n} linhas, em {ms} ms. Há mais: a exportação leva todas.",
    "The first {n} rows, in {ms} ms. There are more: the export takes all.",
    "Las primeras {n} filas, en {ms} ms. Hay más: la exportación lleva todas.",
)
VIEWS: Final = {
    "table": Text("Tabela", "Table", "Tabla"),
    "chart": Text("Gráfico", "Chart", "Gráfico"),
}
YES: Final = Text("sim", "yes", "sí")
NO: Final = Text("não", "no", "no")
VIEW: Final = Text("Mostrar como", "Show as", "Mostrar como")
KIND: Final = Text("Tipo", "Kind", "Tipo")
KINDS: Final = {
    "bars": Text("Barras", "Bars", "Barras"),
    "lying": Text("Barras deitadas", "Lying bars", "Barras horizontales"),
    "line": Text("Linha", "Line", "Línea"),
    "area": Text("Área", "Area", "Área"),
    "points": Text("Pontos", "Points", "Puntos"),
}
X: Final = Text("Eixo X", "X axis", "Eje X")
Y: Final = Text("Valores", "Values", "Valores")
NO_CHART: Final = Text(
    "Para um gráfico, o resultado precisa de uma coluna de números.",
    "A chart needs a column of numbers in the result.",
    "Para un gráfico, el resultado necesita una columna de números.",
)
PICK_Y: Final = Text(
    "Escolha o que mostrar em “Valores”.",
    "Choose what to show under “Values”.",
    "Elige qué mostrar en “Valores”.",
)
ALT: Final = Text(
    "Gráfico do resultado da consulta; os mesmos valores estão na tabela.",
    "Chart of the result; the same values stand in the table.",
    "Gráfico del resultado de la consulta; los mismos valores están en la tabla.",
)
