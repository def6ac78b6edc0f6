-- A message that surely was not sent is given back to the right it was spent of, if that is still the same.
-- KEYS: the person's ledger   ARGV: name, since ms
-- Returns: 1 if given back, else 0
local kept = redis.call('HGET', KEYS[1], ARGV[1])
if kept then
  local at, number = string.match(kept, '^(%d+) (%d+)$')
  if at == ARGV[2] and tonumber(number) > 0 then
    redis.call('HSET', KEYS[1], ARGV[1], at .. ' ' .. (tonumber(number) - 1))
    return 1
  end
end
return 0
