"""Every word of scheduled exports on their page."""

from __future__ import annotations

from typing import Final

from console.domain.recurrence import Every
from console.domain.schedule import Span, Target
from console.i18n import Text

TITLE: Final = Text("Agendadas", "Scheduled", "Programadas")
FILES: Final = Text("Arquivos", "Files", "Archivos")
INTRO: Final = Text(
    "O mesmo recorte, sempre de novo, em uma pasta ou por e-mail, com os direitos de quem o"
    " agendou.",
    "The same rows again and again, in a folder or by e-mail – with the rights of who planned it.",
    "El mismo recorte, una y otra vez, en una carpeta o por correo – con los derechos de quien lo"
    " programó.",
)
NEW: Final = Text("Agendar", "Schedule", "Programar")
NEW_TITLE: Final = Text("Agendar uma exportação", "Schedule an export", "Programar una exportación")
EDIT: Final = Text("Mudar", "Change", "Cambiar")
NONE: Final = Text(
    "Nada agendado ainda. Comece pelo botão Agendar.",
    "Nothing scheduled yet. Begin with the button Schedule.",
    "Nada programado todavía. Empieza con el botón Programar.",
)
NOWHERE: Final = Text(
    "Este servidor ainda não tem para onde enviar: quem administra define uma pasta"
    " (CENTRAL_EXPORT_FOLDER) ou um servidor de e-mail (CENTRAL_MAIL_HOST).",
    "This server has nowhere to send to yet: an administrator sets a folder"
    " (CENTRAL_EXPORT_FOLDER) or a mail server (CENTRAL_MAIL_HOST).",
    "Este servidor aún no tiene adónde enviar: quien administra define una carpeta"
    " (CENTRAL_EXPORT_FOLDER) o un servidor de correo (CENTRAL_MAIL_HOST).",
)
NAME: Final = Text("Nome", "Name", "Nombre")
NAME_HINT: Final = Text("Resolvidas da semana", "Resolved last week", "Resueltas de la semana")
WHEN: Final = Text("Quando", "When", "Cuándo")
EVERY: Final = {
    Every.DAY: Text("Todo dia", "Every day", "Cada día"),
    Every.WEEK: Text("Toda semana", "Every week", "Cada semana"),
    Every.MONTH: Text("Todo mês", "Every month", "Cada mes"),
}
WEEKDAYS: Final = Text("Dias da semana", "Days of the week", "Días de la semana")
DAY: Final = Text("Dia do mês", "Day of the month", "Día del mes")
LAST_DAY: Final = Text("Último", "Last", "Último")
TIME: Final = Text("Hora", "Time", "Hora")
SPAN: Final = Text("Período", "Period", "Período")
SPANS: Final = {
    Span.ALL: Text("Sem limite", "No bound", "Sin límite"),
    Span.TODAY: Text("O próprio dia", "That very day", "El mismo día"),
    Span.YESTERDAY: Text("O dia anterior", "The day before", "El día anterior"),
    Span.LAST_WEEK: Text("A semana passada", "The week before", "La semana pasada"),
    Span.LAST_MONTH: Text("O mês passado", "The month before", "El mes pasado"),
}
FIELD: Final = Text("Data que conta", "Day that counts", "Fecha que cuenta")
FIELDS: Final = {
    "last_activity": Text("Última atividade", "Last activity", "Última actividad"),
    "contact_activity": Text(
        "Última mensagem do cliente", "Customer's last message", "Último mensaje del cliente"
    ),
    "opened": Text("Abertura", "Opening", "Apertura"),
    "resolved": Text("Resolução", "Resolution", "Resolución"),
}
TARGET: Final = Text("Para onde", "Where to", "Adónde")
TARGETS: Final = {
    Target.FOLDER: Text("Pasta do servidor", "Folder of the server", "Carpeta del servidor"),
    Target.MAIL: Text("E-mail", "E-mail", "Correo"),
}
FOLDER: Final = Text("Pasta", "Folder", "Carpeta")
FOLDER_HELP: Final = Text(
    "Dentro da pasta de exportações do servidor; vazio é ela mesma. O arquivo leva nome e data.",
    "Inside the server's folder of exports; empty is that one. Files carry the name and the day.",
    "Dentro de la carpeta de exportaciones del servidor; vacío es ella misma. El archivo lleva el"
    " nombre y la fecha.",
)
KEEP: Final = Text("Manter os últimos", "Keep the newest", "Mantener los últimos")
KEEP_HELP: Final = Text(
    "Arquivos mais velhos deste agendamento são apagados da pasta. 0 mantém todos.",
    "Older files of this schedule are removed from the folder. 0 keeps all.",
    "Los archivos más viejos de esta programación se borran de la carpeta. 0 los mantiene todos.",
)
READERS: Final = Text("Quem recebe", "Who gets it", "Quién lo recibe")
READERS_HELP: Final = Text(
    "Pessoas que podem exportar e ver o mesmo que você.",
    "People who may export and see what you see.",
    "Personas que pueden exportar y ver lo mismo que tú.",
)
OTHERS: Final = Text("Outros endereços", "Other addresses", "Otras direcciones")
OTHERS_HELP: Final = Text(
    "Só de domínios liberados: {domains}. Separe com vírgulas.",
    "Only of allowed domains: {domains}. Separate them with commas.",
    "Solo de dominios autorizados: {domains}. Sepáralas con comas.",
)
HOW: Final = Text("No e-mail", "In the e-mail", "En el correo")
ATTACHED: Final = Text("Arquivo anexo", "File attached", "Archivo adjunto")
LINKED: Final = Text("Link que vale uma vez", "Link good once", "Enlace que vale una vez")
REASON: Final = Text("Para que servem os dados", "What the data is for", "Para qué son los datos")
REASON_HELP: Final = Text(
    "O arquivo leva dados pessoais de clientes. O motivo fica no registro.",
    "The file holds personal data of customers. The reason is kept on record.",
    "El archivo lleva datos personales de clientes. El motivo queda en el registro.",
)
NEXT: Final = Text("Próximas: {times}", "Next: {times}", "Próximas: {times}")
NEXT_ONE: Final = Text("Próxima: {time}", "Next: {time}", "Próxima: {time}")
LAST: Final = Text(
    "Última: {time} · {rows} linhas · {size} · {place}",
    "Last: {time} · {rows} rows · {size} · {place}",
    "Última: {time} · {rows} filas · {size} · {place}",
)
NEVER: Final = Text("Ainda não rodou", "Has not run yet", "Aún no se ejecutó")
RUNNING: Final = Text("Em andamento", "Running", "En curso")
RETRYING: Final = Text("Nova tentativa: {time}", "Another try: {time}", "Nuevo intento: {time}")
ACTIVE: Final = Text("Ativa", "Active", "Activa")
PAUSED: Final = Text("Pausada", "Paused", "Pausada")
OF: Final = Text("de {name}", "by {name}", "de {name}")
PAUSE: Final = Text("Pausar", "Pause", "Pausar")
RESUME: Final = Text("Retomar", "Resume", "Reanudar")
RUN: Final = Text("Executar agora", "Run now", "Ejecutar ahora")
REMOVE: Final = Text("Remover", "Remove", "Quitar")
SURE: Final = Text(
    "Os arquivos já gravados ficam onde estão.",
    "Files that were written stay where they are.",
    "Los archivos ya grabados quedan donde están.",
)
SAVE: Final = Text("Salvar agendamento", "Save schedule", "Guardar programación")
SAVED: Final = Text("Exportação agendada.", "Export scheduled.", "Exportación programada.")
DONE_PAUSED: Final = Text("Agendamento pausado.", "Schedule paused.", "Programación pausada.")
DONE_RESUMED: Final = Text("Agendamento retomado.", "Schedule resumed.", "Programación reanudada.")
DONE_REMOVED: Final = Text("Agendamento removido.", "Schedule removed.", "Programación quitada.")
DONE_RUN: Final = Text(
    "A exportação começa em instantes.",
    "The export begins in a moment.",
    "La exportación empieza en un momento.",
)
