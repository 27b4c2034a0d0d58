"""Commands: the only way to change anything. In menu order; `bulk` ones stand in the bulk bar."""

from __future__ import annotations

from typing import Final

from console.actions.ask_sql import AskSql
from console.actions.assign import Assign, AssignTeam
from console.actions.base import Command, Outcome
from console.actions.block import Block, Unblock
from console.actions.bulk import (
    CancelBulk,
    PauseBulk,
    PlanBulk,
    ResumeBulk,
    StartBulk,
    UndoBulk,
)
from console.actions.canned import RemoveCanned, SaveCanned
from console.actions.contacts import CreateContact, EditContact
from console.actions.distribute import Distribute
from console.actions.export import (
    AskExport,
    AskTable,
    CancelExport,
    FetchExport,
    FinishExport,
    NoteExport,
)
from console.actions.fetch_file import FetchFile
from console.actions.forward import Forward
from console.actions.hours import SaveHours
from console.actions.integrations import RevokeIntegration, SaveIntegration
from console.actions.label import Label
from console.actions.link import (
    LinkInstance,
    NoteHealth,
    PauseInstance,
    ResumeInstance,
    RetryWebhooks,
    RotateRoute,
    SaveTemplates,
)
from console.actions.mark import MarkRead, MarkUnread
from console.actions.merge import KeepApart, MergeContacts, PartContacts
from console.actions.note import Note
from console.actions.notify import Notify, RefuseNotification
from console.actions.open import Open
from console.actions.priority import SetPriority
from console.actions.quoting import Quote
from console.actions.receive import Receive
from console.actions.reopen import Reopen
from console.actions.reply import Reply
from console.actions.resend import ConsiderSent, Resend
from console.actions.resolve import Resolve
from console.actions.run import run
from console.actions.schedule import (
    BeginSchedule,
    HoldSchedule,
    NoteDelivery,
    NoteTrouble,
    PauseSchedule,
    RemoveSchedule,
    ResumeSchedule,
    RunSchedule,
    SaveSchedule,
)
from console.actions.send_file import SendFile
from console.actions.send_template import SendTemplate
from console.actions.settings import (
    SaveAgent,
    SaveCentre,
    SaveInstance,
    SaveLabel,
    SavePreferences,
    SaveTeam,
    SetPassword,
)
from console.actions.sla import SaveSla
from console.actions.snooze import Snooze, Unsnooze
from console.actions.views import RemoveView, SaveView

COMMANDS: Final = (
    Reply,
    Quote,
    SendFile,
    SendTemplate,
    Resend,
    ConsiderSent,
    Forward,
    Note,
    Assign,
    AssignTeam,
    Distribute,
    Resolve,
    Reopen,
    MarkRead,
    MarkUnread,
    SetPriority,
    Snooze,
    Unsnooze,
    Label,
    Block,
    Unblock,
    Open,
    Receive,
    Notify,
    RefuseNotification,
    FetchFile,
    CreateContact,
    EditContact,
    MergeContacts,
    PartContacts,
    KeepApart,
    SaveAgent,
    SetPassword,
    SavePreferences,
    SaveTeam,
    SaveInstance,
    LinkInstance,
    RotateRoute,
    PauseInstance,
    ResumeInstance,
    NoteHealth,
    SaveTemplates,
    RetryWebhooks,
    SaveIntegration,
    RevokeIntegration,
    SaveLabel,
    SaveCentre,
    SaveView,
    RemoveView,
    SaveCanned,
    RemoveCanned,
    SaveHours,
    SaveSla,
    PlanBulk,
    StartBulk,
    PauseBulk,
    ResumeBulk,
    CancelBulk,
    UndoBulk,
    AskSql,
    AskExport,
    AskTable,
    CancelExport,
    FinishExport,
    FetchExport,
    NoteExport,
    SaveSchedule,
    PauseSchedule,
    ResumeSchedule,
    RemoveSchedule,
    RunSchedule,
    BeginSchedule,
    HoldSchedule,
    NoteDelivery,
    NoteTrouble,
)

__all__ = [
    "COMMANDS",
    "AskExport",
    "AskSql",
    "AskTable",
    "Assign",
    "AssignTeam",
    "BeginSchedule",
    "Block",
    "CancelBulk",
    "CancelExport",
    "Command",
    "ConsiderSent",
    "CreateContact",
    "Distribute",
    "EditContact",
    "FetchExport",
    "FetchFile",
    "FinishExport",
    "Forward",
    "HoldSchedule",
    "KeepApart",
    "Label",
    "LinkInstance",
    "MarkRead",
    "MarkUnread",
    "MergeContacts",
    "Note",
    "NoteDelivery",
    "NoteExport",
    "NoteHealth",
    "NoteTrouble",
    "Notify",
    "Open",
    "Outcome",
    "PartContacts",
    "PauseBulk",
    "PauseInstance",
    "PauseSchedule",
    "PlanBulk",
    "Quote",
    "Receive",
    "RefuseNotification",
    "RemoveCanned",
    "RemoveSchedule",
    "RemoveView",
    "Reopen",
    "Reply",
    "Resend",
    "Resolve",
    "ResumeBulk",
    "ResumeInstance",
    "ResumeSchedule",
    "RetryWebhooks",
    "RevokeIntegration",
    "RotateRoute",
    "RunSchedule",
    "SaveAgent",
    "SaveCanned",
    "SaveCentre",
    "SaveHours",
    "SaveInstance",
    "SaveIntegration",
    "SaveLabel",
    "SavePreferences",
    "SaveSchedule",
    "SaveSla",
    "SaveTeam",
    "SaveTemplates",
    "SaveView",
    "SendFile",
    "SendTemplate",
    "SetPassword",
    "SetPriority",
    "Snooze",
    "StartBulk",
    "Unblock",
    "UndoBulk",
    "Unsnooze",
    "run",
]
