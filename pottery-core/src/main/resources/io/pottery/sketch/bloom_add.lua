-- Adds elements to a Bloom filter.
-- KEYS[1] filter, and KEYS[2], ARGV[1] and ARGV[2] as bloom_open.lua has them
-- ARGV[3] bits of an element   ARGV[4] their offsets, element by element, each in four bytes, the lowest first
-- Returns {a digit for each element: 1 if it has set a bit, 0 if all were set}.
local hashes = tonumber(ARGV[3])
local set = {}
for i = 1, hashes do
    set[4 * i - 3], set[4 * i - 2], set[4 * i] = 'SET', 'u1', '1'
end
local added = {}
local at = 1
for element = 1, #ARGV[4] / (4 * hashes) do
    for i = 1, hashes do
        set[4 * i - 1], at = struct.unpack('<I4', ARGV[4], at)
    end
    added[element] = '0'
    for _, before in ipairs(redis.call('BITFIELD', KEYS[1], unpack(set))) do
        if before == 0 then
            added[element] = '1'
            break
        end
    end
end
if size == 0 then
    redis.call('SET', KEYS[2], ARGV[1])
end
return {table.concat(added)}
