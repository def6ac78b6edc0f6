-- Commit parts, revision, seen mark and reply together, if nobody was faster (design §2.1).
-- KEYS: conversation hash [, seen mark]
-- ARGV: revision loaded, reply, seen ms, conversation ms, number of deletions n, n names, then name and value in turn
-- Returns: {'seen', reply} | {'stale', revision} | {'committed', revision}
local conversation, seen = KEYS[1], KEYS[2]
if seen then
  local reply = redis.call('GET', seen)
  if reply then
    return {'seen', reply}
  end
end

local revision = redis.call('HGET', conversation, 'rev') or '0'
if revision ~= ARGV[1] then
  return {'stale', tonumber(revision)}
end

-- The first write is one that a full memory or a replica refuses, so that a refusal leaves nothing half written.
local committed = redis.call('HINCRBY', conversation, 'rev', 1)
local first = 6 + tonumber(ARGV[5])
for i = 6, first - 1 do
  redis.call('HDEL', conversation, ARGV[i])
end
for i = first, #ARGV, 2 do
  redis.call('HSET', conversation, ARGV[i], ARGV[i + 1])
end
redis.call('PEXPIRE', conversation, ARGV[4])
if seen then
  redis.call('SET', seen, ARGV[2], 'PX', ARGV[3])
end
return {'committed', committed}
