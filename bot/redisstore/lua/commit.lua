-- Commits a turn, or changes nothing.
--
-- KEYS[1]  the session: "<version> <body>"
-- KEYS[2]  the events it has seen, 12 bytes each in the order of the commits:
--          8 of the id's hash, 4 of the time (Unix seconds, big endian)
-- KEYS[3]  its queue
-- KEYS[4]  the shard's sessions by when they are due
-- KEYS[5]  the shard's buried effects by session
-- ARGV[1]  the session's id
-- ARGV[2]  the event: 8 bytes of its hash
-- ARGV[3]  when it happened, Unix seconds
-- ARGV[4]  how long events are remembered, seconds
-- ARGV[5]  the version the turn was played from, 0: there must be none
-- ARGV[6]  the session afterwards: "<version> <body>", empty: forget it
-- ARGV[7…] the effects, as the queue has them
--
-- Returns "ok", "duplicate" or "conflict".

local session, event, now, keep = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local seen = redis.call('GET', KEYS[2]) or ''

local function old(i)
  return struct.unpack('>I4', seen, i + 8) + keep <= now
end

local i = seen:find(event, 1, true)
while i do
  if i % 12 == 1 and not old(i) then
    return 'duplicate'
  end
  i = seen:find(event, i + 1, true)
end

local version = redis.call('GETRANGE', KEYS[1], 0, 20):match('^%d+') or '0'
if version ~= ARGV[5] then
  return 'conflict'
end

local first = 1
while first < #seen and old(first) do
  first = first + 12
end
redis.call('SET', KEYS[2], seen:sub(first) .. event .. struct.pack('>I4', now), 'EX', keep)

if ARGV[6] == '' then
  redis.call('DEL', KEYS[1], KEYS[3])
  redis.call('ZREM', KEYS[4], session)
  redis.call('HDEL', KEYS[5], session)
else
  redis.call('SET', KEYS[1], ARGV[6])
end

if #ARGV > 6 then
  for n = 7, #ARGV do
    redis.call('RPUSH', KEYS[3], ARGV[n])
  end
  schedule(KEYS[4], session, read(KEYS[3]))
end
return 'ok'
