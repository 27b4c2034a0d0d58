-- Grain: one row per stretch of a pending conversation in one hand: an agent's, or nobody's (null
-- `agent_id`: the queue). A null `until_at` goes on. `next_agent_id` is who had it next, null when
-- it was resolved or went back to the queue. Made of `step`.
with
change as (
  select *
  from step
  where kind in ('opened', 'reopened', 'resolved', 'assigned')
),
held as (
  select
    *,
    lead(id) over following as until_id,
    lead(happened_at) over following as until_at,
    lead(kind) over following as until_kind,
    lead(holder_id) over following as next_id
  from change
  where is_open or kind = 'resolved'
  window following as (partition by conversation_id order by happened_at, id)
)
select
  h.conversation_id,
  c.instance_id,
  c.team_id,
  h.episode_n::integer as episode_n,
  h.holder_id as agent_id,
  h.id as from_id,
  h.happened_at as from_at,
  h.until_id,
  h.until_at,
  if(h.until_kind = 'assigned', h.next_id, null) as next_agent_id
from held as h
join thread as c on c.id = h.conversation_id
where h.is_open
