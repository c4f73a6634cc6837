-- Removes some entries, those whose field still has the given value.
-- KEYS[1] hash   ARGV slices: field, value, field, value...
-- Returns how many were removed.
local removed = 0
for i = 1, #ARGV do
    local entries = cmsgpack.unpack(ARGV[i])
    for j = 1, #entries, 2 do
        if redis.call('HGET', KEYS[1], entries[j]) == entries[j + 1] then
            removed = removed + redis.call('HDEL', KEYS[1], entries[j])
        end
    end
end
return removed
