-- A key as it is in one moment: its kind, what is left of its time in milliseconds (-1: for good), and what it holds, flat.
local kind = redis.call('TYPE', KEYS[1]).ok
local held = {}
if kind == 'string' then
  held = {redis.call('GET', KEYS[1])}
elseif kind == 'hash' then
  held = redis.call('HGETALL', KEYS[1])
elseif kind == 'zset' then
  held = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
end
return {kind, redis.call('PTTL', KEYS[1]), held}
