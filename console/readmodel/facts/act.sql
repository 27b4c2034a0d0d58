-- Grain: one row per thing an agent did: a message, a note, or an act on a conversation that still
-- counts; a draft is none. Made of the facts `message` and `event`.
select
  id,
  conversation_id,
  instance_id,
  team_id,
  happened_at,
  author_id as agent_id,
  if(direction = 'note', 'noted', 'replied') as kind
from message
where
  author_kind = 'agent'
  and direction in ('out', 'note')
  and delivery is distinct from 'withdrawn'
union all
select id, conversation_id, instance_id, team_id, happened_at, actor_id, kind
from event
where actor_kind = 'agent' and not is_void
