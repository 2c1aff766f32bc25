-- Commits a turn, or changes nothing.
--
-- KEYS[1]  the session: "<version> <body>"
-- KEYS[2]  the events it has seen, 12 bytes each in the order of the commits:
--          8 of the id's hash, 4 of the time (Unix seconds, big endian)
-- KEYS[3]  its queue
-- KEYS[4]  the shard's lanes by when they can be worked
-- KEYS[5]  the shard's buried effects by session
-- KEYS[6]  the shard's last fence
-- ARGV[1]  the session's id
-- ARGV[2]  the event: 8 bytes of its hash
-- ARGV[3]  when it happened, Unix seconds
-- ARGV[4]  how long events are remembered, seconds
-- ARGV[5]  the version the turn was played from, 0: there must be none
-- ARGV[6]  the session afterwards: "<version> <body>", empty: forget it
-- ARGV[7]  now; -1: claim nothing
-- ARGV[8]  when the lease ends
-- ARGV[9…] for each effect three: when it is due, its lane, its body
--
-- Returns "ok", "duplicate" or "conflict"; behind "ok" for each claim: the
-- number of the effect, from 0, or the body of one that was there before, its
-- attempt, its fence.

local session, event, now, keep = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local queue, due, fences = KEYS[3], KEYS[4], KEYS[6]
local known = redis.call('MGET', KEYS[1], KEYS[2])
local stored, seen = known[1] or '0', known[2] or ''

local function old(i)
  return struct.unpack('>I4', seen, i + 8) + keep <= now
end

local i = seen:find(event, 1, true)
while i do
  if i % 12 == 1 and not old(i) then
    return {'duplicate'}
  end
  i = seen:find(event, i + 1, true)
end

if stored:match('^%d+') ~= ARGV[5] then
  return {'conflict'}
end

local first = 1
while first < #seen and old(first) do
  first = first + 12
end
redis.call('SET', KEYS[2], seen:sub(first) .. event .. struct.pack('>I4', now), 'EX', keep)

if ARGV[6] == '' then
  for _, field in ipairs(redis.call('HKEYS', queue)) do
    local lane = field:match('^l(.*)$')
    if lane then
      redis.call('DEL', lane_key(queue, lane))
      redis.call('ZREM', due, session .. ' ' .. lane)
    end
  end
  redis.call('DEL', KEYS[1], queue)
  redis.call('HDEL', KEYS[5], session)
else
  redis.call('SET', KEYS[1], ARGV[6])
end

local result = {'ok'}
if #ARGV < 9 then
  return result
end
local count, by, lease = (#ARGV - 8) / 3, tonumber(ARGV[7]), tonumber(ARGV[8])
local before = redis.call('INCRBY', fences, 2 * count) - 2 * count -- a seq and a fence each

-- Most turns leave one effect, to be done at once, in a lane with nothing in it.
-- That takes a fifth less time when nothing is prepared for more.
if count == 1 and tonumber(ARGV[9]) <= by and redis.call('HEXISTS', queue, 'l' .. ARGV[10]) == 0 then
  local seq, fence = string.format('%016.0f', before + 1), before + 2
  local st = ARGV[8] .. ' ' .. string.format('%.0f', fence) .. ' ' .. seq .. ' ' .. ARGV[9]
  redis.call('HSET', queue, 'b' .. seq, ARGV[11], 'a' .. seq, '1', 'l' .. ARGV[10], st)
  redis.call('ZADD', due, ARGV[8], session .. ' ' .. ARGV[10])
  return {'ok', 0, 1, fence}
end

local mine, lanes, states, fields = {}, {}, {}, {}

local function put(name, value)
  fields[#fields + 1] = name
  fields[#fields + 1] = value
  if #fields == 4000 then -- unpack takes no more than 8000
    redis.call('HSET', queue, unpack(fields))
    fields = {}
  end
end

for n = 0, count - 1 do
  local seq = string.format('%016.0f', before + n + 1)
  local at, lane, body = tonumber(ARGV[9 + 3 * n]), ARGV[10 + 3 * n], ARGV[11 + 3 * n]
  put('b' .. seq, body)
  mine[seq] = n
  if not states[lane] then
    lanes[#lanes + 1] = lane
    states[lane] = state(queue, lane)
  end
  states[lane] = append(queue, lane, states[lane], seq, at)
end
for i, lane in ipairs(lanes) do
  local st = states[lane]
  local seq, at = head(queue, lane, st)
  at = math.max(at, st.held)
  if at <= by then
    at = lease
    st.held, st.fence, st.seq = lease, before + count + i, seq
    if mine[seq] then
      put('a' .. seq, 1)
      result[#result + 1] = mine[seq]
      result[#result + 1] = 1
    else
      result[#result + 1] = redis.call('HGET', queue, 'b' .. seq) or ''
      result[#result + 1] = redis.call('HINCRBY', queue, 'a' .. seq, 1)
    end
    result[#result + 1] = st.fence
  end
  put('l' .. lane, packed(st))
  schedule(due, session, lane, at)
end
if #fields > 0 then
  redis.call('HSET', queue, unpack(fields))
end
return result
