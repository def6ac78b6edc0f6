-- Load a conversation and, if this message was seen, the reply it got (design §2.1).
-- KEYS: conversation hash [, seen mark]
-- Returns: flat list of all fields, reply or false
local reply = false
if KEYS[2] then
  reply = redis.call('GET', KEYS[2])
end
return {redis.call('HGETALL', KEYS[1]), reply}
