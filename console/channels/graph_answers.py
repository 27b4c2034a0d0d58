"""What an answer of the Graph API means for the one who asked.

A refusal is the provider's word that nothing has gone out. Where there is no such word although
the request may have arrived, the outcome of a message stays unknown.
"""

from __future__ import annotations

from typing import Any, Final

import httpx

from console.channels.base import Accepted, Action, Rejected, SendResult, Unknown
from console.channels.cloud_content import provider_error
from console.channels.exchange import Answer, Lost
from console.channels.graph_errors import GraphError, action_of, action_without_code
from console.channels.inbound import ProviderError
from console.channels.json_in import (
    NotJsonError,
    fields,
    listed,
    number,
    part,
    read_json,
    word,
)
from console.channels.own_errors import own_error

_MINUTE_S: Final = 60.0
_USAGE: Final = "x-business-use-case-usage"  # has minutes until calls are taken again


def outcome(found: Answer | Lost, provider_id: str | None = None) -> SendResult:
    """What became of a message; `provider_id` where the answer itself names none."""
    if isinstance(found, Lost):
        return Unknown(found.reason) if found.may_have_arrived else unreached(found)
    refusal = refused(found)
    if refusal is not None:
        return refusal
    given = provider_id or _first_id(found)
    if given and httpx.codes.is_success(found.status):
        return Accepted(given)
    return Unknown(f"HTTP {found.status}")


def _first_id(found: Answer) -> str | None:
    return next((word(item, "id") for item in listed(found.json, "messages")), None)


def unreached(found: Lost) -> Rejected:
    """A request that brought no answer, and can be made once more without harm."""
    if found.is_unaskable:
        return Rejected(own_error("misconfigured", found.reason), Action.AUTH)
    return Rejected(own_error("unreachable", found.reason), Action.RETRY)


def answered(found: Answer | Lost) -> Answer | Rejected:
    """A good answer to a question that may be asked twice; anything else as a refusal."""
    if isinstance(found, Lost):
        return unreached(found)
    refusal = refused(found)
    if refusal is not None:
        return refusal
    if httpx.codes.is_success(found.status):
        return found
    return Rejected(ProviderError(None, f"HTTP {found.status}"), Action.RETRY)


def refused(found: Answer) -> Rejected | None:
    """The refusal in an answer; None when there is none that can be believed."""
    given = graph_error(found)
    if given is not None:
        return Rejected(given.error, action_of(given, found.status), waiting_s(found))
    if not _is_refusal(found.status):
        return None
    told = ProviderError(None, f"HTTP {found.status}")
    return Rejected(told, action_without_code(found.status), waiting_s(found))


def _is_refusal(status: int) -> bool:
    """A request that timed out at a machine in between (408) may have been passed on."""
    is_client_error = httpx.codes.is_client_error(status)
    is_known = is_client_error and status != httpx.codes.REQUEST_TIMEOUT
    return is_known or httpx.codes.is_redirect(status)


def graph_error(found: Answer) -> GraphError | None:
    """The error body of the Graph API, which has a code; None when the body is another one."""
    given = part(found.json, "error")
    if number(given, "code") is None:
        return None
    transient = given.get("is_transient")
    return GraphError(provider_error(given), transient if isinstance(transient, bool) else None)


def waiting_s(found: Answer) -> float | None:
    """How long the provider asks to wait, in seconds; None when it does not say."""
    told = number(found.headers, "retry-after")
    if told is not None:
        return float(told)
    try:
        usage = fields(read_json(found.headers.get(_USAGE, "").encode()))
    except NotJsonError:
        return None
    minutes = [_minutes(entry) for account in usage for entry in listed(usage, account)]
    return max(minutes, default=0) * _MINUTE_S or None


def _minutes(entry: Any) -> int:
    return number(entry, "estimated_time_to_regain_access") or 0
