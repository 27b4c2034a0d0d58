-- Grain: one row per group of conversations that counts tell apart, with the change of their
-- number when the rows of `gone` are replaced by those of `store_conversation`.
-- A null team or assignee is nobody.
with written as (
  select instance_id, team_id, assignee_id, status, unread_n > 0 as is_unread, 1 as n
  from store_conversation
  union all
  select instance_id, team_id, assignee_id, status, is_unread, -1 as n
  from gone
)
select instance_id, team_id, assignee_id, status, is_unread, sum(n)::bigint as n
from written
group by all
having sum(n) <> 0
