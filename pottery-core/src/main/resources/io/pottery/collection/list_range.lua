-- Reads a part of a list, unless it is long.
-- KEYS[1] list   ARGV[1] first index   ARGV[2] last index; below zero, they count from the end
-- ARGV[3] how many elements are not too many
-- Returns {number of elements, the elements}, without the latter if they are too many.
local length = redis.call('LLEN', KEYS[1])
local first, last = tonumber(ARGV[1]), tonumber(ARGV[2])
if first < 0 then
    first = math.max(first + length, 0)
end
if last < 0 then
    last = last + length
end
local count = math.max(math.min(last, length - 1) - first + 1, 0)
if count > tonumber(ARGV[3]) then
    return {count}
end
return {count, redis.call('LRANGE', KEYS[1], ARGV[1], ARGV[2])}
