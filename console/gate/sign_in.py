"""Signing in and out: plain forms, no scripts, the way back kept in the address."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import parse_qs

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console import auth
from console.auth import Signed, SlowDownError
from console.domain import ids
from console.gate.cookies import form_cookie, give, session_cookie, take
from console.gate.door import VISITOR
from console.gate.notices import Notice, notice
from console.gate.page import page, reader_language
from console.gate.places import PAGES
from console.gate.runtime import House
from console.gate.visitors import Visitor, VisitorBook
from console.i18n import Language, Text
from console.store import sessions
from console.store.work import Store

HOME: Final = "/inbox"
_LONGEST_NEXT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Doorstep:
    """The handlers of `/sign-in` and `/sign-out`."""

    house: House
    book: VisitorBook
    hashing: anyio.CapacityLimiter  # argon2 takes 64 MiB a try: two at a time

    async def sign_in(self, request: Request) -> Response:
        """Show the form, or take it."""
        if request.method == "POST":
            return await self._take(request)
        if _visitor(request):
            return RedirectResponse(safe_next(request.query_params.get("next")), 303)
        store = self.house.runtime.store
        if not await self.book.in_thread(lambda: _has_accounts(store)):
            return _first_start(reader_language(request))
        return self._form(request)

    async def sign_out(self, request: Request) -> Response:
        """Ask once, then end the session and show the sign-in page."""
        visitor = _visitor(request)
        if visitor is None:
            return RedirectResponse("/sign-in", 303)
        if request.method != "POST":
            return _goodbye(reader_language(request), visitor.csrf)
        if not _same((await _fields(request)).get("csrf"), visitor.csrf):
            return notice(request, Notice.FOREIGN)
        await self.book.sign_out(visitor)
        answer = RedirectResponse("/sign-in", 303)
        take(answer, self.house.settings, session_cookie(self.house.settings))
        return answer

    async def _take(self, request: Request) -> Response:
        fields, settings = await _fields(request), self.house.settings
        if not _same(fields.get("csrf"), request.cookies.get(form_cookie(settings))):
            return self._form(request, _OUTDATED, fields, 403)
        try:
            signed = await self._try(request, fields)
        except SlowDownError as error:
            answer = self._form(request, _SLOWER.with_(n=error.wait_s), fields, 429)
            answer.headers["retry-after"] = str(error.wait_s)
            return answer
        if signed is None:
            return self._form(request, _WRONG, fields, 401)
        answer = RedirectResponse(safe_next(fields.get("next")), 303)
        give(answer, settings, session_cookie(settings), signed.token)
        take(answer, settings, form_cookie(settings))
        return answer

    async def _try(self, request: Request, fields: dict[str, str]) -> Signed | None:
        runtime, ip = self.house.runtime, request.client.host if request.client else ""
        old = _visitor(request)
        if old:
            await self.book.sign_out(old)
        return await to_thread.run_sync(
            lambda: auth.sign_in(
                runtime.store,
                runtime.settings,
                fields.get("email", ""),
                fields.get("password", ""),
                ip,
                ids.now(),
            ),
            limiter=self.hashing,
        )

    def _form(
        self,
        request: Request,
        problem: Text | None = None,
        fields: dict[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        given = fields or {"next": request.query_params.get("next", "")}
        settings, language = self.house.settings, reader_language(request)
        name = form_cookie(settings)
        csrf = request.cookies.get(name) or secrets.token_urlsafe(24)
        below = _DEMO if settings.is_demo else _SUBTITLE
        body = _form_html(language, below, given, csrf, problem)
        answer = page(_TITLE.in_(language), body, language, status)
        give(answer, settings, name, csrf)
        return answer


def safe_next(wanted: str | None) -> str:
    """The way back, if it is a page of ours; the inbox otherwise."""
    if not wanted or len(wanted) > _LONGEST_NEXT or not wanted.isprintable():
        return HOME
    path = wanted.partition("?")[0]
    return wanted if path in {f"/{page}" for page in PAGES} else HOME


def _visitor(request: Request) -> Visitor | None:
    visitor: Visitor | None = request.scope.get(VISITOR)
    return visitor


def _has_accounts(store: Store) -> bool:
    with store.read() as conn:
        return sessions.has_accounts(conn)


async def _fields(request: Request) -> dict[str, str]:
    """The form's fields; the first of each name, unreadable bytes replaced."""
    body = (await request.body()).decode("utf-8", "replace")
    pairs = parse_qs(body, keep_blank_values=True, max_num_fields=10)
    return {name: values[0] for name, values in pairs.items()}


def _same(given: str | None, wanted: str | None) -> bool:
    return bool(given and wanted) and hmac.compare_digest(str(given).encode(), str(wanted).encode())


