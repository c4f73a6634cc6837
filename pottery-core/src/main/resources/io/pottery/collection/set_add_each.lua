-- Adds elements to a set, each on behalf of another caller.
-- KEYS[1] set   ARGV[1...] elements
-- Returns for each of them 1 if this has added it, else 0; of equal ones, the first has.
local added = {}
local seen = {}
for i, there in ipairs(redis.call('SMISMEMBER', KEYS[1], unpack(ARGV))) do
    added[i] = (there == 1 or seen[ARGV[i]]) and 0 or 1
    seen[ARGV[i]] = true
end
redis.call('SADD', KEYS[1], unpack(ARGV))
return added
