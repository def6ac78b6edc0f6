-- Delete a cached token if it is still the one that was refused.
-- KEYS: token   ARGV: the refused token
-- Returns: 1 if deleted, else 0
local value = redis.call('GET', KEYS[1])
if value and string.match(value, '^%-?%d+ (.*)$') == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
