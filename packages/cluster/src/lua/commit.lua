-- Applies one decision about a session, if what it relied on still holds; else changes nothing.
--
-- KEYS     every key the program names, by index
-- ARGV[1]  the program, JSON:
--   by        { lost = key index, id, reasserts }   id of the node that decided; a lost one is refused. reasserts: it tells
--             what it remembers, and may do so while the cluster settles
--   session   key index of the session's hash, if this is a change of it
--   mutation  { key, hash, ttl, result } the request's key (absent: none), hash of its body, ms to remember, result JSON
--   expect    list of { op, key, … }     all must hold
--   write     list of { op, key, … }     carried out in order
--   events    { log, channel, keepMs, entries = list of JSON strings }
--
-- Answers { status, … }:
--   { 'applied', epoch, first sequence, time in ms } | { 'conflict', index of the expectation } |
--   { 'replayed', result } | { 'mismatch' } | { 'lost' } |
--   { 'estranged' } (the cluster has another epoch) | { 'settling', ms left }
local program = cjson.decode(ARGV[1])

local function key(index)
  return KEYS[index]
end

local now = clock()

if redis.call('SISMEMBER', key(program.by.lost), program.by.id) == 1 then
  return { 'lost' }
end

local refused = refusal(now)
if refused and not (refused[1] == 'settling' and program.by.reasserts) then
  return refused
end

local mutation = program.mutation
if mutation then
  local known = redis.call('HMGET', key(mutation.key), 'hash', 'result')
  if known[1] then
    if known[1] == mutation.hash then
      return { 'replayed', known[2] }
    end
    return { 'mismatch' }
  end
end

local holds = {
  field = function(e)
    return redis.call('HGET', key(e[2]), e[3]) == e[4]
  end,
  noField = function(e)
    return redis.call('HEXISTS', key(e[2]), e[3]) == 0
  end,
  absent = function(e)
    return redis.call('EXISTS', key(e[2])) == 0
  end,
  present = function(e)
    return redis.call('EXISTS', key(e[2])) == 1
  end,
  notIn = function(e)
    return redis.call('SISMEMBER', key(e[2]), e[3]) == 0
  end,
  member = function(e)
    return redis.call('ZSCORE', key(e[2]), e[3]) ~= false
  end,
}

for index, expectation in ipairs(program.expect) do
  if not holds[expectation[1]](expectation) then
    return { 'conflict', index }
  end
end

local apply = {
  set = function(w)
    redis.call('HSET', key(w[2]), w[3], w[4])
  end,
  unset = function(w)
    redis.call('HDEL', key(w[2]), w[3])
  end,
  store = function(w)
    redis.call('SET', key(w[2]), w[3], 'PX', w[4])
  end,
  drop = function(w)
    redis.call('DEL', key(w[2]))
  end,
  expire = function(w)
    redis.call('PEXPIRE', key(w[2]), w[3])
  end,
  persist = function(w)
    redis.call('PERSIST', key(w[2]))
  end,
  add = function(w)
    redis.call('SADD', key(w[2]), w[3])
  end,
  remove = function(w)
    redis.call('SREM', key(w[2]), w[3])
  end,
  schedule = function(w)
    redis.call('ZADD', key(w[2]), now + w[4], w[3])
  end,
  append = function(w)
    redis.call('XADD', key(w[2]), w[3], 'at', w[4], 'entry', w[5])
  end,
  unschedule = function(w)
    redis.call('ZREM', key(w[2]), w[3])
  end,
}

for _, write in ipairs(program.write) do
  apply[write[1]](write)
end

if program.session then
  touch(key(program.session))
end

local epoch, first = 0, 0
local events = program.events
if events then
  epoch = tonumber(redis.call('HGET', key(program.session), 'epoch'))
  for index, entry in ipairs(events.entries) do
    local sequence = redis.call('HINCRBY', key(program.session), 'sequence', 1)
    if index == 1 then
      first = sequence
    end
    redis.call('XADD', key(events.log), epoch .. '-' .. sequence, 'at', now, 'entry', entry)
    redis.call('PUBLISH', events.channel, epoch .. '-' .. sequence .. '-' .. now .. ' ' .. entry)
  end
  -- Old entries go by age, a few at each commit, so that no commit pays for all of them.
  for _, old in ipairs(redis.call('XRANGE', key(events.log), '-', '+', 'COUNT', 16)) do
    if now - tonumber(old[2][2]) < events.keepMs then
      break
    end
    redis.call('XDEL', key(events.log), old[1])
  end
end

if mutation then
  redis.call('HSET', key(mutation.key), 'hash', mutation.hash, 'result', mutation.result)
  redis.call('PEXPIRE', key(mutation.key), mutation.ttl)
end

return { 'applied', epoch, first, now }
