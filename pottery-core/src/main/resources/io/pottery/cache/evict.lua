-- Removes an entry, and has nothing stored that was begun before.
-- KEYS[1] hash and channel   KEYS[2] deadlines   KEYS[3] loads   ARGV[1] field
-- Returns 1 if there was one, else 0.
local there = redis.call('HEXISTS', KEYS[1], ARGV[1])
local deadlines = redis.call('ZCARD', KEYS[2]) -- an error if it holds another type, before anything is changed
local loads = redis.call('HLEN', KEYS[3])
redis.call('PUBLISH', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
if deadlines > 0 then
    redis.call('ZREM', KEYS[2], ARGV[1])
end
if loads > 0 then
    redis.call('HDEL', KEYS[3], ARGV[1])
end
return there
