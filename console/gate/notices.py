"""Answers that are not what was asked for, in words: not found, not allowed, something broke."""

from __future__ import annotations

from enum import Enum
from html import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from console.gate.page import page, reader_language
from console.i18n import Text


class Notice(Enum):
    """One way of saying no: status, title, what to do."""

    NOT_FOUND = (
        404,
        Text("Página não encontrada", "Page not found", "Página no encontrada"),
        Text(
            "O endereço não existe, ou você não tem acesso a ele.",
            "The address does not exist, or you have no access to it.",
            "La dirección no existe, o no tienes acceso a ella.",
        ),
    )
    NOT_ALLOWED = (
        405,
        Text("Pedido não aceito", "Request not accepted", "Pedido no aceptado"),
        Text(
            "Este endereço não aceita esse tipo de pedido.",
            "This address does not take that kind of request.",
            "Esta dirección no acepta ese tipo de pedido.",
        ),
    )
    FOREIGN = (
        403,
        Text("Pedido recusado", "Request refused", "Pedido rechazado"),
        Text(
            "O pedido veio de outro site ou de um formulário vencido. Volte à página e tente "
            "de novo.",
            "The request came from another site or from an outdated form. Go back to the page and "
            "try again.",
            "El pedido vino de otro sitio o de un formulario vencido. Vuelve a la página e "
            "inténtalo de nuevo.",
        ),
    )
    WRONG_ADDRESS = (
        421,
        Text("Endereço errado", "Wrong address", "Dirección equivocada"),
        Text(
            "A Central não atende por este endereço. Quem cuida do servidor pode permiti-lo em "
            "CENTRAL_PUBLIC_URL.",
            "Central does not answer at this address. Whoever runs the server can allow it in "
            "CENTRAL_PUBLIC_URL.",
            "Central no atiende en esta dirección. Quien cuida del servidor puede permitirla en "
            "CENTRAL_PUBLIC_URL.",
        ),
    )
    SIGNED_OUT = (
        401,
        Text("Sessão encerrada", "Session ended", "Sesión terminada"),
        Text("Entre de novo.", "Sign in again.", "Ingresa de nuevo."),
    )
    TOO_LARGE = (
        413,
        Text("Grande demais", "Too large", "Demasiado grande"),
        Text(
            "O que foi enviado passa do tamanho permitido.",
            "What was sent is larger than allowed.",
            "Lo enviado supera el tamaño permitido.",
        ),
    )
    TOO_MANY = (
        429,
        Text("Janelas demais", "Too many windows", "Demasiadas ventanas"),
        Text(
            "Feche algumas abas da Central e tente de novo.",
            "Close some of Central's tabs and try again.",
            "Cierra algunas pestañas de Central e inténtalo de nuevo.",
        ),
    )
    BROKEN = (
        500,
        Text("Algo deu errado", "Something went wrong", "Algo salió mal"),
        Text(
            "O erro foi anotado. Tente de novo; se continuar, informe o código abaixo.",
            "The error was noted. Try again; if it stays, report the code below.",
            "El error fue anotado. Inténtalo de nuevo; si continúa, informa el código de abajo.",
        ),
    )

    @property
    def status(self) -> int:
        """The status code."""
        return self.value[0]

    @property
    def socket_status(self) -> int:
        """The status code of a refused handshake: one answer for every reason but too many."""
        return self.status if self is Notice.TOO_MANY else 403

    @property
    def title(self) -> Text:
        """What happened."""
        return self.value[1]

    @property
    def advice(self) -> Text:
        """What to do."""
        return self.value[2]


def notice(request: Request, what: Notice, code: str = "") -> Response:
    """The answer: a page for a person's browser, one line for everything else."""
    language = reader_language(request)
    title, advice = what.title.in_(language), what.advice.in_(language)
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(f"{title}. {advice} {code}".strip(), what.status)
    body = f"<h1>{escape(title)}</h1><p>{escape(advice)}</p>"
    if code:
        body += f"<p class='code'>{escape(code)}</p>"
    back = Text("Ir para a Central", "Go to Central", "Ir a Central").in_(language)
    body += f"<a class='button' href='/'>{back}</a>"
    return page(title, body, language, what.status)
