-- Gives the lock back, but only on behalf of the token that holds it; tells those who wait, if the lock was won.
-- KEYS[1] lock, and the channel on which waiters listen   KEYS[2] fence   KEYS[3] mark that somebody waits
-- ARGV[1] token   ARGV[2] fence of the lease, 0 if the attempt did not become one   ARGV[3] ms for which a fence is kept
-- Returns {1, 1 if somebody waits, else 0} if the lock was given back, {0, 0} if the token did not hold it.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return {0, 0}
end
local stored = tonumber(redis.call('GET', KEYS[2]) or '')
local fence = tonumber(ARGV[2])
if fence == 0 then
    if stored then -- nobody has seen the number, so it is given back as well
        redis.pcall('SET', KEYS[2], string.format('%.0f', stored - 1), 'PX', ARGV[3])
    end
    return {redis.call('DEL', KEYS[1]), 0}
end
if not stored or stored < fence then
    redis.pcall('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) -- a full server still does the DEL
end
local deleted = redis.call('DEL', KEYS[1], KEYS[3])
if deleted == 2 then
    redis.pcall('PUBLISH', KEYS[1], '') -- a user who may not publish still gives back
end
return {1, deleted - 1}
