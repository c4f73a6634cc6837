-- Removes all entries, and has nothing stored that was begun before.
-- KEYS[1] hash and channel   KEYS[2] deadlines   KEYS[3] loads
-- Returns how many of the keys there were, or an error if one holds another type.
redis.call('HLEN', KEYS[1])
redis.call('ZCARD', KEYS[2])
redis.call('HLEN', KEYS[3])
redis.call('PUBLISH', KEYS[1], '')
return redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
