-- Stores a Bloom filter where there is nothing yet.
-- KEYS[1] filter   KEYS[2] its parameters   ARGV[1] parameters   ARGV[2] bits, none if it is empty
-- Returns 1 if it was stored, 0 if the key exists.
if redis.call('EXISTS', KEYS[1]) == 1 then
    return 0
end
redis.call('STRLEN', KEYS[2]) -- an error if somebody keeps something else there
if #ARGV[2] > 0 then
    redis.call('SET', KEYS[1], ARGV[2])
    redis.call('SET', KEYS[2], ARGV[1])
end
return 1
