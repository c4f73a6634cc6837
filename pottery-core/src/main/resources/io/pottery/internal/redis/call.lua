-- Runs one command on a key, for clients that cannot be told what kind of reply to expect of it.
-- KEYS[1] key   ARGV[1] command   ARGV[2...] its arguments behind the key
-- Returns {its reply}.
return {redis.call(ARGV[1], KEYS[1], unpack(ARGV, 2))}
