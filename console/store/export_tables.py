"""The tables of exports: those that were asked for, used links, and those that come round."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Table, Text

from console.store.columns import at_, id_, is_, metadata, n_, ref_, text_

export_job: Final[Table] = Table(
    "export_job",
    metadata,
    id_(),
    ref_("author_id", "agent", null=True),
    text_("grain"),
    text_("format"),
    text_("filter"),
    text_("made_for"),
    text_("status"),
    n_("rows_n"),
    n_("total_n"),
    ref_("bytes_n"),
    text_("sha256", null=True),
    at_("asked_at"),
    at_("seen_at", null=True),
    at_("ended_at", null=True),
    text_("problem", null=True),
    text_("name", default=""),
    text_("reason", default=""),
    ref_("schedule_id", null=True),
    text_("columns", default="[]"),
)
Index("export_job_author", export_job.c.author_id, export_job.c.id)

export_use: Final[Table] = Table(
    "export_use", metadata, Column("nonce", Text, primary_key=True), at_("at")
)

export_schedule: Final[Table] = Table(
    "export_schedule",
    metadata,
    id_(),
    ref_("owner_id", "agent"),
    text_("name"),
    text_("grain"),
    text_("format"),
    text_("filter"),
    text_("every"),
    n_("minute"),
    text_("zone"),
    text_("weekdays"),
    n_("day"),
    text_("span"),
    text_("span_field"),
    text_("target"),
    text_("folder"),
    n_("keep_n"),
    text_("recipients"),
    is_("is_attached", default=True),
    text_("reason"),
    text_("columns", default="[]"),
    text_("status"),
    text_("paused_for", null=True),
    at_("next_at", null=True),
    ref_("job_id", null=True),
    at_("due_at", null=True),
    n_("tries_n"),
    at_("retry_at", null=True),
    at_("lease_until_at", null=True),
    text_("reached"),
    at_("last_at", null=True),
    text_("last_place", null=True),
    n_("last_rows_n"),
    ref_("last_bytes_n"),
    text_("last_problem", null=True),
    n_("version"),
    at_("created_at"),
)
Index("export_schedule_next", export_schedule.c.status, export_schedule.c.next_at)
