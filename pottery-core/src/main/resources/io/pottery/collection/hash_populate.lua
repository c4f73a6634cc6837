-- Fills a hash, if its key does not exist yet.
-- KEYS[1] hash   ARGV slices: field, value, field, value...
-- Returns 1 if filled, 0 if the key exists.
if redis.call('EXISTS', KEYS[1]) == 1 then
    return 0
end
for i = 1, #ARGV do
    redis.call('HSET', KEYS[1], unpack(cmsgpack.unpack(ARGV[i])))
end
return 1
