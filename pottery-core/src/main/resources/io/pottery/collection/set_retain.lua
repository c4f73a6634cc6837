-- Removes every element of a set but some; its time to live stays.
-- KEYS[1] set   ARGV slices of the elements that stay, none of them twice
-- Returns how many were removed.
local staying, stay = {}, 0
for i = 1, #ARGV do
    local elements = cmsgpack.unpack(ARGV[i])
    local found = redis.call('SMISMEMBER', KEYS[1], unpack(elements))
    local slice = {}
    for j = 1, #elements do
        if found[j] == 1 then
            slice[#slice + 1] = elements[j]
        end
    end
    if #slice > 0 then
        staying[#staying + 1] = slice
        stay = stay + #slice
    end
end
local size = redis.call('SCARD', KEYS[1])
if stay == size then
    return 0
end
local life = redis.call('PTTL', KEYS[1])
local time = redis.call('TIME')
redis.call('UNLINK', KEYS[1])
for _, slice in ipairs(staying) do
    redis.call('SADD', KEYS[1], unpack(slice))
end
if life >= 0 then
    redis.call('PEXPIREAT', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + life)
end
return size - stay
