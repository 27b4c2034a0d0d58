-- Since when an instance has not sent, and messages by when they changed. Frozen: later changes are
-- later revisions.

ALTER TABLE channel_account ADD COLUMN stopped_at BIGINT;

CREATE INDEX message_changed ON message (conversation_id, changed_at) WHERE changed_at IS NOT NULL;
