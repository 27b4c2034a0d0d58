-- Grain: one row per event of the conversations in `matching` that is not a message, with instants
-- (UTC), for files. Instance, team and actor are ids, in whose place `naming` puts names; `from_name`
-- and `to_name` are agents, teams or labels, as the kind says; `until_at` is the end of a snooze. A
-- null actor is the customer or a machine. `is_void`: a bulk run did it and was taken back.
select
  e.id,
  e.conversation_id,
  e.instance_id as instance,
  e.team_id as team,
  c.contact_id,
  make_timestamp(e.happened_at) as happened_at,
  e.kind,
  e.actor_kind,
  if(e.actor_kind = 'agent', e.actor_id, null) as actor,
  coalesce(fa.name, ft.name, fl.key) as from_name,
  coalesce(ta.name, tt.name, tl.key) as to_name,
  if(e.kind = 'snoozed', make_timestamp(e.to_id), null) as until_at,
  e.bulk_id,
  e.is_void
from event as e
join matching as c on c.id = e.conversation_id
left join agent as fa on e.kind in ('assigned', 'resolved', 'reopened') and fa.id = e.from_id
left join team as ft on e.kind = 'team_assigned' and ft.id = e.from_id
left join label as fl on e.kind = 'unlabelled' and fl.id = e.from_id
left join agent as ta on e.kind = 'assigned' and ta.id = e.to_id
left join team as tt on e.kind = 'team_assigned' and tt.id = e.to_id
left join label as tl on e.kind = 'labelled' and tl.id = e.to_id
