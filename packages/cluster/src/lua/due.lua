-- The deadlines that have passed by Redis time, earliest first. Working one off removes it (commit.lua).
-- KEYS[1] deadlines, ARGV[1] how many at the most
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
