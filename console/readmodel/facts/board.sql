-- Grain: one row per part of the queue, with what stands in it: the whole (`part` 15), and each
-- band of waiting (7), assignee (11), team (13) and instance (14) of the rows of `queue`. A null
-- band is "nobody waits", a null assignee or team is nobody, a null `oldest_at` "nobody waits".
select
  grouping(band, assignee_id, team_id, instance_id) as part,
  band,
  assignee_id,
  team_id,
  instance_id,
  count(*) as open_n,
  count(band) as waiting_n,
  min(waiting_since_at) as oldest_at,
  count(*) filter (unread_n > 0) as unread_n
from queue
group by grouping sets ((), (band), (assignee_id), (team_id), (instance_id))
