-- Deletes a key, unless it holds something else than its owner thinks, and those that go with it.
-- KEYS[1] key   KEYS[2...] keys that go with it   ARGV[1] type that it should hold
-- Returns how many were deleted, or a WRONGTYPE error.
local found = redis.call('TYPE', KEYS[1])['ok']
if found ~= 'none' and found ~= ARGV[1] then
    return redis.error_reply('WRONGTYPE Operation against a key holding the wrong kind of value')
end
return redis.call('UNLINK', KEYS[1], unpack(KEYS, 2))
