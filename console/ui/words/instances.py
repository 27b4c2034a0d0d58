"""Every word of the page of instances."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

TITLE: Final = Text("Instâncias", "Instances", "Instancias")
SECTION: Final = Text("Seção", "Section", "Sección")
SECTIONS: Final = {
    "numbers": Text("Números", "Numbers", "Números"),
    "systems": Text("Integrações", "Integrations", "Integraciones"),
    "letters": Text("Não processadas", "Given up", "No procesadas"),
}
INTRO: Final = Text(
    "Cada instância é um número de WhatsApp e o provedor que leva e traz as mensagens dele.",
    "Each instance is a WhatsApp number and the provider that carries its messages.",
    "Cada instancia es un número de WhatsApp y el proveedor que lleva y trae sus mensajes.",
)
NEW: Final = Text("Nova instância", "New instance", "Nueva instancia")
NONE: Final = Text(
    "Nenhuma instância ainda. Crie a primeira e ligue-a a um canal.",
    "No instances yet. Make the first one and link it to a channel.",
    "Todavía no hay instancias. Crea la primera y vincúlala a un canal.",
)
NO_NUMBER: Final = Text("sem número", "no number", "sin número")
HEARD: Final = Text(
    "Última mensagem recebida {when}", "Last message received {when}", "Último mensaje {when}"
)
NEVER_HEARD: Final = Text(
    "Nenhuma mensagem recebida ainda", "No message received yet", "Ningún mensaje recibido aún"
)
TESTED: Final = Text("testada {when}", "tested {when}", "probada {when}")
ONE_WAITS: Final = Text(
    "1 mensagem na fila de envio, escrita {when}.",
    "1 message waits to be sent, written {when}.",
    "1 mensaje en la cola de envío, escrito {when}.",
)
MANY_WAIT: Final = Text(
    "{n} mensagens na fila de envio, a mais antiga escrita {when}.",
    "{n} messages wait to be sent, the oldest written {when}.",
    "{n} mensajes en la cola de envío, el más antiguo escrito {when}.",
)
GOES_ON: Final = Text("Continua {when}.", "Goes on {when}.", "Sigue {when}.")
PROVIDER_SAID: Final = Text("Resposta do provedor:", "The provider said:", "El proveedor dijo:")
EVOLUTION: Final = Text(
    "Este canal usa a Evolution API."
    " [EvolutionAPI/evolution-api](https://github.com/EvolutionAPI/evolution-api)",
    "This channel uses Evolution API."
    " [EvolutionAPI/evolution-api](https://github.com/EvolutionAPI/evolution-api)",
    "Este canal usa Evolution API."
    " [EvolutionAPI/evolution-api](https://github.com/EvolutionAPI/evolution-api)",
)
"""What its licence asks to be shown to whoever administers."""
KEY_MISSING: Final = Text(
    "Os segredos não podem ser abertos: a chave (secret.key ou CENTRAL_SECRET_KEY) falta ou é"
    " outra. Devolva a chave certa, ou ligue a instância de novo.",
    "The secrets cannot be opened: their key (secret.key or CENTRAL_SECRET_KEY) is missing or"
    " another one. Put the right one back, or link the instance again.",
    "No se pueden abrir los secretos: la clave (secret.key o CENTRAL_SECRET_KEY) falta o es otra."
    " Devuelve la correcta, o vincula la instancia otra vez.",
)

TEST: Final = Text("Testar conexão", "Test connection", "Probar conexión")
ASKING: Final = Text(
    "Perguntando ao provedor…", "Asking the provider…", "Preguntando al proveedor…"
)
FOUND: Final = Text("Conexão: {state}.", "Connection: {state}.", "Conexión: {state}.")
PAUSE: Final = Text("Pausar envio", "Pause sending", "Pausar envío")
RESUME: Final = Text("Retomar envio", "Resume sending", "Reanudar envío")
PAUSED: Final = Text("Envio pausado.", "Sending paused.", "Envío en pausa.")
RESUMED: Final = Text("Envio retomado.", "Sending resumed.", "Envío reanudado.")
LINK: Final = Text("Ligar a um canal", "Link to a channel", "Vincular a un canal")
MORE: Final = Text("Mais", "More", "Más")
CHANGES: Final = {
    "edit": Text("Nome e número", "Name and number", "Nombre y número"),
    "link": Text("Alterar ligação", "Change link", "Cambiar vínculo"),
    "webhook": Text("Webhook", "Webhook", "Webhook"),
    "templates": Text("Modelos de mensagem", "Message templates", "Plantillas de mensaje"),
    "pair": Text("Código QR", "QR code", "Código QR"),
}

CHANNEL: Final = Text("Canal", "Channel", "Canal")
SAVE: Final = Text("Salvar", "Save", "Guardar")
DONE: Final = Text("Concluir", "Done", "Listo")
LINKED: Final = Text(
    "Instância ligada. Falta dizer ao provedor para onde enviar as mensagens:",
    "Instance linked. Now tell the provider where to send its messages:",
    "Instancia vinculada. Falta decirle al proveedor a dónde enviar los mensajes:",
)
KEPT: Final = Text(
    "em branco = manter o atual", "blank = keep the present one", "en blanco = mantener el actual"
)
NUMBER_ID: Final = Text("ID do número de telefone", "Phone number id", "ID del número de teléfono")
NUMBER_ID_HELP: Final = Text(
    "Em developers.facebook.com: seu app → WhatsApp → Configuração da API. Não é o telefone: é o"
    " número longo abaixo dele.",
    "At developers.facebook.com: your app → WhatsApp → API Setup. Not the phone: the long number"
    " below it.",
    "En developers.facebook.com: tu app → WhatsApp → Configuración de la API. No es el teléfono:"
    " es el número largo debajo.",
)
BUSINESS: Final = Text(
    "ID da conta do WhatsApp Business",
    "WhatsApp Business account id",
    "ID de la cuenta de WhatsApp Business",
)
BUSINESS_HELP: Final = Text(
    "Na mesma página da Meta, ao lado do ID do número.",
    "On the same page of Meta, beside the phone number id.",
    "En la misma página de Meta, junto al ID del número.",
)
TOKEN: Final = Text("Token de acesso", "Access token", "Token de acceso")
TOKEN_HELP: Final = Text(
    "Em business.facebook.com: Usuários do sistema → Gerar token, com whatsapp_business_messaging e"
    " whatsapp_business_management. O token temporário vence em 24 horas.",
    "At business.facebook.com: System users → Generate token, with whatsapp_business_messaging and"
    " whatsapp_business_management. The temporary token ends after 24 hours.",
    "En business.facebook.com: Usuarios del sistema → Generar token, con"
    " whatsapp_business_messaging y whatsapp_business_management. El temporal vence en 24 horas.",
)
SECRET: Final = Text("Chave secreta do app", "App secret", "Clave secreta de la app")
SECRET_HELP: Final = Text(
    "Em developers.facebook.com: Configurações do app → Básico. Com ela se sabe que uma mensagem"
    " veio da Meta. Para trocar sem intervalo, escreva a nova e a antiga com um espaço.",
    "At developers.facebook.com: App settings → Basic. It tells that a message is Meta's. To change"
    " it without a gap, write the new and the old one with a space between.",
    "En developers.facebook.com: Configuración de la app → Básica. Con ella se sabe que un mensaje"
    " es de Meta. Para cambiarla sin intervalo, escribe la nueva y la antigua con un espacio.",
)
VERIFY: Final = Text("Token de verificação", "Verify token", "Token de verificación")
VERIFY_HELP: Final = Text(
    "Uma palavra à sua escolha, que a Meta repete ao conferir o endereço. Em branco, a Central cria"
    " uma.",
    "A word of your choice that Meta repeats when it checks the address. Left blank, Central makes"
    " one.",
    "Una palabra a tu elección que Meta repite al verificar la dirección. En blanco, Central crea"
    " una.",
)
URL: Final = Text("Endereço do provedor", "Address of the provider", "Dirección del proveedor")
URL_HELP: Final = Text(
    "Onde a API responde, com https://. Na sua rede privada também http://.",
    "Where the API answers, with https://. Within your private network also http://.",
    "Donde responde la API, con https://. En tu red privada también http://.",
)
META_URL_HELP: Final = Text(
    "Só mude para usar outra versão da API.",
    "Change it only to use another version of the API.",
    "Cámbiala solo para usar otra versión de la API.",
)
NAME_THERE: Final = Text(
    "Nome da instância na Evolution API",
    "Name of the instance at Evolution API",
    "Nombre de la instancia en Evolution API",
)
NAME_THERE_HELP: Final = Text(
    "Como aparece no gerenciador da Evolution API (instanceName).",
    "As its manager shows it (instanceName).",
    "Como aparece en su administrador (instanceName).",
)
APIKEY: Final = Text("Chave da API (apikey)", "API key (apikey)", "Clave de la API (apikey)")
APIKEY_HELP: Final = Text(
    "O token da instância, melhor que a chave global: vale só para ela.",
    "The token of the instance rather than the global key: it is good for this one alone.",
    "El token de la instancia, mejor que la clave global: vale solo para ella.",
)
HOOK_SECRET: Final = Text("Segredo do webhook", "Secret of the webhook", "Secreto del webhook")
HOOK_SECRET_HELP: Final = Text(
    "Vai no cabeçalho X-Central-Token do webhook da Evolution API. Em branco, a Central cria um.",
    "Goes into the header X-Central-Token of Evolution API's webhook. Blank: Central makes one.",
    "Va en el encabezado X-Central-Token del webhook de Evolution API. En blanco, se crea uno.",
)

WEBHOOK: Final = Text("Endereço do webhook", "Webhook address", "Dirección del webhook")
WEBHOOKS: Final = {
    "cloud": Text(
        "Na Meta: seu app → WhatsApp → Configuração → Webhook. Cole os dois, salve e assine o campo"
        " “messages”.",
        "At Meta: your app → WhatsApp → Configuration → Webhook. Paste both, save, and subscribe"
        " to the field “messages”.",
        "En Meta: tu app → WhatsApp → Configuración → Webhook. Pega ambos, guarda y suscribe el"
        " campo “messages”.",
    ),
    "evolution": Text(
        "Na Evolution API: Events → Webhook. Cole o endereço, ative o webhook e acrescente o"
        " cabeçalho X-Central-Token com o segredo.",
        "At Evolution API: Events → Webhook. Paste the address, turn it on, and add the header"
        " X-Central-Token with the secret.",
        "En Evolution API: Events → Webhook. Pega la dirección, actívalo y agrega el encabezado"
        " X-Central-Token con el secreto.",
    ),
}
MADE_SECRET: Final = Text(
    "Segredo do webhook — copie agora, não será mostrado de novo",
    "Secret of the webhook — copy it now, it is not shown again",
    "Secreto del webhook — cópialo ahora, no se mostrará de nuevo",
)
NOT_PUBLIC: Final = Text(
    "O provedor precisa alcançar este endereço pela internet. Configure CENTRAL_PUBLIC_URL com o"
    " endereço https:// da Central.",
    "The provider has to reach this address over the internet. Set CENTRAL_PUBLIC_URL to Central's"
    " https:// address.",
    "El proveedor debe alcanzar esta dirección por internet. Configura CENTRAL_PUBLIC_URL con la"
    " dirección https:// de Central.",
)
ROTATE: Final = Text("Trocar endereço", "Change address", "Cambiar dirección")
ROTATE_SURE: Final = Text(
    "O endereço atual deixa de valer na hora. Até você colar o novo no provedor, nenhuma mensagem"
    " chega.",
    "The present address ends at once. Until you paste the new one at the provider, no message"
    " comes in.",
    "La dirección actual deja de valer al instante. Hasta que pegues la nueva en el proveedor, no"
    " llega ningún mensaje.",
)
ROTATED: Final = Text("Endereço trocado.", "Address changed.", "Dirección cambiada.")

PAIR_HOW: Final = Text(
    "No celular da loja: WhatsApp → Aparelhos conectados → Conectar aparelho. O código se renova"
    " sozinho.",
    "On the shop's phone: WhatsApp → Linked devices → Link a device. The code renews itself.",
    "En el teléfono de la tienda: WhatsApp → Dispositivos vinculados → Vincular dispositivo. El"
    " código se renueva solo.",
)
PAIR_CODE: Final = Text("Ou digite o código", "Or type the code", "O escribe el código")
PAIR_WAIT: Final = Text(
    "O provedor está preparando o código…",
    "The provider is making the code…",
    "El proveedor está preparando el código…",
)
PAIRED: Final = Text(
    "Telefone conectado.", "The phone is connected.", "El teléfono está conectado."
)

TEMPLATES_NONE: Final = Text(
    "Nenhum modelo conhecido. Busque os que a Meta aprovou.",
    "No templates known. Fetch those that Meta has approved.",
    "Ninguna plantilla conocida. Busca las que Meta aprobó.",
)
TEMPLATES_UPDATE: Final = Text("Atualizar modelos", "Update templates", "Actualizar plantillas")
TEMPLATES_UPDATED: Final = Text(
    "{n} modelos atualizados.", "{n} templates updated.", "{n} plantillas actualizadas."
)
TEMPLATES_AT: Final = Text("Atualizados {when}.", "Updated {when}.", "Actualizadas {when}.")
TEMPLATE_COLUMNS: Final = (
    Text("Nome", "Name", "Nombre"),
    Text("Idioma", "Language", "Idioma"),
    Text("Situação", "Status", "Estado"),
    Text("Texto", "Text", "Texto"),
)
TEMPLATE_STATES: Final = {
    "APPROVED": Text("aprovado", "approved", "aprobada"),
    "PENDING": Text("em análise", "in review", "en revisión"),
    "REJECTED": Text("recusado", "rejected", "rechazada"),
    "PAUSED": Text("pausado", "paused", "en pausa"),
    "DISABLED": Text("desativado", "disabled", "desactivada"),
}

SYSTEMS_INTRO: Final = Text(
    "Sistemas da casa que enviam notificações, como um ERP ou uma loja virtual, cada um com seu"
    " token.",
    "Systems of the house that send notifications, such as an ERP or a shop, each with its token.",
    "Sistemas de la casa que envían avisos, como un ERP o una tienda virtual, cada uno con su"
    " token.",
)
NEW_SYSTEM: Final = Text("Nova integração", "New integration", "Nueva integración")
SYSTEM_NAME: Final = Text("Nome do sistema", "Name of the system", "Nombre del sistema")
NO_SYSTEMS: Final = Text(
    "Nenhuma integração ainda. Crie uma para que um sistema possa notificar clientes.",
    "No integrations yet. Make one so that a system can notify customers.",
    "Todavía no hay integraciones. Crea una para que un sistema pueda avisar a clientes.",
)
SYSTEM_MADE: Final = Text("Integração criada.", "Integration created.", "Integración creada.")
TOKEN_ONCE: Final = Text(
    "Copie o token agora: ele não será mostrado de novo.",
    "Copy the token now: it is not shown again.",
    "Copia el token ahora: no se mostrará de nuevo.",
)
CREATE: Final = Text("Criar", "Create", "Crear")
ACTIVE: Final = Text("ativa", "active", "activa")
REVOKED: Final = Text("revogada", "revoked", "revocada")
USED: Final = Text("usada {when}", "used {when}", "usada {when}")
NEVER_USED: Final = Text("nunca usada", "never used", "nunca usada")
MADE_ON: Final = Text("criada {when}", "created {when}", "creada {when}")
REVOKE: Final = Text("Revogar", "Revoke", "Revocar")
REVOKE_SURE: Final = Text(
    "O sistema deixa de notificar na hora. O que já enviou continua nas conversas.",
    "The system can notify nobody from now on. What it has sent stays in the conversations.",
    "El sistema deja de avisar al instante. Lo que ya envió queda en las conversaciones.",
)
REVOKE_DONE: Final = Text("Token revogado.", "Token revoked.", "Token revocado.")

LETTERS_INTRO: Final = Text(
    "O que os provedores enviaram e não pôde ser processado depois de várias tentativas.",
    "What providers have sent and could not be taken in after several tries.",
    "Lo que enviaron los proveedores y no se pudo procesar tras varios intentos.",
)
NO_LETTERS: Final = Text(
    "Tudo o que chegou foi processado.", "All that came was taken in.", "Todo se procesó."
)
RECEIVED: Final = Text("recebida {when}", "received {when}", "recibida {when}")
TRIES: Final = Text("{n} tentativas", "{n} tries", "{n} intentos")
NO_REASON: Final = Text("sem motivo anotado", "no reason noted", "sin motivo anotado")
RETRY: Final = Text("Reprocessar", "Process again", "Reprocesar")
RETRY_ALL: Final = Text(
    "Reprocessar as {n} mostradas", "Process the {n} shown again", "Reprocesar las {n} mostradas"
)
RETRIED: Final = Text(
    "De volta à fila de processamento.", "Back in the queue.", "De vuelta a la cola."
)
NEWEST_SHOWN: Final = Text(
    "{shown} de {n}, as mais novas.",
    "{shown} of {n}, the newest.",
    "{shown} de {n}, las más nuevas.",
)
MOVED: Final = Text(
    "Números, canais, integrações e modelos têm uma página própria.",
    "Numbers, channels, integrations and templates have a page of their own.",
    "Números, canales, integraciones y plantillas tienen su propia página.",
)
OPEN_PAGE: Final = Text("Abrir Instâncias", "Open Instances", "Abrir Instancias")
