-- Fills a key, if it does not exist yet.
-- KEYS[1] key   ARGV[1] command that adds to it   ARGV[2...] slices of its arguments
-- Returns 1 if filled, 0 if the key exists.
if redis.call('EXISTS', KEYS[1]) == 1 then
    return 0
end
for i = 2, #ARGV do
    redis.call(ARGV[1], KEYS[1], unpack(cmsgpack.unpack(ARGV[i])))
end
return 1
