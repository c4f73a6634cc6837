-- Gives keys that belong together an end, or takes it away.
-- KEYS[1] key   KEYS[2...] keys that go with it   ARGV[1] PEXPIRE or PERSIST   ARGV[2...] its arguments behind the key
-- Returns what the command replies for the first key.
for i = 2, #KEYS do
    redis.call(ARGV[1], KEYS[i], unpack(ARGV, 2))
end
return redis.call(ARGV[1], KEYS[1], unpack(ARGV, 2))
