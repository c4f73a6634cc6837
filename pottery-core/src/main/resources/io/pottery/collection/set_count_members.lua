-- Counts the elements of a set, and how many of some others are among them.
-- KEYS[1] set   ARGV slices of elements
-- Returns {number of elements, how many of the others are among them}.
local members = 0
for i = 1, #ARGV do
    for _, found in ipairs(redis.call('SMISMEMBER', KEYS[1], unpack(cmsgpack.unpack(ARGV[i])))) do
        members = members + found
    end
end
return {redis.call('SCARD', KEYS[1]), members}
