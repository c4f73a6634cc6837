-- Stores elements in place of what a set holds; its time to live stays.
-- KEYS[1] set   ARGV slices of elements
-- Returns the number of elements now.
redis.call('SCARD', KEYS[1])
local life = redis.call('PTTL', KEYS[1])
local time = redis.call('TIME')
redis.call('UNLINK', KEYS[1])
for i = 1, #ARGV do
    redis.call('SADD', KEYS[1], unpack(cmsgpack.unpack(ARGV[i])))
end
if life >= 0 then
    redis.call('PEXPIREAT', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + life)
end
return redis.call('SCARD', KEYS[1])
