-- What comes in and what is resolved, by instant. Frozen: later changes are later revisions.

CREATE INDEX event_flow ON event (at) WHERE kind IN ('opened', 'reopened', 'resolved');
