-- What the scripts after this one know of a session's queue. It is put before
-- each of them.
--
-- A queue is a list of effects in the order of their commits, each
--   <due> <held> <attempt> <fence> <lane> <body>
-- due      when it is to be done
-- held     its lane waits until then: the end of a lease, or of the wait for a retry
-- attempt  how often it was claimed
-- fence    of its open claim, 0 when there is none
-- lane     its lane without the session, escaped so that it has no space
-- body     the effect as Go packed it
-- Times are microseconds since 1970. A double holds them exactly; tostring
-- would not, so numbers are written with %.0f.

local function read(queue)
  local list = {}
  for i, raw in ipairs(redis.call('LRANGE', queue, 0, -1)) do
    local due, held, attempt, fence, lane, body = raw:match('^(%d+) (%d+) (%d+) (%d+) (%S+) ()')
    list[i] = {
      raw = raw, due = tonumber(due), held = tonumber(held), attempt = tonumber(attempt),
      fence = tonumber(fence), lane = lane, body = raw:sub(body),
    }
  end
  return list
end

local function write(queue, i, e)
  local head = string.format('%.0f %.0f %.0f %.0f ', e.due, e.held, e.attempt, e.fence)
  redis.call('LSET', queue, i - 1, head .. e.lane .. ' ' .. e.body)
end

-- The lanes of a queue: index of the first effect, and when that can be worked.
local function lanes(list)
  local all, by = {}, {}
  for i, e in ipairs(list) do
    local l = by[e.lane]
    if not l then
      l = {head = i, due = e.due, held = e.held}
      by[e.lane], all[#all + 1] = l, l
    elseif e.due < l.due then
      l.head, l.due = i, e.due
    end
    l.held = math.max(l.held, e.held)
  end
  for _, l in ipairs(all) do
    l.at = math.max(l.due, l.held)
  end
  return all
end

-- Puts the session where it belongs among those that are due.
local function schedule(due, session, list)
  local at
  for _, l in ipairs(lanes(list)) do
    at = math.min(at or l.at, l.at)
  end
  if at then
    redis.call('ZADD', due, string.format('%.0f', at), session)
  else
    redis.call('ZREM', due, session)
  end
end

-- The index of the effect that the claim with this fence holds, nil when the
-- claim is over.
local function held_by(list, fence)
  for i, e in ipairs(list) do
    if e.fence == fence and fence > 0 then
      return i
    end
  end
end

local function remove(queue, list, i)
  redis.call('LREM', queue, 1, list[i].raw)
  table.remove(list, i)
end
