-- Removes every field but some, unless the hash is too large.
-- KEYS[1] hash   ARGV[1] how many fields are too many   ARGV[2...] slices of the fields that stay
-- Returns how many were removed, or -1 if there are too many fields.
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[1]) then
    return -1
end
local stays = {}
for i = 2, #ARGV do
    for _, field in ipairs(cmsgpack.unpack(ARGV[i])) do
        stays[field] = true
    end
end
local removed = 0
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
    if not stays[field] then
        redis.call('HDEL', KEYS[1], field)
        removed = removed + 1
    end
end
return removed
