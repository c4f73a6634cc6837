-- Removes all elements, handed out or not.
-- KEYS[1] queue   KEYS[2] mark of those who wait for room
-- Returns 1 if there was something.
local was = redis.call('UNLINK', KEYS[1])
if redis.call('DEL', KEYS[2]) == 1 then
    redis.pcall('PUBLISH', KEYS[1], '')
end
return {was}
