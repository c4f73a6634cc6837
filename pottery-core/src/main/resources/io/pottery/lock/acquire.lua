-- Takes the lock for a token if nobody holds it, and counts the lock's fence up.
-- KEYS[1] lock   KEYS[2] fence   KEYS[3] mark that somebody waits
-- ARGV[1] token   ARGV[2] lease in ms   ARGV[3] ms for which a fence is kept   ARGV[4] ms for which a mark is kept, 0 for none
-- Returns {1, fence} if the token holds the lock now, else {0, ms that the holder has left or -1, the holder's token}.
local stored = redis.pcall('GET', KEYS[2])
if type(stored) == 'table' and not string.find(stored.err, 'WRONGTYPE', 1, true) then
    return stored
end
if stored and (type(stored) == 'table' or #stored > 16 or not string.match(stored, '^%d+$')) then
    return redis.error_reply('BADFENCE not a number')
end
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
    local fence
    if stored then
        fence = tonumber(stored) + 1
    else
        local time = redis.call('TIME')
        fence = tonumber(time[1]) * 1000000 + tonumber(time[2])
    end
    redis.call('SET', KEYS[2], string.format('%.0f', fence), 'PX', ARGV[3])
    return {1, fence}
end
local holder = redis.pcall('GET', KEYS[1])
if type(holder) == 'table' then
    return redis.error_reply('WRONGTYPE ' .. redis.call('TYPE', KEYS[1]).ok)
end
if holder == ARGV[1] then
    return {1, tonumber(stored or 0)}
end
local left = redis.call('PTTL', KEYS[1])
if ARGV[4] ~= '0' then
    redis.call('SET', KEYS[3], '1', 'PX', ARGV[4])
end
return {0, left, holder}
