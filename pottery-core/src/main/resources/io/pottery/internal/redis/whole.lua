-- Reads all that a key holds, unless it is large.
-- KEYS[1] key   ARGV[1] how many elements are not too many   ARGV[2] command that counts them
-- ARGV[3] command that reads them   ARGV[4...] its arguments behind the key
-- Returns {number of elements, what the command reads}, without the latter if they are too many.
local size = redis.call(ARGV[2], KEYS[1])
if size > tonumber(ARGV[1]) then
    return {size}
end
return {size, redis.call(ARGV[3], KEYS[1], unpack(ARGV, 4))}
