-- Grain: one row per group of conversations that counts tell apart, with how many there are.
-- `changed` holds the ids to be counted; $sign is 1 to add them and -1 to take them away.
-- A null team or assignee is nobody.
select
  instance_id,
  team_id,
  assignee_id,
  status,
  unread_n > 0 as is_unread,
  count(*)::bigint * $sign as n
from conversation
where id in (select id from changed)
group by all
