-- Reverses a list, unless it is too long; its time to live stays.
-- KEYS[1] list   ARGV[1] greatest length
-- Returns its length.
local length = redis.call('LLEN', KEYS[1])
if length < 2 or length > tonumber(ARGV[1]) then
    return length
end
local elements = redis.call('LRANGE', KEYS[1], 0, -1)
for i = 1, length / 2 do
    elements[i], elements[length + 1 - i] = elements[length + 1 - i], elements[i]
end
for i = 1, length, 1000 do
    redis.call('RPUSH', KEYS[1], unpack(elements, i, math.min(i + 999, length)))
end
redis.call('LTRIM', KEYS[1], length, -1)
return length
