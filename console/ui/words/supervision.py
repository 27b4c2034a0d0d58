"""Every word of the pages of supervision and of the ledger."""

from __future__ import annotations

from typing import Final

from console.domain.priority import Priority
from console.i18n import Text

TITLE: Final = Text("Supervisão", "Supervision", "Supervisión")
FILTER: Final = Text("Filtro", "Filter", "Filtro")
FILTER_HINT: Final = Text(
    'pendente espera>15m -atendente:eu "segunda via"',
    'pending waiting>15m -assignee:me "second copy"',
    'pendiente espera>15m -agente:yo "copia"',
)
FILTER_HELP: Final = Text(
    "Espaço significa *e*; `or`, `-` e parênteses combinam. Vazio: todas as conversas.",
    "A space means *and*; `or`, `-` and parentheses combine. Empty: every conversation.",
    "El espacio significa *y*; `or`, `-` y paréntesis combinan. Vacío: todas.",
)
BUILD: Final = Text("Montar filtro", "Build a filter", "Armar filtro")
SORT: Final = Text("Ordem", "Order", "Orden")
FOUND: Final = Text("{n} conversas", "{n} conversations", "{n} conversaciones")
FOUND_ONE: Final = Text("1 conversa", "1 conversation", "1 conversación")
NONE: Final = Text(
    "Nenhuma conversa corresponde a este filtro. Tire uma condição para ver mais.",
    "No conversation matches this filter. Remove a condition to see more.",
    "Ninguna conversación coincide con este filtro. Quita una condición para ver más.",
)
MEANT: Final = Text("Quis dizer", "Did you mean", "Quisiste decir")
SHOW_SQL: Final = Text("Ver o SQL", "Show the SQL", "Ver el SQL")
CONTACT: Final = Text("Contato", "Contact", "Contacto")
LAST: Final = Text("Última mensagem", "Last message", "Último mensaje")
STATUS: Final = Text("Situação", "Status", "Estado")
ASSIGNEE: Final = Text("Responsável", "Assignee", "Responsable")
TEAM: Final = Text("Equipe", "Team", "Equipo")
INSTANCE: Final = Text("Instância", "Instance", "Instancia")
WAITS: Final = Text("Espera", "Waiting", "Espera")
SNOOZED: Final = Text("Adiada até", "Snoozed until", "Pospuesta hasta")
PRIORITY: Final = Text("Prioridade", "Priority", "Prioridad")
ACTIVITY: Final = Text("Última atividade", "Last activity", "Última actividad")
UNREAD: Final = Text("Não lidas", "Unread", "No leídas")
LABELS: Final = Text("Etiquetas", "Labels", "Etiquetas")
STATUS_CELLS: Final = {
    "pending": Text("🟠 Pendente", "🟠 Pending", "🟠 Pendiente"),
    "resolved": Text("🟢 Resolvida", "🟢 Resolved", "🟢 Resuelta"),
}
URGENCY: Final = {Priority.URGENT: "🔴 ", Priority.HIGH: "🟠 "}  # the others need no eye
NOBODY: Final = Text("Ninguém", "Nobody", "Nadie")
NO_TEAM: Final = Text("Nenhuma", "None", "Ninguno")
OPEN: Final = Text("Abrir conversa", "Open conversation", "Abrir conversación")

