-- Grain: one row per episode of the conversations in `matching`, with names and instants (UTC), for
-- files. Durations are whole seconds by the wall, with `_open_s` by the business clock. The resolution
-- is null while the episode is pending, a duration where one of its ends is missing.
select
  e.conversation_id,
  e.episode_n,
  i.key as instance,
  t.name as team,
  e.contact_id,
  make_timestamp(e.opened_at) as opened_at,
  e.opened_by_kind,
  make_timestamp(e.asked_at) as asked_at,
  make_timestamp(e.served_at) as served_at,
  s.name as served_by,
  (e.served_at - e.opened_at) // 1000000 as queue_s,
  e.queue_open_us // 1000000 as queue_open_s,
  make_timestamp(e.replied_at) as replied_at,
  p.name as replied_by,
  (e.replied_at - e.asked_at) // 1000000 as first_response_s,
  e.answer_open_us // 1000000 as first_response_open_s,
  make_timestamp(e.resolved_at) as resolved_at,
  e.resolved_by_kind,
  r.name as resolved_by,
  a.name as assignee,
  l.name as last_replier,
  (e.resolved_at - e.opened_at) // 1000000 as resolution_s,
  e.resolution_open_us // 1000000 as resolution_open_s,
  make_timestamp(e.reopened_at) as reopened_at,
  e.inbound_n,
  e.reply_n,
  e.is_last
from matching as c
join episode as e on e.conversation_id = c.id
left join instance as i on i.id = e.instance_id
left join team as t on t.id = e.team_id
left join agent as s on s.id = e.served_by_id
left join agent as p on p.id = e.replied_by_id
left join agent as r on r.id = e.resolved_by_id
left join agent as a on a.id = e.assignee_id
left join agent as l on l.id = e.replier_id
