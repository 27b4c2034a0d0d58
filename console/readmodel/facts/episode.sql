-- Grain: one row per episode: from an opening or reopening to the resolution, null while it is
-- pending. The time between two episodes belongs to nobody. The wait in the queue ends with the
-- first agent or the first reply (`queued_until_at`), the resolution, or goes on (null). Made of
-- `step`; a null instant has not happened, a null agent is nobody or a machine. `first_replied_at` is
-- the conversation's first reply ever, also one outside its episodes, in its first row alone.
with
inside as (
  select
    conversation_id,
    episode_n,
    min(struct_pack(happened_at := happened_at, id := id, by_kind := by_kind, holder_id := holder_id))
      filter (kind in ('opened', 'reopened')) as opened,
    max(struct_pack(
      happened_at := happened_at, id := id, by_kind := by_kind, by_id := agent_id, holder_id := holder_id
    )) filter (kind = 'resolved') as resolved,
    min(struct_pack(happened_at := happened_at, id := id)) filter (kind = 'in') as asked,
    min(struct_pack(happened_at := happened_at, id := id, by_id := agent_id))
      filter (kind = 'reply' and in_n > 0) as replied,
    max(struct_pack(happened_at := happened_at, id := id, by_id := agent_id))
      filter (kind = 'reply') as last_reply,
    min(struct_pack(happened_at := happened_at, id := id, to_id := agent_id))
      filter (kind = 'assigned' and agent_id is not null) as taken,
    count(*) filter (kind = 'in') as inbound_n,
    count(*) filter (kind = 'reply') as reply_n
  from step
  where episode_n > 0 and (is_open or kind = 'resolved')
  group by conversation_id, episode_n
),
told as (
  select
    *,
    case
      when opened.holder_id is not null then
        struct_pack(happened_at := opened.happened_at, id := opened.id, to_id := opened.holder_id)
      when replied is null or taken.happened_at <= replied.happened_at then taken
      else struct_pack(happened_at := replied.happened_at, id := replied.id, to_id := replied.by_id)
    end as served
  from inside
),
first_reply as (
  select
    conversation_id,
    min(struct_pack(happened_at := happened_at, id := id, by_id := agent_id)) as replied
  from step
  where kind = 'reply' and said_n > 0
  group by conversation_id
)
select
  e.conversation_id,
  c.instance_id,
  c.team_id,
  c.contact_id,
  e.episode_n::integer as episode_n,
  first_value(e.opened.id) over in_order as created_id,
  first_value(e.opened.happened_at) over in_order as created_at,
  e.opened.id as opened_id,
  e.opened.happened_at as opened_at,
  e.opened.by_kind as opened_by_kind,
  e.resolved.id as resolved_id,
  e.resolved.happened_at as resolved_at,
  e.resolved.by_kind as resolved_by_kind,
  e.resolved.by_id as resolved_by_id,
  e.resolved.holder_id as assignee_id,
  e.last_reply.by_id as replier_id,
  e.asked.id as asked_id,
  e.asked.happened_at as asked_at,
  e.replied.id as replied_id,
  e.replied.happened_at as replied_at,
  e.replied.by_id as replied_by_id,
  e.served.id as served_id,
  e.served.happened_at as served_at,
  e.served.to_id as served_by_id,
  lead(e.opened.id) over in_order as reopened_id,
  lead(e.opened.happened_at) over in_order as reopened_at,
  e.inbound_n::integer as inbound_n,
  e.reply_n::integer as reply_n,
  f.replied.id as first_replied_id,
  f.replied.happened_at as first_replied_at,
  f.replied.by_id as first_replied_by_id,
  lead(e.opened.id) over in_order is null as is_last
from told as e
join thread as c on c.id = e.conversation_id
left join first_reply as f on f.conversation_id = e.conversation_id and e.episode_n = 1
window in_order as (partition by e.conversation_id order by e.episode_n)
