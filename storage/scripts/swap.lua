-- Replace parts that are still what they were, leaving the revision alone.
-- KEYS: conversation hash   ARGV: name, old value and new value in turn
-- Returns: how many were replaced
local replaced = 0
for i = 1, #ARGV, 3 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
    replaced = replaced + 1
  end
end
return replaced
