-- Claims the first effects of the lanes that can be worked, in one shard or in
-- several; in Redis Cluster each shard has a call of its own.
--
-- KEYS     for each shard two: its lanes by when they can be worked, its last
--          fence
-- ARGV[1]  now
-- ARGV[2]  when the lease ends
-- ARGV[3]  how many at most, from 0
-- ARGV[4…] for each shard what comes before a session's id in the key of its
--          queue; the queues are named by what KEYS hold and lie in their slot
--
-- Returns how many lanes can be worked after that, then for each claim: the
-- effect's body, its attempt, its fence.

local now, lease, left = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local result = {0}

for i = 1, #KEYS / 2 do
  local due, fences, prefix = KEYS[2 * i - 1], KEYS[2 * i], ARGV[3 + i]
  if left > 0 then
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', ARGV[1], 'LIMIT', 0, left)) do
      local session, lane = member:match('^(.*) (%S+)$')
      if claim_head(due, fences, prefix .. session, session, lane, now, lease, result) then
        left = left - 1
      end
    end
  end
  if left == 0 then
    result[1] = result[1] + redis.call('ZCOUNT', due, '-inf', ARGV[1])
  end
end
return result
