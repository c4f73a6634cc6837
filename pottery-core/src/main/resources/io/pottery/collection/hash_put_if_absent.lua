-- Stores a value under a field that has none; JSON's null, which others may have written, counts as none.
-- KEYS[1] hash   ARGV[1] field   ARGV[2] value
-- ARGV[3] in how many milliseconds the hash ends if this is stored; none or '' leaves that as it is
-- Returns the value already there, or nil if this one was stored.
local current = redis.call('HGET', KEYS[1], ARGV[1])
if current and not string.find(current, '^[ \t\r\n]*null[ \t\r\n]*$') then
    return current
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if (ARGV[3] or '') ~= '' then
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return nil
