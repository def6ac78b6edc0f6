-- Delete a conversation that nobody has changed since it was loaded.
-- KEYS: conversation hash   ARGV: revision loaded
-- Returns: 1 if deleted, else 0
if redis.call('HGET', KEYS[1], 'rev') == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
