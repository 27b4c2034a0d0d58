-- Grain: one row per stretch in which a conversation had messages nobody had read; a null
-- `until_at` goes on. Made of `fact_message` and `fact_event`.
with
step as (
  select conversation_id, happened_at, id, direction = 'in' as is_unread
  from fact_message
  where
    direction = 'in'
    or (direction = 'out' and author_kind = 'agent' and delivery is distinct from 'withdrawn')
  union all
  select conversation_id, happened_at, id, kind = 'marked_unread'
  from fact_event
  where not is_void and kind in ('marked_unread', 'marked_read')
),
edge as (
  select *
  from step
  qualify is_unread <> lag(is_unread, 1, false) over (partition by conversation_id order by happened_at, id)
),
paired as (
  select *, lead(id) over following as until_id, lead(happened_at) over following as until_at
  from edge
  window following as (partition by conversation_id order by happened_at, id)
)
select
  p.conversation_id,
  c.instance_id,
  c.team_id,
  p.id as from_id,
  p.happened_at as from_at,
  p.until_id,
  p.until_at
from paired as p
join thread as c on c.id = p.conversation_id
where p.is_unread
