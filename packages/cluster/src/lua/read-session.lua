-- Reads one session as of one instant.
-- KEYS[1] session counter, ARGV[1] prefix of the life's keys up to the life, ARGV[2] life to read, '' for the current one
-- Answers { life, open, session hash, connections hash, streams hash }, or false if the session never was.
-- The life's keys can't be declared before the life is known; they share the counter's key as their prefix.
local counter = redis.call('HMGET', KEYS[1], 'life', 'open')
if not counter[1] then
  return false
end
local life = ARGV[2] ~= '' and ARGV[2] or counter[1]
local base = ARGV[1] .. life
local open = counter[2]
if life ~= counter[1] then
  open = '0'
end
return {
  counter[1],
  open,
  redis.call('HGETALL', base),
  redis.call('HGETALL', base .. ':connections'),
  redis.call('HGETALL', base .. ':streams'),
}
