-- Removes a field.
-- KEYS[1] hash   ARGV[1] field
-- Returns the value it had, or nil.
local removed = redis.call('HGET', KEYS[1], ARGV[1])
if removed then
    redis.call('HDEL', KEYS[1], ARGV[1])
end
return removed
