"""The words around files, and of all that a bubble holds besides its own."""

from typing import Final

from console.i18n import Text

BUBBLE_WORDS: Final[dict[str, Text]] = {
    "kind_image": Text("Foto", "Photo", "Foto"),
    "kind_video": Text("Vídeo", "Video", "Video"),
    "kind_audio": Text("Áudio", "Audio", "Audio"),
    "kind_voice": Text("Mensagem de voz", "Voice message", "Mensaje de voz"),
    "kind_document": Text("Documento", "Document", "Documento"),
    "kind_sticker": Text("Figurinha", "Sticker", "Sticker"),
    "kind_location": Text("Localização", "Location", "Ubicación"),
    "kind_contacts": Text("Contato", "Contact", "Contacto"),
    "kind_order": Text("Pedido", "Order", "Pedido"),
    "kind_interactive": Text("Resposta escolhida", "Chosen reply", "Respuesta elegida"),
    "kind_button": Text("Resposta de botão", "Button reply", "Respuesta de botón"),
    "kind_unsupported": Text(
        "Mensagem não suportada", "Unsupported message", "Mensaje no compatible"
    ),
    "kind_template": Text("Modelo de mensagem", "Message template", "Plantilla de mensaje"),
    "kind_other": Text("Outro conteúdo", "Other content", "Otro contenido"),
    "file_open": Text("Abrir {name}", "Open {name}", "Abrir {name}"),
    "file_save": Text("Baixar o arquivo", "Download the file", "Descargar el archivo"),
    "file_waiting": Text("Recebendo o arquivo…", "Receiving the file…", "Recibiendo el archivo…"),
    "file_failed": Text(
        "O arquivo não chegou.", "The file did not arrive.", "El archivo no llegó."
    ),
    "file_not_shown": Text(
        "Não foi possível mostrar esta imagem.",
        "This picture could not be shown.",
        "No se pudo mostrar esta imagen.",
    ),
    "file_sending": Text("Enviando o arquivo…", "Sending the file…", "Enviando el archivo…"),
    "attach": Text("Anexar arquivo", "Attach a file", "Adjuntar archivo"),
    "attach_pictures": Text("Foto ou vídeo", "Photo or video", "Foto o video"),
    "attach_document": Text("Documento ou áudio", "Document or audio", "Documento o audio"),
    "attachment": Text("Arquivo anexado", "Attached file", "Archivo adjunto"),
    "attachment_drop": Text("Descartar o arquivo", "Discard the file", "Descartar el archivo"),
    "drop_here": Text(
        "Solte o arquivo para anexar", "Drop the file to attach it", "Suelta el archivo aquí"
    ),
    "limit_line": Text("{kind} até {most}", "{kind} up to {most}", "{kind} hasta {most}"),
    "limit_photos": Text(
        "Fotos maiores são reduzidas.",
        "Larger photos are made smaller.",
        "Las fotos mayores se reducen.",
    ),
    "uploading": Text("Transmitindo…", "Uploading…", "Subiendo…"),
    "upload_failed": Text(
        "O arquivo não chegou ao servidor.",
        "The file did not reach the server.",
        "El archivo no llegó al servidor.",
    ),
    "upload_too_large": Text(
        "O arquivo é grande demais para o WhatsApp.",
        "The file is too large for WhatsApp.",
        "El archivo es demasiado grande para WhatsApp.",
    ),
    "upload_over": Text(
        "O WhatsApp aceita até {most} para este tipo de arquivo, e este tem {size}.",
        "WhatsApp takes at most {most} of this kind of file, and this one has {size}.",
        "WhatsApp acepta hasta {most} para este tipo de archivo, y este tiene {size}.",
    ),
    "forwarded": Text("Encaminhada", "Forwarded", "Reenviado de otro chat"),
    "from_phone": Text("Enviada pelo celular", "Sent from the phone", "Enviado desde el teléfono"),
    "resent_by": Text(
        "Reenviada por {name}", "Sent again by {name}", "Enviado de nuevo por {name}"
    ),
    "from_advert": Text(
        "Veio do anúncio: {text}", "Came from the ad: {text}", "Llegó por el anuncio: {text}"
    ),
    "revoked_in": Text(
        "Apagada pelo cliente", "Deleted by the customer", "Eliminado por el cliente"
    ),
    "revoked_out": Text("Apagada no WhatsApp", "Deleted on WhatsApp", "Eliminado en WhatsApp"),
    "revoked_text": Text(
        "Esta mensagem foi apagada.", "This message was deleted.", "Este mensaje fue eliminado."
    ),
    "quoted_missing": Text(
        "Mensagem que não está aqui", "A message that is not here", "Mensaje que no está aquí"
    ),
    "quoted_open": Text(
        "Ir para a mensagem citada", "Go to the quoted message", "Ir al mensaje citado"
    ),
    "location_open": Text(
        "Abrir no mapa, em outra aba",
        "Open on a map, in another tab",
        "Abrir en el mapa, en otra pestaña",
    ),
    "order_items_one": Text("{n} item", "{n} item", "{n} artículo"),
    "order_items_many": Text("{n} itens", "{n} items", "{n} artículos"),
    "reactions": Text("Reações", "Reactions", "Reacciones"),
    "reaction_ours": Text("Reação nossa", "Our reaction", "Reacción nuestra"),
    "edited": Text("editada", "edited", "editado"),
    "original": Text("Antes da edição", "Before the edit", "Antes de la edición"),
    "original_show": Text(
        "Editada em {time}. Mostrar o texto original.",
        "Edited {time}. Show the original text.",
        "Editado el {time}. Mostrar el texto original.",
    ),
}
