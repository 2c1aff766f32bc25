-- Sets a claimed effect aside.
--
-- KEYS[1]  the session's queue
-- KEYS[2]  the shard's lanes by when they can be worked
-- KEYS[3]  the shard's buried effects by session: a line for each,
--          "<when it was claimed> <seq> <JSON>"
-- ARGV[1]  the session's id
-- ARGV[2]  the lane
-- ARGV[3]  the claim's fence
-- ARGV[4]  how long the lease was, microseconds
-- ARGV[5]  the effect and the reason as JSON
--
-- Returns 1, or 0 when the claim is over.

local st = state(KEYS[1], ARGV[2])
local held = remove(KEYS[2], KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]))
if not held then
  return 0
end
local line = string.format('%.0f ', held - tonumber(ARGV[4])) .. st.seq .. ' ' .. ARGV[5] .. '\n'
redis.call('HSET', KEYS[3], ARGV[1], (redis.call('HGET', KEYS[3], ARGV[1]) or '') .. line)
return 1
