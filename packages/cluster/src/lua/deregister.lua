-- A node leaves in good order. What still hangs on it then is left to the others, as if it were lost.
-- KEYS: [1] set of lost nodes, [2] node records, [3] heartbeat times, [4] node loads, [5] hash of losses,
--       [6] the node's index, [7] its reservations, [8] orders
-- ARGV: [1] node id, [2] channel of losses
-- Answers 'left', 'abandoned' (something hung on it) or 'lost' (it was declared lost before: its index is not its own).
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then
  return 'lost'
end
local record = redis.call('HGET', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('HDEL', KEYS[4], ARGV[1])
redis.call('HDEL', KEYS[8], ARGV[1])
redis.call('DEL', KEYS[7])
-- It doesn't come back under this id: who decided for it a moment ago is refused.
redis.call('SADD', KEYS[1], ARGV[1])
if not record or redis.call('SCARD', KEYS[6]) == 0 then
  return 'left'
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('HSET', KEYS[5], ARGV[1], cjson.encode({ by = ARGV[1], cause = 'left', at = now, record = record }))
redis.call('PUBLISH', ARGV[2], ARGV[1])
return 'abandoned'
