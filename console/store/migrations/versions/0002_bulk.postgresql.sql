-- Bulk runs. Frozen: later changes are later revisions.

ALTER TABLE event ADD COLUMN restored TEXT;

CREATE TABLE bulk_run (
    id BIGINT NOT NULL,
    author_id BIGINT,
    kind TEXT NOT NULL,
    arguments TEXT NOT NULL,
    filter TEXT NOT NULL,
    status TEXT NOT NULL,
    total_n INTEGER DEFAULT 0 NOT NULL,
    done_n INTEGER DEFAULT 0 NOT NULL,
    refused_n INTEGER DEFAULT 0 NOT NULL,
    next_position INTEGER DEFAULT 0 NOT NULL,
    undo_of_id BIGINT,
    approved_by_id BIGINT,
    planned_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    counts TEXT NOT NULL,
    reasons TEXT NOT NULL,
    problem TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(author_id) REFERENCES agent (id),
    FOREIGN KEY(undo_of_id) REFERENCES bulk_run (id),
    FOREIGN KEY(approved_by_id) REFERENCES agent (id)
);

CREATE INDEX bulk_run_running ON bulk_run (id) WHERE status = 'running';

CREATE UNIQUE INDEX bulk_run_undo ON bulk_run (undo_of_id) WHERE undo_of_id IS NOT NULL;

CREATE TABLE bulk_row (
    run_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    conversation_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    result TEXT NOT NULL,
    reason_n INTEGER,
    was TEXT,
    target_id BIGINT,
    PRIMARY KEY (run_id, position),
    FOREIGN KEY(run_id) REFERENCES bulk_run (id)
);

CREATE TABLE setting (
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (key)
);
