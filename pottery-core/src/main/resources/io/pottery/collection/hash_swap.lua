-- Compares the value of a field and, if it is the expected one, exchanges it. No JSON text is empty, so '' means no
-- value on either side: it expects the field to be absent, or removes it.
-- KEYS[1] hash   ARGV[1] field   ARGV[2] expected value   ARGV[3] new value
-- Returns {1} if exchanged, else {0, the value that is there or nil}.
local current = redis.call('HGET', KEYS[1], ARGV[1])
if (current or '') ~= ARGV[2] then
    return {0, current}
end
if ARGV[3] ~= '' then
    redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
elseif current then
    redis.call('HDEL', KEYS[1], ARGV[1])
end
return {1}
