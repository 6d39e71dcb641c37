-- The deadlines that have passed by Redis time, earliest first. Working one off removes it (commit.lua). After a loss of
-- data none is due for a while: whoever was to come back in time could not.
-- KEYS[1] deadlines, ARGV[1] how many at the most, ARGV[2] ms of the while
local now = clock()
local refused = refusal(now)
if refused then
  return refused
end
local since = tonumber(redis.call('HGET', KEYS[#KEYS], 'since') or 0)
if now < since + ARGV[2] then
  return {}
end
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
