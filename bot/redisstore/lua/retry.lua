-- Gives a claimed effect back; its lane waits until it is due again.
--
-- KEYS[1]  the session's queue
-- KEYS[2]  the shard's sessions by when they are due
-- ARGV[1]  the session's id
-- ARGV[2]  the claim's fence
-- ARGV[3]  when it is due again
--
-- Returns 1, or 0 when the claim is over.

local list = read(KEYS[1])
local i = held_by(list, tonumber(ARGV[2]))
if not i then
  return 0
end
list[i].held, list[i].fence = tonumber(ARGV[3]), 0
write(KEYS[1], i, list[i])
schedule(KEYS[2], ARGV[1], list)
return 1
