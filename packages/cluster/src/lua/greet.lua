-- The first thing on each new connection: finds out whether this Redis is the one that the caller knew, with all its data.
-- KEYS: [1] cluster hash, [2] set of lost nodes, [3] hash of losses, [4] node records, [5] heartbeat times, [6] node loads
-- ARGV: [1] epoch that the caller knew, 0 for none, [2] run id that the caller knew, '' for none, then pairs of
--       lost node, loss (JSON): tombstones that the caller remembers
-- Answers { epoch, run id, ms until the cluster has settled, ms since data were lost or -1 }.
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local stored = redis.call('HMGET', KEYS[1], 'runId', 'epoch', 'since')
local epoch = tonumber(stored[2]) or 0
local since = tonumber(stored[3]) or 0
local knownEpoch, knownRun = tonumber(ARGV[1]), ARGV[2]
local now = clock()

-- Another run of Redis than the one that wrote the epoch, or one that has less than the caller remembers.
local another = stored[1] ~= run
local less = knownRun == run and knownEpoch > epoch or knownRun ~= run and knownEpoch >= epoch and knownRun ~= ''
if another or less then
  -- At the very first start there is nothing that anybody could remember.
  since = (stored[1] or knownRun ~= '') and now or 0
  epoch = math.max(epoch, knownEpoch) + 1
  redis.call('HSET', KEYS[1], 'runId', run, 'epoch', epoch, 'since', since)
end

for index = 3, #ARGV, 2 do
  local node, loss = ARGV[index], ARGV[index + 1]
  redis.call('SADD', KEYS[2], node)
  redis.call('HSETNX', KEYS[3], node, loss)
  redis.call('HDEL', KEYS[4], node)
  redis.call('ZREM', KEYS[5], node)
  redis.call('HDEL', KEYS[6], node)
end

return { epoch, run, math.max(0, since + settlingMs - now), since > 0 and now - since or -1 }
