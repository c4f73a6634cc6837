-- Counts elements, each on behalf of another caller.
-- KEYS[1] HyperLogLog   ARGV[1...] elements
-- Returns for each of them 1 if that has changed anything, else 0.
local changed = {}
for i, element in ipairs(ARGV) do
    changed[i] = redis.call('PFADD', KEYS[1], element)
end
return changed
