-- When the channel took a message and when it arrived. Frozen: later changes are later revisions.

ALTER TABLE message ADD COLUMN accepted_at BIGINT;

ALTER TABLE message ADD COLUMN delivered_at BIGINT;
