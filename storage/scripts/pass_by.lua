-- Mark a message as somebody else's, unless it was seen.
-- KEYS: seen mark
-- ARGV: the mark, its milliseconds
-- Returns: what the message was marked with before, or false
local before = redis.call('GET', KEYS[1])
if not before then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return before
