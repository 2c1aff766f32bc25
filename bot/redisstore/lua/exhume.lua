-- Puts buried effects of a session back into their lanes, where they were.
--
-- KEYS[1]  the session's queue
-- KEYS[2]  the shard's lanes by when they can be worked
-- KEYS[3]  the shard's buried effects by session, see bury.lua
-- ARGV[1]  the session's id
-- ARGV[2…] for each effect four: its line without the end, as it was read, when
--          it is due, its lane, its body
--
-- Returns 1 or 0 for each effect: 0 when its line is not there any more.

local session, queue = ARGV[1], KEYS[1]

local function exhume(seq, at, lane, body)
  redis.call('HSET', queue, 'b' .. seq, body, 'a' .. seq, 1)
  local st = append(queue, lane, state(queue, lane), seq, at)
  save(queue, lane, st)
  local _, first = head(queue, lane, st)
  schedule(KEYS[2], session, lane, math.max(first, st.held))
end

local wanted, found, left = {}, {}, {}
for n = 1, (#ARGV - 1) / 4 do
  wanted[ARGV[4 * n - 2]], found[n] = n, 0
end
for line in (redis.call('HGET', KEYS[3], session) or ''):gmatch('[^\n]+') do
  local n = wanted[line]
  if n and found[n] == 0 then
    found[n] = 1
    exhume(line:match('^%d+ (%d+) '), tonumber(ARGV[4 * n - 1]), ARGV[4 * n], ARGV[4 * n + 1])
  else
    left[#left + 1] = line .. '\n'
  end
end
if #left > 0 then
  redis.call('HSET', KEYS[3], session, table.concat(left))
else
  redis.call('HDEL', KEYS[3], session)
end
return found
