-- Looks for elements in a Bloom filter. A filter that is small beside what is looked for is read once, as a whole.
-- KEYS[1] filter, and KEYS[2], ARGV[1] and ARGV[2] as bloom_open.lua has them
-- ARGV[3], ARGV[4] as bloom_add.lua has them
-- Returns {a digit for each element: 1 if all of its bits are set, else 0}.
local hashes = tonumber(ARGV[3])
local offsets = ARGV[4]
local elements = #offsets / (4 * hashes)
if size == 0 then
    return {string.rep('0', elements)}
end
local unpack, byte, band, rshift = struct.unpack, string.byte, bit.band, bit.rshift -- called for every bit
local whole = size <= 8 * elements * hashes and redis.call('GET', KEYS[1])
local found = {}
for element = 1, elements do
    local first = 4 * hashes * (element - 1) + 1
    found[element] = '1'
    for at = first, first + 4 * (hashes - 1), 4 do
        local offset = unpack('<I4', offsets, at)
        local set
        if whole then
            set = band(byte(whole, (offset - offset % 8) / 8 + 1) or 0, rshift(128, offset % 8))
        else
            set = redis.call('GETBIT', KEYS[1], offset)
        end
        if set == 0 then
            found[element] = '0'
            break
        end
    end
end
return {table.concat(found)}
