-- Removes the element at an index. If another one than the expected is there, the first that equals the expected goes,
-- or none.
-- The place is marked by a text that is not JSON.
-- KEYS[1] list   ARGV[1] index   ARGV[2] expected element, if one is expected   ARGV[3] FOLLOW it, or LEAVE it
-- Returns {1, element}, or without a change {0, length} if there is none.
local mark = '\0pottery'
local index = tonumber(ARGV[1])
local length = redis.call('LLEN', KEYS[1])
local element = redis.call('LINDEX', KEYS[1], index)
if ARGV[2] and element ~= ARGV[2] then
    element = ARGV[2]
    index = ARGV[3] == 'FOLLOW' and redis.call('LPOS', KEYS[1], element)
end
if not (element and index) then
    return {0, length}
end
if index == 0 then
    redis.call('LPOP', KEYS[1])
elseif index == length - 1 then
    redis.call('RPOP', KEYS[1])
else
    redis.call('LSET', KEYS[1], index, mark)
    redis.call('LREM', KEYS[1], index < length / 2 and 1 or -1, mark)
end
return {1, element}
