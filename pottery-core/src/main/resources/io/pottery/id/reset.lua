-- Forgets which ids were granted.
-- KEYS[1] the last id that was granted   ARGV[1] until when, in seconds of the server's clock; 0 to look and do nothing
-- Returns {1, seconds of the server's clock}, or {0} if it is too late.
local stored = redis.pcall('GET', KEYS[1])
if type(stored) == 'table' then
    local other = string.find(stored.err, 'WRONGTYPE', 1, true)
    return other and redis.error_reply('WRONGTYPE ' .. redis.call('TYPE', KEYS[1]).ok) or stored
end
local now = tonumber(redis.call('TIME')[1])
local limit = tonumber(ARGV[1])
if limit > 0 and now > limit then
    return {0}
end
if limit > 0 then
    redis.call('DEL', KEYS[1])
end
return {1, now}
