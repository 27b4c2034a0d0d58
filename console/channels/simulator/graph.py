"""What Graph answers when it refuses: every code of the catalogue, in the published body.

Codes, titles and HTTP states: Meta, "Cloud API error codes" and "Graph API error handling".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class GraphError:
    """One entry of the catalogue; `is_transient` tells that the same call may succeed later."""

    code: int
    title: str
    details: str
    http: int = 400
    is_transient: bool = False


class Refused(Exception):  # noqa: N818 - it is Graph's answer and no defect of ours
    """A call is refused with a code of the catalogue; `details` and `subcode` of this case."""

    def __init__(
        self, code: int, details: str = "", *, http: int | None = None, subcode: int | None = None
    ) -> None:
        self.error = error_of(code)
        super().__init__(f"(#{code}) {self.error.title}")
        self.details = details or self.error.details
        self.http = http or self.error.http
        self.subcode = subcode


_CATALOGUE: Final = (
    GraphError(0, "AuthException", "We were unable to authenticate the app user.", 401),
    GraphError(1, "An unknown error occurred", "Invalid request or possible server error."),
    GraphError(2, "Service temporarily unavailable", "Temporary due to downtime.", 503, True),
    GraphError(3, "Capability or permissions issue", "The app has no such capability.", 500),
    GraphError(4, "Application request limit reached", "The app has reached its call rate limit."),
    GraphError(10, "Permission denied", "Permission is either not granted or removed.", 403),
    GraphError(100, "Invalid parameter", "The request has an unsupported or misspelled parameter."),
    GraphError(104, "An access token is required", "Provide an access token.", 401),
    GraphError(190, "Invalid OAuth access token", "The access token has expired.", 401),
    GraphError(200, "Permissions error", "Permission is either not granted or removed.", 403),
    GraphError(368, "Temporarily blocked for policies violations", "Violated a policy.", 403),
    GraphError(80007, "Rate limit issues", "The business account has reached its rate limit."),
    GraphError(130429, "Rate limit hit", "Cloud API message throughput has been reached."),
    GraphError(
        130472, "User's number is part of an experiment", "Message was not sent: an experiment."
    ),
    GraphError(
        130497, "Business account is restricted", "Restricted from messaging this country.", 403
    ),
    GraphError(131000, "Something went wrong", "Failed to send: unknown error.", 500, True),
    GraphError(131005, "Access denied", "Permission is either not granted or removed.", 403),
    GraphError(131008, "Required parameter is missing", "The request misses a parameter."),
    GraphError(131009, "Parameter value is not valid", "A parameter value is invalid."),
    GraphError(131016, "Service unavailable", "A service is temporarily unavailable.", 500, True),
    GraphError(131021, "Recipient cannot be sender", "Sender and recipient are the same number."),
    GraphError(131026, "Message undeliverable", "Unable to deliver the message."),
    GraphError(131030, "Recipient phone number not in allowed list", "Add it to the list first."),
    GraphError(131031, "Account has been locked", "The account is restricted or disabled.", 403),
    GraphError(131037, "Display name approval is needed", "The number lacks an approved name."),
    GraphError(131042, "Business eligibility payment issue", "Check the payment method."),
    GraphError(131045, "Incorrect certificate", "Phone number registration error.", 500),
    GraphError(
        131047,
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed"
        " since the customer last replied to this number.",
    ),
    GraphError(131048, "Spam rate limit hit", "Too many earlier messages were blocked."),
    GraphError(131049, "Not sent to maintain healthy ecosystem engagement", "Not delivered."),
    GraphError(131050, "User has stopped marketing messages", "The user opted out."),
    GraphError(131051, "Unsupported message type", "The message type is not supported."),
    GraphError(131052, "Media download error", "Unable to download the media of the user."),
    GraphError(131053, "Media upload error", "Unable to upload the media of the message."),
    GraphError(131056, "Pair rate limit hit", "Too many messages to the same number at once."),
    GraphError(131057, "Account in maintenance mode", "The account is being maintained.", 500),
    GraphError(131062, "Recipient cannot get this message", "Not available to this recipient."),
    GraphError(131064, "Business limit reached", "The messaging limit is used up."),
    GraphError(132000, "Template parameter count mismatch", "Not the expected parameters."),
    GraphError(132001, "Template does not exist", "Not in this language or not approved.", 404),
    GraphError(132005, "Translated text too long", "The filled text is too long."),
    GraphError(132007, "Template content policy violated", "The content violates a policy."),
    GraphError(132012, "Template parameter format mismatch", "Not the expected format."),
    GraphError(132015, "Template is paused", "Paused due to low quality."),
    GraphError(132016, "Template is disabled", "Paused too many times due to low quality."),
    GraphError(133010, "Phone number not registered", "Register the number first."),
    GraphError(133016, "Too many registrations", "Blocked for 72 hours: too many attempts."),
    GraphError(135000, "Generic user error", "Unknown error with the request parameters."),
    GraphError(137000, "Business does not meet the requirements", "See the requirements."),
)
CATALOGUE: Final[Mapping[int, GraphError]] = {error.code: error for error in _CATALOGUE}
_NO_OBJECT: Final = 33  # the subcode of an object that does not exist or may not be seen


def error_of(code: int) -> GraphError:
    """The entry of a code; a code outside the catalogue is an unknown 4xx."""
    return CATALOGUE.get(code, GraphError(code, "Unknown error", "An error without a page."))


def no_object(id: str, method: str) -> Refused:
    """The refusal of an id that nothing has, or that has expired."""
    details = (
        f"Unsupported {method} request. Object with ID '{id}' does not exist, cannot be loaded due"
        " to missing permissions, or does not support this operation."
    )
    return Refused(100, details, subcode=_NO_OBJECT)


def body_of(refused: Refused, trace: str) -> dict[str, Any]:
    """The published error body; `trace` makes its fbtrace_id."""
    error = refused.error
    said: dict[str, Any] = {
        "message": f"(#{error.code}) {error.title}",
        "type": "OAuthException",
        "code": error.code,
        "error_data": {"messaging_product": "whatsapp", "details": refused.details},
        "fbtrace_id": "A" + hashlib.sha256(trace.encode()).hexdigest()[:22],
    }
    if refused.subcode:
        said["error_subcode"] = refused.subcode
    if error.is_transient:
        said["is_transient"] = True
    return {"error": said}


def in_status(code: int) -> dict[str, Any]:
    """The same error as a failed status tells it."""
    error = error_of(code)
    return {
        "code": error.code,
        "title": error.title,
        "message": error.title,
        "error_data": {"details": error.details},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }
