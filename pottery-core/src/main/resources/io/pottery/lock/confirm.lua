-- Raises the lock's fence to that of a lease, but only while the lease's token holds the lock.
-- KEYS[1] lock   KEYS[2] fence   ARGV[1] token   ARGV[2] fence of the lease   ARGV[3] ms for which a fence is kept
-- Returns {1} if the token holds the lock and its fence is the lease's now, else {0}.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return {0}
end
local stored = tonumber(redis.call('GET', KEYS[2]) or 0)
local fence = tonumber(ARGV[2])
if stored < fence then
    redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
end
return {stored <= fence and 1 or 0}
