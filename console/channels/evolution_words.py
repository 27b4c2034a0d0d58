"""What we hold against a request to an Evolution server, before it or in place of its own words.

Such an error has no code; its title is a key of WORDS, so that a stored one can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.channels.inbound import ProviderError
from console.i18n import Text

# The licence asks for this wherever administrators and the documentation meet the channel.
NOTICE: Final = Text(
    "Este canal usa a Evolution API.",
    "This channel uses Evolution API.",
    "Este canal usa Evolution API.",
)
NOTICE_LINK: Final = "https://github.com/EvolutionAPI/evolution-api"

WORDS: Final[Mapping[str, Text]] = {
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
        "A Evolution API não aceitou o pedido.",
        "Evolution API did not take the request.",
        "Evolution API no aceptó la solicitud.",
    ),
    "unreachable": Text(
        "A Evolution API não respondeu. A tentativa se repete sozinha.",
        "Evolution API did not answer. It is tried again by itself.",
        "Evolution API no respondió. Se intenta de nuevo solo.",
    ),
    "misconfigured": Text(
        "O endereço, o nome ou a chave da instância não está correto.",
        "The address, the name or the key of the instance is not right.",
        "La dirección, el nombre o la clave de la instancia no es correcta.",
    ),
    "no_address": Text(
        "O contato não tem endereço neste canal.",
        "The contact has no address in this channel.",
        "El contacto no tiene dirección en este canal.",
    ),
    "no_text": Text("A mensagem está vazia.", "The message is empty.", "El mensaje está vacío."),
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
    "no_templates": Text(
        "Este canal não tem modelos. Envie o texto como mensagem.",
        "This channel has no templates. Send the text as a message.",
        "Este canal no tiene plantillas. Envía el texto como mensaje.",
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
}


def own_error(key: str, details: str = "") -> ProviderError:
    """An error of ours; `details` are for people who operate."""
    if key not in WORDS:
        raise KeyError(key)
    return ProviderError(None, key, details)
