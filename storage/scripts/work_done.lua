-- Take a conversation off the work index, or move it to a later instant, unless it was put there anew in the meantime.
-- KEYS: work index
-- ARGV: conversation, the score it was found with [, the score it goes on with]
-- Returns: 1 if removed or moved, else 0
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if score and tonumber(score) == tonumber(ARGV[2]) then
  if ARGV[3] then
    redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
    return 1
  end
  return redis.call('ZREM', KEYS[1], ARGV[1])
end
return 0
