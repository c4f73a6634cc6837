-- Reads a whole hash, unless it is large.
-- KEYS[1] hash   ARGV[1] how many entries are not too many
-- Returns {number of entries, {field, value, field, value...}}, without the list if they are too many.
local size = redis.call('HLEN', KEYS[1])
if size > tonumber(ARGV[1]) then
    return {size}
end
return {size, redis.call('HGETALL', KEYS[1])}