PICK: Final = Text(
    "Marque linhas na tabela, ou escolha todas deste filtro.",
    "Tick rows in the table, or choose all of this filter.",
    "Marca filas en la tabla, o elige todas las de este filtro.",
)
PICKED: Final = Text("{n} selecionadas", "{n} selected", "{n} seleccionadas")
PICKED_ONE: Final = Text("1 selecionada", "1 selected", "1 seleccionada")
ALL: Final = Text("Todas as {n} do filtro", "All {n} of the filter", "Las {n} del filtro")
CLEAR: Final = Text("Limpar seleção", "Clear selection", "Quitar selección")
ACTION: Final = Text("Ação", "Action", "Acción")
CHOOSE_ACTION: Final = Text("Escolha uma ação", "Choose an action", "Elige una acción")
CHOOSE: Final = Text("Escolha", "Choose", "Elige")
CHECK: Final = Text("Conferir…", "Preview…", "Revisar…")
WHOM: Final = Text("Para quem", "To whom", "Para quién")
WHICH_TEAM: Final = Text("Qual equipe", "Which team", "Qué equipo")
WHICH_LABEL: Final = Text("Qual etiqueta", "Which label", "Qué etiqueta")
ON_OFF: Final = {
    True: Text("Colocar", "Put on", "Poner"),
    False: Text("Tirar", "Take off", "Quitar"),
}
WORDS: Final = Text("Texto", "Text", "Texto")
ONLINE: Final = Text("on-line", "online", "en línea")
OPEN_N: Final = Text("{n} abertas", "{n} open", "{n} abiertas")
WAITING_N: Final = Text("{n} esperando", "{n} waiting", "{n} esperando")
OLDEST: Final = Text("a mais antiga há {wait}", "oldest {wait}", "la más antigua {wait}")
TO_WHOM: Final = Text("Entre quem", "Among whom", "Entre quiénes")
TEAM_MEMBERS: Final = Text("Equipe {name}", "Team {name}", "Equipo {name}")
WHICH_PRIORITY: Final = Text("Qual prioridade", "Which priority", "Qué prioridad")
NO_PRIORITY: Final = Text("Nenhuma", "None", "Ninguna")
UNTIL_DAY: Final = Text("Até o dia", "Until the day", "Hasta el día")
UNTIL_TIME: Final = Text("às", "at", "a las")
IN_WINDOW: Final = Text(
    "Só quem escreveu nas últimas 24 horas",
    "Only those who wrote within 24 hours",
    "Solo quienes escribieron en las últimas 24 horas",
)
IN_WINDOW_HELP: Final = Text(
    "Fora dessa janela o WhatsApp recusa textos livres; as demais conversas são puladas.",
    "Outside this window WhatsApp refuses free texts; other conversations are skipped.",
    "Fuera de esa ventana WhatsApp rechaza textos libres; las demás se omiten.",
)
WHICH_REASON: Final = Text("Por quê", "Why", "Por qué")
NO_REASON: Final = Text("sem motivo", "no reason given", "sin motivo")
RULE: Final = Text("Como", "How", "Cómo")
LEAVING: Final = Text("Atendente saindo…", "Agent is leaving…", "Agente se va…")
LEAVING_TELL: Final = Text(
    "Todas as conversas pendentes da pessoa passam para quem você escolher.",
    "All pending conversations of the person go to those you choose.",
    "Todas las conversaciones pendientes de la persona pasan a quienes elijas.",
)
WHO_LEAVES: Final = Text("Quem está saindo", "Who is leaving", "Quién se va")
NO_LABELS: Final = Text(
    "Ainda não há etiquetas. Crie uma em Configurações.",
    "There are no labels yet. Make one in Settings.",
    "Todavía no hay etiquetas. Crea una en Configuración.",
)

