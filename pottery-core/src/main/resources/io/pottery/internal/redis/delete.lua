-- Deletes a key, unless it holds something else than its owner thinks.
-- KEYS[1] key   ARGV[1] type that it should hold
-- Returns 1 if deleted, 0 if there was nothing, or a WRONGTYPE error.
local found = redis.call('TYPE', KEYS[1])['ok']
if found ~= 'none' and found ~= ARGV[1] then
    return redis.error_reply('WRONGTYPE Operation against a key holding the wrong kind of value')
end
return redis.call('UNLINK', KEYS[1])
