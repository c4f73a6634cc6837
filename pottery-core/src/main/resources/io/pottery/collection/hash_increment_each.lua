-- Adds to counts, each on behalf of another caller.
-- KEYS[1] hash   ARGV[1], ARGV[2]... a field and what to add to it, in turn
-- Returns for each of them its new count, as digits if Lua's numbers cannot hold it; nil if it cannot be computed, and
-- is unchanged.
local counts = {}
for i = 1, #ARGV, 2 do
    local count = redis.pcall('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
    if type(count) ~= 'number' then
        count = false
    elseif count >= 2 ^ 53 or count <= -2 ^ 53 then
        local digits = redis.pcall('HGET', KEYS[1], ARGV[i])
        count = type(digits) == 'string' and digits or count
    end
    counts[#counts + 1] = count
end
return counts
