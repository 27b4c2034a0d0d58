-- Grain: one row per event of a conversation that is not a message, made of `thread_event`. The
-- team is the conversation's now. `is_void`: a bulk run did it and was taken back, so that no
-- metric counts it. A null actor is a machine, a null `from_id` or `to_id` nobody or nothing.
select
  e.id,
  e.conversation_id,
  c.instance_id,
  c.team_id,
  e.happened_at,
  e.kind,
  e.actor_kind,
  e.actor_id,
  e.from_id,
  e.to_id,
  e.bulk_id,
  u.bulk_id is not null as is_void
from thread_event as e
join thread as c on c.id = e.conversation_id
left join (
  select distinct conversation_id, to_id as bulk_id
  from thread_event
  where kind = 'undone'
) as u on u.conversation_id = e.conversation_id and u.bulk_id = e.bulk_id
