-- Grain: one row per stretch in which a pending conversation in one hand had messages nobody had
-- read: an agent's hand, or nobody's (null `agent_id`). A null `until_at` goes on. Made of `step`.
with
edge as (
  select *
  from step
  window in_order as (partition by conversation_id order by happened_at, id)
  qualify is_unread <> lag(is_unread, 1, false) over in_order
    or holder_id is distinct from lag(holder_id) over in_order
),
piece as (
  select *, lead(happened_at) over in_order as until_at
  from edge
  window in_order as (partition by conversation_id order by happened_at, id)
)
select
  p.conversation_id,
  c.instance_id,
  c.team_id,
  p.holder_id as agent_id,
  p.id as from_id,
  p.happened_at as from_at,
  p.until_at
from piece as p
join thread as c on c.id = p.conversation_id
where p.is_unread
