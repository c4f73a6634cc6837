-- Adds to counts, each on behalf of another caller.
-- KEYS[1] hash   ARGV[1], ARGV[2]... a field and what to add to it, in turn
-- Returns for each of them its new count, or nil if it cannot be computed; that one is unchanged then.
local counts = {}
for i = 1, #ARGV, 2 do
    local count = redis.pcall('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
    counts[#counts + 1] = type(count) == 'number' and count or false
end
return counts
