"""Every word the inbox component shows; the browser gets those of one language."""

from typing import Final

from console.domain.priority import PRIORITY_NAMES
from console.i18n import Text
from console.ui.components.bubble_words import BUBBLE_WORDS
from console.ui.components.canned_words import CANNED_WORDS
from console.ui.components.contact_words import CONTACT_WORDS
from console.ui.components.menu_words import MENU_WORDS
from console.ui.components.stopped_words import STOPPED_WORDS
from console.ui.components.window_words import WINDOW_WORDS

WORDS: Final[dict[str, Text]] = {
    # The list
    "conversations": Text("Conversas", "Conversations", "Conversaciones"),
    "conversations_one": Text("{n} conversa", "{n} conversation", "{n} conversación"),
    "conversations_many": Text("{n} conversas", "{n} conversations", "{n} conversaciones"),
    "unread_one": Text("{n} não lida", "{n} unread", "{n} no leído"),
    "unread_many": Text("{n} não lidas", "{n} unread", "{n} no leídos"),
    "filters": Text("Filtros", "Filters", "Filtros"),
    "more_filters": Text("Mais filtros e instâncias", "More filters", "Más filtros e instancias"),
    "instances": Text("Instâncias", "Instances", "Instancias"),
    "all_instances": Text("Todas as instâncias", "All instances", "Todas las instancias"),
    "search_placeholder": Text(
        "Buscar nome, número, texto",
        "Search name, number, text",
        "Buscar nombre, número, texto",
    ),
    "export": Text("Exportar", "Export", "Exportar"),
    "export_list": Text(
        "Levar estas conversas para um arquivo",
        "Take these conversations into a file",
        "Llevar estas conversaciones a un archivo",
    ),
    "advanced_filter": Text("Filtro avançado", "Advanced filter", "Filtro avanzado"),
    "expression_placeholder": Text(
        "status:pending unread -assignee:me",
        "status:pending unread -assignee:me",
        "status:pending unread -assignee:me",
    ),
    "expression_help": Text(
        "Espaço = e, or = ou, - = não. Enter aplica.",
        "Space = and, or = or, - = not. Enter applies.",
        "Espacio = y, or = o, - = no. Enter aplica.",
    ),
    "apply": Text("Aplicar", "Apply", "Aplicar"),
    "remove": Text("Remover", "Remove", "Quitar"),
    "sort": Text("Ordenar", "Sort", "Ordenar"),
    "nothing_here": Text("Nada por aqui", "Nothing here", "Nada por aquí"),
    "nothing_here_hint": Text(
        "Nenhuma conversa está neste filtro agora.",
        "No conversation is in this filter now.",
        "Ninguna conversación está en este filtro ahora.",
    ),
    "nothing_found": Text("Nada encontrado", "Nothing found", "Nada encontrado"),
    "nothing_found_hint": Text(
        "Tente outras palavras ou um filtro mais amplo.",
        "Try other words or a wider filter.",
        "Prueba otras palabras o un filtro más amplio.",
    ),
    "list_error": Text(
        "Não foi possível carregar as conversas",
        "The conversations could not be loaded",
        "No se pudieron cargar las conversaciones",
    ),
    "error_hint": Text("Nada foi perdido.", "Nothing was lost.", "No se perdió nada."),
    "try_again": Text("Tentar de novo", "Try again", "Intentar de nuevo"),
    "offline": Text(
        "Sem atualização ao vivo. Reconectando…",
        "No live updates. Reconnecting…",
        "Sin actualización en vivo. Reconectando…",
    ),
    "signed_out": Text("Sua sessão terminou.", "Your session has ended.", "Tu sesión terminó."),
    "sign_in": Text("Entrar", "Sign in", "Entrar"),
    "waiting_for": Text(
        "Cliente espera há {time}", "Customer waiting for {time}", "El cliente espera hace {time}"
    ),
    "we_wrote": Text("Nós escrevemos", "We wrote", "Escribimos nosotros"),
    # Time
    "today": Text("hoje", "today", "hoy"),
    "yesterday": Text("ontem", "yesterday", "ayer"),
    "minutes": Text("{n} min", "{n} min", "{n} min"),
    "hours": Text("{n} h {m}", "{n} h {m}", "{n} h {m}"),
    "days": Text("{n} d", "{n} d", "{n} d"),
    "never": Text("Nunca", "Never", "Nunca"),
    # States
    "status": Text("Situação da conversa", "Conversation status", "Estado de la conversación"),
    "pending": Text("Pendente", "Pending", "Pendiente"),
    "resolved": Text("Resolvida", "Resolved", "Resuelta"),
    "resolve": Text("Resolver", "Resolve", "Resolver"),
    "reopen": Text("Reabrir", "Reopen", "Reabrir"),
    "resolve_hint": Text(
        "Marcar como resolvida (e)", "Mark as resolved (e)", "Marcar como resuelta (e)"
    ),
    "reopen_hint": Text("Reabrir a conversa (e)", "Reopen it (e)", "Reabrir la conversación (e)"),
    "resolved_by": Text("por {name}, {time}", "by {name}, {time}", "por {name}, {time}"),
    "resolved_toast": Text("Conversa resolvida", "Conversation resolved", "Conversación resuelta"),
    "undo": Text("Desfazer", "Undo", "Deshacer"),
    # The thread
    "conversation": Text("Conversa", "Conversation", "Conversación"),
    "messages": Text("Mensagens", "Messages", "Mensajes"),
    "choose_conversation": Text(
        "Escolha uma conversa", "Choose a conversation", "Elige una conversación"
    ),
    "choose_conversation_hint": Text(
        "As mensagens e o contato aparecem aqui.",
        "Its messages and the contact appear here.",
        "Los mensajes y el contacto aparecen aquí.",
    ),
    "conversation_missing": Text(
        "Conversa não encontrada", "Conversation not found", "Conversación no encontrada"
    ),
    "conversation_missing_hint": Text(
        "Ela não existe, ou não está entre as que você pode ver.",
        "It does not exist, or it is not among those you may see.",
        "No existe, o no está entre las que puedes ver.",
    ),
    "thread_error": Text(
        "Não foi possível abrir a conversa",
        "The conversation could not be opened",
        "No se pudo abrir la conversación",
    ),
    "no_messages": Text(
        "Ainda não há mensagens.", "There are no messages yet.", "Todavía no hay mensajes."
    ),
    "older": Text(
        "Carregando mensagens antigas…", "Loading older messages…", "Cargando mensajes antiguos…"
    ),
    "new_messages_one": Text("{n} mensagem nova", "{n} new message", "{n} mensaje nuevo"),
    "new_messages_many": Text("{n} mensagens novas", "{n} new messages", "{n} mensajes nuevos"),
    "to_end": Text("Ir para o fim", "Go to the end", "Ir al final"),
    "unread_divider": Text("Não lidas", "Unread", "No leídos"),
    "back": Text("Voltar", "Back", "Volver"),
    "from_in": Text("Mensagem de {name}", "Message from {name}", "Mensaje de {name}"),
    "from_out": Text("Resposta de {name}", "Reply by {name}", "Respuesta de {name}"),
    "from_note": Text("Nota de {name}", "Note by {name}", "Nota de {name}"),
    "from_system": Text("Mensagem do sistema", "System message", "Mensaje del sistema"),
    "from_draft": Text("Rascunho de {name}", "Draft by {name}", "Borrador de {name}"),
    "system": Text("Mensagem do sistema", "System message", "Mensaje del sistema"),
    "draft": Text("Rascunho", "Draft", "Borrador"),
    "delivery_queued": Text("Na fila", "Queued", "En cola"),
    "delivery_sending": Text("Enviando", "Sending", "Enviando"),
    "delivery_accepted": Text("Aceita", "Accepted", "Aceptado"),
    "delivery_sent": Text("Enviada", "Sent", "Enviado"),
    "delivery_delivered": Text("Entregue", "Delivered", "Entregado"),
    "delivery_read": Text("Lida", "Read", "Leído"),
    "delivery_played": Text("Ouvida", "Played", "Escuchado"),
    "delivery_failed": Text("Falhou", "Failed", "Falló"),
    "delivery_unknown": Text("Não confirmada", "Unconfirmed", "Sin confirmar"),
    "delivery_withdrawn": Text(
        "Retirada antes do envio", "Withdrawn before it was sent", "Retirado antes del envío"
    ),
    "failed_no_reason": Text(
        "O canal não disse o motivo.",
        "The channel gave no reason.",
        "El canal no dio el motivo.",
    ),
    "unknown_reason": Text(
        "O canal não confirmou o envio. Confira com o cliente antes de enviar de novo.",
        "The channel did not confirm the sending. Check with the customer before sending again.",
        "El canal no confirmó el envío. Consulta con el cliente antes de enviar de nuevo.",
    ),
    **BUBBLE_WORDS,
    **STOPPED_WORDS,
    **WINDOW_WORDS,
    **CONTACT_WORDS,
    **MENU_WORDS,
    **CANNED_WORDS,
    "copy_link": Text("Copiar link da mensagem", "Copy message link", "Copiar enlace del mensaje"),
    "copy_text": Text("Copiar texto", "Copy text", "Copiar texto"),
    "copied": Text("Copiado", "Copied", "Copiado"),
    "not_copied": Text(
        "O navegador não deixou copiar",
        "The browser did not allow copying",
        "El navegador no permitió copiar",
    ),
    # Assigning, labels, reading
    "assign": Text("Atribuir", "Assign", "Asignar"),
    "assignee": Text("Responsável", "Assignee", "Responsable"),
    "unassigned": Text("Sem responsável", "Unassigned", "Sin responsable"),
    "nobody": Text("Ninguém", "Nobody", "Nadie"),
    "me": Text("(você)", "(you)", "(tú)"),
    "agents": Text("Atendentes", "Agents", "Agentes"),
    "teams": Text("Equipes", "Teams", "Equipos"),
    "no_team": Text("Nenhuma equipe", "No team", "Ningún equipo"),
    "team_is": Text("Equipe {name}", "Team {name}", "Equipo {name}"),
    "find_agent": Text(
        "Buscar atendente ou equipe", "Find agent or team", "Buscar agente o equipo"
    ),
    "open_conversations_one": Text(
        "{n} conversa pendente", "{n} pending conversation", "{n} conversación pendiente"
    ),
    "open_conversations_many": Text(
        "{n} conversas pendentes", "{n} pending conversations", "{n} conversaciones pendientes"
    ),
    "labels": Text("Etiquetas", "Labels", "Etiquetas"),
    "edit_labels": Text("Mudar etiquetas", "Change labels", "Cambiar etiquetas"),
    "no_labels": Text("Nenhuma", "None", "Ninguna"),
    "no_labels_exist": Text(
        "Ainda não há etiquetas.", "There are no labels yet.", "Todavía no hay etiquetas."
    ),
    "remove_label": Text("Tirar {name}", "Remove {name}", "Quitar {name}"),
    "mark_unread": Text("Marcar como não lida", "Mark as unread", "Marcar como no leído"),
    "mark_read": Text("Marcar como lida", "Mark as read", "Marcar como leído"),
    # Priority, snooze, deadline
    "priority": Text("Prioridade", "Priority", "Prioridad"),
    "priority_is": Text("Prioridade: {name}", "Priority: {name}", "Prioridad: {name}"),
    **{f"priority_{key}": name for key, name in PRIORITY_NAMES.items()},
    "no_priority": Text("Nenhuma", "None", "Ninguna"),
    "snooze": Text("Adiar", "Snooze", "Posponer"),
    "snooze_hour": Text("Por 1 hora", "For 1 hour", "Por 1 hora"),
    "snooze_evening": Text("Até hoje às 18:00", "Until today 18:00", "Hasta hoy a las 18:00"),
    "snooze_tomorrow": Text("Até amanhã às 9:00", "Until tomorrow 9:00", "Hasta mañana a las 9:00"),
    "snooze_monday": Text(
        "Até segunda-feira às 9:00", "Until next Monday 9:00", "Hasta el lunes a las 9:00"
    ),
    "snooze_own": Text("Outra data e hora", "Another date and time", "Otra fecha y hora"),
    "snooze_past": Text(
        "Escolha uma data e hora no futuro.",
        "Choose a date and time in the future.",
        "Elige una fecha y hora en el futuro.",
    ),
    "unsnooze": Text("Trazer de volta agora", "Bring back now", "Traer de vuelta ahora"),
    "snoozed_until": Text("Adiada até", "Snoozed until", "Pospuesta hasta"),
    "snoozed_till": Text("Adiada até {time}", "Snoozed until {time}", "Pospuesta hasta {time}"),
    "not_snoozed": Text("Não adiada", "Not snoozed", "No pospuesta"),
    "answer_due": Text("Prazo de resposta", "Answer due", "Plazo de respuesta"),
    "answer_by": Text("Responder até {time}", "Answer by {time}", "Responder antes de {time}"),
    "overdue_since": Text(
        "Prazo vencido há {time}", "Overdue for {time}", "Plazo vencido hace {time}"
    ),
    # The composer
    "what_to_write": Text("O que escrever", "What to write", "Qué escribir"),
    "reply": Text("Responder", "Reply", "Responder"),
    "note": Text("Nota interna", "Internal note", "Nota interna"),
    "write_reply": Text("Escreva uma resposta", "Write a reply", "Escribe una respuesta"),
    "write_note": Text(
        "Escreva uma nota que só a equipe vê",
        "Write a note only the team sees",
        "Escribe una nota que solo ve el equipo",
    ),
    "write_caption": Text("Legenda (opcional)", "Caption (optional)", "Leyenda (opcional)"),
    "write_caption_none": Text(
        "O áudio vai sem legenda", "Audio goes without a caption", "El audio va sin leyenda"
    ),
    "send_reply": Text("Enviar resposta", "Send reply", "Enviar respuesta"),
    "send_note": Text("Guardar nota", "Save note", "Guardar nota"),
    "enter_sends": Text(
        "Enter envia, Shift+Enter quebra a linha",
        "Enter sends, Shift+Enter breaks the line",
        "Enter envía, Shift+Enter salta de línea",
    ),
    "enter_breaks": Text(
        "Enter quebra a linha, Ctrl+Enter envia",
        "Enter breaks the line, Ctrl+Enter sends",
        "Enter salta de línea, Ctrl+Enter envía",
    ),
    "read_only": Text(
        "Você pode ler esta conversa, mas não escrever nela.",
        "You may read this conversation, but not write in it.",
        "Usted puede leer esta conversación, pero no escribir en ella.",
    ),
    "draft_not_kept": Text(
        "O navegador não guardou o rascunho",
        "The browser did not keep the draft",
        "El navegador no guardó el borrador",
    ),
    # The contact
    "contact": Text("Contato", "Contact", "Contacto"),
    "contact_panel": Text("Dados do contato", "Contact details", "Datos del contacto"),
    "name": Text("Nome", "Name", "Nombre"),
    "email": Text("E-mail", "E-mail", "Correo"),
    "whatsapp": Text("WhatsApp", "WhatsApp", "WhatsApp"),
    "edit": Text("Editar {what}", "Edit {what}", "Editar {what}"),
    "save": Text("Salvar", "Save", "Guardar"),
    "cancel": Text("Cancelar", "Cancel", "Cancelar"),
    "not_given": Text("Não informado", "Not given", "No informado"),
    "must_not_be_empty": Text("Escreva um nome.", "Write a name.", "Escribe un nombre."),
    "email_wrong": Text(
        "Escreva um e-mail como ana@exemplo.com.br.",
        "Write an address like ana@example.com.",
        "Escribe un correo como ana@ejemplo.com.",
    ),
    "no_phone": Text("Sem número", "No number", "Sin número"),
    "copy_number": Text("Copiar número", "Copy number", "Copiar número"),
    "opened_at": Text("Conversa aberta em {time}", "Opened {time}", "Abierta el {time}"),
    "assigned_agent": Text("Operador atribuído", "Assigned agent", "Operador asignado"),
    "who_resolved": Text("Qual operador resolveu", "Who resolved it", "Qué operador la resolvió"),
    "not_resolved_yet": Text("Ainda não resolvida", "Not resolved yet", "Aún no resuelta"),
    "no_agent": Text("Sem operador", "No agent", "Sin operador"),
    "reopened_one": Text("Reaberta {n} vez", "Reopened {n} time", "Reabierta {n} vez"),
    "reopened_many": Text("Reaberta {n} vezes", "Reopened {n} times", "Reabierta {n} veces"),
    "last_contact_activity": Text(
        "Última atividade no WhatsApp",
        "Last activity on WhatsApp",
        "Última actividad en WhatsApp",
    ),
    "instance": Text("Instância", "Instance", "Instancia"),
    "block": Text(
        "Bloquear mensagens do sistema", "Block system messages", "Bloquear mensajes del sistema"
    ),
    "block_help": Text(
        "Notificações automáticas não são mais enviadas. Pessoas ainda podem escrever.",
        "Automatic notifications are no longer sent. People can still write.",
        "Ya no se envían notificaciones automáticas. Las personas aún pueden escribir.",
    ),
    "close": Text("Fechar", "Close", "Cerrar"),
    # The keyboard
    "keys": Text("Teclas", "Keys", "Teclas"),
    "key_next": Text("Próxima conversa", "Next conversation", "Conversación siguiente"),
    "key_previous": Text("Conversa anterior", "Previous conversation", "Conversación anterior"),
    "key_open": Text("Abrir", "Open", "Abrir"),
    "key_reply": Text("Responder", "Reply", "Responder"),
    "key_note": Text("Nota interna", "Internal note", "Nota interna"),
    "key_status": Text("Resolver ou reabrir", "Resolve or reopen", "Resolver o reabrir"),
    "key_assign": Text("Atribuir", "Assign", "Asignar"),
    "key_labels": Text("Etiquetas", "Labels", "Etiquetas"),
    "key_unread": Text("Lida ou não lida", "Read or unread", "Leído o no leído"),
    "key_search": Text("Buscar", "Search", "Buscar"),
    "key_back": Text("Fechar ou voltar", "Close or go back", "Cerrar o volver"),
    "key_help": Text("Esta lista", "This list", "Esta lista"),
}


def words(language: str) -> dict[str, str]:
    """The component's words in one language, as its `data.words`."""
    return {key: text.in_(language) for key, text in WORDS.items()}
