-- Grain: one row per conversation of `matching`, with names and instants (UTC) instead of ids and
-- numbers, for files. Durations are whole seconds. A null instant has not happened; a null name is
-- nobody; labels are in the order of their ids.
select
  c.id,
  i.key as instance,
  t.name as team,
  c.contact_id,
  c.contact_name,
  c.contact_phone,
  c.contact_email,
  c.status,
  c.priority,
  a.name as assignee,
  if(len(c.label_ids) = 0, [], list_transform(c.label_ids, lambda x: n.keys[x])) as labels,
  make_timestamp(c.opened_at) as opened_at,
  make_timestamp(c.last_activity_at) as last_activity_at,
  make_timestamp(c.contact_activity_at) as contact_activity_at,
  make_timestamp(c.waiting_since_at) as waiting_since_at,
  make_timestamp(c.first_response_at) as first_response_at,
  (c.first_response_at - c.opened_at) // 1000000 as first_response_s,
  make_timestamp(c.resolved_at) as resolved_at,
  r.name as resolved_by,
  c.reopened_n,
  make_timestamp(c.reopened_at) as reopened_at,
  make_timestamp(c.snoozed_until_at) as snoozed_until_at,
  make_timestamp(c.sla_due_at) as sla_due_at,
  c.unread_n,
  c.message_n,
  c.inbound_n,
  c.outbound_n,
  c.note_n,
  c.is_blocked,
  c.last_direction,
  c.last_preview
from matching as c
cross join (select map_from_entries(list((id, key))) as keys from label) as n
left join instance as i on i.id = c.instance_id
left join team as t on t.id = c.team_id
left join agent as a on a.id = c.assignee_id
left join agent as r on r.id = c.resolved_by_id
