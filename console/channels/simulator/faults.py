"""What can go wrong on purpose: one registry, by the end of a recipient's number or by script.

A number that ends in `99` and six digits is refused with that code (…99131047: window closed),
one that ends in `97` and six digits is accepted and fails later; `98` and six digits are the
faults below. Such endings are valid Brazilian mobile numbers: +55 11 9 9913-1047.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.channels.simulator.graph import CATALOGUE
from console.i18n import Text

CALLS: Final = ("messages", "read", "upload", "media", "download", "number", "templates")
TOLD: Final = "inbound"  # what customers write: only its telling can fail


class Answer(StrEnum):
    """What happens to a call; accepting is writing a message into the ledger."""

    NORMAL = "normal"
    REFUSE = "refuse"  # not accepted, an error body of Graph
    BARE = "bare"  # not accepted, an HTTP state with a body that is not of Graph
    BARE_AFTER = "bare_after"  # accepted, then the same
    HANG = "hang"  # accepted, never answered
    HANG_BEFORE = "hang_before"  # not accepted, never answered
    SLOW = "slow"  # accepted, answered after `seconds`
    CUT_BEFORE = "cut_before"  # not accepted, the connection breaks
    CUT_AFTER = "cut_after"  # accepted, the connection breaks without an answer
    HALF = "half"  # accepted, the connection breaks within the answer


class Telling(StrEnum):
    """How webhooks tell of a message."""

    NORMAL = "normal"
    LOST = "lost"  # never
    DOUBLED = "doubled"  # every body twice
    REVERSED = "reversed"  # read before delivered before sent
    BATCHED = "batched"  # seven updates in one body
    FAILS = "fails"  # sent, then failed with `code`
    ONLY_READ = "only_read"  # the talk was open: delivered never comes
    MISSIGNED = "missigned"  # a signature of another secret


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong; `suffix` is the end of a recipient's number that provokes it."""

    key: str
    suffix: str
    words: Text
    answer: Answer = Answer.NORMAL
    telling: Telling = Telling.NORMAL
    code: int = 0
    http: int = 0
    seconds: float = 0.0


NONE: Final = Fault("none", "", Text("nada", "nothing", "nada"))
_SPECIAL: Final = (
    Fault(
        "hang",
        "98000001",
        Text("aceita e não responde", "accepts, never answers", "acepta y no responde"),
        Answer.HANG,
    ),
    Fault(
        "hang_before",
        "98000002",
        Text("não aceita nem responde", "neither accepts nor answers", "ni acepta ni responde"),
        Answer.HANG_BEFORE,
    ),
    Fault(
        "slow",
        "98000003",
        Text("responde em 2 s", "answers after 2 s", "responde en 2 s"),
        Answer.SLOW,
        seconds=2.0,
    ),
    Fault(
        "cut_before",
        "98000004",
        Text("conexão cai antes de aceitar", "cut before accepting", "corte antes de aceptar"),
        Answer.CUT_BEFORE,
    ),
    Fault(
        "cut_after",
        "98000005",
        Text("conexão cai depois de aceitar", "cut after accepting", "corte tras aceptar"),
        Answer.CUT_AFTER,
    ),
    Fault(
        "half",
        "98000006",
        Text("aceita e manda meia resposta", "accepts, half an answer", "acepta y media respuesta"),
        Answer.HALF,
    ),
    Fault(
        "hang_lost",
        "98000007",
        Text(
            "aceita, não responde nem avisa",
            "accepts, never answers or tells",
            "acepta, no responde ni avisa",
        ),
        Answer.HANG,
        Telling.LOST,
    ),
    Fault(
        "lost",
        "98000011",
        Text("status nunca chegam", "statuses never come", "los estados nunca llegan"),
        telling=Telling.LOST,
    ),
    Fault(
        "doubled",
        "98000012",
        Text("status em dobro", "statuses twice", "estados dobles"),
        telling=Telling.DOUBLED,
    ),
    Fault(
        "reversed",
        "98000013",
        Text("status fora de ordem", "statuses out of order", "estados desordenados"),
        telling=Telling.REVERSED,
    ),
    Fault(
        "batched",
        "98000014",
        Text("7 avisos de uma vez", "7 updates in one body", "7 avisos de una vez"),
        telling=Telling.BATCHED,
    ),
    Fault(
        "missigned",
        "98000015",
        Text("assinatura errada", "wrong signature", "firma incorrecta"),
        telling=Telling.MISSIGNED,
    ),
    Fault(
        "only_read",
        "98000016",
        Text("só o “lida” chega", "only `read` comes", "solo llega “leído”"),
        telling=Telling.ONLY_READ,
    ),
    Fault(
        "bare_429",
        "98000429",
        Text("429 sem corpo", "429 without a body", "429 sin cuerpo"),
        Answer.BARE,
        http=429,
    ),
    Fault(
        "bare_500",
        "98000500",
        Text("500 sem corpo do Graph", "500 without Graph's body", "500 sin cuerpo de Graph"),
        Answer.BARE,
        http=500,
    ),
    Fault(
        "bare_502_after",
        "98000502",
        Text("aceita e responde 502", "accepts, answers 502", "acepta y responde 502"),
        Answer.BARE_AFTER,
        http=502,
    ),
    Fault(
        "graph_503",
        "98000503",
        Text("503 com corpo do Graph", "503 with Graph's body", "503 con cuerpo de Graph"),
        Answer.REFUSE,
        code=2,
        http=503,
    ),
    Fault(
        "graph_429",
        "98000430",
        Text("429 com corpo do Graph", "429 with Graph's body", "429 con cuerpo de Graph"),
        Answer.REFUSE,
        code=130429,
        http=429,
    ),
)
_REFUSED: Final = Text(
    "recusa: {code} {title}", "refuses: {code} {title}", "rechaza: {code} {title}"
)
_FAILS: Final = Text(
    "falha depois: {code} {title}", "fails later: {code} {title}", "falla después: {code} {title}"
)
_CODES: Final = tuple(
    fault
    for error in CATALOGUE.values()
    for fault in (
        Fault(
            f"refuse_{error.code}",
            f"99{error.code:06}",
            _REFUSED.with_(code=error.code, title=error.title),
            Answer.REFUSE,
            code=error.code,
        ),
        Fault(
            f"fail_{error.code}",
            f"97{error.code:06}",
            _FAILS.with_(code=error.code, title=error.title),
            telling=Telling.FAILS,
            code=error.code,
        ),
    )
)
FAULTS: Final[Mapping[str, Fault]] = {fault.key: fault for fault in (*_SPECIAL, *_CODES)}
_SUFFIXES: Final = {fault.suffix: fault for fault in FAULTS.values()}
_SUFFIX_LENGTH: Final = 8


