-- Priority and snooze of a conversation, business hours and targets. Frozen: later changes are
-- later revisions.

ALTER TABLE conversation ADD COLUMN priority TEXT;

ALTER TABLE conversation ADD COLUMN snoozed_until_at BIGINT;

CREATE INDEX conversation_snoozed ON conversation (snoozed_until_at)
WHERE snoozed_until_at IS NOT NULL;

CREATE TABLE business_hours (
    owner_kind TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    week TEXT NOT NULL,
    zone TEXT NOT NULL,
    holidays TEXT,
    closed_on TEXT NOT NULL,
    PRIMARY KEY (owner_kind, owner_id)
);

CREATE TABLE sla_policy (
    owner_kind TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    first_response_s INTEGER,
    next_reply_s INTEGER,
    resolution_s INTEGER,
    is_business BOOLEAN DEFAULT true NOT NULL,
    PRIMARY KEY (owner_kind, owner_id)
);
