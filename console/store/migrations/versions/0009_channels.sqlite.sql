-- Channels: links to providers, what came in and what is told of messages, files, templates; the outbox
-- as a queue with leases. Frozen: later changes are later revisions.

ALTER TABLE conversation ADD COLUMN inbound_at BIGINT;
ALTER TABLE conversation ADD COLUMN last_kind TEXT;
ALTER TABLE conversation ADD COLUMN last_delivery TEXT;
ALTER TABLE message ADD COLUMN sent_at BIGINT;
ALTER TABLE message ADD COLUMN read_at BIGINT;
ALTER TABLE message ADD COLUMN changed_at BIGINT;
ALTER TABLE message ADD COLUMN edited_at BIGINT;
ALTER TABLE message ADD COLUMN revoked_at BIGINT;
ALTER TABLE message ADD COLUMN original TEXT;
ALTER TABLE message ADD COLUMN failure TEXT;
ALTER TABLE message ADD COLUMN quoted TEXT;
ALTER TABLE message ADD COLUMN resend_of_id BIGINT;
ALTER TABLE message ADD COLUMN forwarded_from_id BIGINT;
ALTER TABLE message ADD COLUMN is_forwarded BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE message ADD COLUMN content TEXT;
ALTER TABLE outbox ADD COLUMN payload TEXT DEFAULT '{}' NOT NULL;
ALTER TABLE outbox ADD COLUMN attempts_n INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE outbox ADD COLUMN next_at BIGINT;
ALTER TABLE outbox ADD COLUMN lease_until_at BIGINT;
ALTER TABLE outbox ADD COLUMN lease_owner TEXT;
ALTER TABLE outbox ADD COLUMN fence_n INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE outbox ADD COLUMN sending_at BIGINT;

UPDATE conversation SET inbound_at = contact_activity_at;

CREATE INDEX outbox_unsettled ON outbox (conversation_id, id) WHERE state IN ('queued', 'sending', 'unknown');

CREATE TABLE channel_account (
    instance_id BIGINT NOT NULL,
    provider_name TEXT NOT NULL,
    base_url TEXT NOT NULL,
    business TEXT DEFAULT '' NOT NULL,
    route TEXT NOT NULL,
    secrets TEXT NOT NULL,
    is_paused BOOLEAN DEFAULT false NOT NULL,
    state TEXT DEFAULT 'unknown' NOT NULL,
    state_detail TEXT DEFAULT '' NOT NULL,
    state_at BIGINT,
    held_until_at BIGINT,
    held_for TEXT,
    held_n INTEGER DEFAULT 0 NOT NULL,
    inbound_at BIGINT,
    caught_up_at BIGINT,
    pairing TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (instance_id),
    FOREIGN KEY(instance_id) REFERENCES instance (id),
    UNIQUE (route)
);

CREATE TABLE webhook_raw (
    id INTEGER NOT NULL,
    instance_id BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    received_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts_n INTEGER DEFAULT 0 NOT NULL,
    next_at BIGINT,
    ended_at BIGINT,
    facts_n INTEGER DEFAULT 0 NOT NULL,
    known_n INTEGER DEFAULT 0 NOT NULL,
    unhandled_n INTEGER DEFAULT 0 NOT NULL,
    problem TEXT,
    PRIMARY KEY (id),
    CONSTRAINT webhook_raw_body UNIQUE (instance_id, sha256),
    FOREIGN KEY(instance_id) REFERENCES instance (id)
);

CREATE INDEX webhook_raw_dead ON webhook_raw (id) WHERE state = 'dead';

CREATE INDEX webhook_raw_waiting ON webhook_raw (next_at, id) WHERE next_at IS NOT NULL;

CREATE TABLE pending_effect (
    id INTEGER NOT NULL,
    instance_id BIGINT NOT NULL,
    target TEXT NOT NULL,
    effect TEXT NOT NULL,
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(instance_id) REFERENCES instance (id)
);

CREATE INDEX pending_effect_target ON pending_effect (instance_id, target);

CREATE TABLE delivery_fact (
    message_id BIGINT NOT NULL,
    status TEXT NOT NULL,
    at BIGINT NOT NULL,
    code INTEGER,
    title TEXT DEFAULT '' NOT NULL,
    details TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (message_id, status)
);

CREATE TABLE reaction (
    message_id BIGINT NOT NULL,
    author TEXT NOT NULL,
    emoji TEXT NOT NULL,
    is_ours BOOLEAN DEFAULT false NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (message_id, author)
);

CREATE TABLE media (
    id INTEGER NOT NULL,
    instance_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    mime TEXT NOT NULL,
    filename TEXT DEFAULT '' NOT NULL,
    sha256 TEXT,
    size_n BIGINT,
    seconds_n INTEGER,
    ref TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts_n INTEGER DEFAULT 0 NOT NULL,
    next_at BIGINT,
    problem TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (message_id)
);

CREATE INDEX media_bytes ON media (sha256) WHERE sha256 IS NOT NULL;

CREATE INDEX media_waiting ON media (next_at, id) WHERE next_at IS NOT NULL;

CREATE TABLE media_upload (
    instance_id BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    mime TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (instance_id, sha256, mime),
    FOREIGN KEY(instance_id) REFERENCES instance (id)
);

CREATE TABLE message_template (
    instance_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    category TEXT NOT NULL,
    status TEXT NOT NULL,
    parts TEXT NOT NULL,
    fetched_at BIGINT NOT NULL,
    PRIMARY KEY (instance_id, name, language),
    FOREIGN KEY(instance_id) REFERENCES instance (id)
);

CREATE TABLE integration (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (id),
    UNIQUE ("key"),
    UNIQUE (token_hash)
);

CREATE TABLE contact_merge (
    id INTEGER NOT NULL,
    kept_id BIGINT NOT NULL,
    gone_id BIGINT NOT NULL,
    why TEXT NOT NULL,
    moved TEXT NOT NULL,
    at BIGINT NOT NULL,
    reversed_at BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(kept_id) REFERENCES contact (id),
    FOREIGN KEY(gone_id) REFERENCES contact (id)
);

CREATE INDEX contact_merge_gone ON contact_merge (gone_id);

CREATE INDEX contact_merge_kept ON contact_merge (kept_id);
