"""Questions to a provider that a person waits for: bounded in time, whatever the provider does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from threading import Thread
from typing import Final, TypeVar

from console.channels import CHANNELS, open_channel
from console.channels.base import Account, Channel, ChannelError, Rejected, Template
from console.domain.errors import RuleError
from console.gateway.links import account_of, close_channel
from console.i18n import Text
from console.store import accounts
from console.store.vault import Vault
from console.store.work import Store

T = TypeVar("T")

PATIENCE_S: Final = 12.0
NOT_LINKED: Final = Text(
    "Esta instância ainda não está ligada a um provedor.",
    "This instance is not linked to a provider yet.",
    "Esta instancia todavía no está vinculada a un proveedor.",
)
NO_ANSWER: Final = Text(
    "O provedor não respondeu em {seconds} segundos. Confira o endereço e tente de novo.",
    "The provider did not answer within {seconds} seconds. Check its address and retry.",
    "El proveedor no respondió en {seconds} segundos. Revisa la dirección y reinténtalo.",
)
REFUSED: Final = Text(
    "O provedor recusou o pedido: {why}.",
    "The provider refused: {why}.",
    "El proveedor rechazó la solicitud: {why}.",
)


def ask(
    store: Store,
    vault: Vault,
    instance_id: int,
    question: Callable[[Channel], T],
    *,
    opener: Callable[[str, Account], Channel] = open_channel,
    patience_s: float = PATIENCE_S,
) -> T:
    """The answer of an instance's provider, through a connection of its own.

    Raises RuleError when it is linked to nothing or does not answer in time, VaultError when its
    secrets cannot be opened.
    """
    with store.read() as connection:
        link = accounts.link(connection, instance_id)
    if link is None or link.channel not in CHANNELS:
        raise RuleError(NOT_LINKED)
    channel = opener(link.channel, account_of(link, vault))
    answer: Future[T] = Future()
    # The one who waits goes on after a while; a thread that hangs must not keep the process alive.
    Thread(target=_answer, args=(answer, channel, question), daemon=True).start()
    try:
        return answer.result(patience_s)
    except TooLate:
        raise RuleError(NO_ANSWER.with_(seconds=round(patience_s))) from None
    except ChannelError as error:
        raise RuleError(_refused(error.rejected)) from None


def _answer(answer: Future[T], channel: Channel, question: Callable[[Channel], T]) -> None:
    try:
        answer.set_result(question(channel))
    except BaseException as error:  # noqa: BLE001 - raised where somebody waits for it
        answer.set_exception(error)
    finally:
        close_channel(channel)


def known_templates(found: list[Template] | Rejected) -> tuple[Template, ...]:
    """Templates as they are kept; raises RuleError when the provider refused to tell."""
    if isinstance(found, Rejected):
        raise RuleError(_refused(found))
    return tuple(found)


def _refused(rejected: Rejected) -> Text:
    error = rejected.error
    code = f" ({error.code})" if error.code is not None else ""
    return REFUSED.with_(why=f"{error.title or rejected.action.value}{code}")
