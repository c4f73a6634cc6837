-- Removes some elements of a set, if it still holds exactly the elements that the caller has read.
-- KEYS[1] set   ARGV[1] number of elements read   ARGV[2] how many slices are to be removed
-- ARGV[3...] slices of all elements read, those to be removed first
-- Returns 1 if done, 0 if the set has changed meanwhile.
if redis.call('SCARD', KEYS[1]) ~= tonumber(ARGV[1]) then
    return 0
end
local slices = {}
for i = 3, #ARGV do
    local slice = cmsgpack.unpack(ARGV[i])
    for _, found in ipairs(redis.call('SMISMEMBER', KEYS[1], unpack(slice))) do
        if found == 0 then
            return 0
        end
    end
    slices[#slices + 1] = slice
end
for i = 1, tonumber(ARGV[2]) do
    redis.call('SREM', KEYS[1], unpack(slices[i]))
end
return 1
