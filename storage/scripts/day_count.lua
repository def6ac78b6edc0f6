-- Count one more, or one less, of what is limited by the day.
-- KEYS: what is counted   ARGV: the day, most a day, one more (1) or less (-1), garbage ms
-- Returns: 1 if it was counted, 0 where the day has as many already
local counted, day, most, by = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local kept, used = redis.call('HGET', counted, 'day'), 0
if kept == day then
  used = tonumber(redis.call('HGET', counted, 'used'))
end
if by > 0 and used >= most then
  return 0
end
redis.call('HSET', counted, 'day', day, 'used', math.max(0, used + by))
redis.call('PEXPIRE', counted, ARGV[4])
return 1
