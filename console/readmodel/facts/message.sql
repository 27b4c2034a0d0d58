-- Grain: one row per message without its words, made of `thread_message`. The team is the
-- conversation's now. A null author is a machine or nobody known, a null `delivery` is not for
-- sending, a null instant of delivery has not happened or was not told.
select
  m.id,
  m.conversation_id,
  c.instance_id,
  c.team_id,
  m.happened_at,
  m.direction,
  m.kind,
  m.author_kind,
  m.author_id,
  m.delivery,
  m.accepted_at,
  m.delivered_at
from thread_message as m
join thread as c on c.id = m.conversation_id
