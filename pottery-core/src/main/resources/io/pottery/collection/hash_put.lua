-- Stores a value under a field.
-- KEYS[1] hash   ARGV[1] field   ARGV[2] value
-- Returns the value it replaced, or nil.
local replaced = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return replaced
