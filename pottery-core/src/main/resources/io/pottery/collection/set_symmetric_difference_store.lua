-- Stores the elements that are in exactly one of two sets in place of what a set holds; its time to live stays.
-- KEYS[1] set that takes the result   KEYS[2] set   KEYS[3] other set   ARGV[1] how many elements are not too many
-- Returns {how many elements there are at the most, number of elements now}, without the latter if they may be too many.
local most = redis.call('SCARD', KEYS[2]) + redis.call('SCARD', KEYS[3])
if most > tonumber(ARGV[1]) then
    return {most}
end
redis.call('SCARD', KEYS[1])
local parts = {redis.call('SDIFF', KEYS[2], KEYS[3]), redis.call('SDIFF', KEYS[3], KEYS[2])}
local life = redis.call('PTTL', KEYS[1])
local time = redis.call('TIME')
redis.call('UNLINK', KEYS[1])
for _, elements in ipairs(parts) do
    for i = 1, #elements, 1000 do
        redis.call('SADD', KEYS[1], unpack(elements, i, math.min(i + 999, #elements)))
    end
end
if life >= 0 then
    redis.call('PEXPIREAT', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + life)
end
return {most, #parts[1] + #parts[2]}
