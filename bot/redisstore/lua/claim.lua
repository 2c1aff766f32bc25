-- Claims the first effects of the lanes that can be worked, in one shard or in
-- several; in Redis Cluster each shard has a call of its own.
--
-- KEYS     for each shard two: its sessions by when they are due, its last fence
-- ARGV[1]  now
-- ARGV[2]  when the lease ends
-- ARGV[3]  how many at most, from 0
-- ARGV[4…] for each shard what comes before a session's id in the key of its
--          queue; the queues are named by what KEYS hold and lie in their slot
--
-- Returns how many sessions are due after that, then for each claim: the
-- effect's body, its attempt, its fence.

local now, lease, left = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local result = {0}

local function claim(due, fence, queue, session)
  local list = read(queue)
  for _, l in ipairs(lanes(list)) do
    if left > 0 and l.at <= now then
      local e = list[l.head]
      e.held, e.attempt, e.fence = lease, e.attempt + 1, redis.call('INCR', fence)
      write(queue, l.head, e)
      result[#result + 1] = e.body
      result[#result + 1] = e.attempt
      result[#result + 1] = e.fence
      left = left - 1
    end
  end
  schedule(due, session, list)
end

for i = 1, #KEYS / 2 do
  local due, fence, prefix = KEYS[2 * i - 1], KEYS[2 * i], ARGV[3 + i]
  if left > 0 then
    for _, session in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', ARGV[1], 'LIMIT', 0, left)) do
      claim(due, fence, prefix .. session, session)
    end
  end
  if left == 0 then
    result[1] = result[1] + redis.call('ZCOUNT', due, '-inf', ARGV[1])
  end
end
return result
