-- Exports: the columns that were chosen, as a list. Frozen: later changes are later revisions.

ALTER TABLE export_job ADD COLUMN columns TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE export_schedule ADD COLUMN columns TEXT DEFAULT '[]' NOT NULL;
