"""The words of the 24 hours, and of the templates that can be sent after them."""

from typing import Final

from console.i18n import Text

WINDOW_WORDS: Final[dict[str, Text]] = {
    "window_left": Text("Janela: {left}", "Window: {left}", "Ventana: {left}"),
    "window_until": Text(
        "O WhatsApp aceita texto livre até {time}: 24 horas depois da última mensagem do cliente.",
        "WhatsApp takes free text until {time}: 24 hours after the customer's last message.",
        "WhatsApp acepta texto libre hasta {time}: 24 horas tras el último mensaje del cliente.",
    ),
    "window_over": Text(
        "O cliente não escreve há mais de 24 horas: o WhatsApp só aceita um modelo de mensagem.",
        "The customer has not written for 24 hours: WhatsApp takes a message template only.",
        "El cliente no escribe hace más de 24 horas: WhatsApp solo acepta una plantilla.",
    ),
    "window_never": Text(
        "O cliente ainda não escreveu: o WhatsApp só aceita um modelo de mensagem.",
        "The customer has not written yet: WhatsApp takes a message template only.",
        "El cliente aún no ha escrito: WhatsApp solo acepta una plantilla.",
    ),
    "window_no_templates": Text(
        "Não há modelos aprovados aqui. Quem administra pode atualizá-los em Instâncias.",
        "There are no approved templates here. An admin can update them under Instances.",
        "No hay plantillas aprobadas aquí. La administración puede actualizarlas en Instancias.",
    ),
    "templates": Text("Modelos de mensagem", "Message templates", "Plantillas de mensaje"),
    "template_choose": Text("Escolher modelo", "Choose a template", "Elegir plantilla"),
    "template_search": Text("Buscar modelo", "Search templates", "Buscar plantilla"),
    "template_none": Text(
        "Nenhum modelo com essas palavras.",
        "No template with these words.",
        "Ninguna plantilla con esas palabras.",
    ),
    "template_gap_header": Text("Cabeçalho {name}", "Header {name}", "Encabezado {name}"),
    "template_gap_body": Text("Campo {name}", "Field {name}", "Campo {name}"),
    "template_gap_button": Text(
        "Final do endereço de “{name}”", "End of the address of “{name}”", "Final de “{name}”"
    ),
    "template_preview": Text("O cliente vai ler", "The customer will read", "El cliente leerá"),
    "template_send": Text("Enviar modelo", "Send template", "Enviar plantilla"),
    "template_back": Text("Voltar", "Back", "Volver"),
}
