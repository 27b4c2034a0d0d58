-- Grain: one row per conversation. A null instant has not happened; a null phone is not known.
with phones as (
  select
    contact_id,
    arg_max(value, (last_seen_at, id)) filter (retired_at is null) as contact_phone,
    string_agg(value, ' ' order by id) as contact_phones
  from store_address
  where kind = 'phone'
  group by contact_id
),
labels as (
  select conversation_id, list(label_id order by label_id) as label_ids
  from store_conversation_label
  group by conversation_id
)
select
  c.id,
  c.instance_id,
  c.contact_id,
  p.name as contact_name,
  folded(p.name) as contact_folded,
  coalesce(p.email, '') as contact_email,
  phones.contact_phone,
  coalesce(phones.contact_phones, '') as contact_phones,
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
  c.reopened_n::integer as reopened_n,
  c.unread_n::integer as unread_n,
  c.message_n::integer as message_n,
  c.inbound_n::integer as inbound_n,
  c.outbound_n::integer as outbound_n,
  c.note_n::integer as note_n,
  c.last_message_id,
  c.last_preview,
  c.last_direction,
  coalesce(labels.label_ids, []::bigint[]) as label_ids,
  c.version::integer as version
from store_conversation as c
join store_contact as p on p.id = c.contact_id
left join phones on phones.contact_id = c.contact_id
left join labels on labels.conversation_id = c.id
