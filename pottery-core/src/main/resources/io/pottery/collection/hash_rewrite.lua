-- Changes many entries of a hash at once, if it still holds exactly the entries that the caller has read.
-- KEYS[1] hash   ARGV[1] number of all entries, or '' if others do not matter
-- ARGV[2...] slices: field, value read, new value, field, ...
-- A value read of '' stands for none. A new value of '' keeps the entry, and '-' removes it: neither is JSON.
-- Returns 1 if done, 0 if the hash has changed meanwhile.
if ARGV[1] ~= '' and redis.call('HLEN', KEYS[1]) ~= tonumber(ARGV[1]) then
    return 0
end
local slices = {}
for i = 2, #ARGV do
    local slice = cmsgpack.unpack(ARGV[i])
    for j = 1, #slice, 3 do
        if (redis.call('HGET', KEYS[1], slice[j]) or '') ~= slice[j + 1] then
            return 0
        end
    end
    slices[#slices + 1] = slice
end
for _, slice in ipairs(slices) do
    for j = 1, #slice, 3 do
        if slice[j + 2] == '-' then
            redis.call('HDEL', KEYS[1], slice[j])
        elseif slice[j + 2] ~= '' then
            redis.call('HSET', KEYS[1], slice[j], slice[j + 2])
        end
    end
end
return 1
