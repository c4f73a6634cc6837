-- Tells who holds the lock.
-- KEYS[1] lock
-- Returns {token}, or {} if nobody does.
local token = redis.call('GET', KEYS[1])
return token and {token} or {}
