-- Claims a media node for a session. The first claim wins; a later one gets the winner's placement.
-- KEYS: [1] session counter, [2] the life's session hash, [3] set of lost nodes, [4] node's set of sessions,
--       [5] node's reservations (score: Redis time in ms at which each stops counting)
-- ARGV: [1] life, [2] expected placement ('' for none), [3] new placement (JSON), [4] media node id,
--       [5] member (session/life), [6] reservation time in ms, [7] expected count of reservations,
--       [8] master that claims
-- Answers { 'placed' | 'taken' | 'busy' | 'lost' | 'ended' | 'refused', placement } | { 'estranged' } |
-- { 'settling', ms left }; refused: the master was declared lost.
local now = clock()
local refused = refusal(now)
if refused then
  return refused
end
if redis.call('SISMEMBER', KEYS[3], ARGV[8]) == 1 then
  return { 'refused', '' }
end
local counter = redis.call('HMGET', KEYS[1], 'life', 'open')
if counter[1] ~= ARGV[1] or counter[2] ~= '1' then
  return { 'ended', '' }
end
local current = redis.call('HGET', KEYS[2], 'placement') or ''
if current ~= ARGV[2] then
  return { 'taken', current }
end
if redis.call('SISMEMBER', KEYS[3], ARGV[4]) == 1 then
  return { 'lost', '' }
end
redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', now)
-- The decision counted the promises made to this node; more of them mean that it must be made again.
if redis.call('ZCARD', KEYS[5]) ~= tonumber(ARGV[7]) then
  return { 'busy', '' }
end
redis.call('ZADD', KEYS[5], now + ARGV[6], ARGV[5])
redis.call('PEXPIRE', KEYS[5], ARGV[6])
redis.call('SADD', KEYS[4], ARGV[5])
redis.call('HSET', KEYS[2], 'placement', ARGV[3])
touch(KEYS[2])
return { 'placed', ARGV[3] }
