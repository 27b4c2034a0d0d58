-- Grain: one row per episode of the conversations in `matching`, with instants (UTC), for files.
-- Instance, team and agents are ids, in whose place `naming` puts names. Durations are whole seconds by
-- the wall, with `_open_s` by the business clock. The resolution is null while the episode is pending,
-- a duration where one of its ends is missing.
select
  e.conversation_id,
  e.episode_n,
  e.instance_id as instance,
  e.team_id as team,
  e.contact_id,
  make_timestamp(e.opened_at) as opened_at,
  e.opened_by_kind,
  make_timestamp(e.asked_at) as asked_at,
  make_timestamp(e.served_at) as served_at,
  e.served_by_id as served_by,
  (e.served_at - e.opened_at) // 1000000 as queue_s,
  e.queue_open_us // 1000000 as queue_open_s,
  make_timestamp(e.replied_at) as replied_at,
  e.replied_by_id as replied_by,
  (e.replied_at - e.asked_at) // 1000000 as first_response_s,
  e.answer_open_us // 1000000 as first_response_open_s,
  make_timestamp(e.resolved_at) as resolved_at,
  e.resolved_by_kind,
  e.resolved_by_id as resolved_by,
  e.assignee_id as assignee,
  e.replier_id as last_replier,
  (e.resolved_at - e.opened_at) // 1000000 as resolution_s,
  e.resolution_open_us // 1000000 as resolution_open_s,
  make_timestamp(e.reopened_at) as reopened_at,
  e.inbound_n,
  e.reply_n,
  e.is_last
from matching as c
join episode as e on e.conversation_id = c.id
