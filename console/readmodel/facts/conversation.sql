-- Grain: one row per conversation, wide. Runs in the store (SQLite and PostgreSQL), for all of it or
-- with a condition on c.id behind it. A null instant has not happened; a null phone is not known.
select
  c.id,
  c.instance_id,
  c.contact_id,
  p.name as contact_name,
  p.email as contact_email,
  (
    select a.value
    from address as a
    where a.contact_id = c.contact_id and a.kind = 'phone' and a.retired_at is null
    order by a.last_seen_at desc, a.id desc
    limit 1
  ) as contact_phone,
  (
    select string_agg(a.value, ' ' order by a.id)
    from address as a
    where a.contact_id = c.contact_id and a.kind = 'phone'
  ) as contact_phones,
  p.is_blocked,
  c.status,
  c.assignee_id,
  c.team_id,
  c.opened_at,
  c.last_activity_at,
  c.contact_activity_at,
  c.waiting_since_at,
  c.first_response_at,
  c.resolved_at,
  c.resolved_by_id,
  c.reopened_n,
  c.unread_n,
  c.message_n,
  c.inbound_n,
  c.outbound_n,
  c.note_n,
  c.last_message_id,
  c.last_preview,
  c.last_direction,
  (
    select string_agg(cast(l.label_id as text), ' ' order by l.label_id)
    from conversation_label as l
    where l.conversation_id = c.id
  ) as label_ids,
  c.version
from conversation as c
join contact as p on p.id = c.contact_id
