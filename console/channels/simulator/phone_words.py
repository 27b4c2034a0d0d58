"""The words of the phone, in the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.channels.simulator.faults import FAULTS, Answer, Fault, Telling
from console.channels.simulator.wire import Item
from console.i18n import Text

WORDS: Final[Mapping[str, Text]] = {
    "title": Text("Celular do cliente", "The customer's phone", "Teléfono del cliente"),
    "simulator": Text("Simulador", "Simulator", "Simulador"),
    "intro": Text(
        "Aqui você é o cliente. O que você escreve chega à Central como mensagem do WhatsApp.",
        "Here you are the customer. What you write reaches Central as a WhatsApp message.",
        "Aquí usted es el cliente. Lo que escribe llega a Central como mensaje de WhatsApp.",
    ),
    "talks": Text("Conversas", "Conversations", "Conversaciones"),
    "find": Text("Buscar cliente", "Find a customer", "Buscar cliente"),
    "none": Text(
        "Ninguém escreveu ainda. Crie um cliente e mande a primeira mensagem.",
        "Nobody has written yet. Make a customer and send the first message.",
        "Nadie ha escrito todavía. Cree un cliente y envíe el primer mensaje.",
    ),
    "not_found": Text("Nenhum cliente com esse nome.", "No such customer.", "Ningún cliente así."),
    "choose": Text(
        "Escolha uma conversa para responder como cliente.",
        "Choose a conversation to answer as the customer.",
        "Elija una conversación para responder como cliente.",
    ),
    "empty": Text(
        "Escreva a primeira mensagem para a loja.",
        "Write the first message to the shop.",
        "Escriba el primer mensaje a la tienda.",
    ),
    "new": Text("Novo cliente", "New customer", "Nuevo cliente"),
    "name": Text("Nome", "Name", "Nombre"),
    "phone": Text("Celular com DDD", "Mobile with area code", "Celular con código de área"),
    "phone_hint": Text(
        "Vazio: um número qualquer. Finais como 99131047 provocam falhas.",
        "Empty: any number. Endings such as 99131047 provoke failures.",
        "Vacío: cualquier número. Finales como 99131047 provocan fallas.",
    ),
    "number": Text("Escreve para", "Writes to", "Escribe a"),
    "hidden": Text(
        "Sem número: só nome de usuário",
        "Without a phone: username only",
        "Sin número: solo nombre de usuario",
    ),
    "create": Text("Criar", "Create", "Crear"),
    "cancel": Text("Cancelar", "Cancel", "Cancelar"),
    "back": Text("Voltar às conversas", "Back to conversations", "Volver a conversaciones"),
    "write": Text("Mensagem", "Message", "Mensaje"),
    "send": Text("Enviar", "Send", "Enviar"),
    "attach": Text("Anexar", "Attach", "Adjuntar"),
    "file": Text("Arquivo do computador", "File of this computer", "Archivo del equipo"),
    "location": Text("Localização", "Location", "Ubicación"),
    "contacts": Text("Contato", "Contact card", "Contacto"),
    "unsupported": Text("Enquete (não suportada)", "Poll (unsupported)", "Encuesta (no admitida)"),
    "phone_sends": Text(
        "Resposta da loja pelo celular",
        "Answer from the shop's own phone",
        "Respuesta de la tienda por celular",
    ),
    "phone_sent": Text(
        "Já vi aqui, um momento.", "I have seen it, a moment.", "Ya lo vi, un momento."
    ),
    "typing": Text("digitando…", "typing…", "escribiendo…"),
    "reply": Text("Responder", "Reply", "Responder"),
    "react": Text("Reagir com {emoji}", "React with {emoji}", "Reaccionar con {emoji}"),
    "unreact": Text("Tirar reação", "Take the reaction away", "Quitar reacción"),
    "edit": Text("Editar", "Edit", "Editar"),
    "delete": Text("Apagar", "Delete", "Eliminar"),
    "options": Text("Opções da mensagem", "Message options", "Opciones del mensaje"),
    "replying": Text("Respondendo", "Replying", "Respondiendo"),
    "editing": Text("Editando", "Editing", "Editando"),
    "edited": Text("editada", "edited", "editada"),
    "deleted": Text("Mensagem apagada", "Deleted message", "Mensaje eliminado"),
    "you": Text("Você", "You", "Usted"),
    "next": Text("Próximo envio da loja", "The shop's next send", "Próximo envío de la tienda"),
    "normal": Text("chega normalmente", "arrives", "llega normalmente"),
    "often": Text("Situações comuns", "Common cases", "Casos comunes"),
    "wire": Text("Rede e servidor", "Network and server", "Red y servidor"),
    "statuses": Text("Avisos de status", "Statuses", "Avisos de estado"),
    "at_once": Text("Recusa na hora", "Refused at once", "Rechazo inmediato"),
    "later": Text("Falha depois", "Fails later", "Falla después"),
    "open_until": Text(
        "Janela aberta até {time}", "Window open until {time}", "Ventana abierta hasta {time}"
    ),
    "closed": Text(
        "Janela fechada: a loja só manda modelos",
        "Window closed: templates only",
        "Ventana cerrada: solo plantillas",
    ),
    "status_accepted": Text("aceita", "accepted", "aceptada"),
    "status_sent": Text("enviada", "sent", "enviada"),
    "status_delivered": Text("entregue", "delivered", "entregada"),
    "status_read": Text("lida", "read", "leída"),
    "status_played": Text("ouvida", "played", "escuchada"),
    "status_failed": Text("falhou ({code})", "failed ({code})", "falló ({code})"),
    "seen": Text("lida pela loja", "read by the shop", "leída por la tienda"),
    "told": Text("entregue à loja", "delivered to the shop", "entregada a la tienda"),
    "download": Text("Baixar", "Download", "Descargar"),
    "elsewhere": Text("arquivo por link", "file by link", "archivo por enlace"),
    "kind_image": Text("Foto", "Photo", "Foto"),
    "kind_audio": Text("Áudio", "Audio", "Audio"),
    "kind_video": Text("Vídeo", "Video", "Video"),
    "kind_document": Text("Documento", "Document", "Documento"),
    "kind_sticker": Text("Figurinha", "Sticker", "Sticker"),
    "kind_location": Text("Localização", "Location", "Ubicación"),
    "kind_contacts": Text("Contato", "Contact card", "Contacto"),
    "kind_order": Text("Pedido", "Order", "Pedido"),
    "kind_unsupported": Text(
        "Mensagem não suportada", "Unsupported message", "Mensaje no admitido"
    ),
    "offline": Text(
        "O simulador não responde. Tentando de novo…",
        "The simulator does not answer. Trying again…",
        "El simulador no responde. Intentando de nuevo…",
    ),
    "refused": Text("Não deu: {why}", "It failed: {why}", "No se pudo: {why}"),
    "why_phone": Text(
        "um celular tem de 8 a 15 dígitos.",
        "a phone has 8 to 15 digits.",
        "un celular tiene de 8 a 15 dígitos.",
    ),
    "why_type": Text(
        "o WhatsApp não aceita este tipo de arquivo.",
        "WhatsApp does not take this type of file.",
        "WhatsApp no acepta este tipo de archivo.",
    ),
    "why_size": Text(
        "o arquivo está vazio ou é grande demais.",
        "the file is empty or too large.",
        "el archivo está vacío o es demasiado grande.",
    ),
    "why_unknown": Text(
        "isto não existe mais aqui.", "this is not here any more.", "esto ya no existe aquí."
    ),
    "loading": Text("Carregando…", "Loading…", "Cargando…"),
    "today": Text("Hoje", "Today", "Hoy"),
    "yesterday": Text("Ontem", "Yesterday", "Ayer"),
}
OFTEN: Final[Mapping[str, Text]] = {
    "refuse_131047": Text(
        "janela de 24 h fechada (131047)", "24 h window closed (131047)", "ventana cerrada (131047)"
    ),
    "refuse_131026": Text(
        "número sem WhatsApp (131026)", "no WhatsApp there (131026)", "sin WhatsApp (131026)"
    ),
    "fail_131026": Text(
        "enviada, falha depois (131026)", "sent, fails later (131026)", "falla después (131026)"
    ),
    "refuse_131056": Text(
        "rápido demais (131056)", "too many at once (131056)", "demasiado rápido (131056)"
    ),
    "refuse_190": Text(
        "acesso da loja vencido (190)", "access has expired (190)", "acceso vencido (190)"
    ),
}


def faults_in(language: str) -> list[Item]:
    """The faults in groups: what happens often, then by their place in the registry."""
    groups = {"often": [{"key": key, "text": text.in_(language)} for key, text in OFTEN.items()]}
    for fault in FAULTS.values():
        if fault.key not in OFTEN:
            shown = {"key": fault.key, "text": fault.words.in_(language)}
            groups.setdefault(_group_of(fault), []).append(shown)
    return [{"group": name, "faults": faults} for name, faults in groups.items()]


def _group_of(fault: Fault) -> str:
    if fault.answer is Answer.REFUSE and not fault.http:
        return "at_once"
    if fault.telling is Telling.FAILS:
        return "later"
    return "statuses" if fault.answer is Answer.NORMAL else "wire"
