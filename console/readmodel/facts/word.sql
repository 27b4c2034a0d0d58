-- Grain: one row per message and different word in it, folded; a message without words has none.
select
  unnest(tokens(text)) as token,
  id as message_id,
  conversation_id
from store_message
