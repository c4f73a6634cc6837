-- Counts the entries whose deadlines have not passed.
-- KEYS[1] hash   KEYS[2] deadlines
-- Returns how many there are.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
return math.max(redis.call('HLEN', KEYS[1]) - redis.call('ZCOUNT', KEYS[2], '-inf', now), 0)
