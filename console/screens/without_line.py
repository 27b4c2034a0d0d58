"""Facts that no conversation shows as a line, each with the reason; a test asks for all others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.domain.events import EventKind

_BUBBLE: Final = "The message that it names stands in the thread as a bubble."
_READING: Final = "It changes nothing for the customer, and happens every time somebody looks."
_CENTRE: Final = "It is about the centre and its settings, not about a conversation."
_INSTANCE: Final = "It is about an instance: its page and the banner of the inbox tell it."
_RUN: Final = "It is about a bulk run, whose own page tells it; its effects have their own facts."
_TAKING: Final = "It is about taking rows away or asking in SQL: the pages of these tell it."

WITHOUT_LINE: Final[Mapping[str, str]] = {
    EventKind.RECEIVED: _BUBBLE,
    EventKind.REPLIED: _BUBBLE,
    EventKind.NOTED: _BUBBLE,
    EventKind.RECORDED: _BUBBLE,
    EventKind.MARKED_READ: _READING,
    EventKind.MARKED_UNREAD: _READING,
    EventKind.CONTACT_CREATED: "It names no contact; that there is one is seen by the contact.",
    EventKind.FILE_ASKED: "The bubble of the file says that it is on its way.",
    **dict.fromkeys(
        (
            EventKind.AGENT_SAVED,
            EventKind.PASSWORD_SET,
            EventKind.TEAM_SAVED,
            EventKind.INTEGRATION_SAVED,
            EventKind.INTEGRATION_REVOKED,
            EventKind.LABEL_SAVED,
            EventKind.VIEW_SAVED,
            EventKind.CANNED_SAVED,
            EventKind.CANNED_REMOVED,
            EventKind.CENTRE_SAVED,
            EventKind.HOURS_SAVED,
            EventKind.SLA_SAVED,
        ),
        _CENTRE,
    ),
    **dict.fromkeys(
        (
            EventKind.INSTANCE_SAVED,
            EventKind.INSTANCE_LINKED,
            EventKind.INSTANCE_PAUSED,
            EventKind.INSTANCE_RESUMED,
            EventKind.INSTANCE_CHECKED,
            EventKind.ROUTE_ROTATED,
            EventKind.TEMPLATES_FETCHED,
            EventKind.WEBHOOKS_RETRIED,
        ),
        _INSTANCE,
    ),
    **dict.fromkeys(
        (
            EventKind.BULK_PLANNED,
            EventKind.BULK_STARTED,
            EventKind.BULK_PAUSED,
            EventKind.BULK_CANCELLED,
        ),
        _RUN,
    ),
    **dict.fromkeys(
        (
            EventKind.EXPORT_ASKED,
            EventKind.EXPORT_CANCELLED,
            EventKind.EXPORTED,
            EventKind.EXPORT_FETCHED,
            EventKind.SCHEDULE_SAVED,
            EventKind.SCHEDULE_PAUSED,
            EventKind.SCHEDULE_RESUMED,
            EventKind.SCHEDULE_REMOVED,
            EventKind.SCHEDULE_RUN,
            EventKind.SCHEDULE_STARTED,
            EventKind.SCHEDULE_DELIVERED,
            EventKind.SCHEDULE_FAILED,
            EventKind.QUERIED,
        ),
        _TAKING,
    ),
}
