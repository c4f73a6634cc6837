-- Counts the elements that wait.
-- KEYS[1] queue
-- Returns their number.
return {waiting(redis.call('XLEN', KEYS[1]))}
