-- Lets the lock end later, but only on behalf of the token that holds it.
-- KEYS[1] lock   ARGV[1] token   ARGV[2] lease in ms, from now
-- Returns {1} if the token holds the lock, else {0}.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return {0}
end
return {redis.call('PEXPIRE', KEYS[1], ARGV[2])}