@dataclass(slots=True)
class _Ordered:
    """A fault that a script has asked for; `left` calls more, None for ever."""

    fault: Fault
    on: str
    to: str | None
    left: int | None


class Faults:
    """What goes wrong next; safe in several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ordered: list[_Ordered] = []

    def next(self, key: str, n: int = 1, *, to: str | None = None, on: str = "messages") -> None:
        """The next `n` calls of this kind (to this recipient) go wrong; see FAULTS and CALLS."""
        self._order(key, on, to, n)

    def always(self, key: str, *, to: str | None = None, on: str = "messages") -> None:
        """Every call of this kind goes wrong, until `clear`."""
        self._order(key, on, to, None)

    def clear(self) -> None:
        """Nothing ordered goes wrong any more."""
        with self._lock:
            self._ordered.clear()

    def ordered(self, to: str, on: str = "messages") -> Fault:
        """What is ordered for the next call to exactly this recipient."""
        with self._lock:
            found = (o.fault for o in self._ordered if (o.on, o.to) == (on, to))
            return next(found, NONE)

    def cancel(self, to: str) -> None:
        """Nothing ordered for exactly this recipient goes wrong any more."""
        with self._lock:
            self._ordered = [ordered for ordered in self._ordered if ordered.to != to]

    def take(self, on: str, to: str = "") -> Fault:
        """What goes wrong with this call: as ordered, then by the recipient's number."""
        with self._lock:
            for ordered in self._ordered:
                if ordered.on == on and ordered.to in {None, to}:
                    return self._used(ordered)
        return by_suffix(to) if on == "messages" else NONE

    def _order(self, key: str, on: str, to: str | None, n: int | None) -> None:
        if on not in {*CALLS, TOLD}:
            raise ValueError(f"no call {on!r}: one of {(*CALLS, TOLD)}")
        with self._lock:
            self._ordered.append(_Ordered(FAULTS[key], on, to, n))

    def _used(self, ordered: _Ordered) -> Fault:
        if ordered.left is not None:
            ordered.left -= 1
            if ordered.left <= 0:
                self._ordered.remove(ordered)
        return ordered.fault


def by_suffix(recipient: str) -> Fault:
    """The fault that the end of a recipient's number provokes."""
    return _SUFFIXES.get(recipient[-_SUFFIX_LENGTH:], NONE)
