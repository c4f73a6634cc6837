-- Replaces the element at an index. If another one than the expected is there, the first that equals the expected is
-- replaced, or none.
-- KEYS[1] list   ARGV[1] index   ARGV[2] element   ARGV[3] expected element, if one is expected
-- ARGV[4] FOLLOW it, or LEAVE it
-- Returns {1, element that was replaced}, or without a change {0, length} if there is none.
local index = tonumber(ARGV[1])
local replaced = redis.call('LINDEX', KEYS[1], index)
if ARGV[3] and replaced ~= ARGV[3] then
    replaced = ARGV[3]
    index = ARGV[4] == 'FOLLOW' and redis.call('LPOS', KEYS[1], replaced)
end
if not (replaced and index) then
    return {0, redis.call('LLEN', KEYS[1])}
end
redis.call('LSET', KEYS[1], index, ARGV[2])
return {1, replaced}
