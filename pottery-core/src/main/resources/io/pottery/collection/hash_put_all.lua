-- Stores entries, and lets the whole hash end after a while.
-- KEYS[1] hash   ARGV[1] after how many milliseconds it ends; '' leaves that as it is
-- ARGV[2...] slices: field, value, field, value...
-- Returns how many fields are new.
local added = 0
for i = 2, #ARGV do
    added = added + redis.call('HSET', KEYS[1], unpack(cmsgpack.unpack(ARGV[i])))
end
if ARGV[1] ~= '' then
    redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return added
