-- Stores the union, intersection or difference of sets in place of what a set holds; its time to live stays.
-- KEYS[1] set that takes the result   KEYS[2...] sets   ARGV[1] SUNIONSTORE, SINTERSTORE or SDIFFSTORE
-- Returns {number of elements before, number of elements now}.
local before = redis.call('SCARD', KEYS[1])
local life = redis.call('PTTL', KEYS[1])
local time = redis.call('TIME')
local now = redis.call(ARGV[1], KEYS[1], unpack(KEYS, 2))
if life >= 0 and now > 0 then
    redis.call('PEXPIREAT', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + life)
end
return {before, now}
