-- Grain: one row per group of conversations that counts tell apart, with the number of rows of
-- `counted` in it. A null team or assignee is nobody.
select instance_id, team_id, assignee_id, status, unread_n > 0 as is_unread, count(*) as n
from counted
group by all
