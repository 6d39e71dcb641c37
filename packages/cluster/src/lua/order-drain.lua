-- Orders a registered node to leave the cluster. A later order takes the place of an earlier one.
-- KEYS: [1] node records, [2] orders
-- ARGV: [1] node id, [2] strategy, [3] milliseconds that it has
-- Answers the order (JSON), or '' if there is no such node.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  return ''
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local order = cjson.encode({ state = 'drain', strategy = ARGV[2], deadlineAt = now + ARGV[3] })
redis.call('HSET', KEYS[2], ARGV[1], order)
return order
