-- Reads one session as of one instant.
-- KEYS: [1] session counter, [2] set of lost nodes
-- ARGV: [1] prefix of the life's keys up to the life, [2] life to read, '' for the current one
-- Answers { life, open, session hash, connections hash, streams hash, crashed }, or false if the session never was,
-- or { 'estranged' } if the cluster has another epoch.
-- Crashed is '1' if the application recovers the session and a node that it hung on is lost: it is over since then,
-- also before anybody has put its end down.
-- The life's keys can't be declared before the life is known; they share the counter's key as their prefix.
local counter = redis.call('HMGET', KEYS[1], 'life', 'open')
if not counter[1] then
  -- Missing, because all of it is: that is found out first.
  if redis.call('HGET', KEYS[#KEYS], 'epoch') ~= ARGV[#ARGV] then
    return { 'estranged' }
  end
  return false
end
local life = ARGV[2] ~= '' and ARGV[2] or counter[1]
local base = ARGV[1] .. life
local open = counter[2]
if life ~= counter[1] then
  open = '0'
end

-- The flag is looked for in the text first: a session that the platform recovers is not worth the parsing.
local function crashed()
  local fields = redis.call('HMGET', base, 'record', 'placement')
  if open ~= '1' or not fields[1] or not string.find(fields[1], '"recovery":"application"', 1, true) then
    return '0'
  end
  local nodes = { cjson.decode(fields[1]).hostId }
  if fields[2] then
    for _, leg in ipairs(cjson.decode(fields[2]).legs) do
      nodes[#nodes + 1] = leg.mediaNodeId
    end
  end
  for _, node in ipairs(nodes) do
    if redis.call('SISMEMBER', KEYS[2], node) == 1 then
      return '1'
    end
  end
  return '0'
end

return {
  counter[1],
  open,
  redis.call('HGETALL', base),
  redis.call('HGETALL', base .. ':connections'),
  redis.call('HGETALL', base .. ':streams'),
  crashed(),
}
