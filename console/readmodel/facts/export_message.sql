-- Grain: one row per message of the conversations in `matching`, without its words, with names and
-- instants (UTC), for files. A null author is the customer, a machine or nobody known; a null
-- `delivery` is not for sending.
select
  m.id,
  m.conversation_id,
  i.key as instance,
  t.name as team,
  c.contact_id,
  c.contact_name,
  make_timestamp(m.happened_at) as sent_at,
  m.direction,
  m.kind,
  m.author_kind,
  a.name as author,
  m.delivery,
  make_timestamp(m.accepted_at) as accepted_at,
  make_timestamp(m.delivered_at) as delivered_at
from message as m
join matching as c on c.id = m.conversation_id
left join instance as i on i.id = m.instance_id
left join team as t on t.id = m.team_id
left join agent as a on m.author_kind = 'agent' and a.id = m.author_id
