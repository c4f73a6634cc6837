-- Deletes keys that belong together, unless one holds something else than its owner thinks.
-- KEYS[1] key   KEYS[2...] keys that go with it   ARGV types that they should hold
-- Returns how many were deleted, or a WRONGTYPE error.
for i = 1, #KEYS do
    local found = redis.call('TYPE', KEYS[i])['ok']
    if found ~= 'none' and found ~= ARGV[i] then
        return redis.error_reply('WRONGTYPE Operation against a key holding the wrong kind of value')
    end
end
return redis.call('UNLINK', KEYS[1], unpack(KEYS, 2))
