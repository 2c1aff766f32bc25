-- Sets a claimed effect aside.
--
-- KEYS[1]  the session's queue
-- KEYS[2]  the shard's sessions by when they are due
-- KEYS[3]  the shard's buried effects by session: a line for each,
--          "<when it was claimed> <JSON>"
-- ARGV[1]  the session's id
-- ARGV[2]  the claim's fence
-- ARGV[3]  how long the lease was, microseconds
-- ARGV[4]  the effect and the reason as JSON
--
-- Returns 1, or 0 when the claim is over.

local list = read(KEYS[1])
local i = held_by(list, tonumber(ARGV[2]))
if not i then
  return 0
end
local line = string.format('%.0f ', list[i].held - tonumber(ARGV[3])) .. ARGV[4] .. '\n'
redis.call('HSET', KEYS[3], ARGV[1], (redis.call('HGET', KEYS[3], ARGV[1]) or '') .. line)
remove(KEYS[1], list, i)
schedule(KEYS[2], ARGV[1], list)
return 1
