-- Tells who holds the lock.
-- KEYS[1] lock
-- Returns {token}, or {} if nobody does.
local token = redis.pcall('GET', KEYS[1])
if type(token) == 'table' then
    local other = string.find(token.err, 'WRONGTYPE', 1, true)
    return other and redis.error_reply('WRONGTYPE ' .. redis.call('TYPE', KEYS[1]).ok) or token
end
return token and {token} or {}
