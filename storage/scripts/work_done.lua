-- Take a conversation off the work index, unless it was put there anew in the meantime.
-- KEYS: work index
-- ARGV: conversation, the score it was found with
-- Returns: 1 if removed, else 0
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if score and tonumber(score) == tonumber(ARGV[2]) then
  return redis.call('ZREM', KEYS[1], ARGV[1])
end
return 0