PLANNING: Final = Text(
    "Vendo o que mudaria…", "Looking at what would change…", "Viendo qué cambiaría…"
)
PREVIEW: Final = Text("Conferir antes de executar", "Before it runs", "Antes de ejecutar")
MATCHED: Final = Text("No filtro", "Matched", "En el filtro")
WILL_CHANGE: Final = Text("Vão mudar", "Will change", "Cambiarán")
SKIPPED: Final = Text("Puladas", "Skipped", "Omitidas")
DONE: Final = Text("Feitas", "Done", "Hechas")
WAITING: Final = Text("Faltam", "To go", "Faltan")
WHY_SKIPPED: Final = Text("Por que são puladas", "Why they are skipped", "Por qué se omiten")
REASON: Final = Text("Motivo", "Reason", "Motivo")
NUMBER: Final = Text("Conversas", "Conversations", "Conversaciones")
GROUPS: Final = {
    "to": Text("Para quem vão", "Who gets them", "Quién las recibe"),
    "assignee": Text("Por responsável", "By assignee", "Por responsable"),
    "team": Text("Por equipe", "By team", "Por equipo"),
    "status": Text("Por situação", "By status", "Por estado"),
    "instance": Text("Por instância", "By instance", "Por instancia"),
}
SAMPLE: Final = Text("Por exemplo", "For example", "Por ejemplo")
TYPE_NUMBER: Final = Text(
    "Escreva {n} para confirmar", "Write {n} to confirm", "Escribe {n} para confirmar"
)
SECOND: Final = Text(
    "São muitas conversas: depois de você, outra pessoa da supervisão precisa aprovar.",
    "These are many conversations: after you, another supervisor has to approve.",
    "Son muchas conversaciones: después de ti, otra persona de supervisión debe aprobar.",
)
FROZEN: Final = Text(
    "A lista está congelada: só estas conversas mudam, e as que alguém mexer antes são puladas.",
    "The list is frozen: only these change, and those somebody touches first are skipped.",
    "La lista está congelada: solo estas cambian, y las que alguien toque antes se omiten.",
)
NO_UNDO_OF_SENT: Final = Text(
    "Mensagens que já saíram da fila de envio não voltam ao desfazer.",
    "Messages that have left the outbox do not come back by an undo.",
    "Los mensajes que ya salieron de la cola de envío no vuelven al deshacer.",
)
RUN: Final = Text("Executar em {n}", "Run on {n}", "Ejecutar en {n}")
LEAVE: Final = Text("Cancelar", "Cancel", "Cancelar")
NOTHING: Final = Text(
    "Nenhuma conversa mudaria. Escolha outro filtro ou outra ação.",
    "No conversation would change. Choose another filter or action.",
    "Ninguna conversación cambiaría. Elige otro filtro u otra acción.",
)
STARTED: Final = Text("Execução iniciada.", "The run has begun.", "La ejecución empezó.")
ASKED: Final = Text(
    "Pedido enviado: outra pessoa precisa aprovar no histórico.",
    "Asked: another person has to approve in the ledger.",
    "Pedido enviado: otra persona debe aprobar en el historial.",
)
PAUSED: Final = Text("Execução pausada.", "The run is held.", "Ejecución en pausa.")
RESUMED: Final = Text("Execução retomada.", "The run goes on.", "La ejecución continúa.")
CANCELLED: Final = Text("Execução cancelada.", "The run is cancelled.", "Ejecución cancelada.")
UNDOING: Final = Text("Desfazendo.", "Taking it back.", "Deshaciendo.")
PAUSE: Final = Text("Pausar", "Pause", "Pausar")
RESUME: Final = Text("Retomar", "Resume", "Reanudar")
CANCEL: Final = Text("Cancelar o resto", "Cancel the rest", "Cancelar el resto")
APPROVE: Final = Text("Aprovar e executar", "Approve and run", "Aprobar y ejecutar")
REFUSE: Final = Text("Recusar", "Refuse", "Rechazar")
UNDO: Final = Text("Desfazer", "Undo", "Deshacer")
RESULTS: Final = Text("Ver resultado", "See results", "Ver resultado")
PROGRESS: Final = Text(
    "{title}: {done} de {total}", "{title}: {done} of {total}", "{title}: {done} de {total}"
)
FINISHED: Final = {  # by whether it takes another run back
    False: Text(
        "{title}: {done} feitas, {refused} puladas",
        "{title}: {done} done, {refused} skipped",
        "{title}: {done} hechas, {refused} omitidas",
    ),
    True: Text(
        "{title}: {done} voltaram, {refused} ficaram como estavam",
        "{title}: {done} went back, {refused} were left as they were",
        "{title}: {done} volvieron, {refused} quedaron como estaban",
    ),
}

