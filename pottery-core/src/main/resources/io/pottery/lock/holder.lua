-- Tells who holds the lock.
-- KEYS[1] lock
-- Returns {token}, or {} if nobody does.
local token = redis.pcall('GET', KEYS[1])
if type(token) == 'table' then
    return redis.error_reply('WRONGTYPE ' .. redis.call('TYPE', KEYS[1]).ok)
end
return token and {token} or {}
