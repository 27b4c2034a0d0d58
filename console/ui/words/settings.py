"""Every word of the settings."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

TITLE: Final = Text("Configurações", "Settings", "Configuración")
MINE: Final = Text("Minhas preferências", "My preferences", "Mis preferencias")
PEOPLE: Final = Text("Pessoas", "People", "Personas")
TEAMS: Final = Text("Equipes", "Teams", "Equipos")
INSTANCES: Final = Text("Instâncias", "Instances", "Instancias")
LABELS: Final = Text("Etiquetas", "Labels", "Etiquetas")

NAME: Final = Text("Nome", "Name", "Nombre")
EMAIL: Final = Text("E-mail", "E-mail", "Correo")
ROLE: Final = Text("Papel", "Role", "Rol")
SAVE: Final = Text("Salvar", "Save", "Guardar")
EDIT: Final = Text("Editar", "Edit", "Editar")
ACTIVE: Final = Text("ativa", "active", "activa")
INACTIVE: Final = Text("inativa", "inactive", "inactiva")
SAVED: Final = Text("Salvo.", "Saved.", "Guardado.")

PEOPLE_INTRO: Final = Text(
    "Quem entra na Central, com que papel e em que equipes.",
    "Who signs in to Central, in which role and teams.",
    "Quién entra en Central, con qué rol y en qué equipos.",
)
NEW_PERSON: Final = Text("Nova pessoa", "New person", "Nueva persona")
EDIT_PERSON: Final = Text("Editar pessoa", "Edit person", "Editar persona")
PERSON_SAVED: Final = Text("Pessoa salva.", "Person saved.", "Persona guardada.")
NO_TEAM: Final = Text("sem equipe", "no team", "sin equipo")
NO_PASSWORD: Final = Text("ainda sem senha", "no password yet", "aún sin contraseña")
DEACTIVATED: Final = Text("acesso desativado", "access deactivated", "acceso desactivado")
SHOW_INACTIVE: Final = Text("Mostrar desativadas", "Show deactivated", "Mostrar desactivadas")
FIRST_PASSWORD: Final = Text("Senha inicial", "First password", "Contraseña inicial")
PASSWORD_HELP: Final = Text(
    "De 10 a 128 caracteres. Sem senha, a pessoa aparece como atendente mas não entra.",
    "10 to 128 characters. Without one the person is listed but cannot sign in.",
    "De 10 a 128 caracteres. Sin contraseña, la persona aparece pero no entra.",
)
RESET: Final = Text("Nova senha", "New password", "Nueva contraseña")
RESET_FOR: Final = Text(
    "A pessoa sai de todos os aparelhos e entra com a senha nova.",
    "The person is signed out everywhere and signs in with the new password.",
    "La persona sale de todos los dispositivos y entra con la contraseña nueva.",
)
RESET_DONE: Final = Text("Senha trocada.", "Password changed.", "Contraseña cambiada.")
DEACTIVATE: Final = Text("Desativar", "Deactivate", "Desactivar")
DEACTIVATE_ASK: Final = Text(
    "Desativar {name}? Quem é desativado sai na hora de todos os aparelhos. "
    "Conversas e histórico ficam.",
    "Deactivate {name}? They are signed out everywhere at once. Conversations and history stay.",
    "¿Desactivar a {name}? Sale al instante de todos los dispositivos. "
    "Las conversaciones y el historial se quedan.",
)
DEACTIVATE_DONE: Final = Text("Acesso desativado.", "Access deactivated.", "Acceso desactivado.")
REACTIVATE: Final = Text("Reativar", "Reactivate", "Reactivar")
REACTIVATE_DONE: Final = Text("Acesso reativado.", "Access reactivated.", "Acceso reactivado.")
CHANGE_PERSON: Final = Text("Alterar", "Change", "Cambiar")
PERSON_CHANGES: Final = {
    "edit": EDIT,
    "reset": RESET,
    "off": DEACTIVATE,
    "on": REACTIVATE,
}
CANCEL: Final = Text("Cancelar", "Cancel", "Cancelar")
YOU: Final = Text("você", "you", "tú")

RULES: Final = Text("Regras", "Rules", "Reglas")
RULES_INTRO: Final = Text(
    "Ações em massa pedem mais cuidado quanto maiores são.",
    "Bulk actions ask for more care the larger they are.",
    "Las acciones en masa piden más cuidado cuanto más grandes son.",
)
CONFIRM_ABOVE: Final = Text(
    "Escrever o número para confirmar, acima de quantas conversas",
    "Type the number to confirm, above how many conversations",
    "Escribir el número para confirmar, por encima de cuántas conversaciones",
)
ASK_SECOND: Final = Text(
    "Pedir a aprovação de uma segunda pessoa",
    "Ask a second person to approve",
    "Pedir la aprobación de una segunda persona",
)
SECOND_ABOVE: Final = Text(
    "Acima de quantas conversas", "Above how many conversations", "Por encima de cuántas"
)
RULES_SAVED: Final = Text("Regras salvas.", "Rules saved.", "Reglas guardadas.")
TEAMS_INTRO: Final = Text(
    "Uma equipe divide conversas; a liderança vê as da sua equipe.",
    "A team shares conversations; its lead sees the team's.",
    "Un equipo comparte conversaciones; su líder ve las del equipo.",
)
NEW_TEAM: Final = Text("Nova equipe", "New team", "Nuevo equipo")
EDIT_TEAM: Final = Text("Renomear equipe", "Rename team", "Renombrar equipo")
NO_TEAMS: Final = Text(
    "Ainda não há equipes. Crie a primeira, por exemplo “Vendas”.",
    "There are no teams yet. Make the first one, “Sales” for example.",
    "Todavía no hay equipos. Crea el primero, por ejemplo “Ventas”.",
)
TEAM_SAVED: Final = Text("Equipe salva.", "Team saved.", "Equipo guardado.")
MEMBERS: Final = Text("{n} pessoas", "{n} people", "{n} personas")
MEMBERS_ONE: Final = Text("1 pessoa", "1 person", "1 persona")

INSTANCES_INTRO: Final = Text(
    "Cada instância é um número de WhatsApp conectado.",
    "Each instance is one connected WhatsApp number.",
    "Cada instancia es un número de WhatsApp conectado.",
)
NEW_INSTANCE: Final = Text("Nova instância", "New instance", "Nueva instancia")
EDIT_INSTANCE: Final = Text("Editar instância", "Edit instance", "Editar instancia")
NO_INSTANCES: Final = Text(
    "Ainda não há instâncias. Crie uma para receber conversas.",
    "There are no instances yet. Make one to receive conversations.",
    "Todavía no hay instancias. Crea una para recibir conversaciones.",
)
INSTANCE_SAVED: Final = Text("Instância salva.", "Instance saved.", "Instancia guardada.")
NUMBER: Final = Text("Número", "Number", "Número")
NO_NUMBER: Final = Text("sem número", "no number", "sin número")
IS_ACTIVE: Final = Text("Ativa", "Active", "Activa")
INACTIVE_HELP: Final = Text(
    "Uma instância inativa guarda o histórico e não abre conversas.",
    "An inactive instance keeps its history and opens no conversations.",
    "Una instancia inactiva guarda el historial y no abre conversaciones.",
)
KEY: Final = Text("Chave nos filtros", "Key in filters", "Clave en los filtros")

LABELS_INTRO: Final = Text(
    "Palavras que as pessoas colocam nas conversas para filtrar depois.",
    "Words that people put on conversations to filter by.",
    "Palabras que las personas ponen en las conversaciones para filtrar después.",
)
NEW_LABEL: Final = Text("Nova etiqueta", "New label", "Nueva etiqueta")
EDIT_LABEL: Final = Text("Editar etiqueta", "Edit label", "Editar etiqueta")
NO_LABELS: Final = Text(
    "Ainda não há etiquetas. Crie a primeira, por exemplo “Troca”.",
    "There are no labels yet. Make the first one, “Exchange” for example.",
    "Todavía no hay etiquetas. Crea la primera, por ejemplo “Cambio”.",
)
LABEL_SAVED: Final = Text("Etiqueta salva.", "Label saved.", "Etiqueta guardada.")
COLOUR: Final = Text("Cor", "Colour", "Color")

LANGUAGE: Final = Text("Idioma", "Language", "Idioma")
THEME: Final = Text("Tema", "Theme", "Tema")
THEME_HELP: Final = Text(
    "Vale neste e nos outros aparelhos; muda ao recarregar a página.",
    "Holds on this and your other devices; changes when the page is loaded again.",
    "Vale en este y en tus otros dispositivos; cambia al recargar la página.",
)
THEMES: Final = {
    "system": Text("Como no sistema", "As the system", "Como el sistema"),
    "light": Text("Claro", "Light", "Claro"),
    "dark": Text("Escuro", "Dark", "Oscuro"),
}
LANGUAGES: Final = {
    "pt": Text("Português", "Português", "Português"),
    "en": Text("English", "English", "English"),
    "es": Text("Español", "Español", "Español"),
}
PREFERENCES_SAVED: Final = Text(
    "Preferências salvas.", "Preferences saved.", "Preferencias guardadas."
)
PASSWORD: Final = Text("Senha", "Password", "Contraseña")
CURRENT: Final = Text("Senha atual", "Current password", "Contraseña actual")
NEW: Final = Text("Senha nova", "New password", "Contraseña nueva")
AGAIN: Final = Text("Senha nova outra vez", "New password again", "Contraseña nueva otra vez")
CHANGE: Final = Text("Trocar senha", "Change password", "Cambiar contraseña")
CHANGE_NOTE: Final = Text(
    "Depois de trocar, você sai de todos os aparelhos e entra com a senha nova.",
    "Afterwards you are signed out everywhere and sign in with the new one.",
    "Después sales de todos los dispositivos y entras con la contraseña nueva.",
)
