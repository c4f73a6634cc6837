-- Replaces the value of a field that is there.
-- KEYS[1] hash   ARGV[1] field   ARGV[2] value
-- Returns the value it replaced, or nil if the field is not there.
local replaced = redis.call('HGET', KEYS[1], ARGV[1])
if replaced then
    redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
return replaced
