-- Replaces a field of a hash, unless it was replaced meanwhile.
--
-- KEYS[1]  the hash
-- ARGV[1]  the field
-- ARGV[2]  what it was, empty: nothing
-- ARGV[3]  what it becomes, empty: nothing
--
-- Returns 1, or 0 when it is something else by now.

if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 1
