-- Adds elements at one end of a list of bounded length; what is too many falls off the other end.
-- KEYS[1] list   ARGV[1] RPUSH or LPUSH   ARGV[2] greatest length   ARGV[3...] slices of elements
-- Returns {} if done, or without a change {length} if there are more elements than that already.
local length = redis.call('LLEN', KEYS[1])
local greatest = tonumber(ARGV[2])
if length > greatest then
    return {length}
end
for i = 3, #ARGV do
    length = redis.call(ARGV[1], KEYS[1], unpack(cmsgpack.unpack(ARGV[i])))
end
if length > greatest then
    if ARGV[1] == 'RPUSH' then
        redis.call('LTRIM', KEYS[1], length - greatest, -1)
    else
        redis.call('LTRIM', KEYS[1], 0, greatest - 1)
    end
end
return {}
