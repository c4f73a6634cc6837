-- Removes all entries, and has nothing stored that was begun before.
-- KEYS[1] hash and channel   KEYS[2] deadlines   KEYS[3] loads
-- Returns how many of the keys there were, or an error if the first holds another type.
local found = redis.call('TYPE', KEYS[1]).ok
if found ~= 'hash' and found ~= 'none' then
    return redis.error_reply('WRONGTYPE Operation against a key holding the wrong kind of value')
end
local there = redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
redis.call('PUBLISH', KEYS[1], '')
return there
