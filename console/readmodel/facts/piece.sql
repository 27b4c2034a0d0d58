-- Grain: one row per message and piece of it between spaces, as it is written. Pieces repeat so
-- much that folding and cutting only the different ones makes an index in less than half the time.
select
  unnest(string_split(text, ' ')) as piece,
  id as message_id,
  conversation_id
from store_message
