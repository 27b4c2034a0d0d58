-- Grain: one row per customer turn: the first of the customer's messages in a row, until a person
-- replies. A null `replied_at` is a turn without reply: open, or ended by a resolution
-- (`closed_at`). A null agent is nobody or a
-- machine. Made of `step`.
with
edge as (
  select *
  from step
  where kind in ('in', 'reply', 'resolved')
  qualify kind <> 'in'
    or lag(kind, 1, 'reply') over (partition by conversation_id order by happened_at, id) <> 'in'
),
paired as (
  select
    *,
    lead(kind) over following as end_kind,
    lead(id) over following as end_id,
    lead(happened_at) over following as end_at,
    lead(agent_id) over following as end_by_id
  from edge
  window following as (partition by conversation_id order by happened_at, id)
)
select
  p.conversation_id,
  c.instance_id,
  c.team_id,
  p.episode_n::integer as episode_n,
  p.id as started_id,
  p.happened_at as started_at,
  if(p.end_kind = 'reply', p.end_id, null) as replied_id,
  if(p.end_kind = 'reply', p.end_at, null) as replied_at,
  if(p.end_kind = 'reply', p.end_by_id, null) as replied_by_id,
  if(p.end_kind = 'resolved', p.end_id, null) as closed_id,
  if(p.end_kind = 'resolved', p.end_at, null) as closed_at,
  if(p.end_kind = 'resolved', p.end_by_id, null) as closed_by_id
from paired as p
join thread as c on c.id = p.conversation_id
where p.kind = 'in'
