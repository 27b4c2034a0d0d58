"""The facts Central keeps for ever: timeline, metrics, audit and undo all come from them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from console.domain.ids import Instant


class EventKind(StrEnum):
    """Past participles; `from` and `to` say what they carry."""

    OPENED = "opened"  # to: the contact
    RECEIVED = "received"  # message from the customer
    REPLIED = "replied"  # message to the customer
    CONSIDERED_SENT = "considered_sent"  # to: the message, of which no provider knew
    NOTED = "noted"  # message for the team only
    RECORDED = "recorded"  # system record or draft, as the source had it
    ASSIGNED = "assigned"  # from, to: agents or nobody
    TEAM_ASSIGNED = "team_assigned"  # from, to: teams or none
    RESOLVED = "resolved"  # from: the assignee then
    REOPENED = "reopened"  # from: who had resolved
    MARKED_READ = "marked_read"
    MARKED_UNREAD = "marked_unread"
    LABELLED = "labelled"  # to: the label
    UNLABELLED = "unlabelled"  # from: the label
    PRIORITY_SET = "priority_set"  # from, to: ranks, 4 is urgent, or none
    SNOOZED = "snoozed"  # to: the instant until when; from: the one before or none
    UNSNOOZED = "unsnoozed"  # from: the instant until when
    BLOCKED = "blocked"  # automated notifications, not the contact; to: the reason or none
    UNBLOCKED = "unblocked"
    NOTIFICATION_REFUSED = "notification_refused"  # an automated one, because of the block
    UNDONE = "undone"  # to: the bulk run that was taken back; restored: what it had changed
    CONTACT_CREATED = "contact_created"
    CONTACT_EDITED = "contact_edited"
    CONTACTS_MERGED = "contacts_merged"  # from: the one that is gone; to: the merge, to reverse it
    CONTACTS_PARTED = "contacts_parted"  # from: the other one; to: the merge that was reversed
    CONTACTS_KEPT_APART = "contacts_kept_apart"  # from: who is somebody else, though alike
    NUMBER_CHANGED = "number_changed"  # the contact has another number or identifier
    NUMBER_REASSIGNED = "number_reassigned"  # somebody else has the contact's number now
    CODE_CHANGED = "code_changed"  # the contact's security code at the provider
    AGENT_SAVED = "agent_saved"  # to: the agent; likewise below
    PASSWORD_SET = "password_set"  # noqa: S105 - the name of a fact
    TEAM_SAVED = "team_saved"
    INSTANCE_SAVED = "instance_saved"
    INSTANCE_LINKED = "instance_linked"
    INSTANCE_PAUSED = "instance_paused"
    INSTANCE_RESUMED = "instance_resumed"
    INSTANCE_CHECKED = "instance_checked"
    ROUTE_ROTATED = "route_rotated"
    TEMPLATES_FETCHED = "templates_fetched"
    WEBHOOKS_RETRIED = "webhooks_retried"
    INTEGRATION_SAVED = "integration_saved"
    INTEGRATION_REVOKED = "integration_revoked"
    LABEL_SAVED = "label_saved"
    VIEW_SAVED = "view_saved"
    CANNED_SAVED = "canned_saved"
    CANNED_REMOVED = "canned_removed"
    CENTRE_SAVED = "centre_saved"
    HOURS_SAVED = "hours_saved"  # to: the instance or team, 0 for the centre; likewise below
    SLA_SAVED = "sla_saved"
    BULK_PLANNED = "bulk_planned"  # to: the run; likewise below
    BULK_STARTED = "bulk_started"
    BULK_PAUSED = "bulk_paused"
    BULK_CANCELLED = "bulk_cancelled"
    EXPORT_ASKED = "export_asked"  # to: the export; likewise below
    EXPORT_CANCELLED = "export_cancelled"
    EXPORTED = "exported"  # a file of it is whole
    EXPORT_FETCHED = "export_fetched"
    SCHEDULE_SAVED = "schedule_saved"  # to: the export that comes round; likewise below
    SCHEDULE_PAUSED = "schedule_paused"
    SCHEDULE_RESUMED = "schedule_resumed"
    SCHEDULE_REMOVED = "schedule_removed"
    SCHEDULE_RUN = "schedule_run"  # somebody wanted it at once
    SCHEDULE_STARTED = "schedule_started"
    SCHEDULE_DELIVERED = "schedule_delivered"
    SCHEDULE_FAILED = "schedule_failed"
    FILE_ASKED = "file_asked"  # to: the file; its provider had not given it
    QUERIED = "queried"  # to: the digest of a statement that was typed


OF_CONTACT: Final = frozenset(
    {
        EventKind.BLOCKED,
        EventKind.UNBLOCKED,
        EventKind.NOTIFICATION_REFUSED,
        EventKind.CONTACT_EDITED,
        EventKind.CONTACTS_MERGED,
        EventKind.CONTACTS_PARTED,
        EventKind.CONTACTS_KEPT_APART,
        EventKind.NUMBER_CHANGED,
        EventKind.NUMBER_REASSIGNED,
        EventKind.CODE_CHANGED,
    }
)
"""Facts of a contact: they name no conversation, and are told in every one of the contact's."""


class Event(NamedTuple):
    """One fact with its actor; never edited, never deleted, without words of a customer.

    `restored` is JSON: the values that the fact gives back to the state.
    """

    id: int
    kind: EventKind
    at: Instant
    actor_kind: str
    actor_id: int | None = None
    conversation_id: int | None = None
    contact_id: int | None = None
    instance_id: int | None = None
    from_id: int | None = None
    to_id: int | None = None
    message_id: int | None = None
    bulk_id: int | None = None
    restored: str | None = None
