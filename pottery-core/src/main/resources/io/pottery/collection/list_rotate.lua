-- Moves elements from the end of a list to its head, or the other way round where that is shorter.
-- KEYS[1] list   ARGV[1] how many; below zero for the other way round, and it may be more than there are
-- ARGV[2] how many elements may be moved
-- Returns how many had to be moved; nothing was if they are too many.
local length = redis.call('LLEN', KEYS[1])
if length < 2 then
    return 0
end
local pop, push = 'RPOP', 'LPUSH'
local steps = tonumber(ARGV[1]) % length
if steps > length / 2 then
    pop, push = 'LPOP', 'RPUSH'
    steps = length - steps
end
if steps <= tonumber(ARGV[2]) then
    for i = 1, steps, 1000 do
        redis.call(push, KEYS[1], unpack(redis.call(pop, KEYS[1], math.min(1000, steps - i + 1))))
    end
end
return steps
