-- Moves elements from the end of a list to its head, or the other way round where that is shorter.
-- KEYS[1] list   ARGV[1] how many; below zero for the other way round, and it may be more than there are
-- Returns its length.
local length = redis.call('LLEN', KEYS[1])
if length < 2 then
    return length
end
local steps = tonumber(ARGV[1]) % length
if steps <= length / 2 then
    for _ = 1, steps do
        redis.call('LMOVE', KEYS[1], KEYS[1], 'RIGHT', 'LEFT')
    end
else
    for _ = 1, length - steps do
        redis.call('LMOVE', KEYS[1], KEYS[1], 'LEFT', 'RIGHT')
    end
end
return length
