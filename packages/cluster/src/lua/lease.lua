-- Takes, keeps or gives up a lease that one holder has at a time.
-- KEYS: [1] hash { holder, token }, [2] counter of fencing tokens
-- ARGV: [1] holder, [2] milliseconds to hold it, 0 to give it up, [3] highest token that the caller knows of
-- Answers the holder's fencing token, or 0 if somebody else holds the lease or it was given up.
local current = redis.call('HMGET', KEYS[1], 'holder', 'token')
local isMine = current[1] == ARGV[1]
if current[1] and not isMine then
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
  return 0
end
local token = tonumber(current[2])
if not isMine then
  token = redis.call('INCR', KEYS[2])
  -- The counter may have been lost with Redis' data; tokens must grow all the same.
  if token <= tonumber(ARGV[3]) then
    token = tonumber(ARGV[3]) + 1
    redis.call('SET', KEYS[2], token)
  end
  redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'token', token)
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return token
