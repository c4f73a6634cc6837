-- Removes the elements of a list that equal some, or all others, unless the list is too long; its time to live stays.
-- KEYS[1] list   ARGV[1] REMOVE these elements or RETAIN them   ARGV[2] greatest length   ARGV[3...] slices of elements
-- Returns how many were removed, or its length below zero if it is too long.
local length = redis.call('LLEN', KEYS[1])
if length > tonumber(ARGV[2]) then
    return -length
end
local named = {}
for i = 3, #ARGV do
    for _, element in ipairs(cmsgpack.unpack(ARGV[i])) do
        named[element] = true
    end
end
local retain = ARGV[1] == 'RETAIN'
local staying = {}
for _, element in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
    if (named[element] or false) == retain then
        staying[#staying + 1] = element
    end
end
if #staying == 0 then
    redis.call('UNLINK', KEYS[1])
elseif #staying < length then
    for i = 1, #staying, 1000 do
        redis.call('RPUSH', KEYS[1], unpack(staying, i, math.min(i + 999, #staying)))
    end
    redis.call('LTRIM', KEYS[1], length, -1)
end
return length - #staying
