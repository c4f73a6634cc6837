-- Tells whether a hash has all of some fields.
-- KEYS[1] hash   ARGV slices of fields
-- Returns 1 if so, else 0.
for i = 1, #ARGV do
    for _, field in ipairs(cmsgpack.unpack(ARGV[i])) do
        if redis.call('HEXISTS', KEYS[1], field) == 0 then
            return 0
        end
    end
end
return 1
