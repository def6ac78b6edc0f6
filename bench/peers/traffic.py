"""What both baselines exchange with Redis: the two scripts of the product and payloads of its size.

Frozen. The scripts do what the product's did at the time of writing: a message is one load and one commit, guarded by a
revision and a seen mark. The sizes are not frozen: the bench measures the product's bytes per message first, in the same
run, and gives them here, so that a leaner product does not win against a baseline that still carries its old weight.
"""

import os

LOAD = """
local reply = false
if KEYS[2] then
  reply = redis.call('GET', KEYS[2])
end
return {redis.call('HMGET', KEYS[1], 'rev', 'both', 'read'), reply}
"""

COMMIT = """
local conversation, seen = KEYS[1], KEYS[2]
local reply = redis.call('GET', seen)
if reply then
  return {'seen', reply}
end
local revision = redis.call('HGET', conversation, 'rev') or '0'
if revision ~= ARGV[1] then
  return {'stale', tonumber(revision)}
end
local committed = redis.call('HINCRBY', conversation, 'rev', 1)
for i = 5, #ARGV, 2 do
  redis.call('HSET', conversation, ARGV[i], ARGV[i + 1])
end
redis.call('PEXPIRE', conversation, ARGV[4])
redis.call('SET', seen, ARGV[2], 'PX', ARGV[3])
return {'committed', committed}
"""

SEEN_MS, IDLE_MS = 3 * 86_400_000, 400 * 86_400_000
REPLY_BYTES = 300
WRITTEN = int(os.environ.get("BENCH_WRITTEN_BYTES", "9500"))
READ = int(os.environ.get("BENCH_READ_BYTES", "9500"))
_RANDOM = os.urandom(max(WRITTEN, READ, 1))
REPLY = os.urandom(REPLY_BYTES)
_WRITTEN = max(WRITTEN - REPLY_BYTES, 1)
BOTH = _RANDOM[: min(_WRITTEN, READ)]  # written by every commit, and read by every load
UNREAD = _RANDOM[: _WRITTEN - len(BOTH)]  # written by every commit
STILL = _RANDOM[: READ - len(BOTH)]  # written once, and read by every load

CONTENT = "好的，电信间总面积(平米)：135平米。\n〔通信 5/11〕地下通信管道有几个孔？\n一束管道并排几根管子，就是几孔。\n例如：4孔"


def keys(person, message):
    """The conversation and its seen mark, under one hash tag."""
    return f"base:{{{person}}}:c", f"base:{{{person}}}:m:{message}"


def commit_arguments(fields):
    """The arguments of COMMIT, given the fields that LOAD found."""
    revision = fields[0]
    arguments = [revision or b"0", REPLY, SEEN_MS, IDLE_MS, "both", BOTH, "unread", UNREAD]
    return arguments if revision else [*arguments, "read", STILL]
