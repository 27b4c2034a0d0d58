-- Grain: one row per conversation, wide. Runs in the store (SQLite and PostgreSQL), for all of it or
-- with a condition on c.id behind it. A null instant has not happened.
-- Phones are digits, the one in use first; a minus stands before those no longer in use.
select
  c.id,
  c.instance_id,
  c.contact_id,
  p.name as contact_name,
  p.email as contact_email,
  (
    select
      string_agg(
        case when a.retired_at is null then a.value else '-' || a.value end,
        ' '
        order by a.retired_at is not null, a.last_seen_at desc, a.id desc
      )
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
  c.reopened_at,
  c.unread_n,
  c.message_n,
  c.inbound_n,
  c.outbound_n,
  c.note_n,
  c.last_message_id,
  c.last_preview,
  c.last_direction,
  c.priority,
  c.snoozed_until_at,
  c.inbound_at,
  c.last_kind,
  c.last_delivery,
  (
    select string_agg(cast(l.label_id as text), ' ' order by l.label_id)
    from conversation_label as l
    where l.conversation_id = c.id
  ) as label_ids,
  c.version
from conversation as c
join contact as p on p.id = c.contact_id
