"""Every word of the filter builder; the browser gets those of one language."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

COUNT_ONE: Final = Text("1 conversa", "1 conversation", "1 conversación")
COUNT: Final = Text("{n} conversas", "{n} conversations", "{n} conversaciones")

WORDS: Final[dict[str, Text]] = {
    "builder": Text("Montar filtro", "Filter builder", "Armar filtro"),
    "everything": Text(
        "Sem condições, o filtro encontra todas as conversas.",
        "Without conditions the filter finds every conversation.",
        "Sin condiciones, el filtro encuentra todas las conversaciones.",
    ),
    "clear": Text("Limpar", "Clear", "Limpiar"),
    # Groups
    "match": Text("vale quando", "true when", "vale cuando"),
    "join_and": Text("todas", "all", "todas"),
    "join_or": Text("ao menos uma", "at least one", "al menos una"),
    "holds": Text("se confirmam", "of these hold", "se cumplen"),
    "and": Text("e", "and", "y"),
    "or": Text("ou", "or", "o"),
    "not": Text("não", "not", "no"),
    "not_group": Text("Negar este grupo", "Negate this group", "Negar este grupo"),
    "not_part": Text("Negar esta condição", "Negate this condition", "Negar esta condición"),
    "group": Text("Grupo {at}", "Group {at}", "Grupo {at}"),
    "condition": Text("Condição {at}", "Condition {at}", "Condición {at}"),
    "add_condition": Text("Condição", "Condition", "Condición"),
    "add_condition_hint": Text("Adicionar condição", "Add a condition", "Agregar condición"),
    "add_group": Text("Grupo", "Group", "Grupo"),
    "add_group_hint": Text("Adicionar grupo", "Add a group", "Agregar grupo"),
    "remove_group": Text("Remover grupo", "Remove group", "Quitar grupo"),
    "remove_condition": Text("Remover condição", "Remove condition", "Quitar condición"),
    # Conditions
    "field": Text("Campo", "Field", "Campo"),
    "choose_field": Text("Escolha um campo…", "Choose a field…", "Elige un campo…"),
    "text": Text("Texto da conversa", "Words of the conversation", "Texto de la conversación"),
    "has_text": Text("contém", "contains", "contiene"),
    "text_hint": Text("boleto atrasado", "late invoice", "factura atrasada"),
    "phrase": Text("frase exata", "exact phrase", "frase exacta"),
    "comparison": Text("Comparação", "Comparison", "Comparación"),
    "another": Text("ou…", "or…", "o…"),
    "another_hint": Text("Adicionar outro valor", "Add another value", "Agregar otro valor"),
    "remove_value": Text("Tirar este valor", "Remove this value", "Quitar este valor"),
    "unknown": Text("(desconhecido: {key})", "(unknown: {key})", "(desconocido: {key})"),
    # Names
    "choose": Text("Escolher…", "Choose…", "Elegir…"),
    "choose_of": Text("Escolher: {name}", "Choose: {name}", "Elegir: {name}"),
    "find": Text("Buscar nome", "Find a name", "Buscar nombre"),
    "remove_name": Text("Tirar {name}", "Remove {name}", "Quitar {name}"),
    "take_typed": Text("Usar “{name}”", "Use “{name}”", "Usar “{name}”"),
    "more_names": Text(
        "Há mais {n}: continue a digitar.",
        "{n} more: keep typing.",
        "Hay {n} más: sigue escribiendo.",
    ),
    "no_names": Text("Nenhum nome encontrado.", "No name found.", "Ningún nombre encontrado."),
    # Times
    "unit": Text("Unidade", "Unit", "Unidad"),
    "unit_m": Text("minutos", "minutes", "minutos"),
    "unit_h": Text("horas", "hours", "horas"),
    "unit_d": Text("dias", "days", "días"),
    "unit_w": Text("semanas", "weeks", "semanas"),
    "unit_s": Text("segundos", "seconds", "segundos"),
    "period": Text("Período", "Period", "Período"),
    "choose_period": Text("Escolha…", "Choose…", "Elige…"),
    "today": Text("hoje", "today", "hoy"),
    "yesterday": Text("ontem", "yesterday", "ayer"),
    "last_7": Text("últimos 7 dias", "last 7 days", "últimos 7 días"),
    "last_30": Text("últimos 30 dias", "last 30 days", "últimos 30 días"),
    "one_day": Text("no dia…", "on the day…", "el día…"),
    "between": Text("de… até…", "from… to…", "desde… hasta…"),
    "days_since": Text("há no máximo… dias", "at most… days ago", "hace como máximo… días"),
    "days_before": Text("há pelo menos… dias", "at least… days ago", "hace al menos… días"),
    "as_written": Text("como na expressão", "as in the expression", "como en la expresión"),
    "first_day": Text("Primeiro dia", "First day", "Primer día"),
    "last_day": Text("Último dia", "Last day", "Último día"),
    "to": Text("até", "to", "hasta"),
    "days": Text("dias", "days", "días"),
    # The answer
    "counting": Text("Contando…", "Counting…", "Contando…"),
    "not_counted": Text("Ainda não dá para contar", "Not countable yet", "Todavía no se cuenta"),
    "expression": Text("Expressão", "Expression", "Expresión"),
}


def words(language: str) -> dict[str, str]:
    """The phrases of one language, in Portuguese when it is not one of ours."""
    return {key: text.in_(language) for key, text in WORDS.items()}
