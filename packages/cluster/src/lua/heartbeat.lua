-- A node says that it lives, with its load. Refused for a node that was declared lost. A new node is told to all at once.
-- KEYS: [1] set of lost nodes, [2] node records, [3] heartbeat times, [4] node loads, [5] orders
-- ARGV: [1] node id, [2] its record (JSON), [3] its load (JSON), [4] channel of arrivals
-- Answers { Redis time in ms, order for the node or '' }; the time is 0 for a lost node.
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then
  return { 0, '' }
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local isNew = redis.call('HSET', KEYS[2], ARGV[1], ARGV[2]) == 1
redis.call('ZADD', KEYS[3], now, ARGV[1])
redis.call('HSET', KEYS[4], ARGV[1], ARGV[3])
if isNew then
  redis.call('PUBLISH', ARGV[4], ARGV[1])
end
return { now, redis.call('HGET', KEYS[5], ARGV[1]) or '' }
