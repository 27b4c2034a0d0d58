"""What the Graph API holds against a request: what the outbox does, and what a person reads.

Decided by `code`: titles change with the version and the language of the API. The codes and what
to do about them come from Meta's public list of error codes and from reports of resellers; they
were not provoked on the live service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import httpx

from console.channels.base import Action
from console.channels.graph_words import REFUSED, SPOKEN, TEMPLATE_REFUSED
from console.channels.inbound import ProviderError
from console.channels.own_errors import WORDS
from console.i18n import Text

_ACTIONS: Final[Mapping[Action, tuple[int, ...]]] = {
    Action.WINDOW_CLOSED: (131047,),
    Action.THROTTLE_PEER: (131056,),
    Action.THROTTLE_NUMBER: (4, 80007, 130429, 131048, 131057, 131064, 133016),
    Action.RETRY: (1, 2, 131000, 131016),
    Action.AUTH: (
        *(0, 3, 10, 190, 368),
        *range(200, 300),
        *(131005, 131031, 131037, 131042, 131045, 133010),
    ),
}
_ACTION_OF: Final[Mapping[int | None, Action]] = {
    code: action for action, codes in _ACTIONS.items() for code in codes
}
_TEMPLATES: Final = range(132000, 133000)
_BY_STATUS: Final[Mapping[int, Action]] = {
    401: Action.AUTH,
    403: Action.AUTH,
    429: Action.THROTTLE_NUMBER,
}

# A person has to look at the number: its customers complain, or Meta suspects it.
ALERTING: Final = frozenset({131048, 131064})


@dataclass(frozen=True, slots=True)
class GraphError:
    """An error body of the Graph API; `is_transient` is None where it does not say."""

    error: ProviderError
    is_transient: bool | None = None


def action_of(given: GraphError, status: int) -> Action:
    """What to do about an error body that came with an HTTP status."""
    code = given.error.code
    if code in _ACTION_OF:
        return _ACTION_OF[code]
    if given.is_transient or _is_their_fault(given, status):
        return Action.RETRY
    return Action.PERMANENT


def _is_their_fault(given: GraphError, status: int) -> bool:
    """Whether an unknown code came with a failure of the server; what is refused has not gone."""
    code = given.error.code
    is_known = code in SPOKEN or code in _TEMPLATES
    return httpx.codes.is_server_error(status) and given.is_transient is None and not is_known


def action_without_code(status: int) -> Action:
    """What to do about a refusal (HTTP 3xx or 4xx) that tells no code."""
    if httpx.codes.is_redirect(status):  # somebody else answers at this address
        return Action.AUTH
    return _BY_STATUS.get(status, Action.PERMANENT)


def spoken(error: ProviderError) -> Text:
    """What a person reads of an error: what happened and what to do."""
    code = error.code
    if code is None and error.title in WORDS:
        return WORDS[error.title]
    if code in SPOKEN:
        return SPOKEN[code]
    if code in _TEMPLATES:
        return TEMPLATE_REFUSED.with_(code=code)
    if code in range(200, 300):
        return SPOKEN[10]
    told = [str(code)] if code is not None else []
    told += [words for words in (error.details or error.title,) if words]
    return REFUSED.with_(told=" ".join(told) or "—")
