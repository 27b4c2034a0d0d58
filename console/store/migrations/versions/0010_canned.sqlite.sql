-- Canned replies: texts under a shortcut, for oneself, a team or everybody. Frozen: later changes are
-- later revisions.

CREATE TABLE canned_reply (
    id INTEGER NOT NULL,
    owner_id BIGINT NOT NULL,
    audience TEXT NOT NULL,
    team_id BIGINT,
    scope_id BIGINT NOT NULL,
    shortcut TEXT NOT NULL,
    text TEXT NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    version INTEGER DEFAULT 0 NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(owner_id) REFERENCES agent (id),
    FOREIGN KEY(team_id) REFERENCES team (id)
);

CREATE UNIQUE INDEX canned_reply_shortcut ON canned_reply (audience, scope_id, shortcut) WHERE is_active;
