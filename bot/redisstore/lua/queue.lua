-- What the scripts after this one know of a session's waiting effects. It is
-- put before each of them.
--
-- A session's effects wait in lanes. For each session that has some there is
-- its queue, a hash:
--   b<seq>     an effect as Go packed it; seq grows with the commits, 16 digits
--   a<seq>     how often it was claimed; none: never
--   l<lane>    for each lane with effects: "<held> <fence> <seq> <due>"
--                held   the lane waits until then: the end of a lease, or of the
--                       wait for a retry
--                fence  of the open claim, 0 when there is none
--                seq    of the effect that was claimed last
--                due    "-"; where the lane has had but one effect: when that,
--                       which is seq then, is due
-- and for each lane that has had more than one a sorted set of seqs by when they
-- are due. The shard's lanes, as "<session> <lane>", are sorted by when they can
-- be worked; a lane is named without its session and escaped, it has no space.
-- Times are microseconds since 1970. A double holds them exactly; tostring
-- would not, so numbers are written with %.0f.

local function lane_key(queue, lane)
  return queue:gsub(':queue:', ':lane:', 1) .. ' ' .. lane
end

-- The lane's state, nil when it is empty.
local function state(queue, lane)
  local raw = redis.call('HGET', queue, 'l' .. lane)
  if raw then
    local held, fence, seq, due = raw:match('^(%d+) (%d+) (%d+) (%S+)$')
    return {held = tonumber(held), fence = tonumber(fence), seq = seq, due = tonumber(due)}
  end
end

local function packed(st)
  local due = st.due and string.format('%.0f', st.due) or '-'
  return string.format('%.0f %.0f %s %s', st.held, st.fence, st.seq, due)
end

local function save(queue, lane, st)
  redis.call('HSET', queue, 'l' .. lane, packed(st))
end

-- The first effect of a lane and when it is due; nil when there is none.
local function head(queue, lane, st)
  if st.due then
    return st.seq, st.due
  end
  local first = redis.call('ZRANGE', lane_key(queue, lane), 0, 0, 'WITHSCORES')
  return first[1], tonumber(first[2])
end

-- Appends an effect, whose body is written apart, to its lane. Returns the lane's state,
-- which is to be saved.
local function append(queue, lane, st, seq, due)
  if not st then
    return {held = 0, fence = 0, seq = seq, due = due}
  end
  local key = lane_key(queue, lane)
  if st.due then
    redis.call('ZADD', key, string.format('%.0f', st.due), st.seq)
    st.due = nil
  end
  redis.call('ZADD', key, string.format('%.0f', due), seq)
  return st
end

local function schedule(due, session, lane, at)
  redis.call('ZADD', due, string.format('%.0f', at), session .. ' ' .. lane)
end

-- Claims the first effect of a lane if the lane can be worked now. Adds to the
-- result its body, its attempt and its fence.
local function claim_head(due, fences, queue, session, lane, now, lease, result)
  local st = state(queue, lane)
  local seq, at = nil, nil
  if st then
    seq, at = head(queue, lane, st)
  end
  if not seq then
    redis.call('ZREM', due, session .. ' ' .. lane)
  elseif math.max(at, st.held) <= now then
    st.held, st.fence, st.seq = lease, redis.call('INCR', fences), seq
    save(queue, lane, st)
    schedule(due, session, lane, lease)
    result[#result + 1] = redis.call('HGET', queue, 'b' .. seq) or ''
    result[#result + 1] = redis.call('HINCRBY', queue, 'a' .. seq, 1)
    result[#result + 1] = st.fence
    return true
  end
end

-- The state of the lane in which the claim with this fence holds an effect; nil
-- when the claim is over.
local function held_by(queue, lane, fence)
  local st = state(queue, lane)
  if st and st.fence == fence and fence > 0 then
    return st
  end
end

-- Removes the effect that the claim with this fence holds, and has its lane go
-- on. Returns when the lane was held until and the seq of its next effect;
-- nothing when the claim is over.
local function remove(due, queue, session, lane, fence)
  local st = held_by(queue, lane, fence)
  if not st then
    return
  end
  local seq, held, left, at = st.seq, st.held, nil, nil
  if not st.due then
    redis.call('ZREM', lane_key(queue, lane), seq)
    left, at = head(queue, lane, st)
  end
  if left then
    redis.call('HDEL', queue, 'b' .. seq, 'a' .. seq)
    save(queue, lane, {held = 0, fence = 0, seq = left})
    schedule(due, session, lane, at)
  else
    redis.call('HDEL', queue, 'b' .. seq, 'a' .. seq, 'l' .. lane)
    redis.call('ZREM', due, session .. ' ' .. lane)
  end
  return held, left
end
