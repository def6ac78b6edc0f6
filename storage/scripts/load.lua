-- Load a conversation and, if this message was seen, the reply it got (design §2.1).
-- KEYS: conversation hash [, seen mark]
-- ARGV: nothing, or what the caller has: its revision, then name and value in turn of parts that must not have changed
-- Returns: flat list of all fields (false: the caller has them), reply or false
local conversation = KEYS[1]
local reply = false
if KEYS[2] then
  reply = redis.call('GET', KEYS[2])
end
local has = ARGV[1] and redis.call('HGET', conversation, 'rev') == ARGV[1]
for i = 2, #ARGV, 2 do
  has = has and redis.call('HGET', conversation, ARGV[i]) == ARGV[i + 1]
end
if has then
  return {false, reply}
end
return {redis.call('HGETALL', conversation), reply}
