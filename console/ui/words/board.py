"""Every word of the live board that is not the name of a figure."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

SHOWN: Final = {
    "title": Text("Ao vivo", "Live board", "En vivo"),
    "bands": Text("Há quanto tempo esperam", "How long they have waited", "Hace cuánto esperan"),
    "nobody": Text(
        "Ninguém está esperando. Belo trabalho!",
        "Nobody is waiting. Well done!",
        "Nadie está esperando. ¡Buen trabajo!",
    ),
    "hours": Text("Última hora", "Last hour", "Última hora"),
    "hours_told": Text(
        "ao lado da mesma hora nas quatro semanas anteriores",
        "beside the same hour of the four weeks before",
        "junto a la misma hora de las cuatro semanas anteriores",
    ),
    "name": Text("Nome", "Name", "Nombre"),
    "online": Text("on-line", "online", "en línea"),
    "full": Text("Tela cheia", "Full screen", "Pantalla completa"),
    "leave": Text("Sair do painel", "Leave the wall", "Salir del panel"),
    "sign_in": Text("Entrar", "Sign in", "Ingresar"),
    "ended_title": Text("Sessão encerrada", "Session ended", "Sesión terminada"),
    "more": Text("e mais {n}", "and {n} more", "y {n} más"),
}
AT: Final = Text("Atualizado às {at}", "Updated at {at}", "Actualizado a las {at}")
LOST: Final = Text(
    "Sem contato com o servidor: os números são das {at}.",
    "No contact with the server: the figures are of {at}.",
    "Sin contacto con el servidor: los números son de las {at}.",
)
STALE: Final = Text(
    "A leitura das conversas está atrasada: os números são de {wait} atrás.",
    "Reading the conversations is behind: the figures are {wait} old.",
    "La lectura de las conversaciones va con retraso: los números son de hace {wait}.",
)
ENDED: Final = Text(
    "Por segurança, a sessão termina quando ninguém usa a Central por {n} minutos ou quando o dia "
    "de trabalho acaba. Entre de novo para o painel voltar.",
    "For safety, a session ends when nobody uses Central for {n} minutes or when the working day "
    "is over. Sign in again to bring the board back.",
    "Por seguridad, la sesión termina cuando nadie usa la Central por {n} minutos o cuando acaba "
    "la jornada. Ingresa de nuevo para que el panel vuelva.",
)
MEAN: Final = Text("média: {n}", "mean: {n}", "media: {n}")
NO_MEAN: Final = Text("ainda sem média", "no mean yet", "todavía sin media")
NOW: Final = Text("agora", "now", "ahora")
