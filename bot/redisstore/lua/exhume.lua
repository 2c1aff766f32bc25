-- Puts buried effects of a session back into its queue.
--
-- KEYS[1]  the session's queue
-- KEYS[2]  the shard's sessions by when they are due
-- KEYS[3]  the shard's buried effects by session, see bury.lua
-- ARGV[1]  the session's id
-- ARGV[2…] for each effect two: its line without the end, as it was read, and
--          the effect as the queue has it
--
-- Effects go before those that wait already, for they were buried before them,
-- but behind those that were exhumed before and not claimed since: with an
-- attempt, and neither held nor claimed.
--
-- Returns 1 or 0 for each effect: 0 when its line is not there any more.

local lines, wanted, found = {}, {}, {}
for n = 2, #ARGV, 2 do
  wanted[ARGV[n]] = n / 2
  found[n / 2] = 0
end
for line in (redis.call('HGET', KEYS[3], ARGV[1]) or ''):gmatch('[^\n]+') do
  local n = wanted[line]
  if n then
    found[n], wanted[line] = 1, nil
  else
    lines[#lines + 1] = line .. '\n'
  end
end

local list, at = read(KEYS[1]), 1
while list[at] and list[at].attempt > 0 and list[at].held == 0 and list[at].fence == 0 do
  at = at + 1
end
local after = {}
for i = #list, at, -1 do
  after[#after + 1] = redis.call('RPOP', KEYS[1])
end
for n = 1, #found do
  if found[n] == 1 then
    local size = redis.call('RPUSH', KEYS[1], ARGV[2 * n + 1])
    local e = read(KEYS[1])[size]
    e.attempt = 1
    write(KEYS[1], size, e)
  end
end
for i = #after, 1, -1 do
  redis.call('RPUSH', KEYS[1], after[i])
end

if #lines > 0 then
  redis.call('HSET', KEYS[3], ARGV[1], table.concat(lines))
else
  redis.call('HDEL', KEYS[3], ARGV[1])
end
schedule(KEYS[2], ARGV[1], read(KEYS[1]))
return found
