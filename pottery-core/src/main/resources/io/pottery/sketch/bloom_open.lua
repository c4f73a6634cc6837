-- Begins each script of a Bloom filter: goes on only where there is nothing yet, or a filter as the caller means it.
-- KEYS[1] filter   KEYS[2] its parameters   KEYS[3], KEYS[4]... further filters and their parameters
-- ARGV[1] parameters that the caller means   ARGV[2] how many bytes such a filter has at most
-- Returns {number of a key, bytes there, parameters there, 1 if it is a HyperLogLog} of another filter; else goes on, with
-- the bytes of the first filter in size.
local size
for i = #KEYS - 1, 1, -2 do
    size = redis.call('STRLEN', KEYS[i])
    local parameters = redis.call('GET', KEYS[i + 1])
    local counts = redis.call('GETRANGE', KEYS[i], 0, 4):find('^HYLL[%z\1]')
    local others = size > 0 and parameters and parameters ~= ARGV[1]
    if counts or others or size > tonumber(ARGV[2]) then
        return {i, size, parameters or '', counts or 0}
    end
end
