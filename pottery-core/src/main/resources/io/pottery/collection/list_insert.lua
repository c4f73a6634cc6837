-- Inserts an element before the one at an index. The place is marked by a text that is not JSON.
-- KEYS[1] list   ARGV[1] index   ARGV[2] element   ARGV[3] greatest length, or '' for none
-- Returns {1, length before}, or without a change {0, length} if the index is beyond the end, {-1, length} if the list
-- is full.
local mark = '\0pottery'
local index = tonumber(ARGV[1])
local length = redis.call('LLEN', KEYS[1])
if index > length then
    return {0, length}
end
if ARGV[3] ~= '' and length >= tonumber(ARGV[3]) then
    return {-1, length}
end
if index == 0 then
    redis.call('LPUSH', KEYS[1], ARGV[2])
elseif index == length then
    redis.call('RPUSH', KEYS[1], ARGV[2])
else
    local next = redis.call('LINDEX', KEYS[1], index)
    redis.call('LSET', KEYS[1], index, mark)
    redis.call('LINSERT', KEYS[1], 'BEFORE', mark, ARGV[2])
    redis.call('LSET', KEYS[1], index + 1, next)
end
return {1, length}
