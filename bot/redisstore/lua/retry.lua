-- Gives a claimed effect back; its lane waits until it is due again.
--
-- KEYS[1]  the session's queue
-- KEYS[2]  the shard's lanes by when they can be worked
-- ARGV[1]  the session's id
-- ARGV[2]  the lane
-- ARGV[3]  the claim's fence
-- ARGV[4]  when it is due again
-- ARGV[5]  how many attempts count by now
--
-- Returns 1, or 0 when the claim is over.

local queue, lane, again = KEYS[1], ARGV[2], tonumber(ARGV[4])
local st = held_by(queue, lane, tonumber(ARGV[3]))
if not st then
  return 0
end
redis.call('HSET', queue, 'a' .. st.seq, ARGV[5])
st.held, st.fence = again, 0
save(queue, lane, st)
local _, at = head(queue, lane, st)
schedule(KEYS[2], ARGV[1], lane, math.max(at, again))
return 1
