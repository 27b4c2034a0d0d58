-- Exports: who asked for which file, the links that were used, and the store's secret, from which
-- links and pseudonyms are made. Frozen: later changes are later revisions.

CREATE TABLE export_job (
    id INTEGER NOT NULL,
    author_id BIGINT,
    grain TEXT NOT NULL,
    format TEXT NOT NULL,
    filter TEXT NOT NULL,
    made_for TEXT NOT NULL,
    status TEXT NOT NULL,
    rows_n INTEGER DEFAULT 0 NOT NULL,
    total_n INTEGER DEFAULT 0 NOT NULL,
    bytes_n BIGINT NOT NULL,
    sha256 TEXT,
    asked_at BIGINT NOT NULL,
    seen_at BIGINT,
    ended_at BIGINT,
    problem TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(author_id) REFERENCES agent (id)
);

CREATE INDEX export_job_author ON export_job (author_id, id);

CREATE TABLE export_use (
    nonce TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (nonce)
);

INSERT INTO meta (key, value) VALUES ('secret', lower(hex(randomblob(32))));
