-- Spend one message of the right that ends first (platform rule: 客服消息 quota).
-- KEYS: the person's ledger   ARGV: now ms, last act of the person ms, garbage ms, then name, since ms, until ms and count of each right
-- Returns: {'barred', why} | {'closed'} | {'used'} | {'spent', name, since ms}
local ledger, now, last = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
local bar = redis.call('HGET', ledger, 'bar')
if bar then
  local at, why = string.match(bar, '^(%d+) (.*)$')
  if tonumber(at) >= last then
    return {'barred', why}
  end
end

local open, best, best_until, best_used = false, nil, nil, nil
for i = 4, #ARGV, 4 do
  local since, till, count = ARGV[i + 1], tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  if now < till then
    open = true
    local used = 0
    local kept = redis.call('HGET', ledger, ARGV[i])
    if kept then
      local at, number = string.match(kept, '^(%d+) (%d+)$')
      if at == since then
        used = tonumber(number)
      end
    end
    if used < count and (best == nil or till < best_until) then
      best, best_until, best_used = i, till, used
    end
  end
end
if best == nil then
  return {open and 'used' or 'closed'}
end
redis.call('HSET', ledger, ARGV[best], ARGV[best + 1] .. ' ' .. (best_used + 1))
redis.call('PEXPIRE', ledger, ARGV[3])
return {'spent', ARGV[best], ARGV[best + 1]}
