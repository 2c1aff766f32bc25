-- Replaces a value, unless it was replaced meanwhile.
--
-- KEYS[1]  the value
-- ARGV[1]  what it was, empty: nothing
-- ARGV[2]  what it becomes, empty: nothing
--
-- Returns 1, or 0 when it is something else by now.

if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
  return 0
end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[2])
end
return 1
