-- Changes a Bloom filter into its union or intersection with another one; its time to live stays.
-- KEYS[1] filter, and KEYS[2], ARGV[1] and ARGV[2] as bloom_open.lua has them
-- KEYS[3], KEYS[4] the other one   ARGV[3] OR or AND
-- Returns {1}.
local life = redis.call('PTTL', KEYS[1])
local time = redis.call('TIME')
redis.call('BITOP', ARGV[3], KEYS[1], KEYS[1], KEYS[3])
if redis.call('BITPOS', KEYS[1], 1) < 0 then
    redis.call('UNLINK', KEYS[1], KEYS[2])
    return {1}
end
if size == 0 then
    redis.call('SET', KEYS[2], ARGV[1])
elseif life >= 0 then
    redis.call('PEXPIREAT', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + life)
end
return {1}
