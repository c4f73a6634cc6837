-- Counts the bits of a Bloom filter that are set.
-- KEYS[1] filter, and KEYS[2], ARGV[1] and ARGV[2] as bloom_open.lua has them
-- Returns {how many}.
return {redis.call('BITCOUNT', KEYS[1])}
