"""What we ourselves hold against a request, before a provider has seen it or instead of it.

Such an error has no code; its title is a key of WORDS, so that a stored one can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.channels.inbound import ProviderError
from console.i18n import Text

WORDS: Final[Mapping[str, Text]] = {
    "no_address": Text(
        "O contato não tem endereço neste canal.",
        "The contact has no address in this channel.",
        "El contacto no tiene dirección en este canal.",
    ),
    "blocked": Text(
        "O contato não recebe mensagens do sistema: estão bloqueadas para ele.",
        "The contact gets no system messages: they are blocked for them.",
        "El contacto no recibe mensajes del sistema: están bloqueados para él.",
    ),
    "no_text": Text("A mensagem está vazia.", "The message is empty.", "El mensaje está vacío."),
    "text_too_long": Text(
        "O texto é longo demais. Divida-o em duas mensagens.",
        "The text is too long. Split it into two messages.",
        "El texto es demasiado largo. Divídelo en dos mensajes.",
    ),
    "caption_too_long": Text(
        "A legenda é longa demais. Envie o texto em outra mensagem.",
        "The caption is too long. Send the text as another message.",
        "La leyenda es demasiado larga. Envía el texto en otro mensaje.",
    ),
    "no_caption": Text(
        "Áudios e figurinhas não levam legenda. Envie o texto em outra mensagem.",
        "Audio and stickers take no caption. Send the text as another message.",
        "Los audios y los stickers no llevan leyenda. Envía el texto en otro mensaje.",
    ),
    "no_target": Text(
        "A mensagem à qual reagir não está no WhatsApp.",
        "The message to react to is not on WhatsApp.",
        "El mensaje al que reaccionar no está en WhatsApp.",
    ),
    "not_uploaded": Text(
        "O arquivo ainda não foi transmitido.",
        "The file has not been transferred yet.",
        "El archivo aún no se ha transferido.",
    ),
    "bad_template": Text(
        "Os valores não combinam com o modelo.",
        "The values do not fit the template.",
        "Los valores no coinciden con la plantilla.",
    ),
    "file_missing": Text(
        "O arquivo não está mais aqui ou mudou. Anexe-o de novo.",
        "The file is no longer here or has changed. Attach it again.",
        "El archivo ya no está aquí o cambió. Adjúntalo de nuevo.",
    ),
    "file_refused": Text(
        "O canal não aceita este tipo ou tamanho de arquivo.",
        "The channel does not take this type or size of file.",
        "El canal no acepta este tipo o tamaño de archivo.",
    ),
    "not_fetched": Text(
        "O arquivo não pôde ser baixado.",
        "The file could not be downloaded.",
        "No se pudo descargar el archivo.",
    ),
    "unreachable": Text(
        "O provedor não respondeu. O envio é tentado de novo sozinho.",
        "The provider did not answer. Sending is tried again by itself.",
        "El proveedor no respondió. El envío se intenta de nuevo solo.",
    ),
    "misconfigured": Text(
        "O endereço ou o token da instância não está correto.",
        "The address or the token of the instance is not right.",
        "La dirección o el token de la instancia no es correcto.",
    ),
    "disconnected": Text(
        "O telefone da instância está desconectado. Conecte-o de novo pelo código QR.",
        "The phone of the instance is disconnected. Link it again with the QR code.",
        "El teléfono de la instancia está desconectado. Vincúlalo de nuevo con el código QR.",
    ),
    "no_code": Text(
        "Ainda não há código QR. Tente de novo em alguns segundos.",
        "There is no QR code yet. Try again in a few seconds.",
        "Aún no hay código QR. Inténtalo de nuevo en unos segundos.",
    ),
    "not_on_whatsapp": Text(
        "O número não tem WhatsApp.",
        "The number has no WhatsApp.",
        "El número no tiene WhatsApp.",
    ),
    "refused": Text(
        "O provedor não aceitou o pedido.",
        "The provider did not take the request.",
        "El proveedor no aceptó la solicitud.",
    ),
    "no_templates": Text(
        "Este canal não tem modelos. Envie o texto como mensagem.",
        "This channel has no templates. Send the text as a message.",
        "Este canal no tiene plantillas. Envía el texto como mensaje.",
    ),
}


def own_error(key: str, details: str = "") -> ProviderError:
    """An error of ours; `details` are for people who operate."""
    if key not in WORDS:
        raise KeyError(key)
    return ProviderError(None, key, details)
