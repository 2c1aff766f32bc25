-- Removes a claimed effect.
--
-- KEYS[1]  the session's queue
-- KEYS[2]  the shard's sessions by when they are due
-- ARGV[1]  the session's id
-- ARGV[2]  the claim's fence
--
-- Returns 1, or 0 when the claim is over.

local list = read(KEYS[1])
local i = held_by(list, tonumber(ARGV[2]))
if not i then
  return 0
end
remove(KEYS[1], list, i)
schedule(KEYS[2], ARGV[1], list)
return 1
