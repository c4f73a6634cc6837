-- Adds the elements of another set to a set, or removes them from it, unless the other one is too large.
-- KEYS[1] set   KEYS[2] other set   ARGV[1] SADD or SREM   ARGV[2] how many elements are too many
-- Returns how many were added or removed, or -1 if there are too many.
if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[2]) then
    return -1
end
local elements = redis.call('SMEMBERS', KEYS[2])
local changed = 0
for i = 1, #elements, 1000 do
    changed = changed + redis.call(ARGV[1], KEYS[1], unpack(elements, i, math.min(i + 999, #elements)))
end
return changed
