"""What a person reads of each error code of the WhatsApp Cloud API.

A code whose meaning no public page tells (137000) is shown with the provider's own details.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.i18n import Text

_ACCESS: Final = Text(
    "O acesso à Meta não é mais aceito. Gere um novo token na instância.",
    "Meta no longer accepts the access. Make a new token for the instance.",
    "Meta ya no acepta el acceso. Genera un nuevo token en la instancia.",
)
_PERMISSION: Final = Text(
    "Falta uma permissão na conta da Meta. Confira o aplicativo e o token da instância.",
    "A permission is missing in the Meta account. Check the app and the instance's token.",
    "Falta un permiso en la cuenta de Meta. Revisa la aplicación y el token de la instancia.",
)
_BLOCKED: Final = Text(
    "A Meta restringiu ou bloqueou a conta. Veja o motivo no WhatsApp Manager.",
    "Meta has restricted or blocked the account. See the reason in WhatsApp Manager.",
    "Meta restringió o bloqueó la cuenta. Consulta el motivo en WhatsApp Manager.",
)
_UNREGISTERED: Final = Text(
    "O número não está registrado na Cloud API. Registre-o no WhatsApp Manager.",
    "The number is not registered with the Cloud API. Register it in WhatsApp Manager.",
    "El número no está registrado en la Cloud API. Regístralo en WhatsApp Manager.",
)
_NUMBER_LIMIT: Final = Text(
    "O número atingiu o limite de envios. O envio continua sozinho.",
    "The number has reached its sending limit. Sending goes on by itself.",
    "El número alcanzó el límite de envíos. El envío continúa solo.",
)
_COMPLAINTS: Final = Text(
    "A Meta limitou o número porque clientes o bloqueiam ou denunciam. Veja a qualidade dele no "
    "WhatsApp Manager.",
    "Meta has limited the number because customers block or report it. See its quality in "
    "WhatsApp Manager.",
    "Meta limitó el número porque los clientes lo bloquean o denuncian. Revisa su calidad en "
    "WhatsApp Manager.",
)
_META_TROUBLE: Final = Text(
    "A Meta está com problemas. O envio é tentado de novo sozinho.",
    "Meta is having trouble. Sending is tried again by itself.",
    "Meta tiene problemas. El envío se intenta de nuevo solo.",
)
_NOT_UNDERSTOOD: Final = Text(
    "A Meta não aceitou o conteúdo da mensagem. Edite e envie de novo.",
    "Meta did not accept the content of the message. Edit it and send it again.",
    "Meta no aceptó el contenido del mensaje. Edítalo y envíalo de nuevo.",
)
_FILE: Final = Text(
    "O arquivo não pôde ser transmitido. Confira o tipo e o tamanho e anexe de novo.",
    "The file could not be transferred. Check its type and size and attach it again.",
    "No se pudo transferir el archivo. Revisa el tipo y el tamaño y adjúntalo de nuevo.",
)

REFUSED: Final = Text(
    "O WhatsApp recusou a mensagem: {told}",
    "WhatsApp refused the message: {told}",
    "WhatsApp rechazó el mensaje: {told}",
)
TEMPLATE_REFUSED: Final = Text(
    "O WhatsApp recusou o modelo (código {code}). Confira o modelo e os valores preenchidos.",
    "WhatsApp refused the template (code {code}). Check the template and its values.",
    "WhatsApp rechazó la plantilla (código {code}). Revisa la plantilla y sus valores.",
)

SPOKEN: Final[Mapping[int | None, Text]] = {
    0: _ACCESS,
    1: _META_TROUBLE,
    2: _META_TROUBLE,
    3: _PERMISSION,
    4: _NUMBER_LIMIT,
    10: _PERMISSION,
    100: _NOT_UNDERSTOOD,
    190: _ACCESS,
    368: _BLOCKED,
    80007: _NUMBER_LIMIT,
    130429: _NUMBER_LIMIT,
    130472: Text(
        "A Meta não entregou: este cliente faz parte de um experimento dela. Espere que ele "
        "escreva ou use outro canal.",
        "Meta did not deliver: this customer is part of an experiment of theirs. Wait until they "
        "write, or use another channel.",
        "Meta no lo entregó: este cliente participa en un experimento suyo. Espera a que escriba "
        "o usa otro canal.",
    ),
    130497: Text(
        "A conta não pode enviar mensagens para o país deste cliente.",
        "The account may not send messages to this customer's country.",
        "La cuenta no puede enviar mensajes al país de este cliente.",
    ),
    131000: _META_TROUBLE,
    131005: _PERMISSION,
    131008: _NOT_UNDERSTOOD,
    131009: _NOT_UNDERSTOOD,
    131016: _META_TROUBLE,
    131021: Text(
        "O número de destino é o próprio número da loja.",
        "The recipient is the shop's own number.",
        "El destinatario es el propio número de la tienda.",
    ),
    131026: Text(
        "Não foi possível entregar. O cliente pode não ter WhatsApp, usar uma versão antiga ou não "
        "ter aceitado os termos.",
        "It could not be delivered. The customer may not have WhatsApp, use an old version or not "
        "have accepted the terms.",
        "No se pudo entregar. Es posible que el cliente no tenga WhatsApp, use una versión antigua "
        "o no haya aceptado los términos.",
    ),
    131030: Text(
        "O número de teste só envia para destinatários cadastrados na Meta. Cadastre este.",
        "The test number only sends to recipients listed at Meta. Add this one.",
        "El número de prueba solo envía a destinatarios registrados en Meta. Registra este.",
    ),
    131031: _BLOCKED,
    131037: Text(
        "O nome de exibição do número ainda não foi aprovado pela Meta.",
        "Meta has not approved the number's display name yet.",
        "Meta aún no aprobó el nombre visible del número.",
    ),
    131042: Text(
        "Há um problema de pagamento na conta da Meta. Resolva-o no WhatsApp Manager.",
        "There is a payment problem with the Meta account. Settle it in WhatsApp Manager.",
        "Hay un problema de pago en la cuenta de Meta. Resuélvelo en WhatsApp Manager.",
    ),
    131045: _UNREGISTERED,
    131047: Text(
        "Janela de 24 h encerrada. Envie um modelo para retomar a conversa.",
        "The 24-hour window has closed. Send a template to take the conversation up again.",
        "La ventana de 24 h se cerró. Envía una plantilla para retomar la conversación.",
    ),
    131048: _COMPLAINTS,
    131049: Text(
        "A Meta não entregou para não cansar o cliente com mensagens de marketing. Tente outro "
        "dia.",
        "Meta did not deliver, so as not to tire the customer with marketing. Try another day.",
        "Meta no lo entregó para no cansar al cliente con mensajes de marketing. Inténtalo otro "
        "día.",
    ),
    131050: Text(
        "O cliente não quer mais receber mensagens de marketing desta empresa.",
        "The customer no longer wants marketing messages from this business.",
        "El cliente ya no quiere recibir mensajes de marketing de esta empresa.",
    ),
    131051: Text(
        "Este tipo de mensagem não é aceito pelo WhatsApp.",
        "WhatsApp does not take this type of message.",
        "WhatsApp no acepta este tipo de mensaje.",
    ),
    131052: Text(
        "O arquivo do cliente não pôde ser baixado. Peça que envie de novo.",
        "The customer's file could not be downloaded. Ask them to send it again.",
        "No se pudo descargar el archivo del cliente. Pídele que lo envíe de nuevo.",
    ),
    131053: _FILE,
    131056: Text(
        "Muitas mensagens para este cliente em pouco tempo. O envio continua sozinho.",
        "Too many messages to this customer in a short time. Sending goes on by itself.",
        "Demasiados mensajes a este cliente en poco tiempo. El envío continúa solo.",
    ),
    131057: Text(
        "A conta está em manutenção na Meta. O envio continua sozinho.",
        "The account is under maintenance at Meta. Sending goes on by itself.",
        "La cuenta está en mantenimiento en Meta. El envío continúa solo.",
    ),
    131062: Text(
        "Este tipo de mensagem só pode ir para um número de telefone, e o cliente não mostra o "
        "dele.",
        "This type of message can only go to a phone number, and the customer does not show "
        "theirs.",
        "Este tipo de mensaje solo puede ir a un número de teléfono, y el cliente no muestra el "
        "suyo.",
    ),
    131064: Text(
        "A Meta limitou os envios desta empresa. Veja o motivo no WhatsApp Manager.",
        "Meta has limited what this business may send. See the reason in WhatsApp Manager.",
        "Meta limitó los envíos de esta empresa. Consulta el motivo en WhatsApp Manager.",
    ),
    133010: _UNREGISTERED,
    133016: Text(
        "O número foi registrado muitas vezes em pouco tempo. O envio continua sozinho.",
        "The number was registered too often in a short time. Sending goes on by itself.",
        "El número se registró demasiadas veces en poco tiempo. El envío continúa solo.",
    ),
    135000: _NOT_UNDERSTOOD,
}
