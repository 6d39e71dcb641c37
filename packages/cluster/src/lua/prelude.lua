-- Stands before every script.

-- Milliseconds after a loss of data in which only masters may write that tell what they remember (re-assertion).
local settlingMs = 1500

-- Redis time in ms.
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Why a decision may not be carried out now: a reply to give, or nil. The last key is the cluster's hash, the last
-- argument the epoch in which the decision was made.
local function refusal(now)
  local known = redis.call('HMGET', KEYS[#KEYS], 'epoch', 'since')
  if known[1] ~= ARGV[#ARGV] then
    return { 'estranged' }
  end
  local left = (tonumber(known[2]) or 0) + settlingMs - now
  if left > 0 then
    return { 'settling', left }
  end
  return nil
end

-- Counts a change of a session. The first one after a loss of data begins the session's next epoch: what stands up to
-- the fork is common to both, what anybody knows beyond it is not true any more.
local function touch(session)
  local epoch = ARGV[#ARGV]
  local before = redis.call('HMGET', session, 'epoch', 'sequence', 'version')
  if before[1] and tonumber(before[1]) < tonumber(epoch) then
    redis.call('HSET', session, 'epoch', epoch)
    redis.call('HSET', session, 'forkEpoch', before[1], 'forkSequence', before[2], 'forkVersion', before[3] or '0')
  end
  redis.call('HINCRBY', session, 'version', 1)
end
