-- Declares a node lost, once. From then on scripts refuse it, and its index is the list of what must be moved or detached.
-- KEYS: [1] set of lost nodes, [2] node records, [3] heartbeat times, [4] node loads, [5] hash of losses, [6] orders
-- ARGV: [1] node id, [2] channel, [3] id of who declares, [4] cause, [5] latest heartbeat that the decision knew of, '' for any
-- Answers { 'declared' | 'known' | 'alive' | 'refused', its record } | { 'estranged' } | { 'settling', ms left };
-- refused: who declares was declared lost itself.
local now = clock()
local refused = refusal(now)
if refused then
  return refused
end
if redis.call('SISMEMBER', KEYS[1], ARGV[3]) == 1 then
  return { 'refused', '' }
end
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then
  return { 'known', redis.call('HGET', KEYS[5], ARGV[1]) or '' }
end
local record = redis.call('HGET', KEYS[2], ARGV[1])
if not record then
  return { 'known', '' }
end
-- A heartbeat that came after the decision's evidence makes the decision void.
if ARGV[5] ~= '' and redis.call('ZSCORE', KEYS[3], ARGV[1]) ~= ARGV[5] then
  return { 'alive', record }
end
local loss = cjson.encode({ by = ARGV[3], cause = ARGV[4], at = now, record = record })
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[5], ARGV[1], loss)
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('HDEL', KEYS[4], ARGV[1])
redis.call('HDEL', KEYS[6], ARGV[1])
redis.call('PUBLISH', ARGV[2], ARGV[1])
return { 'declared', loss }
