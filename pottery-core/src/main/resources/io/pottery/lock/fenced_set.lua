-- Stores a value on behalf of a lease, unless a later lease has stored one.
-- KEYS[1] hash of fence and value   ARGV[1] fence of the lease   ARGV[2] value
-- Returns 0 if the value was stored, else the fence that is later.
local stored = redis.call('HGET', KEYS[1], 'fence')
if stored and not tonumber(stored) then
    return redis.error_reply('BADFENCE not a number')
end
if stored and tonumber(stored) > tonumber(ARGV[1]) then
    return tonumber(stored)
end
redis.call('HSET', KEYS[1], 'fence', ARGV[1], 'value', ARGV[2])
return 0
