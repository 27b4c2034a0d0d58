-- Grain: one row per step that moves a conversation on, in their order, made of `fact_message` and
-- the events of `fact_event` that count. `episode_n` is the episode it belongs to, 0 before the first;
-- `is_open` is whether the conversation is pending right after it; `holder_id` is who has it right
-- after it, null nobody; `is_waiting` and `is_unread` whether a customer then waits for a person,
-- and whether a pending one then has messages nobody read; `said_n` and `in_n` count the customer's
-- messages so far, of the conversation and of the episode.
with
step as (
  select
    conversation_id,
    happened_at,
    id,
    'in' as kind,
    null::bigint as agent_id,
    null::varchar as by_kind
  from fact_message
  where direction = 'in'
  union all
  select conversation_id, happened_at, id, 'reply', author_id, author_kind
  from fact_message
  where direction = 'out' and author_kind = 'agent' and delivery is distinct from 'withdrawn'
  union all
  select
    conversation_id,
    happened_at,
    id,
    kind,
    if(kind = 'assigned', coalesce(to_id, 0), if(actor_kind = 'agent', actor_id, null)),
    actor_kind
  from fact_event
  where
    not is_void
    and kind in ('opened', 'reopened', 'resolved', 'assigned', 'marked_read', 'marked_unread')
),
placed as (
  select
    *,
    count(*) filter (kind in ('opened', 'reopened')) over so_far as episode_n,
    count(*) filter (kind = 'resolved') over so_far as closed_n,
    count(*) filter (kind = 'in') over so_far as said_n,
    last_value(if(kind = 'assigned', agent_id, null) ignore nulls) over so_far as last_holder,
    last_value(case
      when kind = 'in' then true
      when kind in ('reply', 'resolved') then false
    end ignore nulls) over so_far as is_waiting,
    last_value(case
      when kind in ('in', 'marked_unread') then true
      when kind in ('reply', 'marked_read') then false
    end ignore nulls) over so_far as is_unread
  from step
  window so_far as (partition by conversation_id order by happened_at, id rows unbounded preceding)
)
select
  conversation_id,
  happened_at,
  id,
  kind,
  nullif(agent_id, 0) as agent_id,
  by_kind,
  episode_n,
  episode_n > closed_n as is_open,
  nullif(last_holder, 0) as holder_id,
  coalesce(is_waiting, false) as is_waiting,
  coalesce(is_unread, false) and episode_n > closed_n as is_unread,
  said_n,
  count(*) filter (kind = 'in') over so_far_in_episode as in_n
from placed
window so_far_in_episode as (
  partition by conversation_id, episode_n order by happened_at, id rows unbounded preceding
)
