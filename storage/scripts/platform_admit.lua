-- Ask whether a request may go to the platform now, and count it (wechat platform: daily and minute limits).
-- KEYS: the account's state   ARGV: now ms, end of the day ms, api, least ms between two requests (0: any), burst ms, most a day (0: any), then what must not be shut
-- Returns: {'shut', what, until ms, why} | {'wait', ms} | {'day'} | {'go', number of today}
local state, now = KEYS[1], tonumber(ARGV[1])
for i = 7, #ARGV do
  local kept = redis.call('HGET', state, 'shut:' .. ARGV[i])
  if kept then
    local till, why = string.match(kept, '^(%d+) (.*)$')
    if now < tonumber(till) then
      return {'shut', ARGV[i], till, why}
    end
  end
end

local used, most = 0, tonumber(ARGV[6])
local kept = redis.call('HGET', state, 'day:' .. ARGV[3])
if kept then
  local ends, number = string.match(kept, '^(%d+) (%d+)$')
  if ends == ARGV[2] then
    used = tonumber(number)
  end
end
if most > 0 and used >= most then
  return {'day'}
end

-- A leaky bucket: each request moves the instant from which the next one is in time.
local apart = tonumber(ARGV[4])
if apart > 0 then
  local from = tonumber(redis.call('HGET', state, 'rate:' .. ARGV[3]) or '0')
  if from - now > tonumber(ARGV[5]) then
    return {'wait', from - now - tonumber(ARGV[5])}
  end
  redis.call('HSET', state, 'rate:' .. ARGV[3], string.format('%d', math.max(from, now) + apart))
end
redis.call('HSET', state, 'day:' .. ARGV[3], ARGV[2] .. ' ' .. (used + 1))
-- Nothing in it holds for longer than a day; one of a single person must not stay for good.
redis.call('PEXPIRE', state, 3 * 86400000)
return {'go', used + 1}
