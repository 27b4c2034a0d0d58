"""The words of a message's menu: sending again, forwarding, links, and what is known of it."""

from typing import Final

from console.i18n import Text

MENU_WORDS: Final[dict[str, Text]] = {
    "message_actions": Text("Ações da mensagem", "Message actions", "Acciones del mensaje"),
    "answer": Text("Responder", "Reply", "Responder"),
    "resend": Text("Reenviar", "Send again", "Reenviar"),
    "consider": Text("Considerar enviada", "Take as sent", "Dar por enviado"),
    "forward": Text("Encaminhar", "Forward", "Reenviar a otros"),
    "details": Text("Detalhes", "Details", "Detalles"),
    "cancel": Text("Cancelar", "Cancel", "Cancelar"),
    "loading": Text("Buscando…", "Looking…", "Buscando…"),
    "yes": Text("Sim", "Yes", "Sí"),
    "by_at": Text("por {name}, {time}", "by {name}, {time}", "por {name}, {time}"),
    # Sending again
    "resend_title": Text(
        "Reenviar esta mensagem?", "Send this message again?", "¿Reenviar este mensaje?"
    ),
    "resend_arrived": Text(
        "Ela já foi enviada: o cliente vai recebê-la mais uma vez.",
        "It was sent already: the customer will get it once more.",
        "Ya fue enviado: el cliente lo recibirá una vez más.",
    ),
    "resend_unknown": Text(
        "Não se sabe se ela chegou ao cliente: reenviar pode duplicar a mensagem.",
        "Nobody knows whether it reached the customer: sending it again may double it.",
        "No se sabe si llegó al cliente: reenviarlo puede duplicar el mensaje.",
    ),
    "resend_queued": Text(
        "Ela ainda está a caminho: o cliente vai recebê-la duas vezes.",
        "It is still on its way: the customer will get it twice.",
        "Todavía está en camino: el cliente lo recibirá dos veces.",
    ),
    "resend_failed": Text(
        "Ela não foi entregue. Vai de novo como estava.",
        "It was not delivered. It goes out again as it was.",
        "No fue entregado. Sale de nuevo tal como estaba.",
    ),
    "quoting_resend": Text(
        "Reenviar a mensagem: confira o texto e envie",
        "Send the message again: check the text and send",
        "Reenviar el mensaje: revisa el texto y envíalo",
    ),
    "quoting_answer": Text("Resposta a {name}", "Reply to {name}", "Respuesta a {name}"),
    "quoting_ours": Text("nossa mensagem", "our message", "nuestro mensaje"),
    "quoting_drop": Text("Descartar (Esc)", "Discard (Esc)", "Descartar (Esc)"),
    # Links
    "link_message": Text("Mensagem", "Message", "Mensaje"),
    "link_open": Text("Ir para a mensagem", "Go to the message", "Ir al mensaje"),
    "link_closed": Text(
        "Mensagem que você não pode ver",
        "A message that you may not see",
        "Mensaje que no puedes ver",
    ),
    "message_missing": Text(
        "A mensagem do link não existe, ou não está entre as que você pode ver.",
        "The linked message does not exist, or it is not among those you may see.",
        "El mensaje del enlace no existe, o no está entre los que puedes ver.",
    ),
    # Forwarding
    "forward_title": Text("Encaminhar mensagem", "Forward message", "Reenviar mensaje a otros"),
    "forward_search": Text(
        "Buscar nome ou número", "Search name or number", "Buscar nombre o número"
    ),
    "forward_found": Text("Contatos", "Contacts", "Contactos"),
    "forward_chosen": Text("Destinatários", "Recipients", "Destinatarios"),
    "forward_nobody": Text("Escolha quem recebe", "Choose who gets it", "Elige quién lo recibe"),
    "recipients_one": Text("{n} destinatário", "{n} recipient", "{n} destinatario"),
    "recipients_many": Text("{n} destinatários", "{n} recipients", "{n} destinatarios"),
    "forward_drop": Text("Retirar {name}", "Remove {name}", "Quitar a {name}"),
    "forward_closed": Text(
        "Não escreve há 24 horas: só recebe modelo",
        "Silent for 24 hours: takes templates only",
        "No escribe hace 24 horas: solo recibe plantillas",
    ),
    "forward_none": Text(
        "Ninguém com esse nome ou número.",
        "Nobody of that name or number.",
        "Nadie con ese nombre o número.",
    ),
    "forward_empty": Text(
        "Ainda não há outras conversas.",
        "There are no other conversations yet.",
        "Aún no hay otras conversaciones.",
    ),
    "forward_failed": Text(
        "Não foi possível buscar os contatos.",
        "The contacts could not be looked up.",
        "No se pudieron buscar los contactos.",
    ),
    "forward_sending": Text("Encaminhando…", "Forwarding…", "Reenviando…"),
    "forward_done": Text("Na fila de envio", "Waiting to be sent", "En la cola de envío"),
    "forward_all_one": Text(
        "Mensagem encaminhada a {n} pessoa.",
        "Message forwarded to {n} person.",
        "Mensaje reenviado a {n} persona.",
    ),
    "forward_all_many": Text(
        "Mensagem encaminhada a {n} pessoas.",
        "Message forwarded to {n} people.",
        "Mensaje reenviado a {n} personas.",
    ),
    "forward_some": Text(
        "Mensagem encaminhada a {n} de {of}.",
        "Message forwarded to {n} of {of}.",
        "Mensaje reenviado a {n} de {of}.",
    ),
    # Details
    "details_author": Text("Autoria", "Author", "Autoría"),
    "details_received": Text("Recebida", "Received", "Recibido"),
    "details_written": Text("Escrita", "Written", "Escrito"),
    "details_undated": Text(
        "Sem data na origem", "Undated at its source", "Sin fecha en su origen"
    ),
    "details_way": Text("Caminho da mensagem", "Its way", "Recorrido del mensaje"),
    "details_code": Text("Código {code}", "Code {code}", "Código {code}"),
    "details_origin": Text(
        "Ir para a mensagem original", "Go to the original message", "Ir al mensaje original"
    ),
    "details_failed": Text(
        "Não foi possível buscar os detalhes.",
        "The details could not be looked up.",
        "No se pudieron buscar los detalles.",
    ),
}
