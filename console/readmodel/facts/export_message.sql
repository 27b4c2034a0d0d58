-- Grain: one row per message of the conversations in `matching`, without its words, with instants
-- (UTC), for files. Instance, team and author are ids, in whose place `naming` puts names. A null
-- author is the customer, a machine or nobody known; a null `delivery` is not for sending.
select
  m.id,
  m.conversation_id,
  m.instance_id as instance,
  m.team_id as team,
  c.contact_id,
  c.contact_name,
  make_timestamp(m.happened_at) as sent_at,
  m.direction,
  m.kind,
  m.author_kind,
  if(m.author_kind = 'agent', m.author_id, null) as author,
  m.delivery,
  make_timestamp(m.accepted_at) as accepted_at,
  make_timestamp(m.delivered_at) as delivered_at
from message as m
join matching as c on c.id = m.conversation_id
