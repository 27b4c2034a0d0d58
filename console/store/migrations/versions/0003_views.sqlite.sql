-- Saved views and the last reopening. Frozen: later changes are later revisions.

ALTER TABLE conversation ADD COLUMN reopened_at BIGINT;

UPDATE conversation
SET reopened_at = (
    SELECT max(event.at)
    FROM event
    WHERE event.conversation_id = conversation.id AND event.kind = 'reopened'
)
WHERE reopened_n > 0;

CREATE TABLE saved_view (
    id INTEGER NOT NULL,
    owner_id BIGINT NOT NULL,
    audience TEXT NOT NULL,
    team_id BIGINT,
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    sort TEXT NOT NULL,
    colour TEXT NOT NULL,
    position INTEGER DEFAULT 0 NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    version INTEGER DEFAULT 0 NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(owner_id) REFERENCES agent (id),
    FOREIGN KEY(team_id) REFERENCES team (id)
);

CREATE TABLE saved_view_version (
    view_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    agent_id BIGINT,
    kept TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (view_id, version),
    FOREIGN KEY(view_id) REFERENCES saved_view (id)
);