LEDGER: Final = Text("Execuções", "Runs", "Ejecuciones")
LEDGER_TITLE: Final = Text("Execuções em massa", "Bulk runs", "Ejecuciones en masa")
EMPTY_LEDGER: Final = Text(
    "Ainda não houve execuções em massa. Elas começam na página Supervisão.",
    "There have been no bulk runs yet. They begin on the page Supervision.",
    "Todavía no hubo ejecuciones en masa. Empiezan en la página Supervisión.",
)
WHEN: Final = Text("Quando", "When", "Cuándo")
WHO: Final = Text("Quem", "Who", "Quién")
STATE: Final = Text("Situação", "State", "Estado")
UNDONE: Final = Text("Desfeita", "Undone", "Deshecha")
YES: Final = Text("sim", "yes", "sí")
PICK_RUN: Final = Text(
    "Escolha uma linha para ver o resultado de cada conversa e desfazer.",
    "Choose a line to see the result of each conversation and to undo.",
    "Elige una línea para ver el resultado de cada conversación y deshacer.",
)
EVERYTHING: Final = Text("todas as conversas", "every conversation", "todas las conversaciones")
CONVERSATION: Final = Text("Conversa", "Conversation", "Conversación")
RESULT: Final = Text("Resultado", "Result", "Resultado")
RESULT_NAMES: Final = {
    "done": Text("Feita", "Done", "Hecha"),
    "refused": Text("Pulada", "Skipped", "Omitida"),
    "waiting": Text("Não executada", "Not run", "No ejecutada"),
}
ALL_RESULTS: Final = Text("Todos", "All", "Todos")
EXPORT: Final = Text("Baixar CSV", "Download CSV", "Descargar CSV")
HELD_BECAUSE: Final = Text("Parou porque: {why}", "Held because: {why}", "Se detuvo porque: {why}")
UNDO_ASK: Final = Text("Desfazer esta execução?", "Undo this run?", "¿Deshacer esta ejecución?")
UNDO_TELL: Final = Text(
    "{n} conversas voltam ao que eram. Aquelas em que alguém mexeu depois ficam como estão e "
    "aparecem na lista.",
    "{n} conversations go back to what they were. Those somebody touched since are left as they "
    "are and listed.",
    "{n} conversaciones vuelven a lo que eran. Las que alguien tocó después quedan como están y "
    "aparecen en la lista.",
)
GONE: Final = Text(
    "Essa execução não existe, ou não é sua.",
    "There is no such run, or it is not yours.",
    "Esa ejecución no existe, o no es tuya.",
)
BY: Final = Text("por {who}, {when}", "by {who}, {when}", "por {who}, {when}")

VIEWS: Final = Text("Visões", "Views", "Vistas")
DETECTORS: Final = Text("Detectores", "Detectors", "Detectores")
VIEW_MENU: Final = Text("Visão", "View", "Vista")
VIEW_ACTIONS: Final = {
    "save": Text("Salvar como nova visão…", "Save as a new view…", "Guardar como vista nueva…"),
    "edit": Text("Atualizar esta visão…", "Update this view…", "Actualizar esta vista…"),
    "back": Text("Mover para a esquerda", "Move to the left", "Mover a la izquierda"),
    "forth": Text("Mover para a direita", "Move to the right", "Mover a la derecha"),
    "remove": Text("Remover esta visão…", "Remove this view…", "Quitar esta vista…"),
}
SAVE_VIEW: Final = Text("Salvar visão", "Save view", "Guardar vista")
EDIT_VIEW: Final = Text("Atualizar visão", "Update view", "Actualizar vista")
REMOVE_VIEW: Final = Text("Remover visão", "Remove view", "Quitar vista")
REMOVE_TELL: Final = Text(
    "A visão sai da lista de quem a vê; nenhuma conversa muda.",
    "The view leaves everybody's list; no conversation changes.",
    "La vista sale de la lista de quienes la ven; ninguna conversación cambia.",
)
VIEW_SAVED: Final = Text("Visão salva.", "View saved.", "Vista guardada.")
VIEW_MOVED: Final = Text("Visão movida.", "View moved.", "Vista movida.")
VIEW_REMOVED: Final = Text("Visão removida.", "View removed.", "Vista quitada.")
NO_VIEW: Final = Text(
    "Essa visão não existe mais, ou não é para você.",
    "That view does not exist any more, or is not for you.",
    "Esa vista ya no existe, o no es para ti.",
)
NAME: Final = Text("Nome", "Name", "Nombre")
COLOUR: Final = Text("Cor", "Colour", "Color")
LINK: Final = Text("Link desta visão", "Link of this view", "Enlace de esta vista")
SAVE: Final = Text("Salvar", "Save", "Guardar")
