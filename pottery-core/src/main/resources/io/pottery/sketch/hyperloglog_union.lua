-- Stores the union of HyperLogLogs in place of what one holds; its time to live stays.
-- KEYS[1] HyperLogLog that takes the union   KEYS[2...] HyperLogLogs, which it may be among
-- Returns about how many elements the union has.
redis.call('PFCOUNT', KEYS[1]) -- an error if it is none, before anything is changed
local count = redis.call('PFCOUNT', KEYS[2], unpack(KEYS, 2)) -- of a single one, Redis may tell what it remembers
local life = redis.call('PTTL', KEYS[1])
local time = redis.call('TIME')
local stays = false
for i = 2, #KEYS do
    stays = stays or KEYS[i] == KEYS[1]
end
if not stays then
    redis.call('UNLINK', KEYS[1])
end
if count > 0 then
    redis.call('PFMERGE', KEYS[1], unpack(KEYS, 2))
    if life >= 0 then
        redis.call('PEXPIREAT', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + life)
    end
end
return count