def _form_html(
    language: Language, below: Text, fields: dict[str, str], csrf: str, problem: Text | None
) -> str:
    def say(text: Text) -> str:
        return escape(text.in_(language))

    email, way_back = escape(fields.get("email", "")), escape(fields.get("next", ""))
    alert = f"<p class='problem' role='alert'>{say(problem)}</p>" if problem else ""
    focus = ("", " autofocus") if email else (" autofocus", "")
    # An empty action keeps the fragment of the address (#message-…) through the redirect.
    return (
        f"<h1>{say(_TITLE)}</h1><p>{say(below)}</p>{alert}"
        f"<form method='post'>"
        f"<input type='hidden' name='csrf' value='{escape(csrf)}'>"
        f"<input type='hidden' name='next' value='{way_back}'>"
        f"<label for='email'>{say(_EMAIL)}</label>"
        f"<input id='email' name='email' type='email' value='{email}' required"
        f" autocomplete='username' spellcheck='false' maxlength='320'{focus[0]}>"
        f"<label for='password'>{say(_PASSWORD)}</label>"
        f"<input id='password' name='password' type='password' required"
        f" autocomplete='current-password' maxlength='128'{focus[1]}>"
        f"<button type='submit'>{say(_ENTER)}</button></form>"
        f"<p class='foot'>{say(_FORGOTTEN)}</p>"
    )


def _first_start(language: Language) -> Response:
    command = "central user add voce@exemplo.com --name 'Seu nome' --role admin"
    body = (
        f"<h1>{escape(_NOBODY.in_(language))}</h1><p>{escape(_NOBODY_ADVICE.in_(language))}</p>"
        f"<pre><code>{escape(command)}</code></pre>"
        f"<a class='button' href='/sign-in'>{escape(_AGAIN.in_(language))}</a>"
    )
    return page(_NOBODY.in_(language), body, language)


def _goodbye(language: Language, csrf: str) -> Response:
    body = (
        f"<h1>{escape(_LEAVE.in_(language))}</h1><p>{escape(_LEAVE_ADVICE.in_(language))}</p>"
        f"<form method='post' action='/sign-out'>"
        f"<input type='hidden' name='csrf' value='{escape(csrf)}'>"
        f"<button type='submit'>{escape(_LEAVE_BUTTON.in_(language))}</button></form>"
        f"<p class='foot'><a href='{HOME}'>{escape(_STAY.in_(language))}</a></p>"
    )
    return page(_LEAVE.in_(language), body, language)


_TITLE: Final = Text("Entrar", "Sign in", "Ingresar")
_DEMO: Final = Text(
    "Demonstração: as conversas são geradas; os acessos estão no terminal.",
    "Demo: the conversations are generated; the sign-ins stand in the terminal.",
    "Demostración: las conversaciones son generadas; los accesos están en la terminal.",
)
_SUBTITLE: Final = Text("Central de atendimento", "Customer-service centre", "Central de atención")
_EMAIL: Final = Text("E-mail", "E-mail", "Correo electrónico")
_PASSWORD: Final = Text("Senha", "Password", "Contraseña")
_ENTER: Final = Text("Entrar", "Sign in", "Ingresar")
_FORGOTTEN: Final = Text(
    "Esqueceu a senha? Peça uma nova a quem administra a Central.",
    "Forgot the password? Ask whoever administers Central for a new one.",
    "¿Olvidaste la contraseña? Pide una nueva a quien administra Central.",
)
_WRONG: Final = Text(
    "E-mail ou senha incorretos.",
    "Wrong e-mail or password.",
    "Correo o contraseña incorrectos.",
)
_OUTDATED: Final = Text(
    "O formulário venceu. Entre de novo.",
    "The form was outdated. Sign in again.",
    "El formulario venció. Ingresa de nuevo.",
)
_SLOWER: Final = Text(
    "Tentativas demais. Tente de novo em {n} s.",
    "Too many tries. Try again in {n} s.",
    "Demasiados intentos. Inténtalo de nuevo en {n} s.",
)
_NOBODY: Final = Text("Quase lá", "Almost there", "Casi listo")
_NOBODY_ADVICE: Final = Text(
    "Ainda não há ninguém que possa entrar. No servidor, crie a primeira pessoa:",
    "There is nobody yet who could sign in. On the server, add the first person:",
    "Todavía no hay nadie que pueda ingresar. En el servidor, cree la primera persona:",
)
_AGAIN: Final = Text("Já criei", "Done", "Ya la creé")
_LEAVE: Final = Text("Sair da Central?", "Sign out of Central?", "¿Salir de Central?")
_LEAVE_ADVICE: Final = Text(
    "Rascunhos ficam guardados neste navegador.",
    "Drafts stay in this browser.",
    "Los borradores quedan guardados en este navegador.",
)
_LEAVE_BUTTON: Final = Text("Sair", "Sign out", "Salir")
_STAY: Final = Text("Voltar à caixa de entrada", "Back to the inbox", "Volver a la bandeja")
