-- Grain: one row per stretch in which a customer waited in one hand: an agent's, or nobody's (null
-- `agent_id`). `since_at` is when the wait began, in whosever hand; a null `until_at` goes on. Made
-- of `step`.
with
edge as (
  select *, lag(is_waiting, 1, false) over in_order as was_waiting
  from step
  window in_order as (partition by conversation_id order by happened_at, id)
  qualify is_waiting <> was_waiting or holder_id is distinct from lag(holder_id) over in_order
),
piece as (
  select
    *,
    last_value(if(is_waiting and not was_waiting, happened_at, null) ignore nulls) over so_far
      as since_at,
    lead(happened_at) over so_far as until_at
  from edge
  window so_far as (partition by conversation_id order by happened_at, id rows unbounded preceding)
)
select
  p.conversation_id,
  c.instance_id,
  c.team_id,
  p.holder_id as agent_id,
  p.since_at,
  p.id as from_id,
  p.happened_at as from_at,
  p.until_at
from piece as p
join thread as c on c.id = p.conversation_id
where p.is_waiting
