-- The first schema. Frozen: later changes are later revisions.

CREATE TABLE agent (
    id BIGINT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT DEFAULT 'pt' NOT NULL,
    theme TEXT DEFAULT 'system' NOT NULL,
    settings TEXT DEFAULT '{}' NOT NULL,
    password_hash TEXT,
    is_active BOOLEAN DEFAULT true NOT NULL,
    created_at BIGINT NOT NULL,
    version INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (email)
);

CREATE TABLE change_feed (
    seq BIGSERIAL NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id(),
    entity TEXT NOT NULL,
    entity_id BIGINT NOT NULL,
    op TEXT NOT NULL,
    instance_id BIGINT,
    at BIGINT NOT NULL,
    PRIMARY KEY (seq)
);

CREATE INDEX change_feed_order ON change_feed (txid, seq);

CREATE TABLE command (
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor_id BIGINT,
    fingerprint TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (key)
);

CREATE TABLE contact (
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    is_blocked BOOLEAN DEFAULT false NOT NULL,
    created_at BIGINT NOT NULL,
    version INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE event (
    id BIGINT NOT NULL,
    conversation_id BIGINT,
    contact_id BIGINT,
    instance_id BIGINT,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT,
    at BIGINT NOT NULL,
    from_id BIGINT,
    to_id BIGINT,
    message_id BIGINT,
    bulk_id BIGINT,
    PRIMARY KEY (id)
);

CREATE INDEX event_thread ON event (conversation_id, id);
CREATE INDEX event_contact ON event (contact_id, id) WHERE conversation_id IS NULL;

CREATE TABLE instance (
    id BIGINT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    channel TEXT NOT NULL,
    phone TEXT,
    is_active BOOLEAN DEFAULT true NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (key)
);

CREATE TABLE label (
    id BIGINT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (key)
);

CREATE TABLE login_attempt (
    id BIGINT NOT NULL,
    account_hash TEXT NOT NULL,
    ip_hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX login_attempt_account ON login_attempt (account_hash, at);

CREATE INDEX login_attempt_ip ON login_attempt (ip_hash, at);

CREATE TABLE meta (
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (key)
);

CREATE TABLE team (
    id BIGINT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (key)
);

CREATE TABLE address (
    id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    scope TEXT DEFAULT '' NOT NULL,
    value TEXT NOT NULL,
    send_value TEXT NOT NULL,
    source TEXT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    retired_at BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(contact_id) REFERENCES contact (id)
);

CREATE INDEX address_contact ON address (contact_id);

CREATE UNIQUE INDEX address_live ON address (kind, scope, value) WHERE retired_at IS NULL;

CREATE TABLE agent_team (
    agent_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    PRIMARY KEY (agent_id, team_id),
    FOREIGN KEY(agent_id) REFERENCES agent (id),
    FOREIGN KEY(team_id) REFERENCES team (id)
);

CREATE TABLE auth_session (
    id_hash TEXT NOT NULL,
    agent_id BIGINT NOT NULL,
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (id_hash),
    FOREIGN KEY(agent_id) REFERENCES agent (id)
);

CREATE INDEX auth_session_agent ON auth_session (agent_id);

CREATE TABLE conversation (
    id BIGINT NOT NULL,
    instance_id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,
    status TEXT NOT NULL,
    assignee_id BIGINT,
    team_id BIGINT,
    opened_at BIGINT NOT NULL,
    last_activity_at BIGINT NOT NULL,
    contact_activity_at BIGINT,
    waiting_since_at BIGINT,
    first_response_at BIGINT,
    resolved_at BIGINT,
    resolved_by_id BIGINT,
    reopened_n INTEGER DEFAULT 0 NOT NULL,
    unread_n INTEGER DEFAULT 0 NOT NULL,
    message_n INTEGER DEFAULT 0 NOT NULL,
    inbound_n INTEGER DEFAULT 0 NOT NULL,
    outbound_n INTEGER DEFAULT 0 NOT NULL,
    note_n INTEGER DEFAULT 0 NOT NULL,
    last_message_id BIGINT,
    last_preview TEXT DEFAULT '' NOT NULL,
    last_direction TEXT,
    version INTEGER DEFAULT 0 NOT NULL,
    source TEXT,
    source_key TEXT,
    PRIMARY KEY (id),
    CONSTRAINT conversation_source UNIQUE (instance_id, source, source_key),
    FOREIGN KEY(instance_id) REFERENCES instance (id),
    FOREIGN KEY(contact_id) REFERENCES contact (id),
    FOREIGN KEY(assignee_id) REFERENCES agent (id),
    FOREIGN KEY(team_id) REFERENCES team (id),
    FOREIGN KEY(resolved_by_id) REFERENCES agent (id)
);

CREATE INDEX conversation_contact ON conversation (contact_id);

CREATE TABLE conversation_label (
    conversation_id BIGINT NOT NULL,
    label_id BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, label_id),
    FOREIGN KEY(conversation_id) REFERENCES conversation (id),
    FOREIGN KEY(label_id) REFERENCES label (id)
);

CREATE TABLE message (
    id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    instance_id BIGINT NOT NULL,
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    author_kind TEXT NOT NULL,
    author_id BIGINT,
    author_name TEXT DEFAULT '' NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    raw BYTEA,
    at BIGINT NOT NULL,
    is_dated BOOLEAN DEFAULT true NOT NULL,
    provider_id TEXT,
    delivery TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(conversation_id) REFERENCES conversation (id)
);

CREATE UNIQUE INDEX message_provider ON message (instance_id, provider_id) WHERE provider_id IS NOT NULL;

CREATE INDEX message_thread ON message (conversation_id, id);

CREATE TABLE outbox (
    id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    instance_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (message_id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
