-- Grain: one row per conversation of `matching`, in their order, with instants (UTC), for files.
-- Durations are whole seconds. Instance, team, assignee, resolver and labels are ids: `naming` puts the
-- names into their places, and labels are in the order of their ids. A null instant has not happened;
-- a null name is nobody.
select
  c.id,
  c.instance_id as instance,
  c.team_id as team,
  c.contact_id,
  c.contact_name,
  c.contact_phone,
  c.contact_email,
  c.status,
  c.priority,
  c.assignee_id as assignee,
  c.label_ids as labels,
  make_timestamp(c.opened_at) as opened_at,
  make_timestamp(c.last_activity_at) as last_activity_at,
  make_timestamp(c.contact_activity_at) as contact_activity_at,
  make_timestamp(c.waiting_since_at) as waiting_since_at,
  make_timestamp(c.first_response_at) as first_response_at,
  (c.first_response_at - c.opened_at) // 1000000 as first_response_s,
  make_timestamp(c.resolved_at) as resolved_at,
  c.resolved_by_id as resolved_by,
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
