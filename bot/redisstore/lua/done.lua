-- Removes a claimed effect and claims the next one of its lane, if that is due.
--
-- KEYS[1]  the session's queue
-- KEYS[2]  the shard's lanes by when they can be worked
-- KEYS[3]  the shard's last fence
-- ARGV[1]  the session's id
-- ARGV[2]  the lane
-- ARGV[3]  the claim's fence
-- ARGV[4]  now; -1: claim nothing
-- ARGV[5]  when the lease ends
--
-- Returns 1, or 0 when the claim is over; then for the new claim: the effect's
-- body, its attempt, its fence.

local now = tonumber(ARGV[4])
local held, left = remove(KEYS[2], KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]))
if not held then
  return {0}
end
local result = {1}
if left and now >= 0 then
  claim_head(KEYS[2], KEYS[3], KEYS[1], ARGV[1], ARGV[2], now, tonumber(ARGV[5]), result)
end
return result
