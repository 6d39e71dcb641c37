-- An observer's probes of a node fail, for so long by now.
-- KEYS: [1] hash observer → '<ms that its probes have failed> <Redis time of its word in ms>', [2] set of lost nodes
-- ARGV: [1] observer, [2] ms that its probes have failed, [3] ms for which a word counts
-- Answers what each observer says whose word still counts, in ms: one that hears the node again says no more,
-- and nothing that a lost one says counts.
if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 1 then
  return {}
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. now)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
local words = redis.call('HVALS', KEYS[1])
local failing = {}
for _, word in ipairs(words) do
  local ms, at = string.match(word, '^(%d+) (%d+)$')
  if ms and now - tonumber(at) < tonumber(ARGV[3]) then
    failing[#failing + 1] = tonumber(ms)
  end
end
return failing
