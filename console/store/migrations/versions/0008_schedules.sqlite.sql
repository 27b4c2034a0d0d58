-- Exports that come round: what, when, whereto, and how the last run went; the name of a table that
-- was exported, and what customers' data is taken away for. Frozen: later changes are later revisions.

ALTER TABLE export_job ADD COLUMN name TEXT DEFAULT '' NOT NULL;
ALTER TABLE export_job ADD COLUMN reason TEXT DEFAULT '' NOT NULL;
ALTER TABLE export_job ADD COLUMN schedule_id BIGINT;

CREATE TABLE export_schedule (
    id INTEGER NOT NULL,
    owner_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    grain TEXT NOT NULL,
    format TEXT NOT NULL,
    filter TEXT NOT NULL,
    every TEXT NOT NULL,
    minute INTEGER DEFAULT 0 NOT NULL,
    zone TEXT NOT NULL,
    weekdays TEXT NOT NULL,
    day INTEGER DEFAULT 0 NOT NULL,
    span TEXT NOT NULL,
    span_field TEXT NOT NULL,
    target TEXT NOT NULL,
    folder TEXT NOT NULL,
    keep_n INTEGER DEFAULT 0 NOT NULL,
    recipients TEXT NOT NULL,
    is_attached BOOLEAN DEFAULT true NOT NULL,
    reason TEXT NOT NULL,
    status TEXT NOT NULL,
    paused_for TEXT,
    next_at BIGINT,
    job_id BIGINT,
    due_at BIGINT,
    tries_n INTEGER DEFAULT 0 NOT NULL,
    retry_at BIGINT,
    lease_until_at BIGINT,
    reached TEXT NOT NULL,
    last_at BIGINT,
    last_place TEXT,
    last_rows_n INTEGER DEFAULT 0 NOT NULL,
    last_bytes_n BIGINT NOT NULL,
    last_problem TEXT,
    version INTEGER DEFAULT 0 NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(owner_id) REFERENCES agent (id)
);

CREATE INDEX export_schedule_next ON export_schedule (status, next_at);
